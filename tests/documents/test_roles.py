"""Headlines, datelines, furniture and appeals in whole texts."""

from harmledger.documents.read import read_document
from harmledger.records.document import Document

BODY = "Two people were killed on Monday when a shell hit a house in the town, rescuers said."
MORE = "Five more were wounded in a strike on the market later in the day, a medic said."


def roles(text: str, title: str | None = None, language: str = "en") -> list[tuple[str, str]]:
    found, _ = read_document(Document(text=text, title=title, language=language), None)
    assert found is not None
    return [(sentence.role, found.reading[sentence.start : sentence.end]) for sentence in found.sentences]


def test_a_first_line_without_a_stop_is_a_headline() -> None:
    assert roles(f"Shell kills two\n\n{BODY}") == [("headline", "Shell kills two"), ("body", BODY)]
    assert roles(f"Shell kills two.\n\n{BODY}")[0][0] == "body"
    assert roles("Shell kills two")[0][0] == "body"


def test_the_title_is_a_headline_wherever_a_line_repeats_it() -> None:
    found = roles(f"Shell Kills Two!\n{BODY}\nShell kills two\n{MORE}", "Shell kills two")
    assert [role for role, _ in found] == ["headline", "body", "headline", "body"]


def test_a_title_that_runs_into_the_text_is_cut_off() -> None:
    found = roles(
        f"Shell kills two in town AFP Monday 6 Jan 2020 {BODY}", "Shell kills two in town - The Paper"
    )
    assert found == [
        ("headline", "Shell kills two in town"),
        ("dateline", "AFP Monday 6 Jan 2020"),
        ("body", BODY),
    ]


def test_a_dateline_and_a_stamp_are_cut_off() -> None:
    assert roles(f"DAMASCUS, May 30 (Agency) - {BODY}") == [
        ("dateline", "DAMASCUS, May 30 (Agency) -"),
        ("body", BODY),
    ]
    assert roles(f"UPDATE 1315 GMT: {BODY}") == [("dateline", "UPDATE 1315 GMT:"), ("body", BODY)]
    assert roles(f"Title\n\nOAKLAND, Calif. — {BODY}")[1] == ("dateline", "OAKLAND, Calif. -")


def test_a_voice_before_a_colon_is_no_dateline() -> None:
    line = "SOHR: Two people were killed on Monday when a shell hit a house."
    assert roles(line) == [("body", line)]


def test_an_appeal_lasts_until_the_text_returns_to_reporting() -> None:
    text = (
        f"{BODY}\n\nWe have a small favour to ask. Times are hard.\n\nYour support keeps this paper going. Thank you.\n\n"
        f"Continue\n\n{MORE}\n\n{BODY}"
    )
    assert [role for role, _ in roles(text)] == ["body", *["boilerplate"] * 5, "body", "body"]


def test_an_appeal_within_one_line() -> None:
    found = roles(f"{BODY} Become a member today. You help us tell the truth. {MORE}")
    assert [role for role, _ in found] == ["body", "boilerplate", "boilerplate", "body"]


def test_people_who_ask_for_help_in_a_report_are_heard() -> None:
    text = 'We need your help, a doctor told the council. "Support our hospital," he said. Residents want to donate blood.'
    assert {role for role, _ in roles(text)} == {"body"}


def test_titles_under_a_label_end_with_the_first_prose() -> None:
    text = f"{BODY}\n\nRelated News\n\nTwenty killed in another town\n\nThe war, ten years on\n\n{MORE}"
    assert [role for role, _ in roles(text)] == ["body", "boilerplate", "boilerplate", "boilerplate", "body"]


def test_credits_and_addresses_are_cut_out_of_a_sentence() -> None:
    found = roles(
        "A street in the town (AP Photo/Person A) Two people were killed there. pic.twitter.com/abc1"
    )
    assert found == [
        ("body", "A street in the town"),
        ("boilerplate", "(AP Photo/Person A)"),
        ("body", "Two people were killed there."),
        ("boilerplate", "pic.twitter.com/abc1"),
    ]


def test_lines_without_letters_say_nothing() -> None:
    assert roles(f"{BODY}\n***\n{MORE}")[1] == ("boilerplate", "***")


def test_furniture_follows_the_site_not_the_language() -> None:
    found = roles("قتل خمسة مدنيين في قصف على البلدة.\nShare\n12 comments", language="ar")
    assert [role for role, _ in found] == ["body", "boilerplate", "boilerplate"]
