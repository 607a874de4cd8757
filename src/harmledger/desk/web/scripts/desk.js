// What every page of the desk loads: forms that answer in place (htmx), and the map and the curves once the page is seen.
import htmx from "htmx.org";
import { openSlider } from "./parts/slider.js";
import { keepTyped } from "./parts/typed.js";

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
  const asked = event.detail;
  if (asked.verb === "get") for (const [name, value] of Object.entries(asked.parameters)) if (value === "") delete asked.parameters[name];
  if (token) event.detail.headers["X-CSRFToken"] = token.slice("csrftoken=".length);
});

// An answer that says what was wrong with a form is shown as any other.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.status === 422) event.detail.shouldSwap = true;
});

function loadLate() {
  for (const place of document.querySelectorAll("[data-script]")) {
    if (place.dataset.begun) continue;
    place.dataset.begun = "true";
    import(place.dataset.script).then((module) => module.draw(place)).catch((fault) => {
      console.error(fault);
      place.hidden = true;
    });
  }
}

// After the first paint, and when the browser has nothing better to do: a second later all the same, since one that paints
// nothing more need never say that it has time.
const idle = window.requestIdleCallback ?? ((act) => setTimeout(act, 200));
let isBegun = false;
function begin() {
  if (isBegun) return;
  isBegun = true;
  idle(loadLate, { timeout: 1000 });
}
new PerformanceObserver((seen) => {
  if (seen.getEntriesByName("first-contentful-paint").length) begin();
}).observe({ type: "paint", buffered: true });
window.addEventListener("load", () => setTimeout(begin, 4000)); // a page that is opened out of sight is not painted

openSlider();
keepTyped();
