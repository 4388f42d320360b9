"""Solves the question on standard input: a line of JSON for each search, and two for the answer."""

import json
import sys
from dataclasses import asdict

from budgets.planning.answer import Stage
from budgets.planning.codec import read_question, write_answer
from budgets.planning.solve import enriched, solve


def _tell(**line: object) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def _told(stage: Stage) -> None:
    _tell(stage=asdict(stage))


def main() -> None:
    """The plan is told before what else would be bought: who is killed meanwhile has it already."""
    question = read_question(sys.stdin.read())
    answer = solve(question, _told)
    _tell(answer=write_answer(answer))
    _tell(answer=write_answer(enriched(question, answer)))


if __name__ == "__main__":
    main()
