// What somebody is typing stays: a page does not load again under their hands, and leaving it asks first.
import { isTypedInto } from "./changed.js";

const forms = () => document.querySelectorAll("main form[method=post]");
let sent = null; // the form that was sent: what stands in any other is still to be lost
let isLeft = false; // the page goes by itself, with nothing typed

const isTyped = () => [...forms()].some((form) => form !== sent && isTypedInto(form));
const isInUse = () => isTyped() || document.querySelector(".form-place:not(:empty)") !== null;

// A form goes with the token that stands now: who signed in again in another window has a new one.
function renewToken(form) {
  const field = form.querySelector("[name=csrfmiddlewaretoken]");
  const token = document.cookie.split("; ").find((one) => one.startsWith("csrftoken="));
  if (field && token) field.value = token.slice("csrftoken=".length);
}

export function keepTyped() {
  document.addEventListener("submit", (event) => {
    if (event.target.method !== "post") return;
    renewToken(event.target);
    sent = event.target;
  });
  window.addEventListener("pageshow", () => { sent = null; isLeft = false; });
  window.addEventListener("beforeunload", (event) => {
    if (isLeft || !isTyped()) return;
    event.preventDefault();
    sent = null; // whoever stays has it before them again
  });
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const answer = event.detail.xhr;
    const stays = document.getElementById("stays");
    if (stays && answer.status === 200) stays.hidden = true;
    if (answer.getResponseHeader("HX-Refresh") !== "true") return;
    if (!isInUse()) {
      isLeft = true;
      return;
    }
    event.preventDefault();
    if (answer.status === 401) {
      if (stays) stays.hidden = false;
      return;
    }
    const followed = document.getElementById("followed");
    if (!followed) return;
    document.getElementById("working")?.remove();
    followed.hidden = false;
  });
}
