// The growing sum with its band and others' running totals (Observable Plot), in place of the drawing that the page came with.
import { areaY, dot, line, lineY, plot, pointerX, ruleX, ruleY, text, tip } from "@observablehq/plot";
import { spellDigits } from "./parts/digits.js";

const day = (text) => new Date(`${text}T00:00:00Z`);

export function draw(place) {
  const told = JSON.parse(place.dataset.curve);
  const spell = (text) => spellDigits(text, told.digits);
  const count = (value) => spell(String(value).replace(/\B(?=(\d{3})+$)/g, told.separator));
  const steps = told.steps.map(([until, low, best, high, name, said]) => ({ until: day(until), low, best, high, name, said }));
  const band = [{ until: day(told.begin), low: 0, best: 0, high: 0 }, ...steps];
  const others = told.others.map(([number, since, until, value]) => ({ number, since: day(since), until: day(until), value }));
  const years = (steps.at(-1).until - steps[0].until) / 31_557_600_000;
  const name = (date) => spell(years > 4 ? date.getUTCFullYear() : `${told.months[date.getUTCMonth()]} ${date.getUTCFullYear()}`);
  const across = { x: "until", curve: "step-after" };
  const near = { x: "until", maxRadius: 4000 }; // however far the pointer is from the end of a period
  const width = Math.max(320, place.parentElement.clientWidth);
  const chart = plot({
    className: "plot",
    width,
    height: 300,
    marginLeft: 56,
    marginBottom: 34,
    ariaLabel: told.title,
    x: { type: "utc", label: null, ticks: Math.max(2, Math.round(width / 150)), tickFormat: name },
    y: { label: null, grid: true, nice: true, ticks: 5, tickFormat: count },
    marks: [
      areaY(band, { ...across, y1: "low", y2: "high", className: "band" }),
      lineY(band, { ...across, y: "best", className: "line", strokeWidth: 2 }),
      ...others.map((one) => line([[one.since, one.value], [one.until, one.value]], { className: "other", strokeDasharray: "4 3" })),
      dot(others, { x: "until", y: "value", r: 3, className: "end" }),
      text(others, { x: "until", y: "value", text: "number", dy: -9, className: "number" }),
      ruleY([0], { className: "base" }),
      ruleX(steps, pointerX({ ...near, className: "base" })),
      dot(steps, pointerX({ ...near, y: "best", r: 4, className: "step" })),
      tip(steps, pointerX({ ...near, y: "best", title: (one) => `${one.name}\n${one.said}`, className: "tip", fontSize: 14 })),
    ],
  });
  // Its own style element would be inline style, which no page of ours may have; ours is in the style sheet.
  for (const style of chart.querySelectorAll("style")) style.remove();
  chart.setAttribute("role", "img"); // one picture with one name: its parts need none
  for (const part of chart.querySelectorAll("[aria-label]")) part.removeAttribute("aria-label");
  place.replaceChildren(chart);
  place.hidden = false;
  document.querySelector(`#${place.dataset.instead} svg.curve`)?.setAttribute("hidden", "");
  place.dataset.ready = "true";
}
