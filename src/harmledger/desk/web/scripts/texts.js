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

// Words that are selected in the text, as code points of it; null where nothing of it is.
function findSelected() {
  const working = document.getElementById("working");
  const selection = document.getSelection();
  if (selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!working.contains(range.startContainer) || !working.contains(range.endContainer)) return null;
  const start = locate(working, range.startContainer, range.startOffset);
  const end = locate(working, range.endContainer, range.endOffset);
  return start !== null && end !== null && start < end ? { start, end } : null;
}

// Pieces know where they begin; links to claims stand between them and are no part of the text.
function locate(working, node, offset) {
  const piece = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-start]");
  if (piece) {
    const before = node.nodeType === Node.TEXT_NODE ? node.data.slice(0, offset) : offset ? piece.textContent : "";
    return Number(piece.dataset.start) + [...before].length;
  }
  const after = node === working ? working.childNodes[offset] : node.parentElement;
  for (let next = after; next; next = next.nextSibling) if (next.dataset?.start) return Number(next.dataset.start);
  const last = working.querySelector(":scope > [data-start]:last-of-type");
  return last ? Number(last.dataset.start) + [...last.textContent].length : null;
}

const offer = document.getElementById("selected");
const choice = document.getElementById("add-claim");

function linkSelected() {
  const found = offer && findSelected();
  if (!found) return null;
  const href = new URL(offer.querySelector("a").href);
  href.searchParams.set("document", document.querySelector(".reading").dataset.document);
  href.searchParams.set("start", found.start);
  href.searchParams.set("end", found.end);
  return href.href;
}

document.addEventListener("selectionchange", () => {
  if (!offer) return;
  const href = linkSelected();
  offer.hidden = !href;
  if (href) offer.querySelector("a").href = href;
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.("input, select, textarea")) return;
  if (event.key === "a" && choice) location.assign(linkSelected() ?? choice.href);
  else if (event.key === "n") choose(present + 1);
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
