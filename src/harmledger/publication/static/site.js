/* Finds entries: hides what was not asked for, on the list, the map and the timeline. Adds nothing up. */
(function () {
  "use strict";
  var record = window.HARMLEDGER_RECORD;
  var form = document.getElementById("filter");
  if (!record || !form) { return; }

  var STEM = 0, SCOPE = 1, START = 2, END = 3, PROVINCE = 4, MEANS = 5, TARGETS = 6, GROUPS = 7, GRADE = 8, SEARCH = 9, ROW = 10, PARTIES = 11;
  var entries = record.entries;
  var words = record.words;
  var ledger = document.getElementById("ledger");
  var found = document.getElementById("found");
  var nothing = document.getElementById("nothing");
  var more = document.getElementById("more");
  var names = ["q", "from", "to", "province", "means", "target", "group", "party", "grade", "scope"];
  var fields = names.map(function (name) { return form.elements[name]; }).filter(Boolean);
  var limit = record.listed;

  function fold(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f\u064b-\u065f'’ʿʾ-]/g, "").toLowerCase();
  }
  var searched = entries.map(function (entry) { return fold(entry[SEARCH] + " " + entry[ROW][2]); });

  function read() {
    var asked = {};
    fields.forEach(function (field) {
      if (field.value) { asked[field.name] = field.value; }
    });
    return asked;
  }

  function holds(entry, n, asked, terms) {
    return (!asked.scope || entry[SCOPE] === asked.scope) &&
      (!asked.from || (entry[END] && entry[END] >= asked.from)) &&
      (!asked.to || (entry[START] && entry[START] <= asked.to)) &&
      (!asked.province || entry[PROVINCE] === asked.province) &&
      (!asked.means || entry[MEANS].indexOf(asked.means) >= 0) &&
      (!asked.target || entry[TARGETS].indexOf(asked.target) >= 0) &&
      (!asked.group || entry[GROUPS].indexOf(asked.group) >= 0) &&
      (!asked.party || entry[PARTIES].indexOf(asked.party) >= 0) &&
      (!asked.grade || entry[GRADE] === asked.grade) &&
      terms.every(function (term) { return searched[n].indexOf(term) >= 0; });
  }

  function element(name, className, text) {
    var made = document.createElement(name);
    if (className) { made.className = className; }
    if (text) { made.textContent = text; }
    return made;
  }

  /* Rows beyond those that the page came with are made here, the same as the page has them. */
  function makeRow(entry) {
    var told = entry[ROW];
    var row = element("li", "entry");
    row.id = "e-" + entry[STEM];
    row.append(element("span", "day", told[0]));
    var what = element("div", "what");
    var link = element("a", "", told[1]);
    link.href = "incidents/" + entry[STEM] + ".html";
    what.append(link);
    if (told[2]) { what.append(element("span", "small", told[2])); }
    var figure = element("div", "figure");
    if (told[3]) { figure.append(element("b", "", told[3]), element("span", "small", told[4])); }
    else { figure.append(element("span", "small", words.no_figure)); }
    row.append(what, figure, element("span", "grade small", told[5]));
    return row;
  }

  function monthOf(entry) { return entry[START] ? entry[START].slice(0, 7) : "undated"; }

  function nameMonth(key) {
    return key === "undated" ? words.undated : words.months[Number(key.slice(5)) - 1] + " " + spell(key.slice(0, 4));
  }

  /* Digits and separators as the pages have them, for a browser may not know the language. */
  function spell(text) {
    return text.replace(/[0-9]/g, function (digit) { return words.digits[Number(digit)]; });
  }

  function count(value) {
    return spell(String(value).replace(/\B(?=(\d{3})+$)/g, words.separator));
  }

  var sections = new Map();
  ledger.querySelectorAll("section.month").forEach(function (section) { sections.set(section.dataset.month, section); });

  function sectionOf(key) {
    var section = sections.get(key);
    if (!section) {
      section = element("section", "month");
      section.dataset.month = key;
      var heading = element("h3", "", nameMonth(key));
      heading.id = "m-" + key;
      section.setAttribute("aria-labelledby", heading.id);
      section.append(heading, element("ol"));
      sections.set(key, section);
      /* The latest month first; what has no date comes last. */
      var after = Array.from(ledger.children).find(function (other) {
        return key !== "undated" && (other.dataset.month === "undated" || other.dataset.month < key);
      });
      ledger.insertBefore(section, after || null);
    }
    return section;
  }

  var rows = entries.map(function (entry) { return document.getElementById("e-" + entry[STEM]); });
  var shownRows = [];

  function list(matching) {
    shownRows.forEach(function (row) { row.hidden = true; });
    shownRows = matching.slice(0, limit).map(function (n) {
      if (!rows[n]) {
        rows[n] = makeRow(entries[n]);
        sectionOf(monthOf(entries[n])).querySelector("ol").append(rows[n]);
      }
      rows[n].hidden = false;
      return rows[n];
    });
    sections.forEach(function (section) {
      section.hidden = !section.querySelector("li:not([hidden])");
    });
    more.hidden = matching.length <= limit;
    nothing.hidden = matching.length > 0;
  }

  function draw(matching) {
    var kept = new Set(matching);
    var periods = new Set();
    matching.forEach(function (n) {
      var start = entries[n][START];
      if (start && entries[n][SCOPE] !== "since_date") {
        periods.add(start).add(start.slice(0, 7)).add(start.slice(0, 4));
      }
    });
    document.querySelectorAll("a.mark").forEach(function (mark) {
      var isOn = mark.dataset.n.split(" ").some(function (n) { return kept.has(Number(n)); });
      mark.classList.toggle("off", !isOn);
    });
    document.querySelectorAll(".timeline .column").forEach(function (column) {
      column.classList.toggle("off", !periods.has(column.dataset.period));
    });
  }

  function answer() {
    var asked = read();
    var terms = fold(asked.q || "").split(/\s+/).filter(Boolean);
    var matching = [];
    entries.forEach(function (entry, n) {
      if (holds(entry, n, asked, terms)) { matching.push(n); }
    });
    found.textContent = (matching.length === entries.length ? words.found_all : words.found_some)
      .replace("{count}", count(matching.length)).replace("{all}", count(entries.length));
    list(matching);
    draw(matching);
    return asked;
  }

  function store(asked) {
    var state = new URLSearchParams(asked).toString();
    if (state !== location.hash.slice(1)) {
      try { history.replaceState(null, "", state ? "#" + state : location.pathname + location.search); }
      catch (error) { location.replace("#" + state); }
    }
  }

  function restore() {
    if (location.hash.length > 1 && location.hash.indexOf("=") < 0) { return; }
    var state = new URLSearchParams(location.hash.slice(1));
    fields.forEach(function (field) { field.value = state.get(field.name) || ""; });
  }

  function change() { limit = record.listed; store(answer()); }

  /* The slider sets first and last day, and the fields do the rest: from one period to the next, the last stop is all. */
  var slider = document.getElementById("slider");
  var until = document.getElementById("slider-until");
  var sliderName = document.getElementById("slider-name");
  var periods = record.periods || [];

  function lastDay(label) {
    if (label.length === 10) { return label; }
    var year = Number(label.slice(0, 4)), month = label.length === 7 ? Number(label.slice(5)) : 12;
    return label.slice(0, 4) + "-" + String(month).padStart(2, "0") + "-" + new Date(Date.UTC(year, month, 0)).getUTCDate();
  }

  function firstDay(label) { return (label + "-01-01").slice(0, 10); }

  function slide() {
    var n = Number(slider.value), isAll = n >= periods.length;
    form.elements.from.value = isAll || until.checked ? "" : firstDay(periods[n][0]);
    form.elements.to.value = isAll ? "" : lastDay(periods[n][0]);
    nameSlider();
    change();
  }

  function nameSlider() {
    var n = Number(slider.value);
    var name = n >= periods.length ? words.slider_all : periods[n][1];
    sliderName.textContent = name;
    slider.setAttribute("aria-valuetext", name);
  }

  /* What was asked for elsewhere moves the slider, too, where a period answers to it. */
  function followSlider() {
    if (!slider || periods.length < 2) { return; }
    var from = form.elements.from.value, to = form.elements.to.value;
    var at = periods.findIndex(function (period) {
      return lastDay(period[0]) === to && (!from || firstDay(period[0]) === from);
    });
    slider.value = String(at >= 0 ? at : periods.length);
    if (at >= 0) { until.checked = !from; }
    nameSlider();
  }

  if (slider && periods.length > 1) {
    slider.max = String(periods.length);
    slider.value = slider.max;
    slider.addEventListener("input", slide);
    until.addEventListener("change", slide);
    document.getElementById("slider-box").hidden = false;
    form.addEventListener("change", followSlider);
    form.addEventListener("reset", function () { setTimeout(followSlider, 0); });
    window.addEventListener("hashchange", function () { setTimeout(followSlider, 0); });
  }

  form.addEventListener("input", change);
  form.addEventListener("submit", function (event) { event.preventDefault(); });
  form.addEventListener("reset", function () { setTimeout(change, 0); });
  more.addEventListener("click", function () { limit += record.listed; answer(); });
  window.addEventListener("hashchange", function () { restore(); answer(); });

  /* A mark that stands for several entries finds them by their place. */
  document.querySelectorAll("a.mark").forEach(function (mark) {
    var numbers = mark.dataset.n.split(" ");
    if (numbers.length > 1) {
      mark.addEventListener("click", function () {
        form.elements.q.value = entries[Number(numbers[0])][ROW][1].split(",")[0];
        change();
      });
    }
  });

  form.hidden = false;
  restore();
  rows.forEach(function (row) { if (row) { shownRows.push(row); } });
  followSlider();
  answer();
})();
