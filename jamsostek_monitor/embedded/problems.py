import sys
from contextlib import suppress


class StartProblem(Exception):
    """Something the person at the keyboard can mend; the text says how."""


def notice(sentence: str) -> None:
    """Say something beside the command's own output, which programs may be reading.

    Where that goes into a file on a full disk, nobody hears of it, and the work goes on.
    """
    with suppress(OSError):
        print(sentence, file=sys.stderr, flush=True)
