// The slider of periods: it sets the first and the last day of the form above it, and the form asks.
const lastDay = (label) => {
  if (label.length === 10) return label;
  const year = Number(label.slice(0, 4));
  const month = label.length === 7 ? Number(label.slice(5)) : 12;
  return `${label.slice(0, 4)}-${String(month).padStart(2, "0")}-${new Date(Date.UTC(year, month, 0)).getUTCDate()}`;
};
const firstDay = (label) => `${label}-01-01`.slice(0, 10);

const earlier = (a, b) => (b && b < a ? b : a);
const later = (a, b) => (b && b > a ? b : a);

export function openSlider() {
  const box = document.getElementById("slider-box");
  const form = document.getElementById("ask");
  if (!box || !form) return;
  const slider = document.getElementById("slider");
  const until = document.getElementById("slider-until");
  const name = document.getElementById("slider-name");
  const periods = JSON.parse(box.dataset.periods);
  const { from, to } = form.elements;

  // A field takes no day beyond those of the record.
  const begin = (label) => later(firstDay(label), from.min);
  const end = (label) => earlier(lastDay(label), to.max);

  function tell() {
    const at = Number(slider.value);
    const told = at >= periods.length ? box.dataset.all : periods[at][1];
    name.textContent = told;
    slider.setAttribute("aria-valuetext", told);
  }

  // Columns of the timeline that were not asked for are paler.
  function dim() {
    for (const column of document.querySelectorAll(".timeline .column")) {
      const { period } = column.dataset;
      const isOut = (from.value && lastDay(period) < from.value) || (to.value && firstDay(period) > to.value);
      column.classList.toggle("off", Boolean(isOut));
    }
  }

  function follow() {
    const at = periods.findIndex(([label]) => end(label) === to.value && (!from.value || begin(label) === from.value));
    slider.value = String(at >= 0 ? at : periods.length);
    if (at >= 0) until.checked = !from.value;
    tell();
    dim();
  }

  let waiting = 0;
  function slide() {
    const at = Number(slider.value);
    const isAll = at >= periods.length;
    from.value = isAll || until.checked ? "" : begin(periods[at][0]);
    to.value = isAll ? "" : end(periods[at][0]);
    tell();
    dim();
    clearTimeout(waiting);
    waiting = setTimeout(() => form.dispatchEvent(new Event("change", { bubbles: true })), 250);
  }

  slider.max = String(periods.length);
  slider.addEventListener("input", slide);
  until.addEventListener("change", slide);
  for (const field of [from, to]) field.addEventListener("change", follow);
  box.hidden = false;
  follow();
}
