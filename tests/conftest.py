"""What holds for all tests: examples are judged by what they show, and never by how busy the machine is."""

import signal
from pathlib import Path

from hypothesis import HealthCheck, settings

settings.register_profile("any machine", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")

# In the background of a shell Ctrl-C is ignored, and programs that a test starts would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

TESTS = Path(__file__).parent
BEGUN_FIRST = (
    "desk/web/test_hostile.py",
    "desk/web",
    "publication/test_browser.py",
    "pipeline",
    "publication",
    "desk",
)
"""Files and folders whose tests take long, the longest first. Several processes share the files; short ones come last, so that all
processes end at about the same time (`make test` has their order kept)."""


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: rank_file(item.path.relative_to(TESTS).as_posix()))


def rank_file(path):
    """Give the place of a file of tests in the order in which they are begun; the order is kept among those of one place."""
    places = (place for place, name in enumerate(BEGUN_FIRST) if path == name or path.startswith(name + "/"))
    return next(places, len(BEGUN_FIRST))
