"""Lines of the list, printed ahead: what a page lists is then put together from what is kept."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from harmledger.publication.site.ledger import EntryRow
from harmledger.publication.templating import clean_controls, open_templates
from harmledger.publication.wording import Wording

if TYPE_CHECKING:
    from markupsafe import Markup

_LINK: Final = 'href="incidents/'
"""The only address in a line. A text that says the same has its quotation mark escaped."""


def open_lines(words: Wording) -> Callable[[EntryRow], str]:
    """Give what prints an entry of the list in a language; its address begins at the record."""
    template = open_templates().get_template("entries.jinja")
    print_row = template.make_module({"words": words, "root": ""}).entry_row  # type: ignore[attr-defined]

    def print_line(row: EntryRow) -> str:
        return clean_controls(str(print_row(row)))

    return print_line


def place_lines(lines: Iterable[str], root: str) -> "Markup":
    """Give lines for a page, with addresses that begin with `root`."""
    from markupsafe import Markup, escape

    told = "\n".join(lines).replace(_LINK, f'href="{escape(root)}incidents/')
    return Markup(told)  # noqa: S704 - a template escaped it
