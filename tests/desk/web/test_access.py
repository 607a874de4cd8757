"""Who may see what: every address says it, and what it says holds."""

import json

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


@pytest.fixture
def addresses(inside, built):
    return json.loads(inside(WALK, built))


def test_every_address_says_who_may_see_it(addresses):
    assert len(addresses) > 10
    assert [address for address, need in addresses if need not in NEEDS] == []


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
