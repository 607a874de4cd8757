"""A claim composed from what a person says of words in a text, in the form that a reader would have given it."""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from harmledger.incidents.rulings import convert_value
from harmledger.pipeline.case_view import NoView, read_view
from harmledger.pipeline.formats import encode_record
from harmledger.pipeline.judging import FindPlace, compose_judgement, read_correction
from harmledger.pipeline.validity import find_faults
from harmledger.records.claim import Actor, Claim, Voice
from harmledger.records.count import Count
from harmledger.records.document import Document
from harmledger.records.identity import identify_claim
from harmledger.records.judgement import ADDED, Judgement
from harmledger.records.place import Place
from harmledger.records.span import EVIDENCE_LIMIT, Span
from harmledger.records.vocabulary import (
    HARMS_TO_PEOPLE,
    HARMS_TO_PLACES,
    PEOPLE_GROUPS,
    PLACE_GROUPS,
    VOCABULARIES,
)

if TYPE_CHECKING:
    from harmledger.documents.text import Text
    from harmledger.store.facts import Facts

FIELDS: Final = (
    "kind", "harm", "group", "count", "scope", "stance", "means", "place", "time", "voice", "role",
    "blamed", "denies", "admits",
)  # fmt: skip
"""What a person may say of a claim; `role` is that of the voice, the last three name parties."""
_PARTIES: Final = ("blamed", "denies", "admits")
_CORRECTABLE: Final = ("harm", "group", "count", "scope", "stance", "means", "place", "time")


def open_source(facts: "Facts", id: str) -> "tuple[Document, Text]":
    """Give a document of a case with its text. Raises ValueError where there is nothing to read in it."""
    from harmledger.documents.read import read_document

    document = next(iter(facts.fetch_documents([id])), None)
    text, _ = read_document(document, None) if document is not None else (None, ())
    if document is None or text is None:
        raise ValueError("the document has no text")
    return document, text


def refuse_known(folder: Path, claim: Claim) -> None:
    """Raise ValueError where the program read the very claim in these words: then it is to be corrected."""
    with suppress(NoView), read_view(folder) as view:
        known = view.readings.fetch_claims_by_id([claim.id]).get(claim.id)
        if known is not None:
            if ADDED in known.because:
                raise ValueError(f"this claim was added here already: correct {claim.id[:16]} instead")
            raise ValueError(f"this claim was read here already: correct {claim.id[:16]} instead")


def compose_addition(claim: Claim, reason: str, by: str, at: str) -> Judgement:
    """Give the judgement that adds a claim. Raises ValueError for one that the format does not allow."""
    return compose_judgement("add", [claim.id], reason, by, at, value=json.loads(encode_record(claim)))


def list_sentences(text: "Text") -> Iterator[tuple[int, int]]:
    """Give where the sentences of a text stand in its working text, those that are not read too."""
    for sentence in text.sentences:
        yield text.locate(sentence.start, sentence.end)


def find_evidence(text: "Text", start: int, end: int) -> tuple[int, int]:
    """Give the stretch of the working text that a claim on these words rests on: the sentences that they stand in, or as
    much around the words as evidence may hold."""
    around = [(first, last) for first, last in list_sentences(text) if first < end and start < last]
    first = min([start, *(first for first, _ in around)])
    last = max([end, *(last for _, last in around)])
    if last - first > EVIDENCE_LIMIT:
        first = max(first, start - (EVIDENCE_LIMIT - (end - start)) // 2)
        last = min(last, first + EVIDENCE_LIMIT)
    return first, last


def find_words(working: str, words: str, start: int = 0, end: int | None = None) -> tuple[int, int]:
    """Give where words stand in a stretch of a text. Raises ValueError where they do not, or more than once."""
    last = len(working) if end is None else end
    first = working.find(words, start, last) if words else -1
    if first < 0:
        raise ValueError("these words do not stand in the text; give them as they are written there")
    if working.find(words, first + 1, last) >= 0:
        raise ValueError("these words stand in the text more than once; give more of them")
    return first, first + len(words)


def compose_claim(
    document: Document, text: "Text", cue: tuple[int, int], told: Mapping[str, str], find_place: FindPlace
) -> Claim:
    """Give the claim that a person reads in the words at `cue`, by the fields that are told (`FIELDS`), each as `correct`
    takes it; what is not told is not known. Raises ValueError, with the reason, for what makes no claim."""
    for name in told:
        if name not in FIELDS:
            raise ValueError(f"{name!r} is no field of a claim; fields are {', '.join(FIELDS)}")
    kind = _choose_term("kind", told.get("kind", "toll"), "claim kind")
    base = _open_claim(text.working, find_evidence(text, *cue), cue, document, kind, told.get("place", ""))
    changes: dict[str, Any] = {"count": None, "place": None}
    for name in _CORRECTABLE:
        if told.get(name, "").strip():
            _, value = read_correction(f"{name}={told[name]}", base, find_place)
            changes[name] = convert_value(name, value)
    changes["voice"] = _read_voice(told, base.evidence.text)
    changes["actors"] = tuple(_read_actors(told, base.evidence.text))
    claim = _complete(replace(base, **changes), told)
    refuse_unfit(claim)
    return replace(claim, id=name_claim(claim, document, text))


def name_claim(claim: Claim, document: Document, text: "Text") -> str:
    """Give the id of a claim of a document that a person adds, or that a reader would find."""
    digest = document.digest or text.document.digest
    return identify_claim(
        claim.document, digest, claim.kind, claim.harm, claim.group, claim.cue.start, claim.cue.end
    )


def _open_claim(
    working: str, evidence: tuple[int, int], cue: tuple[int, int], document: Document, kind: Any, place: str
) -> Claim:
    """Give a claim that says nothing yet; its count and its place carry the wording alone."""
    start, end = cue
    if not 0 <= start < end <= len(working) or not working[start:end].strip():
        raise ValueError("no words are chosen")
    if end - start > EVIDENCE_LIMIT:
        raise ValueError(f"at most {EVIDENCE_LIMIT} characters can be chosen")
    told = working[slice(*evidence)]
    return Claim(
        id="",
        document=document.id or "",
        evidence=Span(*evidence, told),
        cue=Span(start, end, working[start:end]),
        kind=kind,
        count=Count(None, None, None, "unspecified", working[start:end]),
        place=Place(None, place if place and place in told else None),
        because=(ADDED,),
    )


def _complete(claim: Claim, told: Mapping[str, str]) -> Claim:
    """Fill in what the kind of claim says by itself."""
    if claim.kind == "displacement":
        claim = replace(claim, harm=claim.harm or "displaced")
    if claim.harm in HARMS_TO_PEOPLE and claim.group is None:
        claim = replace(claim, group="people")
    return claim


def refuse_unfit(claim: Claim) -> None:
    """Raise ValueError where the parts of a claim do not fit each other."""
    if claim.kind == "attack" and (claim.harm or claim.group or claim.count):
        raise ValueError("an attack has no harm, group and count: say toll or damage")
    if claim.kind in ("toll", "displacement") and claim.harm not in HARMS_TO_PEOPLE:
        raise ValueError(f"a {claim.kind} needs a harm to people: {', '.join(sorted(HARMS_TO_PEOPLE))}")
    if claim.kind == "damage" and claim.harm not in HARMS_TO_PLACES:
        raise ValueError(f"damage needs a harm to places: {', '.join(sorted(HARMS_TO_PLACES))}")
    if claim.harm in HARMS_TO_PEOPLE and claim.group not in PEOPLE_GROUPS:
        raise ValueError(f"who was harmed is one of: {', '.join(PEOPLE_GROUPS)}")
    if claim.harm in HARMS_TO_PLACES and claim.group not in PLACE_GROUPS:
        raise ValueError(f"what was hit is one of: {', '.join(PLACE_GROUPS)}")
    if claim.kind == "attribution" and not claim.actors:
        raise ValueError("an attribution names a party that is blamed, denies or admits")
    for fault in find_faults(claim):
        raise ValueError(fault)


def _choose_term(name: str, term: str, vocabulary: str) -> str:
    if term not in VOCABULARIES[vocabulary]:
        raise ValueError(f"{name} is one of: {', '.join(VOCABULARIES[vocabulary])}")
    return term


def _read_voice(told: Mapping[str, str], evidence: str) -> Voice:
    name = told.get("voice", "").strip() or None
    role: Any = told.get("role", "").strip() or None
    if role is not None:
        _choose_term("role", role, "voice role")
    return Voice(name, name if name and name in evidence else None, role)


def _read_actors(told: Mapping[str, str], evidence: str) -> Iterator[Actor]:
    for role in _PARTIES:
        name = told.get(role, "").strip()
        if name:
            yield Actor(name, name if name in evidence else None, role)
