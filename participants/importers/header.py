"""Finding the header of a list and which column is which field."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from participants.importers.workbook import Cell, NumberedRow

LOOKED_AT = 60
_LEAST_FIELDS = 2
_FILLING = re.compile(r"[^a-z0-9]+")


class Field(StrEnum):
    ORDER = "order"
    NIK = "nik"
    FAMILY_CARD = "family_card"
    KPJ = "kpj"
    NAME = "name"
    BIRTH_PLACE = "birth_place"
    BIRTH_DATE = "birth_date"
    SEX = "sex"
    ADDRESS = "address"
    NEIGHBOURHOOD = "neighbourhood"
    VILLAGE = "village"
    DISTRICT = "district"
    REGENCY = "regency"
    PHONE = "phone"
    EMAIL = "email"
    OCCUPATION = "occupation"
    WAGE = "wage"
    MOTHER_NAME = "mother_name"
    STARTED = "started"
    PROGRAMMES = "programmes"
    NOTE = "note"


# Written as people write them, compared without case, dots and blanks.
_SYNONYMS: dict[Field, str] = {
    Field.ORDER: "no | nomor | no urut | nomor urut | nmr",
    Field.NIK: "nik | no nik | nomor nik | nik ktp | no ktp | nomor ktp | ktp | nik e-ktp | no e-ktp "
    "| nomor induk kependudukan | no induk kependudukan | nik sesuai ktp | nomor identitas | no identitas",
    Field.FAMILY_CARD: "kk | no kk | nomor kk | no kartu keluarga | nomor kartu keluarga",
    Field.KPJ: "kpj | no kpj | nomor kpj | no peserta | nomor peserta | no kartu peserta "
    "| nomor kartu peserta | no kartu bpjs ketenagakerjaan | no bpjs ketenagakerjaan | no bpjstk",
    Field.NAME: "nama | nama lengkap | nama peserta | nama pekerja | nama tenaga kerja | nama anggota "
    "| nama sesuai ktp | nama lengkap sesuai ktp | nama penerima | nama petugas | nama tk",
    Field.BIRTH_PLACE: "tempat lahir | tmpt lahir | tmp lahir | kota lahir",
    Field.BIRTH_DATE: "tanggal lahir | tgl lahir | tgl. lahir | tanggal kelahiran | ttl "
    "| tempat tanggal lahir | tempat, tgl lahir | tempat/tgl lahir | tempat dan tanggal lahir "
    "| tempat & tgl lahir | tmp tgl lahir | lahir | tgl lhr",
    Field.SEX: "l/p | p/l | jk | jenis kelamin | kelamin | jns kelamin | j. kel | sex | gender | lk/pr",
    Field.ADDRESS: "alamat | alamat lengkap | alamat rumah | alamat ktp | alamat sesuai ktp "
    "| alamat domisili | tempat tinggal",
    Field.NEIGHBOURHOOD: "rt/rw | rt | rt rw",
    Field.VILLAGE: "kelurahan | desa | kelurahan/desa | desa/kelurahan | kel/desa | desa/kel | kel | kel. | "
    "nama desa | gampong | nagari | kampung",
    Field.DISTRICT: "kecamatan | kec | kec. | distrik | nama kecamatan",
    Field.REGENCY: "kota | kabupaten | kab/kota | kota/kab | kabupaten/kota | kota/kabupaten",
    Field.PHONE: "no hp | nomor hp | hp | no telp | telepon | no telepon | nomor telepon | no handphone "
    "| handphone | no wa | telp/hp | no hp/wa | nomor hp aktif",
    Field.EMAIL: "email | e-mail | surel | alamat email",
    Field.OCCUPATION: "pekerjaan | jenis pekerjaan | jabatan | profesi | kode pekerjaan | bidang pekerjaan",
    Field.WAGE: "upah | penghasilan | gaji | honor | insentif | upah per bulan | penghasilan per bulan",
    Field.MOTHER_NAME: "nama ibu kandung | ibu kandung | nama ibu | nama gadis ibu kandung",
    Field.STARTED: "tgl mulai bekerja | tanggal mulai bekerja | tmt | mulai bekerja | tanggal mulai",
    Field.PROGRAMMES: "program | program yang diikuti | kepesertaan",
    Field.NOTE: "keterangan | ket | ket. | catatan",
}


def label_of(cell: object) -> str:
    """`Tempat/Tgl. Lahir *)` → `tempattgllahir`; anything but text → an empty label."""
    return _FILLING.sub("", cell.lower()) if isinstance(cell, str) else ""


_FIELDS = {label_of(word): field for field, words in _SYNONYMS.items() for word in words.split(" | ")}
_PERSONAL = {
    Field.NIK,
    Field.FAMILY_CARD,
    Field.KPJ,
    Field.NAME,
    Field.BIRTH_PLACE,
    Field.BIRTH_DATE,
    Field.ADDRESS,
    Field.PHONE,
    Field.EMAIL,
    Field.MOTHER_NAME,
}


@dataclass(frozen=True)
class Header:
    """`columns` maps a field to the index of its column, `last_row` is the row before the first person.

    `others` are the titles, by index, that were not understood.
    """

    last_row: int
    columns: Mapping[Field, int]
    titles: Mapping[Field, str]
    others: Mapping[int, str]


def labels_of(words: Mapping[Any, str]) -> dict[str, Any]:
    """Titles as they are compared → field, of fields with their titles separated by ` | `."""
    return {label_of(word): field for field, titles in words.items() for word in titles.split(" | ")}


def is_personal(title: str) -> bool:
    """Whether a column of this title tells who somebody is."""
    return _FIELDS.get(label_of(title)) in _PERSONAL


def find_header(
    rows: Sequence[NumberedRow],
    synonyms: Mapping[str, Field] | None = None,
    fields: Mapping[str, Any] | None = None,
) -> Header | None:
    """The row, or two rows under merged titles, that name most fields; None where none names two.

    `synonyms` are further titles of an office's own lists; `fields` stand in the place of those of
    persons, for files of other things. The first of equals wins.
    """
    known: dict[str, Any] = dict(_FIELDS if fields is None else fields)
    known |= {label_of(word): field for word, field in (synonyms or {}).items()}
    best: Header | None = None
    for index, (number, cells) in enumerate(rows):
        candidates = [_header(number, cells, [], known)]
        if index + 1 < len(rows):
            following, lower = rows[index + 1]
            if _names_fields(lower, known) and not any(_has_digits(cell) for cell in lower):
                candidates.append(_header(following, lower, cells, known))
        for found in candidates:
            if _worth(found) > _worth(best):
                best = found
    return best if best and len(best.columns) >= _LEAST_FIELDS else None


def _header(number: int, cells: Sequence[Cell], above: Sequence[Cell], known: Mapping[str, Any]) -> Header:
    """Titles of the lower row count first, then both rows read as one, then the upper row alone."""
    columns: dict[Field, int] = {}
    titles: dict[Field, str] = {}
    lower, upper = _titles(cells), _titles(above)
    spread = _spread(upper, len(lower))
    readings = [lower, _joined(lower, spread), _joined(spread, lower), upper] if above else [lower]
    for reading in readings:
        for index, title in enumerate(reading):
            field = known.get(label_of(title))
            if field and field not in columns and index not in columns.values():
                columns[field], titles[field] = index, title[:60]
    taken = set(columns.values())
    shown = readings[1] if above else lower
    others = {index: title[:60] for index, title in enumerate(shown) if title and index not in taken}
    return Header(number, columns, titles, others)


def _titles(cells: Sequence[Cell]) -> list[str]:
    return [" ".join(cell.split()) if isinstance(cell, str) else "" for cell in cells]


def _spread(titles: Sequence[str], width: int) -> list[str]:
    """A merged title stands in its first cell and speaks for the empty ones after it."""
    spread, last = [], ""
    for index in range(width):
        last = (titles[index] if index < len(titles) else "") or last
        spread.append(last)
    return spread


def _joined(first: Sequence[str], second: Sequence[str]) -> list[str]:
    return [f"{one} {other}".strip() for one, other in zip(first, second, strict=False)]


def _worth(header: Header | None) -> tuple[bool, int]:
    return (Field.NIK in header.columns, len(header.columns)) if header else (False, 0)


def _names_fields(cells: Sequence[Cell], known: Mapping[str, Any]) -> bool:
    return any(label_of(cell) in known for cell in cells)


def _has_digits(cell: Cell) -> bool:
    return not isinstance(cell, str) or sum(letter.isdigit() for letter in cell) > 3
