// A colour of the style sheet as the map understands it: what a system or a person has set for all pages is resolved.
export function readColour(name) {
  const probe = document.createElement("span");
  probe.hidden = true;
  probe.className = "probe";
  document.body.append(probe);
  probe.style.setProperty("color", `var(${name})`);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}
