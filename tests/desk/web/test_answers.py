"""Answers that are kept for everybody: never those of somebody who signed in, never faults, and not for longer than half a
minute."""

import gzip
from datetime import UTC, datetime, timedelta
from itertools import count
from types import SimpleNamespace

import pytest

from harmledger.desk.web.answers import answer_once
from harmledger.store.database import configure_django

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
_keys = count()


@pytest.fixture(scope="module", autouse=True)
def _django():
    configure_django()


@pytest.fixture
def ask():
    """Give what asks for a page of a case of its own; each answer that is made has a number of its own."""
    from django.http import HttpResponse
    from django.test import RequestFactory

    made = count(1)
    key = f"answers-{next(_keys)}"

    def ask_one(path="/", *, signed_in=False, status=200, later=0, changed="", **headers):
        told = {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        request = RequestFactory().get(path, **told)
        request.user = SimpleNamespace(is_authenticated=signed_in)
        case = SimpleNamespace(key=key + changed, now=NOW + timedelta(seconds=later))
        return answer_once(request, case, lambda: HttpResponse(f"answer {next(made)}", status=status))

    return ask_one


def test_what_one_reader_was_given_the_next_one_gets_for_half_a_minute(ask):
    assert ask().content == b"answer 1"
    assert ask(later=29).content == b"answer 1"
    assert ask(later=30).content == b"answer 2"


def test_whoever_signed_in_neither_gets_nor_leaves_a_kept_answer(ask):
    assert ask(signed_in=True).content == b"answer 1"
    assert ask().content == b"answer 2"
    assert ask(signed_in=True).content == b"answer 3"
    assert "ETag" not in ask(signed_in=True).headers
    assert ask().content == b"answer 2"


@pytest.mark.parametrize(
    "other",
    [{"path": "/?q=idlib"}, {"changed": "."}, {"hx_request": "true"}],
    ids=["question", "case", "part"],
)
def test_another_question_case_or_part_has_an_answer_of_its_own(ask, other):
    assert ask().content == b"answer 1"
    assert ask(**other).content == b"answer 2"
    assert ask().content == b"answer 1"


def test_another_language_has_an_answer_of_its_own(ask):
    from django.utils.translation import override

    with override("en"):
        assert ask().content == b"answer 1"
    with override("ar"):
        assert ask().content == b"answer 2"


@pytest.mark.parametrize("status", [302, 404, 503])
def test_a_fault_is_not_kept(ask, status):
    assert ask(status=status).status_code == status
    assert ask().content == b"answer 2"


def test_an_answer_is_packed_for_whoever_takes_it_and_not_sent_again(ask):
    plain, packed = ask(), ask(accept_encoding="gzip")
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    for answer in (plain, packed):
        assert answer.headers["Vary"] == "Accept-Encoding, Cookie, HX-Request"
        assert answer.headers["Cache-Control"] == "no-cache"
    again = ask(if_none_match=plain.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
