"""Lines of the list as the catalogue keeps them, printed: grouped by month, with the addresses of the desk."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse
from markupsafe import Markup

from harmledger.desk.web.cases import ServedCase
from harmledger.publication.site.ledger import key_month, name_month
from harmledger.publication.site.lines import place_lines
from harmledger.publication.wording import Wording


@dataclass(frozen=True, slots=True)
class LineGroup:
    """The lines of one month; `key` is YYYY-MM, or undated."""

    key: str
    title: str
    lines: Markup


def fetch_lines(case: ServedCase, numbers: Sequence[int], words: Wording) -> tuple[LineGroup, ...]:
    """Give the lines of the entries with these numbers, of those that are shown, the latest first."""
    root = reverse("public:index")
    found = case.catalogue.fetch_lines(numbers, words.language) if numbers else ()
    return tuple(
        LineGroup(key, name_month(key, words), place_lines([one.line for one in told], root))
        for key, told in groupby(found, key=lambda one: key_month(one.first))
    )
