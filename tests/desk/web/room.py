"""The review room as people use it: who is in it, and what they do there."""

import re
import time

from .client import PASSWORD, Visitor
from .test_accounts import set_up_factor

MORE_ACCOUNTS = f"""
from harmledger.desk.web.accounts.membership import grant_role
from harmledger.desk.web.accounts.models import Account
for name, role in (("another-editor", "editor"), ("another-analyst", "analyst")):
    grant_role(Account.objects.create_account(name, {PASSWORD!r}), role)
"""


class Room:
    """A desk whose case these tests change, and the people in it."""

    def __init__(self, folder, address):
        self.folder = folder
        self.address = address
        self._people = {}

    def enter(self, name):
        """Give somebody who is signed in; editors with their second factor."""
        if name not in self._people:
            visitor = Visitor(self.address)
            assert visitor.sign_in(name).status == 302
            if "editor" in name or "admin" in name:
                set_up_factor(visitor)
            self._people[name] = visitor
        return self._people[name]

    def find(self, place):
        """Give the id of the incident at a place."""
        page = self.enter("the-analyst").get("/review/?state=all")
        for id, name in re.findall(r"incidents/([0-9a-f]{64})[^>]*data-open>([^<]+)<", page.text):
            if name == place:
                return id
        raise AssertionError(f"{place} is not in the queue:\n{page.text}")

    def open(self, name, id):
        answer = self.enter(name).get(f"/review/incidents/{id}")
        while answer.status == 302:
            answer = self.enter(name).get(answer.headers["Location"])
        assert answer.status == 200
        return answer

    def act(self, name, id, action, page=None, **given):
        page = page or self.open(name, id)
        return self.enter(name).post(f"/review/incidents/{id}/{action}", {**read_origin(page), **given})

    def wait(self, id):
        """Wait until the record follows."""
        visitor = self.enter("the-analyst")
        for _ in range(200):
            if visitor.get(f"/review/incidents/{id}/work").headers.get("HX-Refresh") == "true":
                return
            time.sleep(0.4)
        raise AssertionError("the record does not follow")

    def state(self, id):
        return self.open("the-analyst", id).find(r'class="state (\w+)"')


def read_origin(page):
    """Give what each form of a page says of the state that it was made from."""
    return {name: page.find(rf'name="{name}" value="([^"]*)"') for name in ("state", "shown_at", "digest")}


def find_claim(page, words, field="count"):
    """Give the claim whose cue has these words."""
    for part in page.text.split('<li class="claim')[1:]:
        if words in part.split("</blockquote>")[0].split("<mark>")[1].split("</mark>")[0]:
            return re.search(rf"claim=([0-9a-f]{{64}})&amp;field={field}", part)[1]
    raise AssertionError(f"no claim says {words!r}")
