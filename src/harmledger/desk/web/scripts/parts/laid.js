// A form that is closed, or gives way to another, with something typed in it is laid by under the claim, to go on with.
import { isTypedInto } from "./changed.js";

const findForm = (place) => place.querySelector("form");
const listLaid = (place) => [...place.parentElement.querySelectorAll(":scope > .laid")];

function focusFirst(place) {
  (place.querySelector("[data-first]") ?? findForm(place))?.focus();
}

// Puts the form of a place aside where something is typed in it, and empties the place.
export function closeForm(place) {
  const form = findForm(place);
  if (form && isTypedInto(form)) {
    const laid = document.getElementById("laid").content.firstElementChild.cloneNode(true);
    laid.dataset.path = place.dataset.path;
    laid.querySelector("b").textContent = form.dataset.act;
    laid.querySelector("[data-resume]").addEventListener("click", () => resume(place, laid));
    laid.querySelector("[data-drop]").addEventListener("click", () => laid.remove());
    laid.querySelector("[hidden]").append(...place.childNodes);
    place.after(laid);
  }
  place.replaceChildren();
}

function resume(place, laid) {
  closeForm(place);
  place.dataset.path = laid.dataset.path;
  place.append(...laid.querySelector("[hidden]").childNodes);
  laid.remove();
  focusFirst(place);
}

export function keepLaid() {
  document.addEventListener("htmx:beforeRequest", (event) => {
    const { target: place, pathInfo } = event.detail;
    if (!place.matches(".form-place")) return;
    const path = pathInfo.requestPath;
    const form = findForm(place);
    const laid = listLaid(place).find((one) => one.dataset.path === path);
    const isHere = form && place.dataset.path === path && isTypedInto(form);
    if (laid || isHere) event.preventDefault();
    if (laid) resume(place, laid);
    else if (isHere) focusFirst(place);
  });
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target: place, pathInfo, shouldSwap } = event.detail;
    if (!shouldSwap || !place.matches(".form-place")) return;
    closeForm(place);
    place.dataset.path = pathInfo.requestPath;
  });
}
