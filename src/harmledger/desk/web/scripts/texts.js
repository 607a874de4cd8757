// A text with its claims: n and p go from claim to claim, and the text follows.
const claims = [...document.querySelectorAll("li.claim")];
let present = claims.findIndex((one) => one.classList.contains("chosen"));

function choose(number) {
  if (number < 0 || number >= claims.length) return;
  for (const one of document.querySelectorAll(".chosen")) one.classList.remove("chosen");
  present = number;
  const claim = claims[number];
  claim.classList.add("chosen");
  claim.focus({ preventScroll: true });
  const isSeen = (one) => one.getBoundingClientRect().top >= 0 && one.getBoundingClientRect().bottom <= window.innerHeight;
  let first = null;
  for (const mark of document.querySelectorAll(".working mark")) {
    if (!mark.dataset.claims.split(" ").includes(claim.dataset.claim)) continue;
    mark.classList.add("chosen");
    first ??= mark;
  }
  const isWide = window.matchMedia("(min-width: 58rem)").matches;
  if (first && isWide && !isSeen(first)) first.scrollIntoView({ block: "center" });
  if (!isWide || !isSeen(claim)) claim.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select, textarea")) return;
  if (event.key === "n") choose(present + 1);
  else if (event.key === "p") choose(present < 0 ? 0 : present - 1);
  else return;
  event.preventDefault();
});

for (const mark of document.querySelectorAll(".working mark")) {
  mark.addEventListener("click", () => {
    if (document.getSelection().isCollapsed) choose(claims.findIndex((one) => one.dataset.claim === mark.dataset.claims.split(" ")[0]));
  });
}

if (present >= 0) choose(present);
