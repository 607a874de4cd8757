// What somebody is typing stays: a page does not load again under their hands, and leaving it asks first.
const forms = () => document.querySelectorAll("main form[method=post]");

function isChanged(control) {
  if (control.type === "hidden" || control.type === "submit") return false;
  if (control.type === "checkbox" || control.type === "radio") return control.checked !== control.defaultChecked;
  if (control.options) return [...control.options].some((one) => one.selected !== one.defaultSelected) && control.selectedIndex > 0;
  return control.value !== undefined && control.value !== (control.defaultValue ?? "");
}

const isTyped = () => [...forms()].some((form) => [...form.elements].some(isChanged));
const isInUse = () => isTyped() || document.querySelector(".form-place:not(:empty)") !== null;

let isSent = false;

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
    isSent = true;
  });
  window.addEventListener("pageshow", () => { isSent = false; });
  window.addEventListener("beforeunload", (event) => {
    if (!isSent && isTyped()) event.preventDefault();
  });
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const answer = event.detail.xhr;
    const stays = document.getElementById("stays");
    if (stays && answer.status === 200) stays.hidden = true;
    if (answer.getResponseHeader("HX-Refresh") !== "true") return;
    if (!isInUse()) {
      isSent = true;
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
