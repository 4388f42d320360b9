"""Whether tests reach enough of each room, branches counted: python -m tests.coverage_gate REPORT.json.

The report is that of `coverage json`, made by a run of all tests with `--cov`.
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

# Percent of lines and branches together.
LEAST = {"services": 95, "selectors": 95, "measures": 95, "importers": 95, "access": 95, "all": 90}


def rooms_of(path: str) -> set[str]:
    """The rooms that a file counts for: the folders it lies in, and "access" for the law of who may."""
    folders = set(Path(path).parts[:-1]) & set(LEAST)
    return {"all"} | folders | ({"access"} if Path(path).name == "access.py" else set())


def percent_by_room(files: Mapping[str, Any]) -> dict[str, float | None]:
    """What was reached of each room, in percent; None of a room without a single line."""
    reached, there = dict.fromkeys(LEAST, 0), dict.fromkeys(LEAST, 0)
    for path, file in files.items():
        told = file["summary"]
        for room in rooms_of(path):
            reached[room] += told["covered_lines"] + told["covered_branches"]
            there[room] += told["num_statements"] + told["num_branches"]
    return {room: 100 * reached[room] / there[room] if there[room] else None for room in LEAST}


def shortfalls(percents: Mapping[str, float | None]) -> list[str]:
    """A sentence for each room of which too little was reached; a room that is gone counts as such."""
    return [
        f"{room}: {_words(got)}, at least {LEAST[room]} % wanted"
        for room, got in percents.items()
        if got is None or got < LEAST[room]
    ]


def _words(percent: float | None) -> str:
    return "nothing was measured" if percent is None else f"{percent:.2f} %"


def main(report: Path) -> int:
    percents = percent_by_room(json.loads(report.read_text(encoding="utf-8"))["files"])
    for room, got in percents.items():
        print(f"{room:10} {_words(got)}")  # noqa: T201
    for sentence in (short := shortfalls(percents)):
        print(sentence, file=sys.stderr)  # noqa: T201
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
