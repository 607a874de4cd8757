"""Sites written for tests, and stories with placeholder names."""

import json
from datetime import UTC, datetime

from harmledger.publication.material import HeldRecords, Settings
from harmledger.publication.site.publish import publish_site
from harmledger.publication.wording import load_wording

from .cases import make_claims, make_documents, make_incident

AS_OF = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NAME = "Northwest Syria"
WORDS = load_wording()


def publish(material, target, settings=None, as_of=AS_OF):
    """Publish material into a folder, and give the folder."""
    publish_site(material, settings or Settings(NAME), as_of, target, WORDS)
    return target


def hold(incidents=None, claims=None, documents=None, withdrawn=()):
    """Give material of one incident made by hand, or of others."""
    return HeldRecords(
        incidents=(make_incident(),) if incidents is None else tuple(incidents),
        claims=make_claims() if claims is None else claims,
        documents=make_documents() if documents is None else documents,
        withdrawn=tuple(withdrawn),
    )


def write_rows(path, rows):
    """Write rows as JSON lines, and give the path."""
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def list_files(folder):
    """Give the files of a folder with their bytes, by path within it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# Placeholders: «Fulan al-Fulani» is the language's own "so-and-so"; the others are made of letters' names.
PLACEHOLDERS = ("Fulan", "Fulani", "Alifa", "Tajruba", "Mithali", "Namudhaji", "Zayda", "Waraqi")
"""Single words of the names in the stories: none may stand in any byte of a public site."""

STORIES = (
    {
        "id": "interview-with-fulan-al-fulani",
        "title": "Fulan al-Fulani buried in Idlib after air strike",
        "url": "https://example.org/news/fulan-al-fulani-buried-in-idlib",
        "publisher": "Example Wire",
        "published": "2016-06-01",
        "kind": "news",
        "language": "en",
        "text": "Air strikes on Idlib killed Fulan al-Fulani, 34, and six other people on Monday, activists said.\n\n"
        "At least seven people were killed and nine wounded, said Tajruba Mithali, a resident of the city.\n\n"
        "Fulani's daughter Alifa was wounded. Mithali said two more people were killed in Saraqib on Tuesday.",
    },
    {
        "id": "b" * 64,
        "title": "Seven killed in Idlib, says Dr Zayda Namudhaji",
        "url": "https://zayda:secret@example.org/a?author=Namudhaji",
        "publisher": "Example Daily",
        "published": "2016-05-31",
        "kind": "news",
        "language": "en",
        "text": "At least seven people were killed in air strikes on Idlib on Monday, said Dr Zayda Namudhaji, "
        "a doctor at the hospital. Five people were wounded, Namudhaji added.",
    },
    {
        "id": "c" * 64,
        "title": "Waraqi on Telegram",
        "url": "https://social.example.org/@waraqi/17",
        "publisher": "Umm Waraqi",
        "published": "2016-05-31T08:00:00Z",
        "kind": "social",
        "language": "en",
        "text": "I am Umm Waraqi. My neighbour Fulan al-Fulani and six others were killed in air strikes on Idlib on Monday.",
    },
)
