"""Whether a row says of its person that they left or died: never decided here, only asked."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from participants.importers.birth_date import NotADate, day_of
from participants.importers.header import label_of
from participants.importers.telling_words import ACTIVE, NEUTRAL, pattern_of
from participants.nik import mask_digits

_DEAD = re.compile(
    r"\b(meninggal|wafat|almarhum(?:ah)?|alm|almh|mendiang|tutup usia|berpulang|md)\b|†", re.IGNORECASE
)
_LATE = re.compile(r"(?<![a-z])(alm|almh|almarhum|almarhumah|mendiang)(?![a-z])|†")
_LEFT = re.compile(
    r"\b(keluar|resign|berhenti|diberhentikan|dikeluarkan|mengundurkan|mundur|non[ -]?aktif|pensiun|phk"
    r"|(?:tidak|tdk|tak|bukan|sudah tidak|tidak lagi) (?:aktif|bekerja|peserta|lagi)|pindah|mutasi|purna"
    r"|(?:habis|putus|selesai|akhir) kontrak|kontrak (?:habis|berakhir|selesai|putus)"
    r"|(?:di)?coret|(?:di)?hapus|diganti|digantikan|batal|dibatalkan|menolak|inactive|nonactive|terminated|deceased)\b",
    re.IGNORECASE,
)
# Beside a list, where no title says what a cell is: only what such a cell begins with.
_BESIDE = re.compile(
    r"\W*(meninggal|wafat|alm|almarhum|almarhumah|non[ -]?aktif|tidak aktif|keluar|resign|berhenti|phk"
    r"|mengundurkan diri|dicoret|coret|dihapus|diganti|batal)\b",
    re.IGNORECASE,
)
_LONGEST_BESIDE = 60
# `Hasan - keluar`, `Hasan, pindah`: behind a name.
_BEHIND_NAME = re.compile(r"\s[-–]\s*|[,/;]\s*|\(")
# A title above rows: whose list it is. Longer ones are sentences about something else.
_LONGEST_HEADING = 80
_MOST_DIGITS = 8
_FEW_WORDS = 4
_ACTIVE_ALONE = re.compile(r"(masih )?(aktif|active)\b", re.IGNORECASE)
_STAYS = re.compile(
    r"\b(?<!non )(?<!non-)(?<!tidak )(?<!tdk )(?<!bukan )(?<!tak )"
    r"(aktif|active|masuk|baru|terdaftar|lanjut\w*)\b",
    re.IGNORECASE,
)
_OF_MEMBERS = re.compile(
    r"\b(peserta|pekerja|tenaga kerja|anggota|karyawan|pegawai|orang|warga|data|daftar|nama|status|yang)\b",
    re.IGNORECASE,
)
_NO = frozenset({"tidak", "t", "no", "n", "0", "x", "td", "belum"})
_NOTHING = frozenset({"", "-", "–", "0", "nihil", "tidak", "belum", "n/a", "tidak ada"})


class Standing(StrEnum):
    DEAD = "dead"
    LEFT = "left"
    UNKNOWN = "unknown"


class SaidOfPerson(NamedTuple):
    """What a row says of its person, and the words it says it with."""

    standing: Standing
    words: str


def said_by_status(text: str) -> SaidOfPerson | None:
    """None for a word that says nothing of leaving."""
    label = label_of(text)
    if label in ACTIVE or label in NEUTRAL or not text.strip("-–. "):
        return None
    if label in _NO:
        return SaidOfPerson(Standing.LEFT, _words(text))
    return said_by_remark(text) or SaidOfPerson(Standing.UNKNOWN, _words(text))


def said_by_remark(text: str) -> SaidOfPerson | None:
    if _DEAD.search(text):
        return SaidOfPerson(Standing.DEAD, pattern_of(text))
    if _LEFT.search(text):
        return SaidOfPerson(Standing.LEFT, pattern_of(text))
    return None


class Heading(NamedTuple):
    """What a title says of the people under it; `said` is None where it says that they are members."""

    said: SaidOfPerson | None


def heading_of(text: str) -> Heading | None:
    """`DAFTAR PESERTA YANG KELUAR`, `B. NON AKTIF`, `A. PESERTA AKTIF`; None for any other text."""
    line = " ".join(text.split())
    if not line or len(line) > _LONGEST_HEADING or sum(map(str.isdigit, line)) > _MOST_DIGITS:
        return None
    said, stays = said_by_remark(line), _STAYS.search(line)
    if said is None:
        return Heading(None) if stays and (_OF_MEMBERS.search(line) or _ACTIVE_ALONE.match(line)) else None
    if stays:
        # Of both kinds: each row has to say for itself.
        return None
    is_short = len(line.split()) <= _FEW_WORDS
    return Heading(said) if is_short or _OF_MEMBERS.search(line) else None


def said_beside(text: str) -> SaidOfPerson | None:
    """Of a cell under no title that is known."""
    return said_by_remark(text) if len(text) <= _LONGEST_BESIDE and _BESIDE.match(text) else None


def may_say(name: str) -> bool:
    """Whether a name is worth a closer look."""
    lower = name.lower()
    return any(mark in name for mark in "(-–,/;†") or "alm" in lower or "mendiang" in lower


def said_by_name(name: str) -> SaidOfPerson | None:
    """`(Alm) Mulyadi`, `Mulyadi, almarhum`, `Mulyadi (keluar)`."""
    if _LATE.search(name.lower()):
        return SaidOfPerson(Standing.DEAD, pattern_of(name))
    behind = _BEHIND_NAME.search(name)
    return said_by_remark(name[behind.start() :]) if behind else None


def said_by_end(cell: object, title: str, today: date) -> SaidOfPerson | None:
    """A day of leaving that has come, or anything else in its column; a day to come says nothing yet."""
    text = " ".join(str(cell).split())
    if text.lower() in _NOTHING:
        return None
    try:
        day = day_of(cell, today=today)
    except (NotADate, OverflowError):
        day = None
    if day is not None and day > today:
        return None
    standing = Standing.DEAD if _DEAD.search(title) or _DEAD.search(text) else Standing.LEFT
    when = f"{day:%m/%Y}" if day else pattern_of(text)
    return SaidOfPerson(standing, _words(f"{title} {when}"))


def foremost(found: Iterable[SaidOfPerson | None]) -> SaidOfPerson | None:
    """The gravest of what several cells say."""
    said = [one for one in found if one is not None]
    return min(said, key=lambda one: list(Standing).index(one.standing), default=None)


def _words(text: str) -> str:
    return mask_digits(" ".join(text.split()).lower())[:60]
