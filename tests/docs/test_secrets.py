"""No secret is in the repository: no key, no password of a service, no file that a desk keeps for itself."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
NAMES = re.compile(
    r"(?:^|/)(?:desk\.secret|editions\.key|\.env|id_[a-z0-9]+|.*\.(?:pem|key|p12|pfx|sqlite))$"
)
WORDS = re.compile(
    rb"-----BEGIN [A-Z ]*PRIVATE KEY-----"
    rb"|\bAKIA[0-9A-Z]{16}\b"
    rb"|\bgh[pousr]_[0-9A-Za-z]{36}\b"
    rb"|(?:postgres(?:ql)?|mysql|https?)://[^\s:/@\"'{]+:[^\s:/@\"'{]{6,}@(?!example|localhost|127\.)"
    rb"|(?i:secret_key|api_key|auth_token)\s*=\s*[\"'][0-9A-Za-z+/_\-]{24,}[\"']"
)
"""Private keys, keys of services, addresses with a password in them, and keys written into the code."""


@pytest.fixture(scope="module")
def tracked():
    if not (ROOT / ".git").exists():
        pytest.skip("this is no checkout")
    told = subprocess.run(
        ["git", "ls-files", "-z"], timeout=120, cwd=ROOT, capture_output=True, check=True
    ).stdout
    return [name for name in told.decode().split("\0") if name and (ROOT / name).is_file()]


def test_no_file_is_one_that_holds_secrets(tracked):
    assert len(tracked) > 500
    assert [name for name in tracked if NAMES.search(name)] == []


def test_no_file_has_a_secret_in_it(tracked):
    found = [(name, WORDS.search((ROOT / name).read_bytes())) for name in tracked]
    assert [(name, match[0][:60]) for name, match in found if match] == []


@pytest.mark.parametrize(
    "text",
    [
        b"-----BEGIN RSA PRIVATE " + b"KEY-----",
        b"AKIA" + b"ABCDEFGHIJKLMNOP",
        b"postgresql://somebody:" + b"not-a-word@db.internal/desk",
        b'SECRET_KEY = "' + b"x" * 30 + b'"',
    ],
)
def test_a_secret_would_be_found(text):
    assert WORDS.search(text)
