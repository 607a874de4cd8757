"""The claims of many documents in little memory: those of each document packed, and unpacked when they are asked for."""

import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

import msgspec

from harmledger.incidents.admission import Admission
from harmledger.incidents.rulings import Rulings
from harmledger.pipeline.lines import iterate_records
from harmledger.pipeline.repeats import drop_repeated
from harmledger.records.claim import Claim
from harmledger.records.problem import Problem

Packs = tuple[bytes, ...]
"""The claims of a document, packed, in as many pieces as they were added in."""

_LEVEL: Final = 1
_ENCODER: Final = msgspec.msgpack.Encoder()
_DECODER: Final = msgspec.msgpack.Decoder(list[Claim])


class PackedClaims(Mapping[str, list[Claim]]):
    """Claims by document, sorted by id. A million take 200 MB, a tenth of what they are as objects."""

    def __init__(self) -> None:
        self._packs: dict[str, Packs] = {}

    def add(self, document: str, claims: Sequence[Claim]) -> None:
        """Add claims of a document; none of them stands there yet."""
        if claims:
            self._packs[document] = (*self._packs.get(document, ()), _pack(claims))

    def replace(self, document: str, claims: Sequence[Claim]) -> None:
        """Put other claims in the place of a document's."""
        self._packs.pop(document, None)
        self.add(document, claims)

    def get_packs(self, document: str) -> Packs:
        """Give the claims of a document as they are kept."""
        return self._packs[document]

    def __getitem__(self, document: str) -> list[Claim]:
        return unpack_claims(self._packs[document])

    def __iter__(self) -> Iterator[str]:
        return iter(self._packs)

    def __len__(self) -> int:
        return len(self._packs)


def _pack(claims: Sequence[Claim]) -> bytes:
    return zlib.compress(_ENCODER.encode(claims), _LEVEL)


def unpack_claims(packs: Packs) -> list[Claim]:
    """Give the claims of a document, sorted by id."""
    found = [claim for packed in packs for claim in _DECODER.decode(zlib.decompress(packed))]
    return sorted(found, key=lambda claim: claim.id)


class RuledClaims(Mapping[str, list[Claim]]):
    """Claims by document, as people corrected them, less those that they excluded."""

    def __init__(self, packed: PackedClaims, rulings: Rulings) -> None:
        self.packed = packed
        self.rulings = rulings

    def __getitem__(self, document: str) -> list[Claim]:
        claims = self.packed[document]
        return list(self.rulings.follow(claims)) if self.rulings else claims

    def __iter__(self) -> Iterator[str]:
        return iter(self.packed)

    def __len__(self) -> int:
        return len(self.packed)


class AdmittedClaims(RuledClaims):
    """Those that may enter an incident (`incidents.admission`)."""

    def __init__(self, packed: PackedClaims, rulings: Rulings, admission: Admission) -> None:
        super().__init__(packed, rulings)
        self._admission = admission

    def __getitem__(self, document: str) -> list[Claim]:
        return self._admission.admit(document, super().__getitem__(document))

    def list_packs(self, documents: Iterable[str]) -> tuple[tuple[str, Packs], ...]:
        """Give the claims of some documents to hand on, as they are kept: `admit_document` lets them in where they are unpacked,
        by the same judgements."""
        return tuple((id, self.packed.get_packs(id)) for id in documents)


def load_claims(sources: Sequence[str]) -> tuple[PackedClaims, dict[str, str], tuple[Problem, ...]]:
    """Read all claims of files; gives them, the document of each by id, and what could not be read or stands more than once:
    of that one is taken (`pipeline.repeats`)."""
    loading = _Loading()
    problems: list[Problem] = []
    for source in sources:
        for _, claim in iterate_records(source, Claim, problems):
            loading.take(claim)
    loading.flush()
    return loading.told, loading.homes, (*problems, *loading.repeated)


def include_packed(told: PackedClaims, homes: dict[str, str], added: Mapping[str, Sequence[Claim]]) -> None:
    """Add the claims that judgements add to documents; one that was read at the same place, of the same, gives way."""
    for document, claims in added.items():
        for claim in claims:
            home = homes.get(claim.id)
            if home is not None:
                told.replace(home, [one for one in told[home] if one.id != claim.id])
            homes[claim.id] = document
        told.add(document, claims)


class _Loading:
    """Claims on their way in: those of one document stand together in most files."""

    def __init__(self) -> None:
        self.told = PackedClaims()
        self.homes: dict[str, str] = {}
        self.repeated: list[Problem] = []
        self._pending: list[Claim] = []
        self._document = ""

    def take(self, claim: Claim) -> None:
        """Take in the next claim."""
        if claim.id in self.homes:
            self._choose(claim)
            return
        if claim.document != self._document:
            self.flush()
            self._document = claim.document
        self._pending.append(claim)
        self.homes[claim.id] = self._document

    def flush(self) -> None:
        """Pack what is not packed yet."""
        self.told.add(self._document, self._pending)
        self._pending = []

    def _choose(self, claim: Claim) -> None:
        """Keep one of two claims of one id."""
        self.flush()
        home = self.homes[claim.id]
        own = self.told[home]
        rival = next(one for one in own if one.id == claim.id)
        (kept,), problems = drop_repeated((rival, claim))
        self.repeated.extend(problems)
        if kept is not rival:
            self.told.replace(home, [one for one in own if one is not rival])
            self.told.add(kept.document, [kept])
            self.homes[kept.id] = kept.document
