"""Read documents in one process, and time it: what bench/speed.py runs for the reader's side of a comparison.

usage: reading.py DOCUMENTS.jsonl

Prints one line of JSON: what it read with, documents, CPU-seconds to start (imports, gazetteer, tables) and to read,
claims found. Every document is read once; nothing is kept from another run.
"""

import json
import sys
import time

from harmledger import __version__
from harmledger.pipeline.cycles import collect_rarely
from harmledger.pipeline.gather import gather_documents
from harmledger.pipeline.read import DocumentReader, ReadSettings


def main(path: str) -> int:
    gathered, _ = gather_documents((path,))
    collect_rarely()
    reader = DocumentReader(ReadSettings())
    started_s = time.process_time()
    claims = sum(len(reader.read(one).lines) for one in gathered)
    read_s = time.process_time() - started_s
    told = {"name": f"harmledger {__version__}", "documents": len(gathered), "start_s": started_s}
    print(json.dumps(told | {"read_s": read_s, "found": claims}))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
