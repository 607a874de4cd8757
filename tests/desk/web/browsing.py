"""What the tests in a browser share: whether it is there, and pages that keep what goes wrong on them."""

from importlib.resources import files

import pytest

from browsers import CHROMIUM, REMEDY

from .client import PASSWORD

BUILT = files("harmledger.desk.web").joinpath("static", "built", "map.js").is_file()
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason=REMEDY)
needs_scripts = pytest.mark.skipif(not BUILT, reason="needs the desk's scripts: make assets")
SIZES = ((1280, ""), (390, "/ar"), (1280, "/ar"), (390, ""))
"""A desktop's width and a phone's, and the beginning of the addresses of a language."""


def try_sizes(*usual):
    """Have a test look at each of `SIZES`: at those named every time, at the others where there is time."""
    sizes = (one if one in usual else pytest.param(*one, marks=pytest.mark.long) for one in SIZES)
    return pytest.mark.parametrize(("width", "language"), list(sizes))


def watch_page(context):
    """Open a page that keeps what went wrong on it (`faults`), and every address that it asked for (`asked`)."""
    page = context.new_page()
    page.faults, page.asked = [], []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda message: note_message(page, message))
    page.on("request", lambda request: page.asked.append(request.url))
    return page


def note_message(page, message):
    if message.type in ("error", "warning") and "GL Driver" not in message.text and "404" not in message.text:
        page.faults.append(message.text)


def take_session(context, visitor):
    """Have a window go on with the session of somebody who signed in: checking a password costs what it is meant to."""
    context.add_cookies(
        [{"name": one.name, "value": one.value, "url": visitor.address} for one in visitor.cookies]
    )


def fill_sign_in(page, name):
    """Give a name and its password to the form for signing in that a page shows."""
    page.fill("[name=name]", name)
    page.fill("[name=password]", PASSWORD)
    page.click("main form button")


def wait_for_map(page):
    page.wait_for_selector("#map[data-ready=true]", timeout=60_000)
    page.wait_for_timeout(1000)
