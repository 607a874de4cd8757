"""Claims of files held packed: the same ones, each once, whatever the order of the lines."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from harmledger.incidents.admission import Admission, admit_claims
from harmledger.incidents.rulings import NO_RULINGS
from harmledger.incidents.source import Source
from harmledger.pipeline.formats import encode_record
from harmledger.pipeline.fuse_checks import Soundness
from harmledger.pipeline.lines import load_records
from harmledger.pipeline.packed_claims import AdmittedClaims, PackedClaims, load_claims
from harmledger.pipeline.repeats import drop_repeated
from harmledger.records.claim import Claim
from incidents.build import MAARAT, day, toll

CLAIMS = [
    toll(document, start, number, place=MAARAT, time=day("2016-05-30"), scope=scope)
    for document in ("a", "b", "c")
    for start, number, scope in ((1, 3, "attack"), (40, 9, "background"), (80, 3, "attack"))
]


def _list_all(told: PackedClaims) -> list[Claim]:
    return sorted((claim for own in told.values() for claim in own), key=lambda claim: claim.id)


@settings(max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(CLAIMS), st.integers(0, 1), st.sampled_from("abc")), max_size=14))
def test_claims_of_files_are_those_that_are_used_once(
    tmp_path_factory: object, drawn: list[tuple[Claim, int, str]]
) -> None:
    folder = Path(tmp_path_factory.mktemp("claims"))  # type: ignore[attr-defined]
    path = folder / "claims.jsonl"
    lines = []
    for claim, made_by, document in drawn:
        fields = {name: getattr(claim, name) for name in claim.__slots__}
        lines.append(Claim(**{**fields, "made_by": f"made/{made_by}", "document": document}))
    path.write_bytes(b"".join(map(encode_record, lines)))
    read, broken = load_records((str(path),), Claim)
    kept, repeated = drop_repeated(read)
    told, homes, problems = load_claims((str(path),))
    assert _list_all(told) == sorted(kept, key=lambda claim: claim.id)
    assert problems == (*broken, *repeated)
    assert homes == {claim.id: claim.document for claim in kept}
    assert all([one.id for one in own] == sorted(one.id for one in own) for own in told.values())


def test_what_is_let_in_document_by_document_is_what_is_let_in_at_once() -> None:
    sources = {
        "a": Source("a", "2016-05-31"),
        "b": Source("b", "2016-06-01", supersedes="a"),
    }
    told = PackedClaims()
    for document in ("c", "b", "a"):
        told.add(document, [claim for claim in CLAIMS if claim.document == document])
    admission = Admission(sources)
    admitted = AdmittedClaims(told, NO_RULINGS, admission)
    for _ in range(2):
        found = [claim for document in admitted for claim in admitted[document]]
        expected, problems = admit_claims(CLAIMS, sources)
        assert sorted(found, key=lambda claim: claim.id) == list(expected)
        assert admission.report() == problems
    assert {problem.code for problem in problems} == {
        "incidents.superseded",
        "incidents.set-aside",
        "incidents.source-unknown",
    }


def test_claims_that_do_not_stand_are_taken_out_and_told_by_id() -> None:
    told = PackedClaims()
    for document in ("b", "a"):
        told.add(document, [claim for claim in CLAIMS if claim.document == document])
    soundness = Soundness(told, NO_RULINGS, {})
    soundness.check("a", "a text in which nothing of it stands")
    soundness.check("c", "a text of which nothing is claimed")
    problems = soundness.finish()
    assert not list(told)
    strays = sorted((claim for claim in CLAIMS if claim.document != "c"), key=lambda claim: claim.id)
    assert [problem.where for problem in problems] == [claim.document for claim in strays]
    assert soundness.makers == set()
