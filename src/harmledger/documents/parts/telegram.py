"""Telegram exports: the messages of channels and groups, as Telegram Desktop writes them to result.json."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, Final

import msgspec

from harmledger.documents.parts.limits import TREE_LIMIT
from harmledger.documents.parts.source import Outcome, Source, clean_label, make_part
from harmledger.records.document import Document

_CHANNELS: Final = frozenset({"public_channel", "private_channel"})
_GROUPS: Final = frozenset({"public_supergroup", "private_supergroup", "private_group", "public_group"})
# What changes while the message does not: who reacted or voted, and where an export put its files.
_CHANGING: Final = frozenset({"reactions", "poll", "photo", "file", "thumbnail"})


class _Chat(msgspec.Struct):
    id: int
    type: str = ""
    name: str | None = None
    messages: list[msgspec.Raw] = []


class _Chats(msgspec.Struct):
    chats: list[_Chat] = msgspec.field(name="list", default=[])


class _Export(msgspec.Struct):
    """One chat, or a whole account's."""

    id: int | None = None
    type: str = ""
    name: str | None = None
    messages: list[msgspec.Raw] | None = None
    chats: _Chats | None = None


class _Message(msgspec.Struct):
    id: int
    type: str = "message"
    date: str | None = None
    date_unixtime: str | None = None
    text: Any = ""
    text_entities: list[Any] = []


def open_export(source: Source) -> Iterator[Outcome]:
    """Give the document of each message of an export that has words; service messages have none."""
    data = source.read_all(TREE_LIMIT)
    if data is None:
        yield source.report_size(TREE_LIMIT, "export a shorter time, or one chat at a time")
        return
    try:
        export = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=_Export)
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        reason = "too deep" if isinstance(error, RecursionError) else str(error)
        yield source.report(
            "json",
            f"is JSON that is no Telegram export: {reason}",
            "give documents as JSON lines: one object a line",
        )
        return
    if export.messages is None and export.chats is None:
        yield source.report(
            "json",
            "is JSON, but neither a Telegram export nor JSON lines",
            "give documents as JSON lines: one object a line",
        )
        return
    if export.messages is not None:
        yield from _open_chat(source, _Chat(export.id or 0, export.type, export.name, export.messages))
    for chat in export.chats.chats if export.chats else ():
        step = f"chat {chat.id}"
        if chat.type in _CHANNELS | _GROUPS:
            yield from _open_chat(source, chat, step)
        else:
            yield source.report(
                "private-chat", "is a private chat and is passed over", "export that chat alone to have it read",
                step, severity="note",
            )  # fmt: skip


def _open_chat(source: Source, chat: _Chat, step: str = "") -> Iterator[Outcome]:
    prefix = f"{step}, " if step else ""
    wordless = found = 0
    for number, raw in enumerate(chat.messages, 1):
        try:
            message = msgspec.json.decode(raw, type=_Message)
        except (msgspec.MsgspecError, ValueError, RecursionError) as error:
            yield source.report(
                "json", f"is no message: {error}", "export the chat anew", f"{prefix}message {number}"
            )
            continue
        if message.type != "message":
            continue
        text = _flatten(message.text_entities or message.text)
        if not text.strip():
            wordless += 1
            continue
        found += 1
        yield _make_post(source, chat, message, raw, text, f"{prefix}message {message.id}")
    if wordless or not found:
        words = f"messages without words (pictures, films) are passed over: {wordless}"
        steps = (step,) if step else ()
        yield source.report(
            "empty", words if wordless else "holds no messages", None, *steps, severity="note"
        )


def _make_post(
    source: Source, chat: _Chat, message: _Message, raw: msgspec.Raw, text: str, step: str
) -> Outcome:
    document = Document(
        text=text,
        # A channel speaks for itself; what stands in a group was written by persons, who are no publishers.
        publisher=clean_label(chat.name) if chat.name and chat.type in _CHANNELS else None,
        published=_read_date(message),
        kind="social",
    )
    return make_part(
        source,
        _own_bytes(chat, raw),
        document,
        step,
        address=f"telegram:{chat.id}/{message.id}",
        published_source="file" if document.published else None,
    )


def _own_bytes(chat: _Chat, raw: msgspec.Raw) -> bytes:
    """Give a message's own bytes: its JSON with the chat's id, without what changes while nobody edits it."""
    row: dict[str, Any] = msgspec.json.decode(raw)
    kept = {name: value for name, value in row.items() if name not in _CHANGING}
    return msgspec.json.encode({"chat": chat.id, "message": kept}, order="sorted")


def _flatten(text: Any) -> str:
    """Give the words of a text that may be cut into entities: bold, links, mentions."""
    if isinstance(text, str):
        return text
    if not isinstance(text, list):
        return ""
    pieces = (
        piece if isinstance(piece, str) else piece.get("text", "") if isinstance(piece, dict) else ""
        for piece in text
    )
    return "".join(piece for piece in pieces if isinstance(piece, str))


def _read_date(message: _Message) -> str | None:
    """Give the time of posting: in UTC where the export tells it, else the exporter's local time as it stands."""
    try:
        if message.date_unixtime:
            return datetime.fromtimestamp(int(message.date_unixtime), UTC).isoformat().replace("+00:00", "Z")
        return datetime.fromisoformat(message.date).isoformat() if message.date else None
    except (ValueError, OverflowError, OSError):
        return None
