"""A question solved in a process of its own, killed when it takes longer than it may.

HiGHS does not keep its time limit everywhere, and would hold a worker or a web process as long.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Timer
from typing import IO

from budgets.planning.answer import PlanAnswer, Stage
from budgets.planning.codec import read_answer, read_stage, write_question
from budgets.planning.question import PlanQuestion

_ROOT = Path(__file__).resolve().parents[2]
# Building the programme, and what HiGHS takes beyond its limit.
_GRACE = 20.0


class SolverStopped(Exception):
    """The search was killed, or broke off; `args` say with what exit code."""


def solve_apart(question: PlanQuestion, told: Callable[[Stage], None] = lambda _stage: None) -> PlanAnswer:
    """Raises SolverStopped. `told` hears of each search as it ends."""
    has_more = bool(question.curve or question.step)
    limit = question.seconds * (2 if has_more else 1) + _GRACE
    with tempfile.TemporaryFile("w+") as asked:
        asked.write(write_question(question))
        asked.seek(0)
        with _started(asked) as process:
            killer = Timer(limit, process.kill)
            killer.start()
            try:
                answer = read_told(process.stdout, told)
            finally:
                killer.cancel()
                process.kill()
        code = process.returncode
    if answer is None:
        raise SolverStopped(code)
    return answer


def _started(asked: IO[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "budgets.planning"],
        stdin=asked,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=_ROOT,
        env={**os.environ, "PYTHONPATH": str(_ROOT), "OMP_NUM_THREADS": "1"},
    )


def read_told(lines: IO[str] | None, told: Callable[[Stage], None]) -> PlanAnswer | None:
    """The last answer told, which is the plan alone where the process was killed over the rest."""
    answer = None
    for line in _json_lines(lines):
        if "answer" in line:
            answer = read_answer(line["answer"])
        else:
            told(read_stage(line["stage"]))
    return answer


def _json_lines(lines: IO[str] | None) -> Iterator[dict[str, dict[str, object]]]:
    for line in lines or ():
        # HiGHS greets on standard output when it is loaded.
        if line.startswith("{"):
            yield json.loads(line)
