"""Writers that remember what was acknowledged to them."""

import threading
import time
from contextlib import suppress
from dataclasses import dataclass, field
from statistics import median

import psycopg2

from tests.drills.machines import Machine

_WRITE = "INSERT INTO drill_writes (writer, number, words) VALUES (%s, %s, repeat('x', 800))"


@dataclass
class Writer:
    """One connection at a time, one row per transaction, a new connection where the old one is gone."""

    number: int
    machine: Machine
    address: str
    acknowledged: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    first_after_loss: float | None = None
    _lost_at: float | None = None

    def go_on(self, ends: threading.Event) -> None:
        row = 0
        while not ends.is_set():
            with suppress(psycopg2.Error), self.machine.inside():
                connection = psycopg2.connect(self.address)
                try:
                    connection.autocommit = True
                    while not ends.is_set():
                        # A number that was cut off is never used again: it may or may not be there.
                        row += 1
                        self._write(connection, row)
                finally:
                    connection.close()
            time.sleep(0.05)

    def _write(self, connection: "psycopg2.extensions.connection", row: int) -> None:
        began = time.monotonic()
        try:
            with connection.cursor() as cursor:
                cursor.execute(_WRITE, [self.number, row])
        except psycopg2.Error:
            self._lost_at = self._lost_at or began
            raise
        self.acknowledged.append(row)
        self.seconds.append(time.monotonic() - began)
        if self._lost_at and self.first_after_loss is None:
            self.first_after_loss = time.monotonic() - self._lost_at


class Writers:
    def __init__(self, machine: Machine, address: str, count: int, first: int) -> None:
        self.writers = [Writer(first + number, machine, address) for number in range(count)]
        self.ends = threading.Event()
        self.threads = [
            threading.Thread(target=one.go_on, args=[self.ends], daemon=True) for one in self.writers
        ]

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def end(self) -> None:
        self.ends.set()
        for thread in self.threads:
            thread.join(60)

    @property
    def acknowledged(self) -> set[tuple[int, int]]:
        return {(one.number, row) for one in self.writers for row in list(one.acknowledged)}

    @property
    def milliseconds(self) -> float:
        return median(second for one in self.writers for second in one.seconds) * 1000

    @property
    def away_seconds(self) -> float:
        return max(one.first_after_loss or 0 for one in self.writers)
