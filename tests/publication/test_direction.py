"""What runs from right to left is kept apart from what stands around it, on pages and in the terminal."""

from harmledger.desk.terminal import isolate_text
from harmledger.publication.templating import isolate_names, open_templates


def test_a_name_from_right_to_left_is_isolated_on_a_page() -> None:
    assert isolate_names("مصادر محلية") == '<bdi dir="rtl" lang="ar">مصادر محلية</bdi>'
    assert isolate_names("the Observatory") == "the Observatory"


def test_names_are_joined_and_escaped() -> None:
    told = isolate_names(["<b>SANA</b>", "ناشطون <i>"])
    assert told == '&lt;b&gt;SANA&lt;/b&gt;; <bdi dir="rtl" lang="ar">ناشطون &lt;i&gt;</bdi>'


def test_templates_know_directions() -> None:
    assert {"isolate", "is_right_to_left"} <= open_templates().globals.keys()


def test_the_terminal_gets_isolates_of_our_own_alone() -> None:
    assert isolate_text("قتل طفل") == "\u2067قتل طفل\u2069"
    assert isolate_text("a child") == "a child"
    assert isolate_text("قتل\u202eطفل") == "\u2067قتل\ufffdطفل\u2069"
