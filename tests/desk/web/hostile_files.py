"""Files that mean harm, each made by a function: what it is called, and its bytes."""

import gzip
import io
import json
import stat
import zipfile
import zlib

STORY = "Shelling in Ariha killed four people on 3 June 2016, rescuers said."
CANARY = "root:x:0:0:a line of a file that no document may bring in"


def make_page_with_scripts():
    return "scripts.html", (
        f"<html><head><title><script>alert(1)</script></title><base href='//example.org/'>"
        f"<meta http-equiv='refresh' content='0;url=https://example.org/'></head><body onload=alert(2)>"
        f"<article><h1><img src=x onerror=alert(3)>Raid</h1><p>{STORY} It was told on the same day by others, too, who"
        f" had seen it.</p><svg onload=alert(4)><script>alert(5)</script></svg><iframe src='javascript:alert(6)'></iframe>"
        f"<p>&lt;script&gt;alert(7)&lt;/script&gt; and <a href='javascript:alert(8)'>more</a></p></article></body></html>"
    ).encode()


def make_text_with_markup():
    return (
        "markup.txt",
        f"{STORY} </div></mark><script>alert(9)</script><svg onload=alert(10)>\u202e{{{{7*7}}}}".encode(),
    )


def make_zip_bomb():
    data = bytes(10_000_000)
    for number in range(3):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for copy in range(8):
                archive.writestr(f"{number}-{copy}.{'txt' if number == 0 else 'zip'}", data)
        data = packed.getvalue()
    return "bomb.zip", data


def make_zip_that_lies():
    _, data = make_zip_bomb()
    return "lies.zip", data.replace((10_000_000).to_bytes(4, "little"), (40).to_bytes(4, "little"))


def make_gzip_bomb():
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [packer.compress(bytes(1 << 20)) for _ in range(64)]
    return "bomb.txt.gz", b"".join(parts) + packer.flush()


def make_zip_with_tricks():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for number, name in enumerate(
            (
                "../../../../tmp/harmledger-was-here.txt",
                "/tmp/harmledger-was-here.txt",
                "C:\\harm.txt",
                "..\\up.txt",
                "\u202egpj.txt",
                "a\nb.txt",
                "x" * 4000 + ".txt",
            )
        ):
            archive.writestr(name, f"{STORY} Copy {number}.")
        for name, target in (("link.txt", "/etc/passwd"), ("up.txt", "../../../case.toml")):
            link = zipfile.ZipInfo(name)
            link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
            archive.writestr(link, target)
    return "tricks.zip", packed.getvalue()


def make_laughs():
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return "laughs.xml", (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "ha">{entities}]>'
        f"<rss version='2.0'><channel><title>x</title><item><title>&l11;</title><description>{STORY}</description></item></channel></rss>"
    ).encode()


def make_outside_entity(path):
    return "outside.xml", (
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY e SYSTEM "file://{path}"><!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd">%p;]>'
        f"<rss version='2.0'><channel><title>x</title><item><title>&e;</title><description>{STORY} &e;</description></item></channel></rss>"
    ).encode()


def make_outside_page(path):
    return "outside.xhtml", (
        f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY e SYSTEM "file://{path}">]>'
        f"<html xmlns='http://www.w3.org/1999/xhtml'><body><p>{STORY} It was told by others, too. &e;</p></body></html>"
    ).encode()


def make_long_line():
    return "line.txt", (f"{STORY} " + "killed 3 " * 30_000).encode()


def make_long_word():
    return "word.txt", f"{STORY} {'a' * 3_000_000}".encode()


def make_deep_json():
    return "deep.jsonl", b'{"text":' + b"[" * 200_000 + b"]" * 200_000 + b"}\n" + json.dumps(
        {"text": STORY}
    ).encode()


def make_path_lines(path):
    rows = (
        {"path": "../../case.toml"},
        {"path": str(path)},
        {"path": "C:\\Windows\\win.ini"},
        {"path": "a\0b"},
    )
    return "paths.jsonl", b"".join(json.dumps(row).encode() + b"\n" for row in rows)


def make_pdf_loop():
    parts = [
        b"1 0 obj<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n",
        b"2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2000000000/Parent 2 0 R>>endobj\n",
        b"3 0 obj<</Type/Page/Parent 3 0 R/Contents 4 0 R/Resources 3 0 R>>endobj\n",
        b"4 0 obj<</Length 4 0 R/Filter[/FlateDecode/FlateDecode/FlateDecode]>>stream\n"
        + zlib.compress(zlib.compress(zlib.compress(bytes(50_000_000))))
        + b"\nendstream endobj\n",
    ]
    return "loop.pdf", b"%PDF-1.7\n" + b"".join(parts) + b"trailer<</Root 1 0 R/Prev 9>>\nstartxref\n9\n%%EOF"


def make_mail_of_parts():
    head = b"From: a@example.org\r\nTo: b@example.org\r\nDate: Fri, 3 Jun 2016 10:00:00 +0000\r\nMessage-ID: <1@example.org>\r\nMIME-Version: 1.0\r\n"
    parts = b"".join(
        b"--x\r\nContent-Type: text/plain\r\n\r\npart %d\r\n" % number for number in range(6_000)
    )
    return "parts.eml", head + b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + parts + b"--x--\r\n"


def make_deep_mail():
    head = b"From: a@example.org\r\nDate: Fri, 3 Jun 2016 10:00:00 +0000\r\nMessage-ID: <2@example.org>\r\nMIME-Version: 1.0\r\n"
    body = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (n, n) for n in range(3000)
    )
    return "deep.eml", head + body + b"Content-Type: text/plain\r\n\r\n" + STORY.encode()


def make_formulas():
    row = {
        "text": STORY,
        "id": "=1+1",
        "publisher": '=HYPERLINK("https://example.org/")',
        "title": "@SUM(1)",
        "published": "2016-06-04",
        "kind": "news",
        "language": "en",
    }
    return "formulas.jsonl", json.dumps(row).encode()


def make_polyglots():
    pdf_page = b"%PDF-1.4\n<html><body onload=alert(11)><p>" + STORY.encode() + b"</p></body></html>"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("inside.txt", STORY + " Inside.")
    return [
        ("picture.html", b"GIF89a/*<script>alert(12)</script>*/=1;"),
        ("page.pdf", pdf_page),
        ("page.html", b"<html><script>alert(13)</script></html>" + packed.getvalue()),
        ("program.txt", b"\x7fELF" + bytes(200) + STORY.encode()),
        ("wide.txt", ("\ufeff<script>alert(14)</script>" + STORY).encode("utf-16")),
    ]


def make_packed_page():
    name, data = make_page_with_scripts()
    return f"{name}.gz", gzip.compress(data)


def make_all(path):
    """Give all of them; `path` is a file outside that some of them ask for."""
    return [
        make_page_with_scripts(), make_text_with_markup(), make_zip_bomb(), make_zip_that_lies(), make_gzip_bomb(),
        make_zip_with_tricks(), make_laughs(), make_outside_entity(path), make_outside_page(path), make_long_line(),
        make_long_word(), make_deep_json(), make_path_lines(path), make_pdf_loop(), make_mail_of_parts(),
        make_deep_mail(), make_formulas(), *make_polyglots(), make_packed_page(),
    ]  # fmt: skip
