"""Sessions end: after some minutes in which nobody asked for anything, and some hours after signing in."""

import shutil

import pytest

from .client import Visitor

AGE = """
from importlib import import_module
from django.conf import settings
store = import_module(settings.SESSION_ENGINE).SessionStore
from django.contrib.sessions.models import Session
for row in Session.objects.all():
    session = store(session_key=row.session_key)
    session[{name!r}] = session[{name!r}] - {seconds}
    session.save()
    print(sorted(session.keys()))
"""


@pytest.fixture(scope="module")
def desk(built, start, tmp_path_factory):
    folder = shutil.copytree(built, tmp_path_factory.mktemp("sessions") / "case")
    address = start(folder, HARMLEDGER_IDLE_MINUTES="10")
    yield folder, address
    start.end(address)


@pytest.fixture
def reader(desk):
    visitor = Visitor(desk[1])
    assert visitor.sign_in("the-reader").status == 302
    return visitor


def is_in(visitor):
    return visitor.get("/review/texts/wire").status == 200


@pytest.mark.parametrize(("name", "seconds"), [("seen", 11 * 60), ("since", 8 * 3600 + 60)])
def test_a_session_that_is_idle_or_old_ends(desk, reader, inside, name, seconds):
    assert is_in(reader)
    inside(AGE.format(name=name, seconds=seconds), desk[0])
    assert not is_in(reader)
    assert not is_in(reader)
    assert reader.sign_in("the-reader").status == 302
    assert is_in(reader)


def test_asking_keeps_a_session_and_what_a_page_asks_by_itself_does_not(desk, reader, inside):
    inside(AGE.format(name="seen", seconds=9 * 60), desk[0])
    assert reader.get("/review/texts/wire", HX_Request="true").status == 200
    inside(AGE.format(name="seen", seconds=2 * 60), desk[0])
    assert not is_in(reader)
    reader.sign_in("the-reader")
    inside(AGE.format(name="seen", seconds=9 * 60), desk[0])
    assert is_in(reader)
    inside(AGE.format(name="seen", seconds=2 * 60), desk[0])
    assert is_in(reader)
