"""Faults at random moments while programs enter, send lists and make packs: ./script/faults.

Nothing acknowledged may be lost or done twice, no error may go without a number, and the installation must
come back without hands. Ends with status 1 where any of this fails.
"""

import argparse
import json
import random
import signal
import statistics
import sys
import time
from dataclasses import dataclass, field
from threading import Event
from typing import Any

from jamsostek_monitor.embedded.places import Places
from tests.faults.installation import Installation
from tests.faults.kinds import KINDS, Fault, clock_environment
from tests.faults.work import Caller, Told

CALLERS = 4


@dataclass
class Row:
    """What was seen of one kind."""

    name: str
    skipped: str = ""
    times: int = 0
    seconds: list[float] = field(default_factory=list)
    acknowledged: int = 0
    answers: dict[str, int] = field(default_factory=dict)
    numberless: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def is_well(self) -> bool:
        return not (self.numberless or self.given_up or self.wrong)


def tried(at: Installation, fault: Fault, times: int, callers: list[dict[str, str]], told: Told) -> Row:
    """All rounds of one kind under work, then the truth."""
    row = Row(fault.name, skipped=fault.why_not(at))
    if row.skipped:
        return row
    stop, before = Event(), (told.acknowledged, told.answers.copy())
    numberless, given_up = len(told.numberless), len(told.given_up)
    workers = [Caller(at.port, caller, told, stop) for caller in callers]
    for one in workers:
        one.start()
    for _round in range(times):
        time.sleep(fault.chance.uniform(0.5, 5))
        fault.inflict(at)
        fault.take_back(at)
        try:
            row.seconds.append(at.seconds_until_well())
        except TimeoutError as error:
            row.wrong.append(str(error))
            break
        row.times += 1
        print(f"{fault.name}: {row.times} of {times}, well after {row.seconds[-1]:.1f} s", file=sys.stderr)
    stop.set()
    for one in workers:
        one.join()
    row.acknowledged = told.acknowledged - before[0]
    row.answers = dict(told.answers - before[1])
    row.numberless, row.given_up = told.numberless[numberless:], told.given_up[given_up:]
    row.wrong += truth(at, told)
    return row


def truth(at: Installation, told: Told) -> list[str]:
    file = at.places.var / "told.json"
    file.write_text(json.dumps({"figures": told.figures, "batches": told.batches, "jobs": told.jobs}))
    found: list[str] = json.loads(at.command("tests.faults.truth", str(file)).splitlines()[-1])
    return found


def table(rows: list[Row]) -> str:
    lines = ["| fault | times | well again after, median / longest | acknowledged | cut off / 5xx | wrong |"]
    lines.append("|---|---|---|---|---|---|")
    for row in rows:
        if row.skipped:
            lines.append(f"| {row.name} | skipped: {row.skipped} | | | | |")
            continue
        times = f"{statistics.median(row.seconds or [0]):.1f} s / {max(row.seconds, default=0):.1f} s"
        failed = sum(count for status, count in row.answers.items() if status.startswith("5"))
        wrong = len(row.wrong) + len(row.numberless) + len(row.given_up)
        cells = (row.name, row.times, times, row.acknowledged, f"{row.answers.get('0', 0)} / {failed}", wrong)
        lines.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(lines)


def main() -> int:
    parser = argparse.ArgumentParser(prog="./script/faults", description=__doc__)
    parser.add_argument("--times", type=int, default=20, help="of each kind")
    parser.add_argument("--only", default="", help="part of the name of a kind")
    parser.add_argument("--json", action="store_true", dest="as_json")
    given = parser.parse_args()
    var = Places.from_environment().var
    at = Installation(var, clock_environment(var))
    # Whoever ends us ends the server, too.
    signal.signal(signal.SIGTERM, lambda *_told: sys.exit(143))
    chance, told, rows = random.Random(), Told(), list[Row]()
    at.start()
    try:
        at.seconds_until_well(patience=1_200)
        callers: list[dict[str, Any]] = json.loads(at.command("tests.faults.callers", str(CALLERS)))
        for kind in KINDS:
            if given.only in kind.name:
                rows.append(tried(at, kind(chance), given.times, callers, told))
    finally:
        at.stop()
    for row in rows:
        for sentence in (*row.wrong, *row.numberless, *row.given_up):
            print(f"{row.name}: {sentence}", file=sys.stderr)
    print(json.dumps([vars(row) for row in rows]) if given.as_json else table(rows))
    return 0 if all(row.is_well for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
