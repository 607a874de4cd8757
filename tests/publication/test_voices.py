"""Voices in the rows of an incident's accounts: a name, and what it is the name of."""

from dataclasses import replace

import pytest

from harmledger.publication.view.incident import Records, SheetMaker
from harmledger.publication.wording import load_wording
from harmledger.records.claim import Voice

from .cases import make_claims, make_documents, make_incident

WORDS = load_wording()


def draw_row(voice):
    incident = make_incident()
    given = make_incident(accounts=(replace(incident.accounts[0], voice=voice),))
    return SheetMaker(Records((given,), make_claims(), make_documents()), WORDS).make(given).accounts[0]


def test_a_named_voice_stands_with_what_it_is():
    row = draw_row(Voice("Syrian Observatory for Human Rights", "the Observatory", "monitor"))
    assert (row.voice, row.role) == ("Syrian Observatory for Human Rights", "a monitoring group")


@pytest.mark.parametrize("name", ["a monitoring group", "A monitoring group"])
def test_a_voice_that_is_called_by_what_it_is_stands_once(name):
    row = draw_row(Voice(name, name, "monitor"))
    assert (row.voice.lower(), row.role) == ("a monitoring group", None)
