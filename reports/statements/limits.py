"""How long a text may be: reading takes longer the more numbers one sentence has."""

import re

from reports.statements.tokens import tokens_of

MOST_SIGNS = 40_000
MOST_NUMBERS = 500
_NUMBER = re.compile(r"\d+")


def is_too_long(text: str) -> bool:
    """Longer than a long article, or full of numbers as a table is."""
    if len(text) > MOST_SIGNS or len(_NUMBER.findall(text)) > 2 * MOST_NUMBERS:
        return True
    return len(tokens_of(text)) > MOST_NUMBERS
