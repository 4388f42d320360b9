"""People who read and enter on a server as `./script/server` starts it, more of them from step to step.

Before them a Django of one view answers the same numbers of people on the same web server: the rival.
"""

import argparse
import json
import os
import re
import socket
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

from jamsostek_monitor.embedded.places import CHECKOUT, Places
from jamsostek_monitor.embedded.supervision import programs

HERE = Path(__file__).parent
HOST = "127.0.0.1"
# What a command line shows, and what we call it. PostgreSQL writes over what would tell whose it is.
_MARKS = {"gunicorn": "web", " worker": "workers", " beat": "beat"}


def run(var: Path, locust: Path, steps: list[int], step_seconds: int) -> dict[str, Any]:
    """Of the rival and of the application: by step requests a second, p50 and p95 in ms, and failures."""
    var.mkdir(parents=True, exist_ok=True)
    told: dict[str, Any] = {"think_seconds": [1, 3], "step_seconds": step_seconds}
    with trivial_server() as port:
        told["trivial"] = ramp(locust, port, var, steps, min(step_seconds, 15), {})
    with application(var) as port:
        people = var / "people.json"
        command = [sys.executable, "-m", "jamsostek_monitor.embedded", "run", "--"]
        command += [sys.executable, "-m", "tests.load.people", str(max(steps))]
        people.write_bytes(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        names = {"SESSION_COOKIE": "sessionid", "CSRF_COOKIE": "csrftoken", "PEOPLE": str(people)}
        with Memory(var, step_seconds) as told["memory_mb"]:
            told["application"] = ramp(locust, port, var, steps, step_seconds, names)
    return told


def ramp(
    locust: Path, port: int, var: Path, steps: list[int], step_seconds: int, more: dict[str, str]
) -> dict[str, Any]:
    result = var / "answers.json"
    environment = {
        "STEPS": ",".join(map(str, steps)),
        "STEP_SECONDS": str(step_seconds),
        "RESULT": str(result),
        "PATH": os.environ["PATH"],
        "LOCUST_SKIP_URLLIB3_PATCH": "1",
        **more,
    }
    command = [str(locust), "-f", str(HERE / "locustfile.py"), "--headless", "--only-summary"]
    command += ["--host", f"http://{HOST}:{port}", "--loglevel", "WARNING", "--exit-code-on-error", "0"]
    subprocess.run(command, env=environment, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    answers = json.loads(result.read_text())
    counted = step_seconds * 4 / 5
    return {
        "by_people": {
            str(people): summary([one for one in answers if one[0] == step], counted)
            for step, people in enumerate(steps)
        },
        "by_page": {
            name: summary([one for one in answers if one[1] == name], counted * len(steps))
            for name in sorted({one[1] for one in answers})
        },
    }


def summary(answers: list[list[Any]], seconds: float) -> dict[str, Any]:
    taken = sorted(milliseconds for _step, _name, milliseconds, fault in answers if not fault)
    # The status stays, the numbers of people and places in what was said do not.
    faults = Counter(fault[:3] + re.sub(r"\d+(\.\d+)?", "…", fault[3:]) for *_rest, fault in answers if fault)
    return {
        "requests_per_second": round(len(taken) / seconds, 1),
        "p50_ms": round(statistics.median(taken)) if taken else None,
        "p95_ms": round(taken[int(len(taken) * 0.95)]) if taken else None,
        "errors": sum(faults.values()),
        "faults": dict(faults.most_common(5)),
    }


def free_port() -> int:
    with socket.socket() as free:
        free.bind((HOST, 0))
        return int(free.getsockname()[1])


def answers(port: int) -> bool:
    with socket.socket() as client:
        return client.connect_ex((HOST, port)) == 0


@contextmanager
def trivial_server() -> Iterator[int]:
    port = free_port()
    command = programs(Places.from_environment(), HOST, port)["web"]
    command = [part.replace("jamsostek_monitor.wsgi", "tests.load.trivial") for part in command]
    with subprocess.Popen([sys.executable, "-m", *command]) as server:
        while not answers(port) and server.poll() is None:
            time.sleep(0.1)
        try:
            yield port
        finally:
            server.terminate()


@contextmanager
def application(var: Path) -> Iterator[int]:
    port = free_port()
    environment = {**os.environ, "JAMSOSTEK_VAR": str(var), "PORT": str(port), "EXAMPLE_DATA": "small"}
    os.environ["JAMSOSTEK_VAR"] = str(var)
    command = [str(CHECKOUT / "script" / "server")]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        try:
            if not any(line.startswith("ready ") for line in server.stdout):
                raise SystemExit("the server did not come up; its log stands above")
            yield port
        finally:
            server.terminate()


def memory(var: Path) -> dict[str, int]:
    """MB by program: of what processes share each counts its part."""
    found = dict.fromkeys(_MARKS.values(), 0)
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if f"JAMSOSTEK_VAR={var}".encode() not in (folder / "environ").read_bytes():
                continue
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            shares = re.findall(r"^Pss:\s+(\d+)", (folder / "smaps_rollup").read_text(), flags=re.MULTILINE)
        except OSError:
            continue
        for program in [name for mark, name in _MARKS.items() if mark in command][:1]:
            found[program] += sum(map(int, shares))
    return {name: kilobytes // 1024 for name, kilobytes in found.items()}


class Memory(Thread):
    """Looked at before, once a step, and after."""

    def __init__(self, var: Path, seconds: int) -> None:
        super().__init__(daemon=True)
        self.var, self.seconds, self.ended = var, seconds, Event()
        self.seen = [memory(var)]

    def __enter__(self) -> list[dict[str, int]]:
        self.start()
        return self.seen

    def __exit__(self, *_told: object) -> None:
        self.ended.set()
        self.join()
        self.seen.append(memory(self.var))

    def run(self) -> None:
        while not self.ended.wait(self.seconds):
            self.seen.append(memory(self.var))


def tell(told: dict[str, Any]) -> None:
    for who in ("trivial", "application"):
        print(f"\n{who:14}{'people':>8}{'req/s':>8}{'p50 ms':>8}{'p95 ms':>8}{'errors':>8}")
        for kind in ("by_people", "by_page"):
            for name, row in told[who][kind].items():
                *numbers, faults = row.values()
                print(f"{'':14}{name:>14}" + "".join(f"{value!s:>8}" for value in numbers), faults or "")
    print("\nmemory, MB: before, at the end of each step, after")
    for program in told["memory_mb"][0]:
        print(f"{program:14}", *(f"{seen[program]:6}" for seen in told["memory_mb"]))


def main() -> None:
    parser = argparse.ArgumentParser(prog="./script/load", description=__doc__)
    parser.add_argument("--json", action="store_true", dest="as_json")
    parser.add_argument("--steps", default="10,30,60,100,200,300,400")
    parser.add_argument("--seconds", type=int, default=43, help="of each step; seven of 43 are five minutes")
    parser.add_argument("--locust", type=Path, required=True, help="the program, given by ./script/load")
    given = parser.parse_args()
    told = run(
        Places.from_environment().var, given.locust, [*map(int, given.steps.split(","))], given.seconds
    )
    if given.as_json:
        print(json.dumps(told))
    else:
        tell(told)


if __name__ == "__main__":
    main()
