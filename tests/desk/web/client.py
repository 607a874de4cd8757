"""A visitor with cookies, as a browser keeps them, who follows no redirect unless asked."""

import http.cookiejar
import json
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass
from email.message import Message

PASSWORD = "correct-horse-battery"
_BOUNDARY = "a-line-that-no-file-holds"


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Message
    body: bytes

    @property
    def text(self):
        return self.body.decode()

    @property
    def json(self):
        return json.loads(self.body)

    def find(self, pattern):
        found = re.search(pattern, self.text)
        assert found, f"{pattern!r} is not in:\n{self.text[:3000]}"
        return found[1]


def wait_until(holds, seconds=20):
    """Wait until something holds: the desk looks at its case about once a second."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "it did not come to hold"
        time.sleep(0.3)


class _Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Visitor:
    """Asks a server; `sign_in` makes it somebody. One in no hurry (`is_patient`) asks again when told to in a moment."""

    def __init__(self, address, *, is_patient=True):
        self.address = address
        self.is_patient = is_patient
        self.cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), _Stay())

    def get(self, path, **headers):
        return self._ask(urllib.request.Request(self.address + path, headers=_spell(headers)))

    def post(self, path, form=None, *, is_forged=False, **headers):
        given = dict(form or {})
        if not is_forged:
            token = next((one.value for one in self.cookies if one.name == "csrftoken"), None)
            if token is None:
                self.get("/account/sign-in")
                token = next(one.value for one in self.cookies if one.name == "csrftoken")
            given["csrfmiddlewaretoken"] = token
        data = urllib.parse.urlencode(given).encode()
        request = urllib.request.Request(self.address + path, data=data, headers=_spell(headers))
        return self._ask(request)

    def upload(self, path, files, form=None, *, name="files"):
        """Send files, pairs of name and bytes, as a browser's form does."""
        if not any(one.name == "csrftoken" for one in self.cookies):
            self.get("/account/sign-in")
        token = next(one.value for one in self.cookies if one.name == "csrftoken")
        body = b""
        for field, value in {**(form or {}), "csrfmiddlewaretoken": token}.items():
            body += _write_part(f'name="{field}"', value.encode())
        for given, data in files:
            told = given.replace('"', "%22")
            body += _write_part(f'name="{name}"; filename="{told}"', data)
        body += f"--{_BOUNDARY}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={_BOUNDARY}"}
        return self._ask(urllib.request.Request(self.address + path, data=body, headers=headers))

    def sign_in(self, name, password=PASSWORD, following="/"):
        return self.post("/account/sign-in", {"name": name, "password": password, "next": following})

    def _ask(self, request):
        answer = self._ask_once(request)
        while answer.status == 429 and self.is_patient and answer.headers.get("Retry-After") in ("1", "2"):
            time.sleep(1)
            answer = self._ask_once(request)
        return answer

    def _ask_once(self, request):
        try:
            with self._opener.open(request, timeout=30) as response:
                return Answer(response.status, response.headers, response.read())
        except urllib.error.HTTPError as error:
            with error:
                return Answer(error.code, error.headers, error.read())


def _write_part(disposition, value):
    head = f"--{_BOUNDARY}\r\nContent-Disposition: form-data; {disposition}\r\n\r\n"
    return head.encode() + value + b"\r\n"


def _spell(headers):
    return {name.replace("_", "-"): value for name, value in headers.items()}


def compute_code(key):
    """Give the present code of an authenticator that was given this key (base 32)."""
    from base64 import b32decode

    from django_otp.oath import TOTP

    totp = TOTP(b32decode(key), 30, 0, 6, 0)
    totp.time = time.time()
    return f"{totp.token():06d}"
