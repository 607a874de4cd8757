// The review room by keyboard: j and k go from row to row, letters do what the row or the page offers, ? shows them all.
import { closeForm, keepLaid } from "./parts/laid.js";

const rows = () => [...document.querySelectorAll("[data-row]")];
let present = null;

function choose(row) {
  if (!row) return;
  for (const one of document.querySelectorAll("[data-row].chosen")) one.classList.remove("chosen");
  present = row;
  row.classList.add("chosen");
  const link = row.matches("[tabindex]") ? row : row.querySelector("[data-open]");
  link.focus({ preventScroll: true });
  row.scrollIntoView({ block: "nearest" });
}

function move(step) {
  const all = rows();
  const now = all.indexOf(present?.isConnected ? present : document.activeElement.closest("[data-row]"));
  choose(all[Math.min(Math.max(now + step, 0), all.length - 1)]);
}

// What a key does: within the chosen row first, then anywhere on the page.
function findAct(key) {
  const selector = `[data-key="${CSS.escape(key)}"]`;
  const row = present?.isConnected ? present : document.activeElement.closest("[data-row]");
  if (row?.querySelector(selector)) return row.querySelector(selector);
  const anywhere = [...document.querySelectorAll(selector)];
  return anywhere.find((one) => !one.closest("[data-row]")) ?? anywhere[0];
}

function act(target) {
  if (target.matches("summary")) {
    target.parentElement.open = !target.parentElement.open;
    target.scrollIntoView({ block: "nearest" });
    (target.parentElement.querySelector("input:not([type=hidden])") ?? target).focus();
  } else if (target.matches("input, textarea")) target.focus();
  else {
    const row = target.closest("[data-row]");
    if (row && row !== present) choose(row);
    target.click();
  }
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape") {
    const place = document.activeElement.closest(".form-place") ?? document.querySelector(".form-place:not(:empty)");
    const row = place?.closest("[data-row]");
    if (place) closeForm(place);
    if (row) choose(row);
    else document.activeElement.blur();
    return;
  }
  if (event.target.closest("input, select, textarea, .maplibregl-map")) return;
  if (event.key === "j") move(1);
  else if (event.key === "k") move(-1);
  else if (event.key === "Enter" && present && document.activeElement === present) present.querySelector("[data-open]").click();
  else {
    const target = event.key.length === 1 && findAct(event.key);
    if (!target) return;
    act(target);
  }
  event.preventDefault();
});

document.addEventListener("focusin", (event) => {
  const row = event.target.closest("[data-row]");
  if (row && row !== present) {
    present?.classList.remove("chosen");
    present = row;
    row.classList.add("chosen");
  }
});

// Forms that were put into a row: the first field has the focus, a place picked is shown on its map.
document.addEventListener("htmx:afterSettle", (event) => {
  event.target.querySelector?.("[data-first]")?.focus();
  for (const place of event.target.querySelectorAll?.(".spot[data-script]") ?? []) {
    if (!place.hidden || place.dataset.begun) continue;
    place.dataset.begun = "true"; // what is put in is told of more than once, and the page itself looks too
    import(place.dataset.script).then((module) => module.draw(place)).catch(() => { place.hidden = true; });
  }
});

document.addEventListener("change", (event) => {
  const offer = event.target.closest("input[name=pick]");
  const form = offer?.closest("form");
  if (!form) return;
  form.querySelector("[name=lat]").value = "";
  form.querySelector("[name=lon]").value = "";
  form.querySelector(".spot")?.dispatchEvent(new CustomEvent("spot:show", { detail: [Number(offer.dataset.lon), Number(offer.dataset.lat)] }));
});

keepLaid();
if (location.hash.startsWith("#c-")) choose(document.querySelector(`[id="${CSS.escape(location.hash.slice(1))}"]`));
