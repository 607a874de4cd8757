"""What stands around every page, and how a page is printed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from harmledger.publication.disclosure.rules import Disclosure
from harmledger.publication.templating import open_templates
from harmledger.publication.withholding.naming import Naming
from harmledger.publication.wording import Wording

PAGES: Final[tuple[tuple[str, str], ...]] = (
    ("record", "index.html"),
    ("totals", "totals.html"),
    ("facilities", "facilities.html"),
    ("sources_title", "sources.html"),
    ("method", "method.html"),
    ("data", "method.html#data"),
)
"""Pages that every page leads to: the key of their name, and where they are."""


@dataclass(frozen=True, slots=True)
class Frame:
    """The case's name, the edition, and for whom the pages are."""

    name: str
    number: int
    as_of: str
    made_by: str
    words: Wording
    rules: Disclosure
    naming: Naming = Naming()

    @property
    def is_internal(self) -> bool:
        """Tell whether the pages are for the recorders themselves."""
        return self.rules.is_internal

    @property
    def as_of_text(self) -> str:
        """The moment of the record and the number of the edition, in words."""
        moment = self.words.stamp(self.as_of) or self.as_of
        return str(self.words.tables["site"]["as_of"]).format(moment=moment, number=self.number)

    def render(self, template: str, page: Any, page_name: str, root: str = "", **more: Any) -> str:
        """Print a page; `root` leads from its folder to the site's."""
        given: Mapping[str, Any] = {
            "frame": self,
            "shell": "base.jinja",
            "shell_pages": PAGES,
            "page": page,
            "page_name": page_name,
            "root": root,
            "words": self.words,
            "text": self.words.tables["page"],
            "site": self.words.tables["site"],
        }
        return open_templates().get_template(template).render({**given, **more})


def count_noun(words: Wording, noun: str, count: int, **parts: object) -> str:
    """Give a count with its noun, from the pair `noun`_one and `noun`_many of the site's or page's words."""
    name = f"{noun}_one" if count == 1 else f"{noun}_many"
    table = words.tables["site"] if name in words.tables["site"] else words.tables["page"]
    return str(table[name]).format(count=words.number(count), **parts)
