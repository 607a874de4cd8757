"""Which browser the tests of pages look with: Chromium, without the windows that nobody sees where that is there."""

import shutil

NAMES = ("chromium-headless-shell", "chromium")
"""The shell draws a page for a tenth of what Chromium itself takes, and has no surface of its own that is drawn as well."""

CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
REMEDY = "needs Chromium: apt install chromium-headless-shell (or chromium)"
ARGUMENTS = ("--no-sandbox", "--enable-unsafe-swiftshader")
"""Maps are drawn by the processor (SwiftShader). Only they: where it draws pages as well, each takes eight times as long."""


def list_serious_faults(page):
    """Give what axe-core finds on a page that keeps somebody from using it: the rule, and the first part that breaks it. All of its
    rules are tried; it is spared telling what passed, which takes a third of the time."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options={"reporter": "no-passes"}).response["violations"]
    return [
        (one["id"], one["nodes"][0]["html"][:200])
        for one in found
        if one["impact"] in ("serious", "critical")
    ]
