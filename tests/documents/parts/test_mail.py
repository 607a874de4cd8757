"""Mail: messages and mailboxes, their text and attachments."""

from email.message import EmailMessage

import pytest

from documents.parts.opened import STORY, open_bytes
from documents.parts.test_pdf import write


def compose(text: str | None = STORY, markup: str | None = None, **headers: str) -> EmailMessage:
    message = EmailMessage()
    given = {
        "From": "Press desk <press@example.org>", "Date": "Sun, 09 Sep 2018 20:40:00 +0300",
        "Message-ID": "<1@example.org>", "Subject": "Daily – note",
    } | {name.replace("_", "-"): value for name, value in headers.items()}  # fmt: skip
    for name, value in given.items():
        message[name] = value
    if text is not None:
        message.set_content(text)
    if markup is not None:
        (message.add_alternative if text is not None else message.set_content)(markup, subtype="html")
    return message


def test_a_message_is_its_plain_text():
    data = compose(markup="<p>Other words</p>").as_bytes()
    (part,) = open_bytes(data, "a.eml").parts
    assert part.document.text == STORY + "\n"
    assert (part.data, part.locator, part.address) == (data, None, "mid:1@example.org")
    assert part.document.title == "Daily – note"
    assert (part.document.published, part.published_source) == ("2018-09-09T20:40:00+03:00", "file")


def test_html_is_taken_where_there_is_nothing_else():
    markup = "<head><title>x</title></head><p>Two were <b>killed</b>.</p><script>run()</script><img src='https://example.org/x'><p>Five hurt."
    (part,) = open_bytes(compose(None, markup).as_bytes(), "a.eml").parts
    assert part.document.text == "Two were killed.\nFive hurt."
    assert part.extractor.name == "harmledger-markup"
    (part,) = open_bytes(compose("  ", markup).as_bytes(), "a.eml").parts
    assert part.document.text.startswith("Two were killed.")


def test_a_list_or_an_organisation_is_a_publisher_and_a_person_is_none():
    def find(**headers):
        return open_bytes(compose(**headers).as_bytes(), "a.eml").parts[0].document.publisher

    assert find() is None
    assert find(From="Person A <person.a@example.org>") is None
    assert find(List_Id="Example Rescue Service <press.example.org>") == "Example Rescue Service"
    assert find(List_Id="<press.example.org>") is None
    assert find(Organization="Example Monitor") == "Example Monitor"


def test_attachments_are_parts_of_their_own():
    message = compose()
    message.add_attachment(write(STORY), maintype="application", subtype="pdf", filename="day.pdf")
    message.add_attachment(
        b"id,report,place\n1,two killed,Saraqib\n", maintype="text", subtype="csv", filename="a.csv"
    )
    message.add_attachment(b"\x89PNG\r\n\x1a\n", maintype="image", subtype="png", filename="../../photo.png")
    message.add_attachment(compose("Inner words", Message_ID="<2@example.org>"), filename="inner.eml")
    opened = open_bytes(message.as_bytes(), "a.eml")
    assert opened.locators == [
        None, "attachment day.pdf", "attachment a.csv › row 2", "attachment inner.eml",
    ]  # fmt: skip
    assert opened.addresses[1] == "mid:1@example.org/day.pdf"
    assert opened.addresses[3] == "mid:2@example.org"
    assert opened.codes == ["unsupported"]


def test_a_messages_own_bytes_hold_no_attachment():
    message = compose()
    message.add_attachment(b"The secret was two killed.", maintype="text", subtype="plain", filename="a.txt")
    data = message.as_bytes()
    own, attached = open_bytes(data, "a.eml").parts
    assert attached.document.text in "The secret was two killed."
    assert b"secret" not in own.data
    assert b"VGhlIHNlY3JldA" not in own.data
    assert STORY.encode() in own.data
    assert b"Message-ID: <1@example.org>" in own.data


def test_charsets_and_soft_line_breaks():
    data = (
        b"From: a@example.org\nDate: Sun, 09 Sep 2018 20:40:00 +0300\nMessage-ID: <1@example.org>\n"
        b"Subject: =?windows-1256?B?0+bR7cc=?=\n"
        b"Content-Type: text/plain; charset=windows-1256; format=flowed\n\n"
        + "قتل شخصان \nفي البلدة.\nوأصيب خمسة.".encode("cp1256")
    )
    opened = open_bytes(data, "a.eml")
    assert opened.texts == ["قتل شخصان في البلدة.\nوأصيب خمسة."]
    assert opened.parts[0].document.title == "سوريا"
    assert not opened.problems


@pytest.mark.parametrize(
    "header",
    [
        b"Date: yesterday\nMessage-ID: none\nSubject: =?utf-8?B?////?=",
        b"Date: Mon, 99 Foo 99999999 99:99:99 +9999\nMessage-ID: <>\nSubject: =?nonsense?Q?=FF?=",
        b"Date:\nMessage-ID:\nSubject: \xff\xfe\xfa\nContent-Type: ;;;=",
        b'Date: x\nMessage-ID: <a b c>\nContent-Type: multipart/mixed; boundary=""\nSubject: a',
        b'Date: x\nMessage-ID: x\nContent-Type: text/plain; charset="\0"\nSubject: a',
        b"Date: x\nMessage-ID: x\nContent-Type: text/plain; charset=unicode_escape\nContent-Transfer-Encoding: nonsense",
        b"Date: x\nMessage-ID: x\nContent-Type: text/plain; charset*0*=utf-8''%FF\nContent-Transfer-Encoding: base64",
    ],
)
def test_broken_headers_cost_their_own_facts_at_most(header):
    opened = open_bytes(b"From: a@example.org\n" + header + b"\n\ntwo killed\n", "a.eml")
    assert opened.parts or opened.problems
    for part in opened.parts:
        assert part.document.published is None
        assert part.address is None


def test_deep_nesting_and_many_boundaries_end():
    deep = b"From: a@example.org\nDate: x\nMessage-ID: <1@example.org>\n"
    for number in range(3000):
        deep += b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (number, number)
    assert open_bytes(deep + b"\ntwo killed\n" * 10_000, "a.eml").codes == ["mail"]
    nested = (
        b"From: a@example.org\nDate: x\nMessage-ID: <1@example.org>\n"
        + b"Content-Type: message/rfc822\n\n" * 5000
    )
    opened = open_bytes(nested + b"\ntwo killed\n", "a.eml")
    assert opened.problems


def test_messages_inside_messages_are_bounded():
    message = compose("the innermost")
    for number in range(12):
        outer = compose(f"level {number}")
        outer.add_attachment(message, filename="m")
        message = outer
    opened = open_bytes(message.as_bytes(), "a.eml")
    assert opened.codes[-1] == "nesting"
    assert len(opened.parts) < 8


def test_a_mailbox_gives_each_message_as_if_it_came_alone():
    one, two = (
        compose("From the north: one killed.\n\nEnd").as_bytes(),
        compose("Two", Message_ID="<2@example.org>").as_bytes(),
    )
    box = b""
    for data in (one, two):
        box += b"From press Sun Sep  9 18:00:00 2018\n" + data.replace(b"\nFrom the", b"\n>From the") + b"\n"
    opened = open_bytes(box, "press.mbox")
    assert opened.locators == ["message 1", "message 2"]
    assert opened.addresses == ["mid:1@example.org", "mid:2@example.org"]
    assert [part.digest for part in opened.parts] == [
        open_bytes(data, "a.eml").parts[0].digest for data in (one, two)
    ]


def test_a_page_saved_as_mhtml_is_a_page():
    markup = f"<html><body><article><p>{STORY}</p><p>{STORY}</p></article></body></html>"
    data = compose(None, markup, Snapshot_Content_Location="https://example.org/news/1").as_bytes()
    (part,) = open_bytes(data, "a.mhtml").parts
    assert part.address == part.document.url == "https://example.org/news/1"
    assert part.extractor.name == "trafilatura"
