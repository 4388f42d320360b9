"""Damaged files by the hundred, read in a process of its own so that its peak of memory is theirs.

Each file ends as a report whose counts add up or as a refusal in a sentence; anything else is an error.
"""

import json
import os
import random
import re
import sys
import tempfile
import time
import zipfile
from datetime import date
from pathlib import Path

from participants.importers.list_report import read_list
from participants.importers.refusal import ListRefused
from tests.participants import made_files
from tests.participants.made_files import HEADER, person

TODAY = date(2026, 11, 21)
PERSONS = [person(serial) for serial in range(1, 6)]
SEEDS = [
    made_files.xlsx({"A": [["JUDUL"], HEADER, *PERSONS]}),
    made_files.ods([HEADER, *PERSONS]),
    made_files.csv([HEADER, *PERSONS]),
    b"<table><tr>" + b"</tr><tr>".join(b"<td>" + str(p[1]).encode() for p in PERSONS) + b"</table>",
]
OFFENDING = [b"\0", b"\xff", b'"', b"<", b"9" * 40, b"1e999", b"\x1a", b";" * 30]


def mutate(content: bytes, chance: random.Random) -> bytes:
    """Bytes changed, cut, doubled; for archives often inside an entry, so that the wrapping stays whole."""
    if content.startswith(b"PK") and chance.random() < 0.7:
        return _mutate_inside(content, chance)
    changed = bytearray(content)
    for _ in range(chance.randint(1, 8)):
        if not changed:
            break
        at = chance.randrange(len(changed))
        act = chance.randrange(4)
        if act == 0:
            changed[at] = chance.randrange(256)
        elif act == 1:
            del changed[at : at + chance.randint(1, 60)]
        elif act == 2:
            changed[at:at] = changed[max(0, at - 40) : at]
        else:
            changed[at:at] = chance.choice(OFFENDING)
    return bytes(changed)


def _mutate_inside(content: bytes, chance: random.Random) -> bytes:
    path_like = made_files.BytesIO(content)
    with zipfile.ZipFile(path_like) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    name = chance.choice(sorted(parts))
    parts[name] = mutate(parts[name], chance)
    return made_files.zipped(parts)


def read_damaged(seed: int, path: Path) -> None:
    chance = random.Random(seed)
    began = time.process_time()
    for _ in range(int(os.environ.get("FUZZ_FILES", "60"))):
        path.write_bytes(mutate(chance.choice(SEEDS), chance))
        try:
            report = read_list(path, region="36.72", today=TODAY)
        except ListRefused:
            continue
        assert report.rows == report.ok + sum(report.refused.values()), seed
        assert not re.search(r"\d{14}", json.dumps([fault.value for fault in report.faults])), seed
        assert time.process_time() - began < 30, seed


def read_all(seeds: list[str]) -> None:
    """Reads the files of each seed and writes the peak of memory in kB."""
    with tempfile.TemporaryDirectory() as folder:
        for seed in seeds:
            read_damaged(int(seed), Path(folder) / "daftar.xlsx")
    # Unlike ru_maxrss this forgets what the parent of the process was before.
    peak = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    sys.stdout.write(peak[1] if peak else "")
