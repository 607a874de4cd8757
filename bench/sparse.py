"""Add files that are 2 GB long and nearly all hole, and see that memory, disk and the message stay small.

usage: sparse.py [--size BYTES]

Each file begins as its kind does and then holds nothing but zeros, which cost the sender nothing. Exit code 1 where
adding one takes more than a quarter of a gigabyte of memory or a tenth of its size on disk, or says nothing.
"""

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

MOST_MEMORY = 256 << 20
LINE = "Shelling killed two people in the village on Monday, residents said.\n"
MAIL = (
    "From: a@example.org\nDate: Mon, 22 Jul 2019 10:00:00 +0000\nMessage-ID: <1@example.org>\nSubject: x\n\n"
)
OPENINGS = {
    "zeros.bin": "",
    "text.txt": LINE * 2000,
    "page.html": f"<html><body>{LINE * 2000}",
    "mail.eml": MAIL + LINE * 2000,
    "mails.mbox": f"From a@example.org Mon Jul 22 10:00:00 2019\n{MAIL}{LINE}\n" * 500,
    "table.csv": "text\n" + f'"{LINE.strip()}"\n' * 2000,
    "lines.jsonl": f'{{"text": "{LINE.strip()}"}}\n' * 2000,
    "chat.json": '{"messages": [' + f'{{"id": 1, "text": "{LINE.strip()}"}},\n' * 2000,
}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=2 << 30)
    size = parser.parse_args().size
    with tempfile.TemporaryDirectory() as home:
        return max([add_sparse(Path(home), name, opening, size) for name, opening in OPENINGS.items()])


def add_sparse(home: Path, name: str, opening: str, size: int) -> int:
    source = home / name
    source.write_text(opening)
    os.truncate(source, size)
    case = home / f"case-{name}"
    run_command("init", str(case), "-q")
    said, usage = run_command("add", str(case), str(source))
    memory = usage.ru_maxrss << 10
    disk = sum(path.stat().st_blocks * 512 for path in case.rglob("*"))
    told = next((line.strip() for line in said.splitlines() if line.startswith(f"  {name}")), "")
    is_sound = memory <= MOST_MEMORY and disk <= max(size // 10, 32 << 20) and bool(told)
    seconds = usage.ru_utime + usage.ru_stime
    print(f"{name:12} {seconds:5.1f} s CPU {memory >> 20:4} MB {disk >> 20:5} MB on disk  {told}")
    return int(not is_sound)


def run_command(*arguments: str) -> tuple[str, "os.struct_rusage"]:
    program = "import sys; from harmledger.desk.main import main; sys.exit(main())"
    with subprocess.Popen(
        [sys.executable, "-c", program, *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
    ) as running:  # fmt: skip
        said = running.stdout.read() if running.stdout else ""
        _, status, usage = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    return said, usage


if __name__ == "__main__":
    sys.exit(main())
