"""How a page is printed: the publication's own templates and frame, within the desk's head and foot."""

from dataclasses import dataclass, field, replace
from functools import cache, partial
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.urls import reverse, translate_url
from django.utils.translation import get_language

from harmledger.desk.web.assets import has_asset, load_assets
from harmledger.desk.web.cases import ServedCase, name_record
from harmledger.desk.web.messages.telling import tell_message, tell_place
from harmledger.desk.web.wording import load_desk_words, name_languages
from harmledger.publication.disclosure.rules import INTERNAL, PUBLIC
from harmledger.publication.site.frame import PAGES, Frame
from harmledger.publication.templating import clean_controls, open_templates
from harmledger.publication.withholding.naming import Naming
from harmledger.publication.wording import Wording, load_wording

if TYPE_CHECKING:
    from jinja2 import Environment

HTML: Final = "text/html; charset=utf-8"

_LONGEST_ADDRESS: Final = 1000
PROGRAM: Final = "Harmledger"
"""The name on pages of a case that cannot be read."""
SHELL: Final = "desk.jinja"
"""The template that stands around every page of the desk."""


@cache
def open_desk_templates() -> "Environment":
    """Open the desk's templates; those that it does not have are the publication's."""
    from jinja2 import ChoiceLoader, FunctionLoader

    folder = files("harmledger.desk.web.templates")
    shared = open_templates()

    def load(name: str) -> str | None:
        path = folder.joinpath(name)
        return path.read_text(encoding="utf-8") if path.is_file() else None

    assert shared.loader is not None  # noqa: S101 - it is made with one
    return shared.overlay(loader=ChoiceLoader([FunctionLoader(load), shared.loader]))


@dataclass(frozen=True)
class DeskFrame(Frame):
    """The frame of a page that is served: without a number of an edition, with whoever is asking."""

    request: HttpRequest = field(kw_only=True)

    @property
    def as_of_text(self) -> str:
        """The moment of the record, in words."""
        told = load_desk_words(self.words.language)["as_of"]
        return str(told).format(moment=self.words.stamp(self.as_of) or self.as_of)

    def render(
        self, template: str, page: Any, page_name: str, root: str = "", path: str | None = None, **more: Any
    ) -> str:
        """Print a page; `root` is the address of the record in the language of the page, wherever the page stands."""
        request = self.request
        given = {
            "frame": self,
            "shell": SHELL,
            "shell_pages": PAGES,
            "page": page,
            "page_name": page_name,
            "root": reverse("public:index"),
            "top": reverse("public:index"),
            "switch": (),
            "words": self.words,
            "text": self.words.tables["page"],
            "site": self.words.tables["site"],
            "desk": load_desk_words(self.words.language),
            "tell_message": partial(tell_message, words=self.words),
            "tell_place": partial(tell_place, words=self.words),
            "request": request,
            "person": _name_person(request),
            "role": getattr(request, "role", None),
            "came_from": _tell_origin(request),
            "asset": link_asset,
            "has_asset": has_asset,
            "url": reverse,
            "languages": _link_languages(request, self.words.language),
            "csrf": cache(lambda: get_token(request)),
        }
        return open_desk_templates().get_template(template).render({**given, **more})


def _tell_origin(request: HttpRequest) -> str:
    """Give what the link for signing in says of where somebody is, to lead back there; of the first page and of those of
    accounts nothing: who comes from there begins with the work."""
    path = request.path
    if path == reverse("public:index") or path.startswith(reverse("accounts:own")):
        return ""
    return "?" + urlencode({"next": request.get_full_path()[:_LONGEST_ADDRESS]})


def _name_person(request: HttpRequest) -> str | None:
    """Give the name of whoever is signed in; a request that was refused at the door has nobody."""
    user = getattr(request, "user", None)
    return str(user.name) if user is not None and user.is_authenticated else None


def choose_words() -> Wording:
    """Give the words of the language that the request asked for by its address."""
    return load_wording((get_language() or "en").split("-")[0])


def open_frame(request: HttpRequest, case: ServedCase | None = None) -> DeskFrame:
    """Open the frame of a page; without a case for pages that show nothing of it but its name."""
    words = choose_words()
    if case is None:
        return DeskFrame(name_record() or PROGRAM, 0, "", "", words, PUBLIC, request=request)
    return DeskFrame(
        name=case.settings.name,
        number=0,
        as_of=case.meta.get("as_of", ""),
        made_by=case.meta.get("makers", ""),
        words=words,
        rules=case.settings.rules,
        naming=case.settings.naming,
        request=request,
    )


def mark_internal(frame: DeskFrame) -> DeskFrame:
    """Give the frame of a page for signed-in people, which says INTERNAL and withholds nothing."""
    return replace(frame, rules=INTERNAL, naming=Naming())


def print_page(text: str, status: int = 200) -> HttpResponse:
    """Give a page as an answer."""
    return HttpResponse(clean_controls(text), status=status, content_type=HTML)


def link_asset(name: str) -> str:
    """Give the address of an asset."""
    return f"/assets/{load_assets()[0]}/{name}"


def _link_languages(request: HttpRequest, present: str) -> list[tuple[str, str, str]]:
    """Give tag, name and address of this page in every other language."""
    here = request.get_full_path()
    return [(tag, name, translate_url(here, tag)) for tag, name in name_languages() if tag != present]
