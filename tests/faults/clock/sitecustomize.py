"""Python imports this by its name at every start: the clock on the wall goes as far ahead as a file says.

Only processes of Python have it, so that their clock and PostgreSQL's differ, as those of two machines may.
The clock by which waiting is measured never jumps, here as anywhere.
"""

import os
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import time_machine

_FILE = Path(os.environ["FAULTS_CLOCK"])


def _follow() -> None:
    traveller, offset = None, 0
    while True:
        try:
            wanted = int(_FILE.read_text())
        except (OSError, ValueError):
            wanted = offset
        if wanted != offset:
            if traveller is not None:
                traveller.stop()
                traveller = None
            if wanted:
                traveller = time_machine.travel(datetime.now(UTC) + timedelta(seconds=wanted), tick=True)
                traveller.start()
            offset = wanted
        time.sleep(0.2)


def _begin() -> None:
    threading.Thread(target=_follow, daemon=True, name="clock").start()


_begin()
# A fork has the time of its parent and no thread that would take it back.
os.register_at_fork(after_in_child=_begin)
