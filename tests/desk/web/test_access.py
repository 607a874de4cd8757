"""Who may see what: every address says it, and what it says holds."""

import json
import re

import pytest

from .client import Visitor
from .conftest import ROLES

WALK = """
import json
from django.urls import get_resolver
from django.urls.resolvers import URLResolver

def walk(resolver, before=""):
    for one in resolver.url_patterns:
        if isinstance(one, URLResolver):
            yield from walk(one, before + str(one.pattern))
        else:
            yield before + str(one.pattern), getattr(one.callback, "need", None)

print(json.dumps(list(walk(get_resolver()))))
"""

NEEDS = {"public", *ROLES}
READERS = {
    "account/",
    "account/second-factor",
    "review/",
    "review/towns",
    "review/incidents/<slug:id>",
    "review/incidents/<slug:id>/people",
    "review/incidents/<slug:id>/work",
    "review/claims/building",
    "review/documents/unread",
    "review/files/<path:document>",
    "review/texts/<path:document>",
}
"""What a reader may open of what is not public: nothing here changes the case, or tells who did what."""

ADMINS = {
    "account/all",
    "account/all/<int:key>",
    "review/journal",
    "review/journal/check",
    "review/journal.jsonl",
}


@pytest.fixture(scope="module")
def addresses(inside, built):
    return json.loads(inside(WALK, built))


def test_every_address_says_who_may_see_it(addresses):
    assert len(addresses) > 10
    assert [address for address, need in addresses if need not in NEEDS] == []


def test_no_need_is_lower_than_it_should_be(addresses):
    """Whoever lets more people in says so here too."""
    internal = {
        address: need for address, need in addresses if need != "public" and not address.startswith("api/")
    }
    told = {"reader": READERS, "admin": ADMINS}
    for role, expected in told.items():
        assert {address for address, need in internal.items() if need == role} == expected
    assert {need for address, need in internal.items() if address not in READERS | ADMINS} == {"analyst"}
    assert all(address.startswith(("account/", "review/")) for address in internal)
    shared = {address.split("/")[0] for address, need in addresses if need == "public"}
    assert "review" not in shared, "nothing of the review room is public"


def test_a_view_that_does_not_say_is_shown_to_nobody(inside, built):
    told = inside(
        "from types import SimpleNamespace\n"
        "from harmledger.desk.web.access import find_need, is_enough\n"
        "print(find_need(lambda request: None), is_enough(None, 'public'), is_enough(None, 'reader'),"
        " is_enough('analyst', 'reader'), is_enough('analyst', 'editor'))\n",
        built,
    )
    assert told.split() == ["None", "True", "False", "True", "False"]


def test_the_public_is_asked_to_sign_in(visitor):
    answer = visitor.get("/account/")
    assert answer.status == 302
    assert answer.headers["Location"] == "/account/sign-in?next=/account/"


@pytest.mark.parametrize("role", ROLES)
def test_accounts_are_kept_by_admins_with_a_second_factor_alone(address, role):
    visitor = Visitor(address)
    visitor.sign_in(f"the-{role}")
    assert visitor.get("/account/").status == 200
    assert visitor.get("/account/all").status == 403, "an admin without a second factor counts as an analyst"


def test_a_form_from_elsewhere_is_refused(address):
    visitor = Visitor(address)
    answer = visitor.post("/account/sign-in", {"name": "the-reader", "password": "x"}, is_forged=True)
    assert answer.status == 403
    visitor.sign_in("the-reader")
    assert visitor.post("/account/sign-out", is_forged=True).status == 403
    assert visitor.get("/account/").status == 200


SAMPLES = {
    "digest": "0",
    "name": "x.css",
    "id": "0" * 64,
    "stem": "0" * 16,
    "month": "2016-05",
    "key": "1",
    "document": "wire",
    "folder": "data",
    "judgement": "0" * 64,
    "claim_id": "0" * 64,
    "incident_id": "0" * 64,
}
"""What stands in addresses that have parts; most lead nowhere, which whoever may ask is told, and nobody else."""

PARTS = re.compile(r"<(?:\w+:)?(\w+)>|\{(\w+)\}|\(\?P<(\w+)>[^()]*\)")


def fill(address):
    """Give an address with its parts filled in, as it is asked for."""
    told = PARTS.sub(lambda found: SAMPLES.get(next(filter(None, found.groups())), "x"), address)
    return "/" + re.sub(r"[$^]|\\\\Z|\\\\", "", told).lstrip("/")


def is_refused(answer):
    """Tell whether somebody was not let in."""
    if answer.status == 302:
        return "/account/sign-in" in answer.headers["Location"]
    return answer.status in (401, 403)


@pytest.mark.parametrize("role", [None, "reader", "analyst", "editor"])
def test_every_address_lets_in_whom_it_is_for_and_nobody_else(addresses, desk, role):
    """Asks for every address that is not public, by GET and by POST, as everybody in turn; an editor without a second factor
    counts as an analyst."""
    order = ["public", "reader", "analyst", "editor", "admin"]
    own = order.index({None: "public", "editor": "analyst"}.get(role, role))
    visitor = Visitor(desk[1])
    if role is not None:
        assert visitor.sign_in(f"the-{role}").status == 302
    asked, wrong = 0, []
    for pattern, need in addresses:
        if need == "public":
            continue
        for ask in (visitor.get, visitor.post):
            answer = ask(fill(pattern))
            asked += 1
            if is_refused(answer) != (own < order.index(need)):
                wrong.append((ask.__name__, fill(pattern), need, answer.status))
    assert asked > 40
    assert wrong == []
