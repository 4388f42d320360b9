"""Numbers of persons inside free text (NIK, KK, KPJ, telephone), found and made unreadable.

Codes of budgets have as many digits; they stand between dots in groups of other sizes, and longer runs of
such groups are never touched. Dates, amounts and hexadecimal digests are no numbers of persons.
"""

import re
from typing import Any

# A letter that is typed, or read by a scanner, for a digit; most signs must be digits.
_SIGN = r"[0-9OoIl]"
_GAP = r"[ \u00a0.\-\u2010-\u2013'’_]"
_BEFORE = r"(?<![0-9])(?<![0-9][.\-])"
_AFTER = r"(?![0-9])(?![.\-][0-9])"
_DIGEST = r"(?<![0-9A-Za-z])(?=[0-9]*[a-f])[0-9a-f]{32,}(?![0-9A-Za-z])"
# 16 digits, whole or in groups as people write them: 367201 070465 0001, 3672.0107.0465.0001.
_SIXTEEN = re.compile(rf"{_DIGEST}|{_BEFORE}[0-9](?:{_GAP}?{_SIGN}){{15}}{_AFTER}")
_TELEPHONE = re.compile(rf"{_DIGEST}|{_BEFORE}(?:\+?62|0){_GAP}?8[1-9](?:{_GAP}?[0-9]){{7,10}}{_AFTER}")
# Eleven digits are many things; beside the word they are a member's number.
_KPJ = re.compile(rf"(\bKPJ\b\W{{0,3}}(?:no(?:mor)?\W{{0,3}})?)[0-9](?:{_GAP}?{_SIGN}){{10}}{_AFTER}", re.I)
_LEAST_DIGITS = 9
# Sizes of groups that are something else: two dates.
_DATES = {(4, 2, 2, 4, 2, 2), (2, 2, 4, 2, 2, 4)}
_GAPS = re.compile(f"{_GAP}+")


def has_personal_number(text: str) -> bool:
    return masked_numbers(text) != text


def masked_numbers(text: str) -> str:
    """The text, of each such number only its first and last digits left."""
    if sum(map(str.isdigit, text)) < _LEAST_DIGITS:
        return text
    text = _SIXTEEN.sub(lambda found: _masked(found[0], 6, 4), text)
    text = _KPJ.sub(lambda found: f"{found[1]}{_masked(found[0][len(found[1]) :], 2, 3)}", text)
    return _TELEPHONE.sub(lambda found: _masked(found[0], 4, 2), text)


def masked_inside(value: Any) -> Any:
    """The same for all text inside lists and mappings."""
    if isinstance(value, str):
        return masked_numbers(value)
    if isinstance(value, dict):
        return {key: masked_inside(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [masked_inside(inner) for inner in value]
    return value


def masked_file_name(name: str, longest: int) -> str:
    """A file's name as it may be stored and shown: one printable line, its end kept where it is too long."""
    shown = "".join(letter for letter in name if letter.isprintable())
    return masked_numbers(shown)[-longest:] or "berkas"


def _masked(run: str, first: int, last: int) -> str:
    signs = "".join(sign for sign in run if sign.isalnum())
    sizes = tuple(map(len, _GAPS.split(run)))
    is_amount = len(sizes) > 3 and "." in run and set(sizes[1:]) == {3}
    if len(signs) >= 32 or is_amount or sizes in _DATES or sum(map(str.isdigit, signs)) < _LEAST_DIGITS:
        return run
    return f"{signs[:first]}{'*' * (len(signs) - first - last)}{signs[-last:]}"
