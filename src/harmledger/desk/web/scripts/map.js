// The map: coasts and borders from world-atlas, marks gathered by the server for what is in sight. Asks our own host alone.
import { AttributionControl, LngLatBounds, Map, NavigationControl, ScaleControl, setWorkerUrl } from "maplibre-gl";
import { feature, mesh } from "topojson-client";
import "maplibre-gl/dist/maplibre-gl.css";
import { readColour } from "./parts/colours.js";
import { spellDigits } from "./parts/digits.js";
import { listPlaces } from "./parts/places.js";
import { drawSpot } from "./parts/spot.js";

const QUESTION = ["q", "from", "to", "province", "means", "target", "group", "party", "grade", "scope"];

export async function draw(place) {
  const data = place.dataset;
  if (data.at !== undefined) return drawSpot(place, describeStyle, addStyle);
  addStyle(data.style);
  setWorkerUrl(data.worker);
  const world = await (await fetch(data.outlines)).json();
  const [west, south, east, north] = data.bounds.split(",").map(Number);
  place.hidden = false;
  place.replaceChildren();
  const map = new Map({
    container: place,
    style: describeStyle(world),
    bounds: new LngLatBounds([west, south], [east, north]),
    fitBoundsOptions: { padding: 40, maxZoom: 8 },
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    maxZoom: 12,
    locale: JSON.parse(data.locale),
  });
  map.touchZoomRotate.disableRotation();
  map.getCanvas().setAttribute("aria-label", data.label);
  map.addControl(new NavigationControl({ showCompass: false }));
  addScale(map, data.digits);
  map.addControl(new AttributionControl({ compact: true, customAttribution: data.credits }));
  document.getElementById(data.instead)?.setAttribute("hidden", "");
  map.on("load", () => {
    followQuestion(map, data);
    openMarks(map, data);
    place.dataset.ready = "true";
  });
}

// The scale in the digits of the page: the control writes its own.
function addScale(map, digits) {
  map.addControl(new ScaleControl());
  const scale = map.getContainer().querySelector(".maplibregl-ctrl-scale");
  const spell = () => {
    const told = spellDigits(scale.textContent, digits);
    if (told !== scale.textContent) scale.textContent = told;
  };
  new MutationObserver(spell).observe(scale, { childList: true, characterData: true, subtree: true });
  spell();
}

function addStyle(href) {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = href;
  document.head.append(link);
}

function describeStyle(world) {
  const countries = feature(world, world.objects.countries);
  const borders = mesh(world, world.objects.countries, (a, b) => a !== b);
  const none = { type: "FeatureCollection", features: [] };
  const mark = readColour("--bar");
  const grow = ["interpolate", ["linear"], ["sqrt", ["max", 1, ["get", "killed"]]], ...SIZES.flat()];
  return {
    version: 8,
    sources: {
      countries: { type: "geojson", data: countries },
      borders: { type: "geojson", data: borders },
      marks: { type: "geojson", data: none },
      areas: { type: "geojson", data: none },
    },
    layers: [
      { id: "water", type: "background", paint: { "background-color": readColour("--water") } },
      { id: "land", type: "fill", source: "countries", paint: { "fill-color": readColour("--land") } },
      { id: "coasts", type: "line", source: "countries", paint: { "line-color": readColour("--border"), "line-width": 0.6 } },
      { id: "borders", type: "line", source: "borders", paint: { "line-color": readColour("--border"), "line-width": 1.2 } },
      { id: "areas", type: "fill", source: "areas", paint: { "fill-color": readColour("--bar-other"), "fill-opacity": 0.07 } },
      {
        id: "edges",
        type: "line",
        source: "areas",
        paint: { "line-color": readColour("--bar-other"), "line-width": 1.3, "line-dasharray": [4, 3] },
      },
      {
        id: "points",
        type: "circle",
        source: "marks",
        paint: {
          "circle-radius": grow,
          "circle-color": mark,
          "circle-opacity": ["case", [">", ["get", "killed"], 0], 0.5, 0],
          "circle-stroke-color": mark,
          "circle-stroke-width": 1.3,
        },
      },
    ],
  };
}

// Ask for what is in sight, as the form above asks, and again when either changes.
function followQuestion(map, data) {
  let asking = null;
  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const box = map.getBounds();
    const edges = [Math.max(box.getWest(), -180), Math.max(box.getSouth(), -90), Math.min(box.getEast(), 180), Math.min(box.getNorth(), 90)];
    const asked = new URLSearchParams({ bbox: edges.map((edge) => edge.toFixed(4)).join(","), zoom: map.getZoom().toFixed(2), language: data.language });
    const told = new URLSearchParams(location.search);
    for (const name of QUESTION) if (told.get(name)) asked.set(name, told.get(name));
    try {
      const answer = await fetch(`${data.marks}?${asked}`, { signal: asking.signal });
      if (!answer.ok) return;
      const found = await answer.json();
      const points = found.features.filter((one) => !one.properties.is_area);
      map.getSource("marks").setData({ type: "FeatureCollection", features: points });
      const areas = found.features.filter((one) => one.properties.is_area).map(drawArea);
      map.getSource("areas").setData({ type: "FeatureCollection", features: areas });
      nameMarks(map, points);
      listPlaces(document.getElementById("map-list"), found.features, (one) => findPage(one, map, data));
    } catch (fault) {
      if (fault.name !== "AbortError") throw fault;
    }
  }
  map.on("moveend", ask);
  document.addEventListener("htmx:pushedIntoHistory", ask);
  document.addEventListener("htmx:afterSettle", ask);
  ask();
}

// An area of its true size: nobody says where in it.
function drawArea(mark) {
  const [lon, lat] = mark.geometry.coordinates;
  const reach = (mark.properties.radius_km ?? 15) / 111.32;
  const ring = [];
  for (let step = 0; step <= 48; step += 1) {
    const turn = (step / 48) * 2 * Math.PI;
    ring.push([lon + (reach * Math.cos(turn)) / Math.cos((lat * Math.PI) / 180), lat + reach * Math.sin(turn)]);
  }
  const properties = { ...mark.properties, lon, lat };
  return { type: "Feature", geometry: { type: "Polygon", coordinates: [ring] }, properties };
}

const SIZES = [[1, 6], [7, 13], [22, 24], [70, 38]];

// The radius of a mark in pixels, as the layer of points draws it.
function measureMark(killed) {
  const root = Math.sqrt(Math.max(1, killed));
  const above = SIZES.findIndex(([at]) => at >= root);
  if (above === 0) return SIZES[0][1];
  if (above < 0) return SIZES.at(-1)[1];
  const [[low, small], [high, large]] = [SIZES[above - 1], SIZES[above]];
  return small + ((root - low) / (high - low)) * (large - small);
}

// Names of the largest marks that stand for one place; where they would lie upon each other the smaller goes.
let labels = [];
function nameMarks(map, features) {
  for (const label of labels) label.remove();
  labels = [];
  const taken = [];
  const named = features.filter((one) => one.properties.largest);
  named.sort((a, b) => b.properties.killed - a.properties.killed);
  for (const one of named.slice(0, 60)) {
    const at = map.project(one.geometry.coordinates);
    const width = 7 * one.properties.largest.length + 8;
    const beside = at.x + measureMark(one.properties.killed) + 4;
    const box = [beside, at.y - 9, beside + width, at.y + 9];
    if (taken.some((other) => box[0] < other[2] && other[0] < box[2] && box[1] < other[3] && other[1] < box[3])) continue;
    taken.push(box);
    const label = document.createElement("span");
    label.className = "map-name";
    label.textContent = one.properties.largest;
    label.setAttribute("aria-hidden", "true");
    label.style.transform = `translate(${Math.round(box[0])}px, ${Math.round(box[1])}px)`;
    map.getCanvasContainer().append(label);
    labels.push(label);
    if (labels.length >= 24) break;
  }
}

function openMarks(map, data) {
  for (const layer of ["areas", "points"]) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  map.on("movestart", () => { for (const label of labels) label.remove(); });
  map.on("click", (event) => {
    const [mark] = map.queryRenderedFeatures(event.point, { layers: ["points", "areas"] });
    if (!mark) return;
    const { entries, page, lon, lat } = mark.properties;
    const at = lon === undefined ? mark.geometry.coordinates : [lon, lat];
    const isFar = map.getZoom() < map.getMaxZoom() - 0.5;
    if (entries === 1) location.assign(`${data.incidents}${page}.html`);
    else if (isFar && !mark.properties.name && lon === undefined) map.easeTo({ center: at, zoom: map.getZoom() + 2 });
    else location.assign(findList(map, at, data));
  });
}

// Where a mark leads: the page of its entry, or its entries in the list.
function findPage(mark, map, data) {
  const { entries, page } = mark.properties;
  return entries === 1 ? `${data.incidents}${page}.html` : findList(map, mark.geometry.coordinates, data);
}

function findList(map, [lon, lat], data) {
  const reach = 12 / 2 ** map.getZoom();
  const asked = new URLSearchParams(location.search);
  asked.delete("page");
  asked.set("bbox", [lon - reach, lat - reach, lon + reach, lat + reach].map((edge) => edge.toFixed(5)).join(","));
  return `${data.record}?${asked}#entries`;
}
