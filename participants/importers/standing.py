"""Whether a row says of its person that they left or died: never decided here, only asked."""

import re
from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from participants.importers.birth_date import NotADate, day_of
from participants.importers.header import label_of
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
_ACTIVE = frozenset(
    [
        "aktif",
        "active",
        "a",
        "ya",
        "y",
        "yes",
        "1",
        "v",
        "ok",
        "masihaktif",
        "pesertaaktif",
        "statusaktif",
        "aktifbekerja",
        "masihbekerja",
        "bekerja",
        "hidup",
        "ada",
        "lama",
        "baru",
        "terdaftar",
        "perpanjangan",
        "lanjut",
        "lanjutan",
        "calonpeserta",
        "usulan",
        "diusulkan",
        "valid",
        "padan",
        "sesuai",
    ]
)
# What a column called "status" tells otherwise: marriage, contract, home.
_NEUTRAL = frozenset(
    [
        "kawin",
        "belumkawin",
        "menikah",
        "belummenikah",
        "lajang",
        "single",
        "janda",
        "duda",
        "cerai",
        "ceraihidup",
        "ceraimati",
        "nikah",
        "k",
        "tk",
        "bk",
        "k0",
        "k1",
        "k2",
        "k3",
        "tk0",
        "tetap",
        "kontrak",
        "honorer",
        "honor",
        "harian",
        "harianlepas",
        "hl",
        "bhl",
        "pkwt",
        "pkwtt",
        "thl",
        "nonasn",
        "nonpns",
        "pns",
        "asn",
        "pppk",
        "sukarela",
        "mandiri",
        "paruhwaktu",
        "penuhwaktu",
        "sendiri",
        "miliksendiri",
        "sewa",
        "menumpang",
        "wni",
        "kepalakeluarga",
        "anggotakeluarga",
        "kk",
        "kepalarumahtangga",
        "bpu",
        "pu",
        "pbi",
        "penerimaupah",
        "bukanpenerimaupah",
        "magang",
        "swasta",
        "wiraswasta",
        "buruh",
    ]
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
    if label in _ACTIVE or label in _NEUTRAL or not text.strip("-–. "):
        return None
    if label in _NO:
        return SaidOfPerson(Standing.LEFT, _words(text))
    return said_by_remark(text) or SaidOfPerson(Standing.UNKNOWN, _words(text))


def said_by_remark(text: str) -> SaidOfPerson | None:
    if found := _DEAD.search(text):
        return SaidOfPerson(Standing.DEAD, _words(found[0]))
    if found := _LEFT.search(text):
        return SaidOfPerson(Standing.LEFT, _words(found[0]))
    return None


def said_beside(text: str) -> SaidOfPerson | None:
    """Of a cell under no title that is known."""
    return said_by_remark(text) if len(text) <= _LONGEST_BESIDE and _BESIDE.match(text) else None


def may_say(name: str) -> bool:
    """Whether a name is worth a closer look."""
    lower = name.lower()
    return "(" in name or "alm" in lower or "mendiang" in lower or "†" in name


def said_by_name(name: str) -> SaidOfPerson | None:
    """`(Alm) Mulyadi`, `Mulyadi, almarhum`, `Mulyadi (keluar)`."""
    if found := _LATE.search(name.lower()):
        return SaidOfPerson(Standing.DEAD, _words(found[0]))
    return said_by_remark(name[name.index("(") :]) if "(" in name else None


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
    return SaidOfPerson(standing, _words(title))


def foremost(found: Iterable[SaidOfPerson | None]) -> SaidOfPerson | None:
    """The gravest of what several cells say."""
    said = [one for one in found if one is not None]
    return min(said, key=lambda one: list(Standing).index(one.standing), default=None)


def _words(text: str) -> str:
    return mask_digits(" ".join(text.split()).lower())[:60]
