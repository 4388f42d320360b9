"""Entry, lists and packs through the API, each asked again with its key until it is acknowledged."""

import http.client
import json
import random
import time
import uuid
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event, Lock, Thread
from typing import Any

HOST = "127.0.0.1"
PATIENCE = 300
ROWS = 40


@dataclass
class Told:
    """What was acknowledged, and what else was answered. Filled by all threads."""

    figures: dict[str, list[int]] = field(default_factory=dict)
    batches: dict[str, int] = field(default_factory=dict)
    jobs: list[int] = field(default_factory=list)
    lists: int = 0
    answers: Counter[str] = field(default_factory=Counter)
    acknowledged: int = 0
    # Answers of 500 and more that name no number under which the log tells more.
    numberless: list[str] = field(default_factory=list)
    given_up: list[str] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def next_list(self) -> int:
        """No two lists name the same people, whoever sends them and under whichever fault."""
        with self.lock:
            self.lists += 1
            return self.lists


class Caller(Thread):
    """One program at its work until it is told to stop; what is under way is brought to its end."""

    def __init__(self, port: int, caller: dict[str, str], told: Told, stop: Event) -> None:
        super().__init__(daemon=True)
        self.port, self.region, self.told, self.ended = port, caller["region"], told, stop
        self.headers = {"Authorization": f"Bearer {caller['token']}", "Content-Type": "application/json"}
        self.chance = random.Random()

    def run(self) -> None:
        works: list[Callable[[], None]] = [*[self.enter] * 8, self.send_list, self.make_pack]
        while not self.ended.is_set():
            self.chance.choice(works)()

    def enter(self) -> None:
        """A figure of one of six months, other than before."""
        month = f"2025-{self.chance.randint(1, 6):02}-01"
        key = f"{self.region} {month}"
        before = self.told.figures.get(key, [])
        value = (before[-1] if before else 5_000) + self.chance.randint(1, 9)
        row = {"region": self.region, "month": month, "segment": "bpu", "members": value}
        row |= {"source": "Surat gangguan", "as_of": "2025-12-31"}
        if self.ask("POST", "facts/membership-count/?overwrite=true", {"rows": [row], "reason": "susulan"}):
            self.told.figures.setdefault(key, []).append(value)

    def send_list(self) -> None:
        """A list of people whom no other list has; confirmed once it has been read."""
        first = self.told.next_list() * ROWS
        rows = [
            {"nik": f"367201{1 + n // 9999 % 28:02}0465{n % 9999 + 1:04}", "name": f"Orang {_letters(n)}"}
            for n in range(first, first + ROWS)
        ]
        terms = {"region": self.region, "category": "linmas", "funding": "apbd_kabkota"}
        terms |= {"first_month": "2026-01", "source": "SK gangguan", "as_of": "2026-01-31"}
        sent = self.ask("POST", "batches/", {"terms": terms, "rows": rows})
        if (
            sent
            and self.until_checked(sent["id"])
            and self.ask("POST", f"batches/{sent['id']}/confirmation/")
        ):
            self.told.batches[str(sent["id"])] = ROWS

    def until_checked(self, pk: int) -> bool:
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            state = (self.ask("GET", f"batches/{pk}/") or {}).get("state")
            if state in ("checked", "refused"):
                return state == "checked" or self.give_up(f"list {pk} was refused")
            time.sleep(0.5)
        return self.give_up(f"list {pk} was never read")

    def make_pack(self) -> None:
        """Seldom: a pack takes longer than all the rest."""
        if self.chance.random() < 0.5:
            job = self.ask("POST", "pack-jobs/", {"region": self.region, "period": "month-2025-06"})
            if job:
                self.told.jobs.append(job["id"])

    def ask(self, method: str, address: str, body: Any = None) -> Any:
        """What was answered with 2xx; again with the same key for as long as it is not answered or 5xx."""
        key = str(uuid.UUID(int=self.chance.getrandbits(128)))
        headers = {**self.headers, "Idempotency-Key": key} if method == "POST" else self.headers
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            status, text = self.once(method, f"/api/v1/{address}", body, headers)
            if 200 <= status < 300:
                with self.told.lock:
                    self.told.acknowledged += method == "POST"
                return json.loads(text)
            if 400 <= status < 500 and status not in (409, 429):
                self.give_up(f"{status} {method} {address}: {text[:300]}")
                return None
            time.sleep(0.3)
        self.give_up(f"never answered: {method} {address}")
        return None

    def once(self, method: str, path: str, body: Any, headers: dict[str, str]) -> tuple[int, str]:
        """0 where the connection failed."""
        client = http.client.HTTPConnection(HOST, self.port, timeout=30)
        try:
            client.request(method, path, json.dumps(body) if body is not None else None, headers)
            answer = client.getresponse()
            status, text = answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            status, text = 0, ""
        finally:
            client.close()
        with self.told.lock:
            self.told.answers[str(status)] += 1
            if status >= 500 and '"number"' not in text and "Nomor kejadian" not in text:
                self.told.numberless.append(f"{status} {path}: {text[:200]}")
        return status, text

    def give_up(self, why: str) -> bool:
        with self.told.lock:
            self.told.given_up.append(why)
        return False


def _letters(number: int) -> str:
    return "".join(chr(97 + int(digit)) for digit in str(number))
