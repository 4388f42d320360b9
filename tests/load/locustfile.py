"""What people do: read the pages of their kind, and enter numbers. Run by tests/load/__main__.py.

From the environment: PEOPLE (file of tests/load/people.py), STEPS ("10,60"), STEP_SECONDS, RESULT (file).
Written to RESULT: of every answer the step, what was asked, milliseconds and, where it failed, why.
"""

import html
import json
import os
import random
import re
import time
from pathlib import Path

from locust import FastHttpUser, LoadTestShape, between, events, task

STEPS = [int(step) for step in os.environ["STEPS"].split(",")]
STEP_SECONDS = int(os.environ["STEP_SECONDS"])
PEOPLE = json.loads(Path(os.environ["PEOPLE"]).read_text()) if os.environ.get("PEOPLE") else []
MONTH = "2026-01"
TOKEN = "t" * 32
FIELDS = {"source": "Surat beban 1", "as_of": "2026-01-31", "reason": "angka susulan"}

_began = time.monotonic()
_answers: list[tuple[int, str, float, str]] = []


class Ramp(LoadTestShape):
    """So many people for so many seconds, then the next step."""

    def tick(self) -> tuple[int, float] | None:
        step = int(self.get_run_time() // STEP_SECONDS)
        return (STEPS[step], max(20.0, STEPS[step] / 4)) if step < len(STEPS) else None


@events.test_start.add_listener
def begin(**_told: object) -> None:
    global _began  # noqa: PLW0603 -- one run a process
    _began = time.monotonic()


@events.request.add_listener
def note(name: str, response_time: float, exception: Exception | None, **_told: object) -> None:
    asked = time.monotonic() - _began - response_time / 1000
    step = min(int(asked // STEP_SECONDS), len(STEPS) - 1)
    # People come during the first seconds of a step; those are not counted as of its size.
    if exception or asked - step * STEP_SECONDS >= STEP_SECONDS / 5:
        _answers.append((step, name, response_time, str(exception) if exception else ""))


@events.quitting.add_listener
def write(**_told: object) -> None:
    Path(os.environ["RESULT"]).write_text(json.dumps(_answers))


class Person(FastHttpUser):
    """One of PEOPLE; between two clicks they read for one to three seconds."""

    abstract = not PEOPLE
    wait_time = between(1, 3)
    network_timeout = connection_timeout = 60.0

    def on_start(self) -> None:
        self.me = PEOPLE.pop()
        self.chance = random.Random(self.me["user"])
        self.revision, self.number = None, 0
        cookies = f"{os.environ['SESSION_COOKIE']}={self.me['session']}; {os.environ['CSRF_COOKIE']}={TOKEN}"
        self.headers = {"Cookie": cookies, "Accept-Encoding": "gzip"}

    def read(self, name: str, address: str) -> str:
        with self.client.get(
            address, name=name, headers=self.headers, catch_response=True, allow_redirects=False
        ) as answer:
            if answer.status_code != 200:
                answer.failure(f"{answer.status_code} {answer.headers.get('location', '')}")
            return answer.text or ""

    @task
    def click(self) -> None:
        if self.me["kind"] == "operator" and self.chance.random() < 0.5:
            self.enter()
            return
        board = f"/wilayah/{self.me['place']}/"
        pages = {
            "home": ("/", 3),
            "board": (board, 5),
            "categories": (f"{board}kategori/", 2),
            "money": (f"{board}uang/", 2),
            "terms": ("/istilah/", 1),
        }
        if self.me["kind"] == "operator":
            pages |= {"months": ("/bulan/", 1), "tasks": ("/tugas/", 1), "lists": ("/kiriman/", 1)}
        if self.me["kind"] != "viewer":
            # Leaders see closed months only, of which small example data have none.
            pages["earlier month"] = (f"{board}?periode=2025-{self.chance.randint(1, 12):02}", 2)
        if self.me["kind"] == "auditor":
            pages["comparison"] = (f"{board}antarwilayah/", 2)
        name = self.chance.choices(list(pages), [weight for _address, weight in pages.values()])[0]
        self.read(name, pages[name][0])

    def enter(self) -> None:
        """A number of the own regency, a little other than before, as the grid sends it."""
        grid = f"/isian/{self.me['place']}/{MONTH}/"
        if self.revision is None:
            self.open_grid(grid)
            return
        form = {
            **FIELDS,
            "typist": str(self.me["user"]),
            "enrolment": "members:bpu",
            "revision": self.revision,
            "value": str(self.number + self.chance.randrange(9)),
        }
        headers = {**self.headers, "X-CSRFToken": TOKEN, "Accept": "application/json"}
        with self.client.post(
            f"{grid}baris/", data=form, name="enter", headers=headers, catch_response=True
        ) as answer:
            if answer.status_code == 200:
                self.revision = answer.json()["row"]["revision"]
            else:
                answer.failure(f"{answer.status_code} {(answer.text or '')[:200]}")

    def open_grid(self, grid: str) -> None:
        page = self.read("grid", grid)
        row = re.search(r'data-enrolment="members:bpu"\s+data-revision="([^"]*)".*?</tr>', page, re.DOTALL)
        if row:
            self.revision = html.unescape(row.group(1))
            # Near what stands there, or was before: who jumps is asked why.
            numbers = re.findall(r">\s*([\d.]+)\s*<", row.group())
            self.number = int(numbers[0].replace(".", "")) if numbers else 5_000


class Stranger(FastHttpUser):
    """Asks the rival's only page."""

    abstract = bool(PEOPLE)
    wait_time = between(1, 3)

    @task
    def click(self) -> None:
        self.client.get("/", name="trivial")
