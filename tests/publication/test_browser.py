"""The site in a browser: no request to any host, no serious fault for those who use it differently, filters that work."""

import pypdfium2 as pdfium
import pytest

from browsers import ARGUMENTS, CHROMIUM, REMEDY, list_serious_faults
from harmledger.publication.material import Settings

from .sites import NAME, publish

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason=REMEDY)

PAGES = tuple(
    f"{folder}{name}.html"
    for folder in ("", "ar/")
    for name in ("index", "totals", "facilities", "sources", "method")
)


@pytest.fixture(scope="module")
def browser():
    sync = pytest.importorskip("playwright.sync_api", reason="needs playwright: make test installs it")
    with sync.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def windows(browser):
    """Keep a window of each kind that is asked for: one costs a second of CPU, and the pages of a site keep nothing there."""
    kept = {}
    yield kept
    for page in kept.values():
        page.context.close()


@pytest.fixture
def open_page(browser, windows):
    """Lead a window to a page, and note what is asked of the network and what goes wrong from there on."""

    def open_one(path, width=1280, fragment="", **options):
        kind = tuple(sorted(options.items()))
        if kind not in windows:
            windows[kind] = watch_window(browser.new_context(**options))
        page = windows[kind]
        page.goto("about:blank")
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(media="null")  # as it comes: the screen here, paper where it is printed
        page.faults.clear()
        page.asked.clear()
        page.goto(path.as_uri() + fragment)
        return page

    return open_one


def watch_window(context):
    page = context.new_page()
    page.faults, page.asked = [], []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda message: page.faults.append(message.text))
    page.on("request", lambda request: page.asked.append(request.url))
    return page


def list_kinds(folder):
    incidents = sorted((folder / "incidents").glob("*.html"), key=lambda path: -path.stat().st_size)
    arabic = folder / "ar" / "incidents" / incidents[0].name
    return [*(folder / name for name in PAGES), arabic, incidents[0], incidents[-1]]


def test_no_page_asks_anything_of_a_host_or_fails(example_site, open_page):
    for path in list_kinds(example_site):
        page = open_page(path)
        assert page.asked
        assert all(url.startswith("file:") for url in page.asked)
        assert page.faults == []


@pytest.mark.parametrize("scheme", [pytest.param("light", marks=pytest.mark.long), "dark"])
def test_no_serious_fault_for_those_who_use_it_differently(example_site, open_page, scheme):
    kinds = list_kinds(example_site)[:-1]
    for path in kinds if scheme == "light" else (kinds[0], *kinds[-2:]):
        page = open_page(path, color_scheme=scheme, bypass_csp=True)
        assert list_serious_faults(page) == [], path


def test_a_fault_for_those_who_use_it_differently_is_found(tmp_path, open_page):
    """What looks for them looks: a picture without words, a field without a name, grey on grey."""
    (tmp_path / "page.html").write_text(
        '<html><body><img src="data:,"><input><p style="color:#777;background:#888">grey</p></body></html>'
    )
    found = {rule for rule, _ in list_serious_faults(open_page(tmp_path / "page.html"))}
    assert {"image-alt", "label", "color-contrast", "html-has-lang"} <= found


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_scrolls_sideways(example_site, open_page, width):
    for path in list_kinds(example_site):
        page = open_page(path, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path.name


def count_rows(page):
    return page.locator("#ledger li.entry:visible").count()


def test_filters_hide_what_was_not_asked_for(example_site, open_page):
    page = open_page(example_site / "index.html")
    everything = count_rows(page)
    page.fill("#f-q", "saraqib")
    assert 0 < count_rows(page) < everything
    assert "Saraqib" in page.inner_text("#ledger")
    assert page.inner_text("#found").startswith(f"{count_rows(page)} of {everything}")
    assert page.locator("a.mark:visible").count() >= 1
    page.fill("#f-q", "nothing of the kind")
    assert count_rows(page) == 0
    assert page.is_visible("#nothing")
    page.click("#clear")
    page.wait_for_selector("#nothing", state="hidden")
    assert count_rows(page) == everything


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("province", "Hama"),
        ("means", "barrel_bomb"),
        ("target", "hospital"),
        ("grade", "contested"),
        ("scope", "area_day"),
    ],
)
def test_every_filter_finds_some_and_not_all(example_site, open_page, field, value):
    page = open_page(example_site / "index.html")
    everything = count_rows(page)
    page.select_option(f"#f-{field}", value)
    assert 0 < count_rows(page) < everything
    assert f"{field}={value}" in page.url


def test_a_period_finds_what_lies_in_it(example_site, open_page):
    page = open_page(example_site / "index.html")
    page.fill("#f-from", "2019-01-01")
    assert "July 2019" in page.inner_text("#ledger")
    assert "May 2016" not in page.inner_text("#ledger")


def test_the_address_keeps_what_was_asked_for(example_site, open_page):
    page = open_page(example_site / "index.html", fragment="#province=Hama&q=kafr")
    assert page.input_value("#f-q") == "kafr"
    assert page.input_value("#f-province") == "Hama"
    assert count_rows(page) < 5
    page.evaluate("location.hash = 'scope=since_date'")
    page.wait_for_function("document.getElementById('f-scope').value === 'since_date'")
    assert page.input_value("#f-q") == ""


def test_the_list_is_there_without_scripts(example_site, open_page):
    page = open_page(example_site / "index.html", java_script_enabled=False)
    assert count_rows(page) > 10
    assert not page.is_visible("#filter")


def test_everything_is_reached_by_the_keyboard(example_site, open_page):
    page = open_page(example_site / "index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        told = "[document.activeElement.tagName.toLowerCase(), document.activeElement.id]"
        reached.add(tuple(page.evaluate(told)))
        assert page.evaluate("document.activeElement.matches('body, [type=date], :focus-visible')")
    assert {("input", "f-q"), ("select", "f-province"), ("button", "clear"), ("summary", "")} <= reached


@pytest.mark.long
def test_a_large_case_makes_rows_as_they_are_found(tmp_path, open_page):
    from harmledger.publication.site.index import LISTED
    from harmledger.records.time import Time

    from .cases import make_incident
    from .sites import hold

    incidents = [
        make_incident(
            f"{n:064x}",
            targets=(),
            claims=(),
            time=Time(f"{2000 + n % 20}-05-01", f"{2000 + n % 20}-05-01", "day"),
        )
        for n in range(LISTED + 40)
    ]
    page = open_page(publish(hold(incidents, {}), tmp_path / "site", Settings(NAME)) / "index.html")
    assert count_rows(page) == LISTED
    page.click("#more")
    assert count_rows(page) == LISTED + 40
    page.fill("#f-to", "2000-12-31")
    assert count_rows(page) == (LISTED + 40) // 20
    assert page.faults == []


def test_the_slider_goes_from_period_to_period_by_the_keyboard(example_site, open_page):
    page = open_page(example_site / "index.html")
    everything = count_rows(page)
    page.focus("#slider")
    assert page.get_attribute("#slider", "aria-valuetext") == "All periods"
    page.keyboard.press("Home")
    assert page.get_attribute("#slider", "aria-valuetext") == "May 2016"
    assert 0 < count_rows(page) < everything
    assert page.input_value("#f-to") == "2016-05-31"
    page.keyboard.press("ArrowRight")
    assert page.inner_text("#slider-name") == "September 2018"
    both = count_rows(page)
    page.click("#slider-until")
    assert 0 < count_rows(page) < both
    assert page.input_value("#f-from") == "2018-09-01"
    assert page.locator("a.mark:visible").count() < page.locator("a.mark").count()
    page.focus("#slider")
    page.keyboard.press("End")
    assert count_rows(page) == everything
    assert page.faults == []


def test_the_languages_lead_to_each_other_and_each_has_its_own_digits(example_site, open_page):
    page = open_page(example_site / "incidents" / sorted((example_site / "incidents").iterdir())[0].name)
    page.click("nav.languages a")
    page.wait_for_load_state()
    assert "/ar/incidents/" in page.url
    assert page.evaluate("document.dir") == "rtl"
    page.click("nav.languages a")
    page.wait_for_load_state()
    assert "/ar/" not in page.url
    page = open_page(example_site / "ar" / "index.html")
    page.fill("#f-q", "سراقب")
    assert 0 < count_rows(page) < page.locator("li.entry").count()
    assert "١ من " in page.inner_text("#found")
    assert page.faults == []


def print_page(page):
    """Give the texts of the pages that a page has on paper."""
    printed = pdfium.PdfDocument(page.pdf(format="A4", prefer_css_page_size=True))
    return [printed[number].get_textpage().get_text_bounded() for number in range(len(printed))]


def test_on_paper_no_heading_stands_alone_and_no_short_table_is_cut(example_site, open_page):
    (heading,) = (
        text for text in print_page(open_page(example_site / "totals.html")) if "By province" in text
    )
    for told in ("Hama", "Idlib", "Not known"):
        assert told in heading.split("By province")[1]
    (others,) = (
        text
        for text in print_page(open_page(example_site / "totals.html"))
        if "What others have counted" in text
    )
    assert "Voice" in others.split("What others have counted")[1]


@pytest.mark.parametrize("folder", ["", "ar/"])
def test_on_paper_addresses_are_printed_and_what_asks_for_a_pointer_is_not(example_site, open_page, folder):
    incident = max((example_site / "incidents").glob("*.html"), key=lambda path: path.stat().st_size).name
    page = open_page(example_site / folder / "incidents" / incident)
    printed = "".join("".join(print_page(page)).split())
    links = page.locator(".quotes cite a, .reports a").all()
    assert links
    for link in links:
        assert "".join(link.get_attribute("href").split())[:40] in printed
    page.emulate_media(media="print")
    assert page.locator("header nav, .pager").first.is_hidden()
    wide, narrow = (page.locator(one).bounding_box()["width"] for one in (".columns", ".columns .told"))
    assert wide == narrow, "what is told has the width of the paper"
    page = open_page(example_site / folder / "index.html", color_scheme="dark")
    page.emulate_media(media="print")
    assert page.locator(".filter, .slider").first.is_hidden()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert (
        page.evaluate("getComputedStyle(document.querySelector('.map .water')).fill") == "rgb(238, 240, 239)"
    )


@pytest.mark.long
def test_nothing_moves_for_those_who_want_no_motion(example_site, open_page):
    for path in list_kinds(example_site):
        page = open_page(path, reduced_motion="reduce")
        assert page.evaluate("document.getAnimations().length") == 0
        assert page.evaluate(MOVING) == []


MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
  const { transitionDuration, transitionProperty, animationName, scrollBehavior } = getComputedStyle(one);
  const fades = transitionProperty !== "none" && !/^0s(, 0s)*$/.test(transitionDuration);
  return fades || animationName !== "none" || scrollBehavior === "smooth";
}).map((one) => one.outerHTML.slice(0, 80))"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_drawings_follow_colours_that_were_chosen_for_everything(example_site, open_page, scheme):
    page = open_page(example_site / "index.html", forced_colors="active", color_scheme=scheme)
    ink = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ink != paper
    marks = "getComputedStyle(document.querySelector('.mark:not(.bare, .area) circle')).fill"
    assert page.evaluate(marks) == ink
    for name in (".map .water", ".map .land"):
        assert page.evaluate(f"getComputedStyle(document.querySelector('{name}')).fill") == paper
    assert page.faults == []
