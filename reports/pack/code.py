"""The snapshot code: short enough to type from paper, long enough that nobody guesses one."""

# Crockford's letters: none is taken for another.
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LENGTH = 12


def code_of(sha256: str) -> str:
    bits = int(sha256[:15], 16)
    return "".join(_ALPHABET[bits >> 5 * place & 31] for place in reversed(range(_LENGTH)))


def grouped_code(code: str) -> str:
    """`0123456789AB` → `0123-4567-89AB`, as it is printed."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def typed_code(text: str) -> str:
    """What somebody typed from paper: hyphens and case do not matter, O is 0 and I or L is 1.

    The whole printed address is as good.
    """
    text = text.strip().rstrip("/").rpartition("/")[2]
    cleaned = "".join(letter for letter in text.upper() if letter.isalnum())
    return cleaned.translate(str.maketrans("OIL", "011"))[:40]
