"""Text that is stored in Indonesian, in the language of the reader.

What is ours is found in the catalogue of translations, into which `jamsostek_monitor.translations` takes
the reference tables too; what somebody typed stays as it is.
"""

import re
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path

from babel.messages.mofile import read_mo
from django.conf import settings
from django.utils.translation import get_language, gettext

from regions.formats import month_name, whole
from regions.month import parse_month
from regions.number import decimal

_BLANK = re.compile(r"%\((\w+)\)s|%s")
_LETTERS = re.compile(r"[^\W\d_]")
# `%(a)s dari %(b)s` says too little to tell whose sentence it is.
_LEAST_LETTERS = 6
_MONTH = re.compile(r"[A-Z][a-z]+ \d{4}")
# `angkatan kerja 2025`, `peserta #12`, `bulan laporan 2026-09`, `Target daerah 2025: 32,5 % (Indonesia)`
_NUMBERED = re.compile(r"(\D+) (#?\d[\d-]*(?:: [\d,]+ ?%)?(?: \(.+\))?)")
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+")
_PERCENT = re.compile(r"\b\d+,\d+(?= ?%)")


def shown(text: str | None) -> str:
    """As it stands in our tables, in the reader's language."""
    return gettext(text) if text else ""


def retold(text: str | None) -> str:
    """What the application put together from parts, each of them a message of ours with its blanks filled."""
    language = get_language() or settings.LANGUAGE_CODE
    if not text or language == settings.LANGUAGE_CODE:
        return text or ""
    return _retold(text, language)


@lru_cache(maxsize=2048)
def _retold(text: str, language: str) -> str:
    """A sentence may itself hold the semicolon that stands between parts."""
    parts, told = text.split("; "), []
    while parts:
        both = _filled("; ".join(parts[:2]), language) if len(parts) > 1 else None
        told.append(_part(parts[0], language) if both is None else both)
        parts = parts[1 if both is None else 2 :]
    return "; ".join(told)


def _part(part: str, language: str) -> str:
    if (match := _NUMBERED.fullmatch(part)) and not _MONTH.fullmatch(part):
        rest = _PERCENT.sub(lambda said: decimal(Decimal(said[0].replace(",", "."))), match[2])
        if (named := gettext(match[1])) != match[1] or rest != match[2]:
            return f"{named} {rest}"
    if (filled := _filled(part, language)) is not None:
        return filled
    # `wayan: Operator`
    head, between, tail = part.rpartition(": ")
    return f"{_part(head, language)}: {_part(tail, language)}" if between else _number_or_month(part)


def _filled(part: str, language: str) -> str | None:
    """A message, with its blanks filled where it has any; None where it is none of ours."""
    if part and (message := gettext(part)) != part:
        return message
    for literal, sentence in _sentences(language):
        if literal in part and (match := _pattern(sentence).fullmatch(part)):
            if names := match.groupdict():
                return gettext(sentence) % {name: _part(said, language) for name, said in names.items()}
            return gettext(sentence) % tuple(_part(said, language) for said in match.groups())
    return None


@cache
def _sentences(language: str) -> list[tuple[str, str]]:
    """Each message with blanks and the longest text between them; those that say most come first."""
    compiled = Path(settings.LOCALE_PATHS[0], language, "LC_MESSAGES", "django.mo")
    if not compiled.exists():
        return []
    with compiled.open("rb") as file:
        texts = [
            message.id for message in read_mo(file) if isinstance(message.id, str) and not message.context
        ]
    found = [
        (text, [said.replace("%%", "%") for said in _BLANK.split(text)[::2]])
        for text in texts
        if _BLANK.search(text)
    ]
    said = [(len(_LETTERS.findall("".join(parts))), max(parts, key=len), text) for text, parts in found]
    return [
        (literal, text) for letters, literal, text in sorted(said, reverse=True) if letters >= _LEAST_LETTERS
    ]


@lru_cache(maxsize=128)
def _pattern(sentence: str) -> re.Pattern[str]:
    """A blank that comes twice holds the same twice; none holds what stands between parts."""
    written, known, at = "", set[str](), 0
    for blank in _BLANK.finditer(sentence):
        written += re.escape(sentence[at : blank.start()].replace("%%", "%"))
        name, at = blank[1], blank.end()
        written += f"(?P={name})" if name in known else f"(?P<{name}>[^;]+)" if name else "([^;]+)"
        known.add(name)
    return re.compile(written + re.escape(sentence[at:].replace("%%", "%")))


def _number_or_month(part: str) -> str:
    if _GROUPED.fullmatch(part):
        return whole(int(part.replace(".", "")))
    if _MONTH.fullmatch(part):
        try:
            return month_name(parse_month(part))
        except ValueError:
            return part
    return part
