"""The pictures of the documentation: `make screenshots` takes them anew from the example case."""

import io
import os
import re
from pathlib import Path

import pytest

from browsers import CHROMIUM

from .browsing import BUILT, wait_for_map
from .client import PASSWORD

ROOT = Path(__file__).parents[3]
PICTURES = ROOT / "docs" / "pictures"
EXAMPLE = ROOT / "examples" / "northwest-syria"
LARGEST = 120_000
WANTED = os.environ.get("HARMLEDGER_PICTURES")

only_when_asked = pytest.mark.skipif(
    not WANTED or CHROMIUM is None or not BUILT,
    reason="takes pictures for the documentation: make screenshots (needs Chromium and make assets)",
)


@pytest.fixture(scope="module")
def desk(run, start, inside, tmp_path_factory):
    """Give the address of the desk of the example case, with somebody who judges."""
    folder = tmp_path_factory.mktemp("pictures") / "case"
    files = EXAMPLE / "files"
    run("init", folder, "--country", "SY", "--name", "North-west Syria, an example", "-q")
    told = [path for kind in ("*.pdf", "*.eml", "*.xml", "telegram-*") for path in sorted(files.glob(kind))]
    run("add", folder, EXAMPLE / "documents.jsonl", *told, "-q")
    mapping = files / "field-reports-2018.mapping.toml"
    run("add", folder, files / "field-reports-2018.csv", "--mapping", mapping, "-q")
    run("build", folder, "-q", "--jobs", "1")
    run("accounts", "add", folder, "the-analyst", "--role", "analyst", "--password", PASSWORD)
    return start(folder)


@pytest.fixture
def take(open_context, desk):
    """Take a picture of what is in sight, or of one part of a page."""

    def take_one(name, path, width=1280, height=900, part=None, before=None):
        page = open_context(width, height, color_scheme="light", reduced_motion="reduce").new_page()
        if before:
            before(page)
        page.goto(desk + path)
        page.wait_for_load_state("networkidle")
        if page.locator("#map").count():
            wait_for_map(page)
        if page.locator("aside .spot[data-script]").count():
            page.wait_for_selector("aside .spot[data-ready=true]")
            page.wait_for_timeout(1500)
        if page.locator("#curve-drawn").count():
            page.wait_for_selector("#curve-drawn[data-ready=true]")
        if part:
            page.locator(part).scroll_into_view_if_needed()
            page.wait_for_timeout(1500)
        keep_picture(name, page.screenshot(clip=measure(page, part) if part else None))

    return take_one


def measure(page, part, margin=24):
    """Give the box of a part of a page with some paper around it."""
    box = page.locator(part).bounding_box()
    return {
        "x": box["x"] - margin,
        "y": max(box["y"] - margin, 0),
        "width": box["width"] + 2 * margin,
        "height": box["height"] + 2 * margin,
    }


def keep_picture(name, shot):
    """Keep a picture with as few colours as it needs to be small."""
    from PIL import Image

    image = Image.open(io.BytesIO(shot)).convert("RGB")
    for colours in (128, 64, 32):
        packed = io.BytesIO()
        image.quantize(colours, dither=Image.Dither.NONE).save(packed, "PNG", optimize=True)
        if len(packed.getvalue()) <= LARGEST:
            break
    target = Path(WANTED)
    target.mkdir(parents=True, exist_ok=True)
    (target / f"{name}.png").write_bytes(packed.getvalue())


def find_entry(desk, place):
    import urllib.request

    text = urllib.request.urlopen(desk + "/").read().decode()
    return re.search(rf'href="(/incidents/[0-9a-f]+\.html)">{place}', text)[1]


def sign_in(desk):
    def act(page):
        page.goto(desk + "/account/sign-in")
        page.fill("#i-name", "the-analyst")
        page.fill("#i-password", PASSWORD)
        page.keyboard.press("Enter")
        page.wait_for_selector("text=Sign out")

    return act


@only_when_asked
def test_pictures_of_what_the_public_sees(take, desk):
    entry = find_entry(desk, "Maarat al-Numan")
    take("record", "/", height=1000)
    take("map", "/", height=1100, part="section[aria-labelledby=where]")
    take("incident", entry, height=1250)
    take("totals", "/totals.html", part="section[aria-labelledby=curve]")
    take("incident-ar", "/ar" + entry, height=1000)
    take("phone", entry, width=390, height=844)


@only_when_asked
def test_pictures_of_the_review_room(take, desk):
    take("queue", "/review/", before=sign_in(desk))
    take("review", find_entry(desk, "Maarat al-Numan").replace(".html", "").replace("/incidents", "/review/incidents"),
         height=1100, before=sign_in(desk))  # fmt: skip


def test_the_documentation_shows_small_pictures_that_are_there():
    shown = {
        (page.parent / link).resolve()
        for page in (ROOT / "docs").glob("*.md")
        for link in re.findall(r"!\[[^\]]+\]\(([^)]+\.png)\)", page.read_text(encoding="utf-8"))
    }
    kept = {path.resolve() for path in PICTURES.glob("*.png")}
    assert shown == kept
    assert all(path.stat().st_size <= LARGEST for path in kept)
    assert len(kept) >= 6
