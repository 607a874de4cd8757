"""Telegram exports."""

import json

from documents.parts.opened import open_bytes

CHANNEL = {"name": "Example Network", "type": "public_channel", "id": 77}


def message(number, text, **more):
    return {
        "id": number,
        "type": "message",
        "date": "2018-09-08T10:00:00",
        "date_unixtime": "1536390000",
        "text": text,
    } | more


def export(*messages, **chat):
    return json.dumps(CHANNEL | chat | {"messages": messages}, ensure_ascii=False, indent=1).encode()


def test_a_message_is_a_part():
    text = [
        "Two ",
        {"type": "bold", "text": "killed"},
        " in ",
        {"type": "text_link", "text": "Saraqib", "href": "https://example.org"},
    ]
    (part,) = open_bytes(export(message(5, text)), "result.json").parts
    assert part.document.text == "Two killed in Saraqib"
    assert (part.locator, part.address) == ("message 5", "telegram:77/5")
    assert part.document.publisher == "Example Network"
    assert part.document.kind == "social"
    assert (part.document.published, part.published_source) == ("2018-09-08T07:00:00Z", "file")


def test_entities_are_flattened_in_arabic_too():
    entities = [{"type": "plain", "text": "قتل شخصان "}, {"type": "hashtag", "text": "#إدلب"}]
    assert open_bytes(export(message(5, "", text_entities=entities)), "result.json").texts == [
        "قتل شخصان #إدلب"
    ]


def test_service_messages_and_pictures_are_passed_over():
    opened = open_bytes(
        export(
            {"id": 1, "type": "service", "date": "x", "text": ""},
            message(2, "", photo="photos/1.jpg"),
            message(3, "one"),
        ),
        "result.json",
    )
    assert opened.locators == ["message 3"]
    assert [(problem.severity, problem.message[-1:]) for problem in opened.problems] == [("note", "1")]


def test_an_edit_is_a_version_and_a_reaction_is_none():
    def open_one(*args, **more):
        return open_bytes(export(message(5, *args, **more)), "result.json").parts[0]

    first = open_one("Two killed")
    liked = open_one("Two killed", reactions=[{"type": "emoji", "count": 9}], photo="photos/7.jpg")
    edited = open_one("Three killed", edited="2018-09-08T11:00:00", edited_unixtime="1536393600")
    assert first.digest == liked.digest
    assert first.address == edited.address
    assert first.digest != edited.digest


def test_two_channels_have_addresses_and_bytes_of_their_own():
    one, two = (open_bytes(export(message(5, "a"), id=number), "result.json").parts[0] for number in (1, 2))
    assert one.address != two.address
    assert one.digest != two.digest


def test_a_group_is_no_publisher():
    (part,) = open_bytes(
        export(message(5, "a", **{"from": "Person A"}), type="private_group"), "result.json"
    ).parts
    assert part.document.publisher is None


def test_an_account_gives_its_channels_and_no_private_chats():
    chats = [
        CHANNEL | {"messages": [message(1, "one")]},
        {"id": 5, "type": "personal_chat", "name": "Person A", "messages": [message(1, "secret")]},
    ]
    opened = open_bytes(json.dumps({"about": "x", "chats": {"list": chats}}).encode(), "result.json")
    assert opened.texts == ["one"]
    assert opened.locators == ["chat 77, message 1"]
    assert opened.codes == ["private-chat"]
    assert "Person" not in str(opened.problems)


def test_an_export_on_one_line_is_an_export():
    data = json.dumps(CHANNEL | {"messages": [message(1, "one")]}).encode()
    assert open_bytes(data, "result.json").addresses == ["telegram:77/1"]


def test_wrong_and_hostile_exports_end():
    assert open_bytes(b'{\n "a": 1\n}', "a.json").codes == ["json"]
    assert open_bytes(export("no message", message(2, "two"), {"id": "x"}), "r.json").codes == [
        "json",
        "json",
    ]
    assert open_bytes(
        export(message(2, {"a": 1}), message(3, [[["x"]]]), message(4, [{"text": 5}])), "r.json"
    ).codes == ["empty"]
    deep = export(message(1, "x")).replace(b'"x"', b"[" * 100_000 + b"]" * 100_000)
    assert open_bytes(deep, "r.json").codes == ["json"]
    assert (
        open_bytes(export(message(1, "a", date_unixtime="9" * 40)), "r.json").parts[0].document.published
        is None
    )
    assert open_bytes(export()[:-3], "r.json").codes == ["json"]
