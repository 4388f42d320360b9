"""Characters that nobody sees, taken out of text before it is stored, compared or shown."""

import re
import unicodedata
from typing import Any

# Breaks of lines and pages that are no line feed.
_BREAKS = dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), "\n")
# Letters and marks by category that are drawn as nothing.
_DRAWN_AS_NOTHING = (0x034F, 0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0)
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Cn"})
# What a workbook writes for a control character, and applications copy as text.
_ESCAPED = re.compile(r"_x(00[01][0-9A-Fa-f]|007[Ff]|FFF[EF])_")


# What no keyboard types and no clipboard holds: NUL and other control characters, halves of characters,
# code points that are none, and the mark of bytes that could not be read. Breaks of lines and pages come
# with pasted paragraphs and are made line feeds.
_NO_CHARACTERS = "".join(chr(plane << 16 | last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_IMPOSSIBLE = re.compile(f"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffd{_NO_CHARACTERS}]")


def is_possible(text: str) -> bool:
    """Whether a person can have typed or pasted it."""
    return (text.isascii() and text.isprintable()) or not _IMPOSSIBLE.search(text)


class _Kept(dict[int, "int | str | None"]):
    """For `str.translate`: each character looked up once, then remembered."""

    def __missing__(self, code: int) -> int | None:
        kept = None if unicodedata.category(chr(code)) in _UNSEEN else code
        self[code] = kept
        return kept


_KEPT = _Kept({9: 9, 10: 10, 13: 13, **_BREAKS, **dict.fromkeys(_DRAWN_AS_NOTHING)})


def plain_text(text: str) -> str:
    """The text without control characters, marks of direction and other things that are not seen.

    Tabs and line feeds stay; other breaks of lines become line feeds.
    """
    if text.isascii() and text.isprintable():
        return _ESCAPED.sub("", text) if "_x" in text else text
    return _ESCAPED.sub("", text).translate(_KEPT)


def plain_line(text: str) -> str:
    """The same as one line, its blanks single."""
    return " ".join(plain_text(text).split())


def plain_value(value: Any) -> Any:
    """The same for all text inside lists and mappings, their keys included."""
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, dict):
        return {plain_value(key): plain_value(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain_value(inner) for inner in value]
    return value
