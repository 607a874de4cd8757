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
    """The case's name, the edition, for whom the pages are, and in which languages.

    `folder` is that of this language's pages within the site, empty for the first of `all_words`.
    """

    name: str
    number: int
    as_of: str
    made_by: str
    words: Wording
    rules: Disclosure
    naming: Naming = Naming()
    folder: str = ""
    all_words: tuple[Wording, ...] = ()

    @property
    def is_internal(self) -> bool:
        """Tell whether the pages are for the recorders themselves."""
        return self.rules.is_internal

    @property
    def as_of_text(self) -> str:
        """The moment of the record and the number of the edition, in words."""
        moment = self.words.stamp(self.as_of) or self.as_of
        return str(self.words.tables["site"]["as_of"]).format(
            moment=moment, number=self.words.number(self.number)
        )

    def _list_homes(self) -> list[tuple[Wording, str]]:
        """Give the other languages, each with its folder in the site: that of the first is the site's own."""
        return [
            (words, f"{words.language}/" if number else "")
            for number, words in enumerate(self.all_words)
            if words.language != self.words.language
        ]

    def render(
        self, template: str, page: Any, page_name: str, root: str = "", path: str | None = None, **more: Any
    ) -> str:
        """Print a page; `root` leads from its folder to that of its language, `path` from there to it.

        What all languages share (styles, data) is reached by `top`.
        """
        top = root + "../" * self.folder.count("/")
        switch = [
            (words.language, words.tables["site"]["name"], top + home) for words, home in self._list_homes()
        ]
        given: Mapping[str, Any] = {
            "frame": self,
            "shell": "base.jinja",
            "shell_pages": PAGES,
            "page": page,
            "page_name": page_name,
            "root": root,
            "top": top,
            "switch": [(tag, name, href + path) for tag, name, href in switch] if path else [],
            "words": self.words,
            "text": self.words.tables["page"],
            "site": self.words.tables["site"],
        }
        return open_templates().get_template(template).render({**given, **more})


def count_noun(words: Wording, noun: str, count: int, **parts: object) -> str:
    """Give a count with its noun, in the form of the site's or page's words that the count asks for: `noun`_one,
    `noun`_many, and what the language has beside them."""
    table = words.tables["site"] if f"{noun}_many" in words.tables["site"] else words.tables["page"]
    told = table.get(f"{noun}_{words.choose_form(count)}") or table[f"{noun}_many"]
    return str(told).format(count=words.number(count), **parts)
