"""What a drill tells while it goes, with the seconds since its beginning."""

import time

_BEGAN = time.monotonic()


def step(words: str) -> None:
    print(f"{time.monotonic() - _BEGAN:7.1f} s  {words}", flush=True)
