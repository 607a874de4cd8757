// The marks in sight as a list of links: for the keyboard, for those who hear the page, and for small circles on a phone.
import { spellDigits } from "./digits.js";

const MOST = 60;

export function listPlaces(box, marks, link) {
  if (!box) return;
  const { item, digits } = box.dataset;
  const named = marks.filter((one) => one.properties.largest);
  named.sort((a, b) => b.properties.killed - a.properties.killed || b.properties.entries - a.properties.entries);
  const rows = named.slice(0, MOST).map((one) => {
    const { largest, name, killed, entries } = one.properties;
    const told = { name: name || `${largest} …`, killed: spellDigits(killed, digits), entries: spellDigits(entries, digits) };
    const row = document.createElement("li");
    const made = document.createElement("a");
    made.href = link(one);
    made.textContent = item.replace(/\{(\w+)\}/g, (_, part) => told[part]);
    row.append(made);
    return row;
  });
  box.querySelector("ul").replaceChildren(...rows);
  box.hidden = rows.length === 0;
}
