"""Text with one sign for each kind of blank, hyphen, digit and quotation mark; no sign changes its place."""

import unicodedata

_DASHES = dict.fromkeys("‐‑‒–—―−﹣－", "-")
_QUOTES = {**dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‘’‚‛′`", "'")}
_CHANGED = str.maketrans({**_DASHES, **_QUOTES, "×": "x", "\t": " "})


def folded(text: str) -> str:
    """As long as the text, so that places in one are places in the other."""
    return "".join(_one(sign) for sign in text).translate(_CHANGED)


def _one(sign: str) -> str:
    if ord(sign) < 128:
        return sign
    if unicodedata.category(sign) == "Zs":
        return " "
    plain = unicodedata.normalize("NFKC", sign)
    return plain if len(plain) == 1 and (plain.isdigit() or plain.isascii()) else sign
