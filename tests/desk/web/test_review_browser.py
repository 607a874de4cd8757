"""The review room in a browser: by keyboard alone, on a phone, in Arabic, and without scripts."""

from urllib.parse import urlsplit

import pytest

from browsers import list_serious_faults

from .browsing import needs_chromium, needs_scripts, take_session, watch_page

pytestmark = needs_chromium


@pytest.fixture
def enter(open_context, room):
    """Give what opens the room's desk in a browser of its own, with the session of somebody who signed in."""

    def enter_room(name, width=1280, language="", **options):
        context = open_context(width, **options)
        take_session(context, room.enter(name))
        page = watch_page(context)
        page.goto(f"{room.address}{language}/review/")
        return page

    return enter_room


@needs_scripts
def test_an_analyst_corrects_a_toll_by_keyboard_and_sees_the_sums_change(enter, room):
    page = enter("another-analyst")
    for _ in range(12):
        page.keyboard.press("j")
        if page.locator(":focus").inner_text() == "Saraqib":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector(".entry-head")
    page.wait_for_load_state()
    assert "Saraqib" in page.inner_text("h1")
    page.keyboard.press("?")
    assert page.locator("#keys dl").is_visible()
    for _ in range(12):
        page.keyboard.press("j")
        if "killed two children" in page.locator(".claim.chosen mark").inner_text():
            break
    page.keyboard.press("c")
    page.wait_for_selector(".claim.chosen .act-form :focus")
    assert page.locator(":focus").input_value() == "2"
    page.keyboard.type("5")
    page.keyboard.press("Enter")
    page.wait_for_selector(".notice.effect ins", timeout=120_000)
    assert "in the whole case" in page.inner_text(".notice.effect")
    page.keyboard.press("z")
    page.wait_for_selector("#working", timeout=60_000)
    page.wait_for_selector(".notice.effect", timeout=120_000)
    assert page.faults == []
    hosts = {urlsplit(url).netloc for url in page.asked if not url.startswith(("data:", "blob:"))}
    assert hosts == {urlsplit(room.address).netloc}


@pytest.mark.long
@needs_scripts
def test_what_is_typed_in_a_form_that_is_closed_is_kept(enter, room):
    page = enter("the-analyst")
    page.goto(f"{room.address}/review/incidents/{room.find('Idlib')}")
    page.keyboard.press("j")
    page.keyboard.press("n")
    page.wait_for_selector(".act-form :focus")
    page.keyboard.press("Escape")
    assert page.locator(".act-form, .laid").count() == 0, "nothing was typed"
    page.keyboard.press("n")
    page.wait_for_selector(".act-form :focus")
    page.keyboard.type("asked the publisher")
    page.keyboard.press("Escape")
    assert page.locator(".act-form:visible").count() == 0
    assert "Note" in page.inner_text(".laid")
    page.keyboard.press("e")
    page.wait_for_selector(".form-place textarea:focus")
    page.keyboard.type("look again")
    page.locator(".claim.chosen .acts a", has_text="Note").click()
    assert page.input_value(".form-place [name=reason]") == "asked the publisher"
    assert "Remark" in page.inner_text(".laid"), "it gave way, and is kept as well"
    page.click(".laid [data-resume]")
    assert page.input_value(".form-place textarea") == "look again"
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.keyboard.press("Escape")
    page.keyboard.press("q")
    page.wait_for_timeout(500)
    assert asked == ["beforeunload"], "forms laid by are lost with the page as well"
    assert "/incidents/" in page.url
    while page.locator("[data-drop]").count():
        page.click("[data-drop] >> nth=0")
    page.keyboard.press("q")
    page.wait_for_selector(".queue")
    assert len(asked) == 1
    assert page.faults == []


@pytest.mark.long
@needs_scripts
def test_a_form_is_made_from_what_its_page_shows(enter, room):
    id = room.find("Idlib")
    first, second = enter("the-analyst"), enter("another-analyst")
    for page in (first, second):
        page.goto(f"{room.address}/review/incidents/{id}")
        page.keyboard.press("j")
    for page, reason in ((first, "asked the publisher"), (second, "a second thought")):
        page.keyboard.press("n")
        page.wait_for_selector(".act-form :focus")
        page.keyboard.type(reason)
        page.keyboard.press("Enter")
        page.wait_for_selector(".done-note" if page is first else ".confirm")
    assert "asked the publisher" in second.inner_text("main")
    assert "a second thought" in second.inner_text("main")
    second.click(".confirm button")
    second.wait_for_selector(".done-note")
    assert "a second thought" in second.inner_text("main")


@needs_scripts
def test_two_editors_publish_in_their_browsers(enter, room):
    id = room.find("Maarat al-Numan")

    def press(name, key, state):
        page = enter(name)
        page.goto(f"{room.address}/review/incidents/{id}")
        page.keyboard.press(key)
        page.wait_for_selector(f".state.{state}")
        assert page.faults == []
        return page

    press("the-analyst", "a", "accepted")
    page = press("the-editor", "p", "approved")
    assert "second editor" in page.inner_text(".steps")
    assert page.locator("[data-key=u]").count() == 0
    page = press("another-editor", "u", "published")
    for name in ("the-analyst", "the-editor", "another-editor"):
        assert name in page.inner_text(".steps")


def test_nothing_is_wider_than_a_phone_and_arabic_runs_from_the_right(enter, room):
    id = room.find("Idlib")
    for language, direction in (("", "ltr"), ("/ar", "rtl")):
        page = enter("the-analyst", 390, language)
        claim = page.request.get(f"{room.address}/review/incidents/{id}").text().split("claim=")[1][:64]
        for path in ("", f"incidents/{id}", f"incidents/{id}/act?kind=correct&claim={claim}&field=place"):
            page.goto(f"{room.address}{language}/review/{path}")
            assert page.get_attribute("html", "dir") == direction
            assert page.evaluate("document.documentElement.scrollWidth") <= 390, path
        assert page.faults == []


def test_everything_can_be_done_without_scripts(enter, room):
    page = enter("the-analyst", java_script_enabled=False)
    id = room.find("Idlib")
    page.goto(f"{room.address}/review/incidents/{id}")
    page.locator(".claim .acts a", has_text="Note").first.click()
    page.fill(".act-form [name=reason]", "kept by a plain form")
    page.click(".act-form button")
    page.wait_for_selector(".entry-head")
    assert "kept by a plain form" in page.inner_text("main")


@pytest.mark.long
def test_no_serious_fault_for_those_who_use_it_differently(enter, room):
    id = room.find("Idlib")
    for language, width in (("", 1280), ("/ar", 390)):
        page = enter("the-analyst", width, language)
        claim = page.request.get(f"{room.address}/review/incidents/{id}").text().split("claim=")[1][:64]
        acts = [f"act?kind=correct&claim={claim}&field={field}" for field in ("place", "actors", "count")]
        acts += [f"act?kind={kind}&claim={claim}" for kind in ("split", "remark")]
        for path in ("", *(f"incidents/{id}{end}" for end in ("", *(f"/{act}" for act in acts)))):
            page.goto(f"{room.address}{language}/review/{path}")
            page.wait_for_timeout(500)
            assert list_serious_faults(page) == [], path


@pytest.mark.long
@needs_scripts
def test_every_act_on_an_incident_is_reached_by_its_key(enter, room):
    """Each key opens its form with the focus in it, or leads on; nothing of it needs a pointer."""
    id = room.find("Idlib")
    page = enter("the-analyst")
    page.goto(f"{room.address}/review/incidents/{id}")
    for key, kind in (("c", "correct"), ("l", "correct"), ("x", "exclude"), ("s", "split"), ("n", "note")):
        page.keyboard.press("j")
        page.keyboard.press(key)
        page.wait_for_selector(f".claim.chosen .act-form [name=kind][value={kind}]", state="attached")
        assert page.evaluate("document.activeElement.closest('.act-form') !== null"), key
        page.keyboard.press("Escape")
        page.wait_for_selector(".act-form", state="detached")
    page.keyboard.press("e")
    page.wait_for_selector(".claim.chosen .act-form [name=text]")
    page.keyboard.press("Escape")
    page.wait_for_selector(".act-form", state="detached")
    page.keyboard.press("r")
    assert page.evaluate("document.activeElement.id") == "remark"
    page.keyboard.press("Escape")
    page.evaluate("document.activeElement.blur()")
    for key, place in (("d", "summary"), ("m", "summary")):
        page.keyboard.press(key)
        assert page.evaluate(
            f"document.activeElement.closest('details') !== null || document.activeElement.matches('{place}')"
        )
        page.evaluate("document.activeElement.blur()")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    page.wait_for_url("**/review/texts/**")
    assert page.locator("mark").count() >= 1
    page.go_back()
    page.wait_for_selector(".entry-head")
    page.keyboard.press("q")
    page.wait_for_url("**/review/**")
    page.wait_for_selector("[data-row], .queue, .room")
    assert page.faults == []


@pytest.mark.long
@needs_scripts
def test_a_place_is_set_by_pointing_at_the_map(enter, room):
    id = room.find("Saraqib")
    page = enter("the-analyst", language="/ar")
    page.goto(f"{room.address}/ar/review/incidents/{id}")
    page.keyboard.press("j")
    page.keyboard.press("l")
    page.wait_for_selector(".act-form .spot[data-ready=true]", timeout=60_000)
    assert page.get_attribute(".act-form .maplibregl-ctrl-zoom-in", "aria-label") == "تكبير"
    before = page.input_value(".act-form [name=lat]")
    page.locator(".act-form .spot canvas").click(position={"x": 40, "y": 40})
    lat, lon = (float(page.input_value(f".act-form [name={name}]")) for name in ("lat", "lon"))
    assert str(lat) != before
    assert 30 < lat < 40
    assert 33 < lon < 43
    page.keyboard.press("Escape")
    assert page.faults == []
