"""Nouns: whom a number counts that has no noun of its own."""

from itertools import pairwise
from typing import Final

from harmledger.claims.chunks import Chunk, change_chunk
from harmledger.claims.drafts import Draft

_HARM_VERBS: Final = frozenset({"HARM_ED", "HARM_ING", "HARM_BASE"})
_SEX_OR_AGE: Final = frozenset({"women", "men", "children"})


def share_noun(victim: Chunk, before: list[Draft], is_named: bool) -> Chunk:
    """A number without a noun, or "others", takes the noun of what it is joined to ("two children and … nine").

    One person's sex or age is not that of the others: "a woman was killed and 35 others were injured".
    """
    if not before or before[-1].victims is None or before[-1].is_subset:
        return victim
    if before[-1].group in _SEX_OR_AGE and _counts_one(before[-1]):
        return victim
    bare = (victim.kind == "QTY" and not is_named) or "OTHERS" in victim.readings
    if bare and victim.group in {None, "people"}:
        return change_chunk(victim, group=before[-1].group)
    return victim


def _counts_one(draft: Draft) -> bool:
    return draft.count is not None and draft.count.value == 1


def share_noun_ahead(drafts: list[Draft]) -> None:
    """Give a bare number the noun that the next verb of harm ends with: "killed 28 and wounded 30 soldiers"."""
    for draft, following in pairwise(drafts):
        if _is_bare(draft) and _ends_with_noun(following) and following.first == draft.last + 2:
            chunks = draft.parsed.chunks
            verb = chunks[draft.first].kind
            if chunks[draft.last + 1].kind == "AND" and verb in _HARM_VERBS:
                draft.group = following.group if chunks[following.first].kind == verb else draft.group


def _is_bare(draft: Draft) -> bool:
    """Tell whether the cue is a verb with a number after it that nothing says the noun of."""
    is_number = draft.victims is not None and draft.victims.kind == "QTY"
    return is_number and draft.group == "people" and draft.parsed.chunks[draft.last].kind == "QTY"


def _ends_with_noun(draft: Draft) -> bool:
    return draft.victims is not None and draft.victims.kind == "PEOPLE"
