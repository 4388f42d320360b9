"""Solves the question on standard input: a line of JSON for each search, and the answer as the last one."""

import json
import sys
from dataclasses import asdict

from budgets.planning.answer import Stage
from budgets.planning.codec import read_question, write_answer
from budgets.planning.solve import solve


def _tell(**line: object) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def _told(stage: Stage) -> None:
    _tell(stage=asdict(stage))


if __name__ == "__main__":
    _tell(answer=write_answer(solve(read_question(sys.stdin.read()), _told)))
