"""The desk in a browser: no other host, no serious fault for those who use it differently, light pages, any width."""

import json
import re
from urllib.parse import urlsplit

import pytest

from browsers import list_serious_faults

from .browsing import BUILT, needs_chromium, needs_scripts, try_sizes, wait_for_map, watch_page

pytestmark = needs_chromium

PAGES = (
    "/",
    "/totals.html",
    "/facilities.html",
    "/sources.html",
    "/method.html",
    "/account/sign-in",
    "/no-such-page",
)
PLAIN_LIMIT = 300_000
MAP_LIMIT = 650_000
LONGEST_TASK = 50
"""Milliseconds: a longer one is felt. Of 100,000 incidents the longest takes a quarter of that (bench/desk_map.py)."""


@pytest.fixture
def open_page(open_context, address):
    """Open pages that note what is asked of whom, how much came, and what goes wrong."""

    def open_one(path, width=1280, **options):
        context = open_context(width, **options)
        page = watch_page(context)
        page.sizes = {}
        wire = context.new_cdp_session(page)
        wire.send("Network.enable")
        wire.send(
            "Network.setCacheDisabled", {"cacheDisabled": True}
        )  # a page that follows is as heavy as for a first reader
        urls = {}
        wire.on(
            "Network.responseReceived",
            lambda event: urls.update({event["requestId"]: event["response"]["url"]}),
        )
        wire.on(
            "Network.loadingFinished",
            lambda event: page.sizes.update({urls.get(event["requestId"], ""): event["encodedDataLength"]}),
        )
        go_on(page, address + path)
        return page

    return open_one


def go_on(page, url):
    """Lead a page elsewhere, and begin anew with what is kept of it; a window of one's own costs a second of CPU."""
    for kept in (page.sizes, page.asked, page.faults):
        kept.clear()
    page.goto(url)


@needs_scripts
def test_the_map_is_drawn_and_nobody_else_is_asked(open_page, address):
    page = open_page("/")
    wait_for_map(page)
    hosts = {urlsplit(url).netloc for url in page.asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {urlsplit(address).netloc}
    assert page.faults == []
    assert page.locator("#drawn").is_hidden()
    assert page.locator(".map-name").count() >= 1


@pytest.mark.long
@needs_scripts
def test_the_map_has_the_colours_that_were_chosen_for_everything_and_does_not_move(open_page):
    page = open_page("/", forced_colors="active", color_scheme="dark", reduced_motion="reduce")
    wait_for_map(page)
    assert page.faults == []
    assert page.locator(".map-name").count() >= 1
    assert page.evaluate("document.getAnimations().length") == 0


@pytest.mark.long
@needs_scripts
def test_no_task_of_the_page_is_long_while_the_map_is_moved(open_page):
    page = open_page("/", width=800)  # as many tasks, and less to draw for the processor
    wait_for_map(page)
    browser = page.context.browser
    page.locator("#map").scroll_into_view_if_needed()
    box = page.locator("#map").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    browser.start_tracing(
        page=page, categories=["toplevel", "disabled-by-default-devtools.timeline", "__metadata"]
    )
    for turn in range(4):
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + 80 - 160 * (turn % 2), y + 40, steps=8)
        page.mouse.up()
        page.mouse.wheel(0, 300 - 600 * (turn % 2))
        page.wait_for_timeout(400)
    events = json.loads(browser.stop_tracing())["traceEvents"]
    main = {
        (one["pid"], one["tid"])
        for one in events
        if one["name"] == "thread_name" and one["args"]["name"] == "CrRendererMain"
    }
    tasks = [
        one.get("tdur", 0) / 1000
        for one in events
        if one["name"] == "RunTask" and (one["pid"], one["tid"]) in main
    ]
    assert len(tasks) > 100
    assert max(tasks) < LONGEST_TASK  # of CPU, so that a busy machine is no reason to fail


@pytest.mark.long
@needs_scripts
def test_the_scale_of_the_map_is_in_the_digits_of_the_page(open_page):
    page = open_page("/ar/")
    wait_for_map(page)
    told = page.locator(".maplibregl-ctrl-scale").text_content()
    assert re.search("[٠-٩]", told)
    assert not re.search("[0-9]", told)
    assert "كم" in told
    page.focus("#map canvas")
    with page.expect_request(re.compile("/api/v1/map")):
        page.keyboard.press("=")
    page.wait_for_function(
        "before => document.querySelector('.maplibregl-ctrl-scale').textContent !== before", arg=told
    )
    assert not re.search("[0-9]", page.locator(".maplibregl-ctrl-scale").text_content())
    assert page.faults == []


@needs_scripts
def test_pages_are_light_and_the_map_comes_after_the_first_paint(open_page):
    page = open_page("/")
    wait_for_map(page)
    late = {url: size for url, size in page.sizes.items() if re.search(r"/map[.-]|/outlines|/api/", url)}
    early = sum(page.sizes.values()) - sum(late.values())
    assert late
    assert early < PLAIN_LIMIT
    assert sum(page.sizes.values()) < MAP_LIMIT
    painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    begun = page.evaluate(
        "performance.getEntriesByType('resource').filter(one => /map\\.js/.test(one.name))[0].startTime"
    )
    assert painted < begun


@pytest.mark.long
@needs_scripts
def test_no_page_without_the_map_is_heavy(open_page, visitor):
    page = open_page("/totals.html")
    for path in list_kinds(visitor, "")[1:]:
        go_on(page, visitor.address + path)
        wait_for_scripts(page, path)
        page.wait_for_load_state("networkidle")
        assert 0 < sum(page.sizes.values()) < PLAIN_LIMIT, path


@needs_scripts
def test_the_growing_sum_tells_its_figures_where_the_pointer_is(open_page):
    page = open_page("/totals.html")
    wait_for_scripts(page, "/totals.html")
    assert page.locator("#drawn-curve svg.curve").is_hidden()
    box = page.locator("#curve-drawn svg").bounding_box()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.wait_for_selector("#curve-drawn .tip text", timeout=10_000)
    assert re.search(r"3[01] May 2016.*\d+", page.locator("#curve-drawn .tip").text_content())
    assert page.faults == []


@needs_scripts
def test_the_keyboard_moves_the_map_and_reaches_its_places(open_page):
    page = open_page("/")
    wait_for_map(page)
    asked = [url for url in page.asked if "/api/v1/map" in url]
    page.focus("#map canvas")
    with page.expect_request(re.compile("/api/v1/map")) as again:
        page.keyboard.press("=")
    assert read_zoom(again.value.url) > read_zoom(asked[-1])
    page.focus("#map-list summary")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('#map-list a') !== null")
    assert re.search(r"killed \d+, entries \d+", page.evaluate("document.activeElement.textContent"))
    page.keyboard.press("Enter")
    page.wait_for_selector("article.sheet, .entry")
    assert page.faults == []


def read_zoom(url):
    return float(re.search(r"zoom=([\d.]+)", url)[1])


@needs_scripts
def test_the_slider_goes_from_period_to_period_by_the_keyboard(open_page):
    page = open_page("/")
    wait_for_map(page)
    page.focus("#slider")
    assert page.get_attribute("#slider", "aria-valuetext") == "All periods"
    with page.expect_request(re.compile(r"/api/v1/map.*to=2016-05-")):
        page.keyboard.press("Home")
        page.wait_for_selector("#found:has-text('1 of 2')", timeout=20_000)
    assert page.locator(".timeline .column.off").count() >= 1
    page.keyboard.press("End")
    page.wait_for_selector("#found:has-text('2 entries')", timeout=20_000)
    assert page.faults == []


@needs_scripts
def test_questions_are_answered_in_place(open_page):
    page = open_page("/")
    page.select_option("#f-means", "shelling")
    page.wait_for_selector("#found:has-text('1 of 2')", timeout=20_000)
    assert "means=shelling" in page.url
    assert page.locator(".entry").count() == 1
    page.fill("#f-q", "nowhere")
    page.wait_for_selector("#found:has-text('0 of 2')", timeout=20_000)
    assert page.faults == []


def test_questions_are_answered_without_scripts(open_page):
    page = open_page("/", java_script_enabled=False)
    page.select_option("#f-means", "shelling")
    page.click("#ask button")
    assert page.locator(".entry").count() == 1


def list_kinds(visitor, language):
    """Give the address of a page of every kind, in a language."""
    entry = visitor.get("/").find(r'href="/(incidents/[0-9a-f]+\.html)"')
    return [language + path for path in (*PAGES, "/" + entry)]


def wait_for_scripts(page, path):
    if BUILT and path in ("/", "/ar/"):
        wait_for_map(page)
    if BUILT and path.endswith("totals.html"):
        page.wait_for_selector("#curve-drawn[data-ready=true]", timeout=30_000)


@try_sizes((1280, ""))
def test_no_serious_fault_for_those_who_use_it_differently(open_page, visitor, language, width):
    """axe-core looks at every kind of page, on a desk and on a phone, in both directions of writing."""
    first, *others = list_kinds(visitor, language)
    page = open_page(first, width=width)
    for path in (first, *others):
        if path != first:
            go_on(page, visitor.address + path)
        wait_for_scripts(page, path)
        assert list_serious_faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        hosts = {urlsplit(url).netloc for url in page.asked if not url.startswith(("data:", "blob:"))}
        assert hosts == {urlsplit(page.url).netloc}, path
        assert page.faults == [], path


def test_the_keyboard_is_enough_to_read_down_to_a_sentence(open_page):
    page = open_page("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    for _ in range(200):
        page.keyboard.press("Tab")
        href = page.evaluate("document.activeElement.getAttribute('href') || ''")
        if "incidents/" in href and page.evaluate("!!document.activeElement.closest('.entry')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("article.sheet")
    assert page.locator("mark").count() >= 1


def test_somebody_signs_in_and_out(open_page):
    from .client import PASSWORD

    page = open_page("/account/sign-in")
    page.fill("#i-name", "the-reader")
    page.fill("#i-password", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector("text=the-reader · reader")
    page.click("text=Sign out")
    page.wait_for_selector("text=Sign in")
    assert json.dumps(page.faults) == "[]"
