"""Feeds: RSS and Atom files."""

import socket

from documents.parts.opened import open_bytes
from harmledger.documents.parts.feed_entries import read_entries

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Example Wire</title>
<item><title>Shell &amp;amp; dust</title><link>https://example.org/1</link><guid isPermaLink="false">wire-1</guid>
<pubDate>Sun, 09 Sep 2018 18:00:00 +0300</pubDate><description>Two killed…</description>
<content:encoded><![CDATA[<p>Two were <b>killed</b>.</p><script>run()</script><p>Five hurt &amp; one missing.</p>]]></content:encoded>
</item>
<item><title>Second</title><link>https://example.org/2</link><description>One was killed.</description></item>
<item><title>Third</title></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0"><title>Example</title>
<entry><title>T</title><id>urn:1</id><link href="https://example.org/1"/><updated>2018-09-09T18:00:00Z</updated>
<content type="html">&lt;p&gt;Five were killed.</content></entry>
<at:deleted-entry ref="urn:1" when="2018-09-10T00:00:00Z"><at:comment>We take this back.</at:comment></at:deleted-entry>
</feed>"""


def test_the_parser_wants_no_network(monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("something wants the network")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    outer = (
        '<!DOCTYPE rss SYSTEM "https://example.org/x.dtd"><?xml-stylesheet href="https://example.org/x.css"?>'
    )
    assert len(list(read_entries((outer + RSS[21:]).encode()))) == 4
    assert not [answer for answer in read_entries(b"https://example.org/feed.xml") if "content" in answer]


def test_an_entry_is_a_part():
    first, second = open_bytes(RSS.encode(), "feed.xml").parts
    assert first.document.text == "Two were killed.\nFive hurt & one missing."
    assert first.document.title == "Shell & dust"
    assert first.document.url == "https://example.org/1"
    assert first.document.publisher == "Example Wire"
    assert (first.document.published, first.published_source) == ("2018-09-09T18:00:00+03:00", "file")
    assert (first.locator, first.address) == ("entry 1", "entry:wire-1")
    assert first.extractor.name == "harmledger-markup"
    assert (second.document.text, second.address) == ("One was killed.", "entry:https://example.org/2")
    assert (second.extractor, second.document.published) == (None, None)


def test_an_entry_without_words_is_told():
    assert open_bytes(RSS.encode(), "feed.xml").codes == ["empty"]


def test_an_unchanged_entry_keeps_its_bytes_when_the_feed_grows():
    grown = RSS.replace(
        "<item><title>Shell", "<item><title>New</title><description>x</description></item><item><title>Shell"
    )
    before, after = open_bytes(RSS.encode(), "a.xml").parts, open_bytes(grown.encode(), "a.xml").parts
    assert {part.digest for part in before} < {part.digest for part in after}


def test_a_withdrawal_is_a_notice_at_the_entrys_address():
    entry, notice = open_bytes(ATOM.encode(), "feed.atom").parts
    assert entry.address == notice.address == "entry:urn:1"
    assert (entry.is_retraction, notice.is_retraction) == (False, True)
    assert notice.document.text == "We take this back."
    assert notice.document.published == "2018-09-10T00:00:00Z"


def test_entities_of_a_feeds_own_are_refused():
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a0 "ha">{laughs}]>{RSS[21:].replace("Second", "&a11;")}'
    file = '<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + RSS[21:].replace("Second", "&x;")
    for data in (bomb.encode(), file.encode(), file.encode("utf-16")):
        opened = open_bytes(data, "feed.xml")
        assert (opened.parts, opened.codes) == ((), ["feed"])


def test_a_feed_that_names_an_outer_grammar_reads_nothing_from_it():
    data = '<!DOCTYPE rss SYSTEM "https://example.org/x.dtd">' + RSS[21:]
    assert len(open_bytes(data.encode(), "feed.xml").parts) == 2


def test_a_damaged_feed_gives_what_can_be_read():
    opened = open_bytes(RSS[: RSS.index("<item><title>Third")].encode(), "feed.xml")
    assert len(opened.parts) == 2
    assert opened.codes == ["feed"]
    assert open_bytes(b"<rss>", "feed.xml").codes
    assert open_bytes(b"<rss><channel></channel></rss>", "feed.xml").codes


def test_deep_markup_in_an_entry_ends():
    deep = "&lt;div&gt;" * 50_000 + "two killed"
    data = RSS.replace("One was killed.", deep)
    assert len(open_bytes(data.encode(), "feed.xml").parts) >= 1
