"""Titles between the rows of a list that name the village or the district of the rows under them."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from participants.importers.merged import Spread

_VILLAGE = r"kelurahan|kel\.|kel|desa|ds\.|gampong|nagari|pekon|kampung|kalurahan"
_DISTRICT = r"kecamatan|kec\.|kec|distrik|kapanewon|kemantren"
_LEVELS = re.compile(
    rf"(?P<village>{_VILLAGE})(?![a-z])|(?P<district>{_DISTRICT})(?![a-z])"
    r"|(?P<other>kota|kabupaten|kab\.|kab|provinsi|prov\.|tahun|bulan|periode|tahap)(?![a-z])",
    re.IGNORECASE,
)
# What stands before the word: a number of the section.
_ENUMERATOR = re.compile(r"^\(?(?:[ivxlc]{1,6}|[a-z]|\d{1,3})[.)]\s*", re.IGNORECASE)
_COUNT = re.compile(r"[(\[].*?[)\]]|\d+\s*(orang|jiwa|peserta|pekerja)\b.*", re.IGNORECASE)
_NAME = re.compile(r"[^\W\d_][^\d<>{}|=@\\^~*%$#!?;:]*")
_MOST_WORDS = 4
# A title that tells no place and is no person either.
_SECTION = re.compile(
    r"(kelompok|rukun|rw|rt|rt/rw|dusun|lingkungan|zona|blok|tahap|bagian|bidang|seksi|unit|opd|dinas|badan|kantor"
    r"|lampiran|daftar|tambahan|lanjutan|kategori|gelombang)\b",
    re.IGNORECASE,
)


class SectionPlace(NamedTuple):
    village: str = ""
    district: str = ""


def place_of(cells: Sequence[object]) -> SectionPlace | None:
    """`KELURAHAN KEDALEMAN`, `Desa : Cikerai`, `II. Kec. Cibeber` alone in a row; None for any other row."""
    texts = _own_texts(cells)
    if not texts or len(texts) > 3 or sum(map(len, texts)) > 80:
        return None
    line = _COUNT.sub("", _ENUMERATOR.sub("", " ".join(texts))).strip()
    found = list(_LEVELS.finditer(line))
    if not found or found[0].start() != 0 or found[0].lastgroup == "other":
        return None
    place = {}
    for one, following in zip(found, [*found[1:], None], strict=True):
        name = line[one.end() : following.start() if following else None].strip(" :.,-/–")
        if one.lastgroup != "other" and one.lastgroup is not None:
            if not _NAME.fullmatch(name) or len(name.split()) > _MOST_WORDS:
                return None
            place[one.lastgroup] = _cased(name)
    return SectionPlace(**place)


def is_section(cells: Sequence[object]) -> bool:
    """A row of one text that divides a list and names nobody."""
    texts = _own_texts(cells)
    return len(texts) == 1 and bool(_SECTION.match(_ENUMERATOR.sub("", texts[0])))


def alone_in(cells: Sequence[object]) -> str:
    """The text of a row that has one only, without the number of the section before it; else nothing."""
    texts = _own_texts(cells)
    return _ENUMERATOR.sub("", texts[0]) if len(texts) == 1 else ""


def entered(place: SectionPlace, before: SectionPlace) -> SectionPlace:
    """Where one is after a title: a village lies in the district named before it."""
    return place if place.district else SectionPlace(place.village, before.district)


def _own_texts(cells: Sequence[object]) -> list[str]:
    """The texts of a row itself, without the number of the section before them."""
    found = []
    for cell in cells:
        if cell == "" or isinstance(cell, Spread):
            continue
        if not isinstance(cell, str):
            return []
        text = " ".join(cell.split()).strip(" :")
        if text:
            found.append(text)
    if len(found) > 1 and re.fullmatch(r"[ivxlc]{1,6}\.?|[a-z]\.?|\d{1,3}\.?", found[0], re.IGNORECASE):
        del found[0]
    return found


def _cased(name: str) -> str:
    return name.title() if name.isupper() else name
