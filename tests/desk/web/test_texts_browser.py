"""Texts and handing in, in a browser: words selected, by keyboard, on a phone, in Arabic, and without scripts."""

from urllib.parse import parse_qs, urlsplit

import pytest

from browsers import list_serious_faults

from .browsing import needs_chromium, needs_scripts, take_session, try_sizes, watch_page

pytestmark = needs_chromium
SELECT = """words => {
  const working = document.getElementById("working");
  const walk = document.createTreeWalker(working, NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0 || !node.parentElement.dataset.start) continue;
    getSelection().setBaseAndExtent(node, at, node, at + words.length);
    return true;
  }
  return false;
}"""


@pytest.fixture
def enter(open_context, analyst):
    """Give what opens a page with the session of the analyst, who signed in."""

    def enter_desk(path, width=1280, **options):
        context = open_context(width, **options)
        take_session(context, analyst)
        page = watch_page(context)
        page.goto(analyst.address + path)
        return page

    return enter_desk


@needs_scripts
def test_words_are_selected_and_a_claim_is_added_by_keyboard(enter):
    page = enter("/review/texts/wire")
    page.keyboard.press("n")
    assert page.locator("li.claim.chosen").count() == 1
    assert page.locator(".working mark.chosen").count() >= 1
    assert page.evaluate(SELECT, "activists")
    page.wait_for_selector("#selected a:visible")
    page.keyboard.press("a")
    page.wait_for_selector(".chosen-words mark")
    assert page.inner_text(".chosen-words mark") == "activists"
    asked = parse_qs(urlsplit(page.url).query)
    assert int(asked["end"][0]) - int(asked["start"][0]) == len("activists")
    page.select_option("[name=harm]", "injured")
    page.fill("[name=count]", "40")
    page.fill("[name=reason]", "the list says so")
    page.keyboard.press("Enter")
    page.wait_for_selector("li.claim.chosen .tag")
    assert "added by a person" in page.inner_text("li.claim.chosen")
    page.wait_for_selector(
        "li.claim.chosen a[href*='/incidents/']", timeout=120_000
    )  # the page loads when it is built
    assert page.faults == []


def test_without_scripts_a_sentence_is_chosen_from_a_list(enter):
    page = enter("/review/texts/daily", java_script_enabled=False)
    page.click("#add-claim")
    page.click(".sentences a")
    assert "Shelling in Saraqib" in page.inner_text(".chosen-words")
    page.fill("[name=words]", "rescuers")
    page.select_option("[name=harm]", "missing")
    page.fill("[name=count]", "2")
    page.fill("[name=reason]", "told by telephone")
    page.click("main form button")
    assert "added by a person" in page.inner_text("li.claim.chosen")


@try_sizes((390, "/ar"))
def test_no_serious_fault_at_any_width(enter, language, width):
    page = enter(f"{language}/review/texts/wire", width=width)
    paths = (
        "review/texts/wire",
        "review/claims/add?document=wire",
        "review/documents/",
        "review/documents/unread",
    )
    for path in (*paths, "review/claims/add?document=wire&start=0&end=11"):
        page.goto(f"{page.url.split('/review/')[0]}/{path}")
        assert list_serious_faults(page) == [], path
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
    assert {urlsplit(url).netloc for url in page.asked if not url.startswith("data:")} == {
        urlsplit(page.url).netloc
    }
    assert page.faults == []


@pytest.mark.long
@needs_scripts
def test_a_file_is_handed_in_and_its_way_is_followed(enter):
    page = enter("/review/documents/")
    page.set_input_files(
        "[name=files]",
        [
            {
                "name": "report.txt",
                "mimeType": "text/plain",
                "buffer": b"Shelling in Ariha killed four people.",
            }
        ],
    )
    page.click("section:has(#by-files) button")
    page.wait_for_selector("#delivery .texts a", timeout=120_000)
    page.click("#delivery .texts a")
    page.wait_for_selector("#working")
    assert "killed four people" in page.inner_text("#working")
    assert page.faults == []
