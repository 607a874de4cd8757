"""What is checked while files are fused, document by document and whole by whole: nobody holds all claims at once."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from harmledger.incidents.making import Made
from harmledger.incidents.rulings import Rulings
from harmledger.pipeline.packed_claims import PackedClaims
from harmledger.pipeline.soundness import keep_sound
from harmledger.records.claim import Claim
from harmledger.records.problem import Problem
from harmledger.tallies.balances import Nest


class Soundness:
    """Takes out the claims that do not stand in their documents (`pipeline.soundness`). `makers` are who made those that do,
    and `present` such of them as a judgement is about."""

    def __init__(self, told: PackedClaims, rulings: Rulings, homes: Mapping[str, str]) -> None:
        self._told = told
        self._ranks = {
            claim.id: rank for rank, claim in enumerate(one for own in rulings.added.values() for one in own)
        }
        self._seen: set[str] = set()
        self._strays: list[tuple[tuple[int, str], Problem]] = []
        self.makers: set[str | None] = set()
        self.present = set(rulings.list_judged() & homes.keys())

    def check(self, document: str, working: str) -> None:
        """Hold the claims of a document against its text."""
        self._seen.add(document)
        if document in self._told:
            self._keep(document, {document: working})

    def finish(self) -> tuple[Problem, ...]:
        """Take out the claims of documents that never came; gives a problem for each claim that does not stand."""
        for document in [one for one in self._told if one not in self._seen]:
            self._keep(document, {})
        return tuple(problem for _, problem in sorted(self._strays, key=lambda one: one[0]))

    def _keep(self, document: str, texts: Mapping[str, str]) -> None:
        claims = self._told[document]
        sound, problems = keep_sound(claims, texts)
        self.makers.update(claim.made_by for claim in sound)
        if not problems:
            return
        self._told.replace(document, sound)
        stays = {claim.id for claim in sound}
        strays = [claim.id for claim in claims if claim.id not in stays]
        self.present.difference_update(strays)
        for id, problem in zip(strays, problems, strict=True):
            self._strays.append(((self._ranks.get(id, -1), id), problem))


def check_made(made: Sequence[Made], told: Mapping[str, Sequence[Claim]]) -> Iterator[Problem]:
    """Give which wholes and parts among incidents cannot both be, with the claims of both figures (`tallies.balances`)."""
    by_id = {one.id: one for one in made}
    inside: dict[str, list[str]] = defaultdict(list)
    for one in made:
        for whole in one.part_of:
            inside[whole].append(one.id)
    for whole in sorted(inside):
        incidents = [by_id[id].open() for id in (whole, *inside[whole])]
        nest = Nest(incidents)
        if whole in nest.list_wholes():
            documents = dict.fromkeys(id for one in incidents for id in one.documents)
            yield from nest.check_whole(whole, _ClaimsOf(told, tuple(documents)))


class _ClaimsOf(Mapping[str, Claim]):
    """The claims of some documents by id, unpacked where somebody asks: seldom."""

    def __init__(self, told: Mapping[str, Sequence[Claim]], documents: Sequence[str]) -> None:
        self._told = told
        self._documents = documents
        self._claims: dict[str, Claim] | None = None

    def _load(self) -> dict[str, Claim]:
        if self._claims is None:
            self._claims = {
                claim.id: claim for id in self._documents if id in self._told for claim in self._told[id]
            }
        return self._claims

    def __getitem__(self, id: str) -> Claim:
        return self._load()[id]

    def __iter__(self) -> Iterator[str]:
        return iter(self._load())

    def __len__(self) -> int:
        return len(self._load())
