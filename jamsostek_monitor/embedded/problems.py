import sys


class StartProblem(Exception):
    """Something the person at the keyboard can mend; the text says how."""


def notice(sentence: str) -> None:
    """Say something beside the command's own output, which programs may be reading."""
    print(sentence, file=sys.stderr, flush=True)
