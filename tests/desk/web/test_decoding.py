"""What requests decode is known before threads decode it."""

import re
from pathlib import Path

import harmledger

SOURCE = Path(harmledger.__file__).parent
COMMANDS_ALONE = {"pipeline.downloads", "pipeline.fuse_crew", "pipeline.linking", "pipeline.packed_claims"}
"""Modules with decoders that run in processes of their own, with one thread."""

LINES = """
import sys, threading
from harmledger.desk.web.application import make_application
make_application(Path(FOLDER))
print(*sorted(name for name in sys.modules if name.startswith("harmledger.")))
import msgspec
from harmledger.records.claim import Claim
from harmledger.records.document import Document
from harmledger.records.incident import Incident
from harmledger.records.judgement import Judgement
from harmledger.records.signing import Signing
kinds = (Claim, Document, Incident, Judgement, Signing)
assert all("__msgspec_cache__" in vars(kind) for kind in kinds)
sys.setswitchinterval(1e-6)
barrier = threading.Barrier(10)
def build(kind):
    barrier.wait()
    msgspec.json.Decoder(kind)
threads = [threading.Thread(target=build, args=(kind,)) for kind in (*kinds, *kinds)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print("alive")
"""


def list_decoding():
    """Give the modules of store and pipeline that make decoders as they are imported."""
    for room in ("store", "pipeline"):
        for path in sorted((SOURCE / room).glob("*.py")):
            if re.search(r"(?m)^_\w+.* = msgspec\.\w+\.Decoder\(", path.read_text("utf-8")):
                yield f"{room}.{path.stem}"


def test_every_type_is_met_before_there_are_threads(built, inside):
    modules, alive = inside(LINES.replace("FOLDER", repr(str(built))), built).splitlines()
    assert alive == "alive"
    decoding = set(list_decoding()) - COMMANDS_ALONE
    assert decoding
    assert {f"harmledger.{name}" for name in decoding} <= set(modules.split())
