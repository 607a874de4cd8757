// Towns and villages around a point: a map without names tells nobody where a click would lie.
const MOST_NAMED = 24;
const DOTS = { type: "FeatureCollection", features: [] };

export function showTowns(map, href, colour) {
  let asking = null;
  let labels = [];
  map.addSource("towns", { type: "geojson", data: DOTS });
  map.addLayer({ id: "towns", type: "circle", source: "towns", paint: { "circle-radius": 2.5, "circle-color": colour } });

  const clear = () => {
    for (const label of labels) label.remove();
    labels = [];
  };

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const box = map.getBounds();
    const edges = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map((edge) => edge.toFixed(4));
    try {
      const answer = await fetch(`${href}?bbox=${edges.join(",")}`, { signal: asking.signal });
      if (!answer.ok) return;
      const { towns } = await answer.json();
      const features = towns.map((one) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: [one.lon, one.lat] } }));
      map.getSource("towns").setData({ ...DOTS, features });
      clear();
      name(towns);
    } catch (fault) {
      if (fault.name !== "AbortError") throw fault;
    }
  }

  // The largest first; where two names would lie upon each other the smaller goes.
  function name(towns) {
    const taken = [];
    for (const town of towns) {
      const at = map.project([town.lon, town.lat]);
      const box = [at.x + 5, at.y - 8, at.x + 13 + 7 * town.name.length, at.y + 8];
      if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
      taken.push(box);
      const label = document.createElement("span");
      label.className = "map-name town";
      label.textContent = town.name;
      label.setAttribute("aria-hidden", "true");
      label.style.transform = `translate(${Math.round(box[0])}px, ${Math.round(box[1])}px)`;
      map.getCanvasContainer().append(label);
      labels.push(label);
      if (labels.length >= MOST_NAMED) break;
    }
  }

  map.on("movestart", clear);
  map.on("moveend", ask);
  ask();
}
