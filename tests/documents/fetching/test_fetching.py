"""Fetching: only what a person named, only from public hosts, within bounds of size and time, kept as it came."""

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from harmledger.documents.fetching import FetchRules, fetch_addresses, read_addresses
from harmledger.documents.fetching.hosts import is_public
from harmledger.documents.fetching.request import parse_address
from harmledger.documents.parts import open_parts
from harmledger.records.part import Received

PAGE = b"<html><head><title>Raid</title></head><body><article><p>Shelling in Saraqib killed two children and wounded nine people on Tuesday, rescuers said.</p></article></body></html>"
RULES_TEXT = b"User-agent: *\nDisallow: /private"
AT = "2026-01-02T03:04:05Z"
RULES = FetchRules(is_private_allowed=True, pause=0, page_seconds=5, read_seconds=2, size=100_000)


class Site(BaseHTTPRequestHandler):
    """Answers as the address asks for."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.server.asked.append((self.path, dict(self.headers)))
        getattr(self, "give_" + self.path.strip("/").split("/")[0].replace(".", "_"), self.give_missing)()

    def answer(self, body, status=200, media="text/html; charset=utf-8", **more):
        self.send_response(status)
        for name, value in {"Content-Type": media, "Content-Length": str(len(body)), **more}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def give_page(self):
        self.answer(PAGE, **{"X-Kept": "as it came"})

    def give_chunks(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for part in (PAGE[:50], PAGE[50:], b""):
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))

    def give_round(self):
        self.answer(b"", 302, Location="/round")

    def give_inward(self):
        self.answer(b"", 302, Location="http://169.254.169.254/latest/meta-data/")

    def give_file(self):
        self.answer(b"", 302, Location="file:///etc/passwd")

    def give_moved(self):
        self.answer(b"", 301, Location="/page")

    def give_large(self):
        self.answer(b"x" * 200_000)

    def give_short(self):
        self.answer(PAGE, **{"Content-Length": "100000"})
        self.close_connection = True

    def give_picture(self):
        self.answer(b"GIF89a", media="image/gif")

    def give_drip(self):
        self.send_response(200)
        self.end_headers()
        for _ in range(40):
            try:
                self.wfile.write(b"x")
                self.wfile.flush()
            except OSError:
                return
            time.sleep(0.5)

    def give_robots_txt(self):
        status, body, headers = self.server.robots
        self.answer(body, status, "text/plain", **headers)

    def give_rules(self):
        self.answer(RULES_TEXT, media="text/plain")

    def give_private(self):
        self.answer(PAGE)

    def give_missing(self):
        self.answer(b"gone", 404)

    def log_message(self, *_):
        pass


@pytest.fixture
def site():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.asked = []
    server.robots = (200, RULES_TEXT, {})
    server.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()


def fetch(site, *paths, folder, rules=RULES, **more):
    addresses = [path if "://" in path else site.address + path for path in paths]
    return list(fetch_addresses(addresses, folder / "got.warc", lambda: AT, rules, **more))


def read_archive(folder):
    path = folder / "got.warc"
    received = Received("got.warc", "0" * 64, path.stat().st_size, AT)
    return [part for part, _ in open_parts(path, received) if part is not None]


def test_a_page_is_kept_as_it_came_with_its_headers_and_moment(site, tmp_path):
    (fetched,) = fetch(site, "/page", folder=tmp_path)
    assert (fetched.final, fetched.size, fetched.problems) == (site.address + "/page", len(PAGE), ())
    kept = (tmp_path / "got.warc").read_bytes()
    assert PAGE in kept
    assert b"x-kept: as it came" in kept.lower()
    assert AT.encode() in kept
    (part,) = read_archive(tmp_path)
    assert part.data == PAGE
    assert part.address == site.address + "/page"
    assert part.document.received == AT
    assert "killed two children" in part.document.text
    _, headers = site.asked[-1]
    assert (headers["User-Agent"], headers["Accept-Encoding"]) == ("harmledger", "identity")
    assert "Cookie" not in headers


def test_a_page_in_chunks_and_one_that_moved_are_read(site, tmp_path):
    fetched = fetch(site, "/chunks", "/moved", folder=tmp_path)
    assert [one.final for one in fetched] == [site.address + "/chunks", site.address + "/page"]
    assert [part.data for part in read_archive(tmp_path)] == [PAGE, PAGE]


@pytest.mark.parametrize(
    ("path", "code", "told"),
    [
        ("/round", "documents.fetch", "without end"),
        ("/file", "documents.host", "https:// or http://"),
        ("/large", "documents.size", "larger"),
        ("/short", "documents.fetch", "could not be fetched"),
        ("/picture", "documents.fetch", "image/gif"),
        ("/gone", "documents.fetch", "404"),
        ("/private", "documents.robots", "robots.txt"),
        ("http://127.0.0.1:9/", "documents.fetch", "could not be fetched"),
        ("http://no-such-host.invalid/", "documents.host", "not found"),
    ],
)
def test_what_cannot_be_had_is_a_problem_with_its_remedy(site, tmp_path, path, code, told):
    (fetched,) = fetch(site, path, folder=tmp_path)
    (problem,) = fetched.problems
    assert (fetched.final, problem.code) == (None, code)
    assert told in problem.message
    assert problem.remedy
    assert problem.where == (path if "://" in path else site.address + path)


@pytest.mark.parametrize(
    ("status", "is_fetched"), [(404, True), (403, True), (503, False), (500, False), (418, True)]
)
def test_a_site_that_fails_to_give_its_rules_is_not_asked(site, tmp_path, status, is_fetched):
    site.robots = (status, b"", {})
    pages = fetch(site, "/page", "/moved", folder=tmp_path)
    if is_fetched:
        assert [one.problems for one in pages] == [(), ()]
        return
    for one in pages:
        (problem,) = one.problems
        assert problem.code == "documents.robots"
        assert f"robots.txt: {status}" in problem.message
        assert problem.remedy
    assert [path for path, _ in site.asked] == ["/robots.txt"], "asked once, and no page"


def test_rules_of_a_site_are_followed_to_where_they_moved(site, tmp_path):
    site.robots = (301, b"", {"Location": "/rules"})
    (page, private) = fetch(site, "/page", "/private", folder=tmp_path)
    assert page.problems == ()
    assert private.problems[0].code == "documents.robots"
    site.robots = (302, b"", {"Location": "/robots.txt"})
    (page,) = fetch(site, "/page", folder=tmp_path)
    assert page.problems == (), "rules that lead in a circle are none (RFC 9309)"
    site.robots = (302, b"", {"Location": "file:///etc/passwd"})
    (page,) = fetch(site, "/page", folder=tmp_path)
    assert page.problems[0].code == "documents.robots"


def test_rules_that_never_end_are_not_read_and_nothing_is_fetched(site, tmp_path):
    site.robots = (200, b"User-agent: *\n" + b"# \n" * 300_000, {})
    (page,) = fetch(site, "/page", folder=tmp_path)
    assert "larger than 512000 bytes" in page.problems[0].message


def test_looking_up_a_name_ends_with_the_time_of_its_page(site, tmp_path):
    def resolve(_host, _port):
        time.sleep(5)
        return ["127.0.0.1"]

    begun = time.monotonic()
    rules = FetchRules(is_private_allowed=True, pause=0, page_seconds=0.5)
    (fetched,) = fetch(site, "/page", folder=tmp_path, rules=rules, resolve=resolve)
    assert time.monotonic() - begun < 2
    assert "too long" in fetched.problems[0].message
    assert site.asked == []


def test_a_server_that_sends_for_ever_is_cut_off(site, tmp_path):
    begun = time.monotonic()
    (fetched,) = fetch(
        site, "/drip", folder=tmp_path, rules=FetchRules(is_private_allowed=True, page_seconds=1.5)
    )
    assert time.monotonic() - begun < 6
    assert "too long" in fetched.problems[0].message


def test_no_host_of_ones_own_network_is_asked(site, tmp_path):
    rules = FetchRules(pause=0)
    own = [
        site.address + "/page",
        "http://localhost/",
        "http://[::1]/",
        "http://10.0.0.1/",
        "http://0x7f.1/",
        "http://2130706433/",
    ]
    assert all(
        one.problems[0].code == "documents.host" for one in fetch(site, *own, folder=tmp_path, rules=rules)
    )
    assert site.asked == []


def test_no_name_and_no_redirection_leads_inward(site, tmp_path):
    def resolve(host, _port):
        return {"public.example": ["93.184.216.34", "10.1.2.3"]}.get(host, ["192.168.1.1"])

    rules = FetchRules(pause=0)
    fetched = fetch(
        site, "http://public.example/", "http://other.example/", folder=tmp_path, rules=rules, resolve=resolve
    )
    assert [one.problems[0].message for one in fetched] == ["is not asked for: its host is no public one"] * 2
    asked = []

    def resolve_twice(host, _port):
        asked.append(host)
        if host == "169.254.169.254":
            raise OSError("must be looked at")
        return ["127.0.0.1"]

    (inward,) = fetch(site, "/inward", folder=tmp_path, resolve=resolve_twice)
    assert inward.problems[0].code == "documents.host"
    assert asked[-1] == "169.254.169.254"


@pytest.mark.parametrize(
    "address",
    [
        "168.63.129.16", "192.80.8.124", "100.100.100.200", "fd00:ec2::254", "::ffff:168.63.129.16",
        "127.0.0.1", "10.0.0.1", "172.16.0.1", "192.168.0.1", "169.254.169.254", "100.64.0.1", "0.0.0.0",
        "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1",
        "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "no address",
        "64:ff9b:1:7f00:0:1:808:808", "fec0::1", "3fff::1", "::8.8.8.8", "4000::1", "192.0.0.192", "192.88.99.1",
    ],
)  # fmt: skip
def test_addresses_that_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize(
    "address",
    ["93.184.216.34", "2606:2800:220:1:248:1893:25c8:1946", "::ffff:93.184.216.34", "64:ff9b::808:808"],
)
def test_addresses_that_are_public(address):
    assert is_public(address)


def test_a_list_is_read_line_by_line():
    told = "# Monday\nhttps://example.org/1\n\n https://example.org/1 \nhttp://example.org/2\nftp://example.org/\nhttps://a:b@example.org/\nhttps:///x\nhttps://example.org/a b\n"
    addresses, problems = read_addresses(told)
    assert addresses == ("https://example.org/1", "http://example.org/2")
    assert [problem.where for problem in problems] == ["line 6", "line 7", "line 8", "line 9"]
    many, over = read_addresses("\n".join(f"https://example.org/{n}" for n in range(300)))
    assert len(many) == 200
    assert "more than 200" in over[0].message


def test_an_address_is_taken_apart_once():
    place = parse_address("HTTPS://Bücher.example:8443/ä b?q=ü#part".replace(" ", "%20"))
    assert place.address == "https://xn--bcher-kva.example:8443/%C3%A4%20b?q=%C3%BC"
    assert parse_address("http://example.org").address == "http://example.org/"
