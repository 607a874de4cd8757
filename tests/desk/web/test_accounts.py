"""Signing in, guessing, the second factor, closing accounts, and the journal of it."""

import json
import time

import pytest

from .client import PASSWORD, Visitor, compute_code


def set_up_factor(visitor):
    """Set a second factor up; give the code that did, and the spare ones."""
    page = visitor.get("/account/second-factor")
    key = page.find(r"<code>([A-Z2-7]+)</code>")
    code = compute_code(key)
    done = visitor.post("/account/second-factor", {"code": code})
    assert done.status == 200, done.text
    return code, done.text.split('class="spare"')[1].split("<code>")[1:]


def test_whoever_signs_in_is_greeted_by_name_and_role(address):
    visitor = Visitor(address)
    assert visitor.sign_in("the-reader").status == 302
    assert "the-reader · reader" in visitor.get("/").text
    assert visitor.get("/").headers["Cache-Control"] == "no-store"
    assert visitor.post("/account/sign-out").status == 302
    assert "the-reader" not in visitor.get("/").text


@pytest.mark.parametrize(
    "told",
    ["https://example.org/", "//example.org/", "javascript:alert(1)", "/\\example.org", "http:example.org"],
)
def test_signing_in_leads_to_no_other_host(address, told):
    answer = Visitor(address).sign_in("the-reader", following=told)
    assert answer.headers["Location"] == "/"


def test_signing_in_leads_on_to_what_was_asked_for(address):
    assert (
        Visitor(address).sign_in("the-reader", following="/totals.html").headers["Location"] == "/totals.html"
    )


def test_signing_in_begins_with_the_work_and_leads_back_to_where_somebody_was(own):
    _, address = own
    for name, home in (("the-reader", "/"), ("the-analyst", "/review/")):
        assert Visitor(address).sign_in(name, following="").headers["Location"] == home
    visitor = Visitor(address)
    told = visitor.get("/totals.html").find(r'href="(/account/sign-in[^"]*)"')
    assert told == "/account/sign-in?next=%2Ftotals.html"
    assert 'name="next" value="/totals.html"' in visitor.get(told).text
    assert 'href="/account/sign-in"' in visitor.get("/").text, (
        "who comes from the first page begins with the work"
    )
    editor = Visitor(address)
    editor.sign_in("the-editor")
    _, spare = set_up_factor(editor)
    later = Visitor(address)
    assert later.sign_in("the-editor", following="").headers["Location"] == "/account/code?next="
    given = later.post("/account/code", {"code": spare[0].split("<")[0], "next": ""})
    assert given.headers["Location"] == "/review/"


@pytest.mark.long
def test_an_account_is_closed_in_one_case_and_stays_open_in_others_that_share_the_database(own, inside, run):
    folder, address = own
    inside(
        """
from harmledger.desk.web.accounts.models import Account, Membership
Membership.objects.create(account=Account.objects.get(name="the-analyst"), case="another", role="editor")
""",
        folder,
    )
    visitor = Visitor(address)
    assert visitor.sign_in("the-analyst").status == 302
    run("accounts", "close", folder, "the-analyst")
    assert "the-analyst\tanalyst\tclosed" in run("accounts", "list", folder).stdout
    assert visitor.get("/review/").status == 302, "who was signed in is signed out"
    assert visitor.sign_in("the-analyst").status == 422
    told = inside(
        """
from harmledger.desk.web.accounts.models import Membership
for one in Membership.objects.filter(account__name="the-analyst").order_by("role"):
    print(one.role, one.is_open, one.account.is_active)
""",
        folder,
    )
    assert told.split("\n")[:2] == ["analyst False True", "editor True True"]
    run("accounts", "add", folder, "the-analyst", "--role", "analyst", "--password", PASSWORD)
    assert visitor.sign_in("the-analyst").status == 302


def test_guesses_are_throttled_by_name_and_address(own):
    _, address = own
    visitor = Visitor(address)
    for _ in range(5):
        wrong = visitor.sign_in("the-reader", "wrong password")
    assert wrong.status == 429
    assert visitor.sign_in("the-reader").status == 429, "the right one has to wait as well"
    assert Visitor(address).sign_in("the-analyst").status == 302


def test_an_editor_counts_as_one_with_a_second_factor_alone(own):
    _, address = own
    visitor = Visitor(address)
    assert visitor.sign_in("the-admin").headers["Location"] == "/account/"
    assert "need a second factor" in visitor.get("/account/").text
    picture = visitor.get("/account/second-factor").find(r"<svg([^>]*)>")
    assert "viewBox" in picture, "a picture that a narrow page shrinks, and does not cut off"
    code, spare = set_up_factor(visitor)
    assert len(spare) == 10
    assert "the-admin · admin" in visitor.get("/").text
    assert visitor.get("/account/all").status == 200

    again = Visitor(address)
    assert again.sign_in("the-admin").headers["Location"].startswith("/account/code")
    assert again.get("/account/").status == 403, "the password alone lets nobody in any more"
    assert again.post("/account/code", {"code": code}).status == 422, "a code is good for once"
    code = spare[0].split("</code>")[0]
    lost = Visitor(address)
    lost.sign_in("the-admin")
    time.sleep(1.1)  # a wrong code makes the next one wait for a second
    assert lost.post("/account/code", {"code": code}).status == 302
    assert lost.get("/account/all").status == 200


def test_an_admin_adds_changes_and_closes_accounts(own):
    _, address = own
    admin = Visitor(address)
    admin.sign_in("the-admin")
    set_up_factor(admin)
    weak = admin.post("/account/all", {"name": "newcomer", "password": "password1234", "role": "analyst"})
    assert weak.status == 422
    added = admin.post(
        "/account/all", {"name": "newcomer", "password": "a-very-long-secret", "role": "analyst"}
    )
    assert added.status == 200
    newcomer = Visitor(address)
    assert newcomer.sign_in("newcomer", "a-very-long-secret").status == 302
    key = admin.get("/account/all").find(r'newcomer</th>.*\s.*action="/account/all/(\d+)"')
    closed = admin.post(f"/account/all/{key}", {"role": "reader"})
    assert closed.status == 200
    assert newcomer.get("/account/").status == 302, "who was signed in is signed out"
    assert newcomer.sign_in("newcomer", "a-very-long-secret").status == 422


def test_a_new_password_ends_other_sessions(own):
    _, address = own
    here, there = Visitor(address), Visitor(address)
    here.sign_in("the-reader")
    there.sign_in("the-reader")
    changed = here.post("/account/", {"present": PASSWORD, "password": "another-long-secret"})
    assert changed.status == 200
    assert here.get("/account/").status == 200
    assert there.get("/account/").status == 302


def test_the_journal_is_chained_and_cannot_be_edited(own, inside):
    folder, address = own
    for name in ("the-reader", "the-analyst"):
        Visitor(address).sign_in(name)
    told = inside(
        "import json\n"
        "from harmledger.desk.web.journal.chain import list_faults, read_lines\n"
        "from harmledger.desk.web.journal.models import Line, LineError\n"
        "from django.db import connection\n"
        "faults = list(list_faults())\n"
        "lines = read_lines()\n"
        "refused = []\n"
        "for change in (lambda: Line.objects.filter(number=2).update(actor='x'), lambda: Line.objects.all().delete(),\n"
        "               lambda: Line.objects.first().save(), lambda: Line.objects.first().delete()):\n"
        "    try:\n"
        "        change()\n"
        "    except LineError as error:\n"
        "        refused.append(str(error))\n"
        "with connection.cursor() as cursor:\n"
        "    cursor.execute(\"UPDATE journal_line SET actor = 'x' WHERE number = 2\")\n"
        "print(json.dumps([faults, [line['action'] for line in lines], len(refused), list(list_faults())]))\n",
        folder,
    )
    faults, actions, refused, found = json.loads(told)
    assert faults == []
    assert actions[:2] == ["account.sign-in", "account.sign-in"]
    assert refused == 4
    assert found == ["line 2 was changed"]


def test_anybody_may_have_a_second_factor_and_is_asked_for_it_then(own):
    _, address = own
    analyst = Visitor(address)
    analyst.sign_in("the-analyst")
    _, spare = set_up_factor(analyst)
    again = Visitor(address)
    assert again.sign_in("the-analyst", following="").headers["Location"].startswith("/account/code")
    assert again.get("/review/").status == 403, "the password alone lets nobody in any more"
    wrong = again.post("/account/code", {"code": "000000"})
    assert wrong.status == 422
    code = spare[0].split("</code>")[0]
    assert again.post("/account/code", {"code": code}).status == 422, (
        "after a wrong code the next one has to wait"
    )
    time.sleep(1.1)
    assert again.post("/account/code", {"code": code}).status == 302
    assert again.get("/review/").status == 200
