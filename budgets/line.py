"""What makes rows of a budget stages of one line, and how its codes are written."""

import re
from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_SEPARATED = re.compile(r"[.\s/-]+")
# Digits of the segments of an account (5.1.02.02.02.0006) and of a sub-activity (2.07.05.2.01.0003).
_ACCOUNT = (1, 1, 2, 2, 2, 4)
_SUB_ACTIVITY = (1, 2, 2, 1, 2, 4)
# Some papers write the fourth segment of a sub-activity with two digits.
_SUB_ACTIVITY_WIDE = (1, 2, 2, 2, 2, 4)

# What the chart of accounts calls those from which contributions are paid; others are typed freely.
_ACCOUNT_NAMES: Mapping[str, str | Promise] = {
    "5.1.02.02.02.0006": _("iuran JKK bagi non-ASN"),
    "5.1.02.02.02.0007": _("iuran JKM bagi non-ASN"),
    "5.1.02.02.02.0010": _("iuran JHT bagi non-ASN"),
}


def account_name(account: str) -> str:
    """Empty where the account is another one."""
    return str(_ACCOUNT_NAMES.get(account, ""))


def accounts_named(word: str) -> list[str]:
    """Accounts in whose name the word stands."""
    return [account for account, name in _ACCOUNT_NAMES.items() if word.lower() in str(name).lower()]


def normal_account(typed: str) -> str:
    """`510202020006` and `5.1.2.02.02.0006` → `5.1.02.02.02.0006`; what has another form stays as typed."""
    return _normal(typed, _ACCOUNT, (_ACCOUNT,))


def normal_sub_activity(typed: str) -> str:
    """`2.07.05.02.01.0003` → `2.07.05.2.01.0003`; what has another form stays as typed."""
    return _normal(typed, _SUB_ACTIVITY, (_SUB_ACTIVITY, _SUB_ACTIVITY_WIDE))


def line_key(*parts: object) -> str:
    """One text of what identifies a line; a part that is not told is empty."""
    return "|".join("" if part is None else str(part) for part in parts)


def _normal(typed: str, widths: Sequence[int], bare: Sequence[Sequence[int]]) -> str:
    text = " ".join(typed.split())
    segments = [part for part in _SEPARATED.split(text) if part]
    if len(segments) == 1:
        segments = next((cut for form in bare if (cut := _cut(text, form))), segments)
    fits = len(segments) == len(widths) and all(part.isascii() and part.isdigit() for part in segments)
    if not fits:
        return text
    padded = [str(int(part)).zfill(width) for part, width in zip(segments, widths, strict=True)]
    return ".".join(padded)


def _cut(digits: str, widths: Sequence[int]) -> list[str]:
    """Digits without dots as segments; empty where their number is another."""
    if not digits.isdigit() or len(digits) != sum(widths):
        return []
    ends = [sum(widths[: index + 1]) for index in range(len(widths))]
    return [digits[end - width : end] for end, width in zip(ends, widths, strict=True)]
