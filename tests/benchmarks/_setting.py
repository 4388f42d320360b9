"""What every benchmark shares: a filled scratch database, a clock, and the printing of results."""

import argparse
import json
import os
import time
from collections.abc import Callable
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jamsostek_monitor.settings")


def arguments(
    description: str, default_rows: int, small_rows: int, *, has_floor: bool = False
) -> argparse.Namespace:
    """`--json`, `--small` and `--rows N`; what a row is, each program says."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--json", action="store_true", dest="as_json")
    parser.add_argument("--small", action="store_true", help="seconds instead of minutes")
    parser.add_argument("--rows", type=int)
    if has_floor:
        parser.add_argument(
            "--most-floors", type=float, help="fail where it takes longer than so many floors; no rival runs"
        )
    options = parser.parse_args()
    options.rows = options.rows or (small_rows if options.small else default_rows)
    return options


def start() -> None:
    django.setup()


def timed(work: Callable[[], Any], repeat: int = 1) -> float:
    """Seconds of the fastest of `repeat` runs: the least disturbed by the noise of the machine."""
    best = float("inf")
    for _run in range(repeat):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best


def report(results: dict[str, Any], as_json: bool) -> None:
    rounded = {
        name: round(value, 4) if isinstance(value, float) else value for name, value in results.items()
    }
    if as_json:
        print(json.dumps(rounded))
        return
    width = max(map(len, rounded))
    for name, value in rounded.items():
        print(f"{name:<{width}}  {value}")
