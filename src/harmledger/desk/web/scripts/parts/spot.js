// One point on a map: where an entry is, or where a person says that it is (a click writes latitude and longitude into a form).
import { AttributionControl, Map, Marker, NavigationControl, setWorkerUrl } from "maplibre-gl";
import { readColour } from "./colours.js";
import { showTowns } from "./towns.js";

export async function drawSpot(place, describeStyle, addStyle) {
  const data = place.dataset;
  addStyle(data.style);
  setWorkerUrl(data.worker);
  const world = await (await fetch(data.outlines)).json();
  const [lat, lon] = data.at ? data.at.split(",").map(Number) : [34.9, 38.2];
  place.hidden = false;
  const map = new Map({
    container: place,
    style: describeStyle(world),
    center: [lon, lat],
    zoom: data.at ? 9 : 5,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    renderWorldCopies: false,
    maxZoom: 14,
    locale: JSON.parse(data.locale),
  });
  map.touchZoomRotate.disableRotation();
  map.getCanvas().setAttribute("aria-label", data.label);
  map.addControl(new NavigationControl({ showCompass: false }));
  map.addControl(new AttributionControl({ compact: true, customAttribution: data.towns ? "Natural Earth · GeoNames" : "Natural Earth" }));
  const marker = new Marker({ color: readColour("--bar") }).setLngLat([lon, lat]);
  if (data.at) marker.addTo(map);
  map.on("load", () => {
    if (data.towns) showTowns(map, data.towns, readColour("--quiet"));
    place.dataset.ready = "true";
  });
  if (!data.pick) return;
  place.addEventListener("spot:show", (event) => {
    marker.setLngLat(event.detail).addTo(map);
    map.jumpTo({ center: event.detail, zoom: Math.max(map.getZoom(), 9) });
  });
  map.on("click", (event) => {
    const form = document.getElementById(data.pick);
    marker.setLngLat(event.lngLat).addTo(map);
    form.querySelector("[name=lat]").value = event.lngLat.lat.toFixed(5);
    form.querySelector("[name=lon]").value = event.lngLat.lng.toFixed(5);
  });
}
