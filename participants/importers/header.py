"""The fields of a list, what offices call them, and which column of a table is which."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from regions.personal_numbers import masked_numbers

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
    STATUS = "status"
    ENDED = "ended"
    PAYER = "payer"
    # A person said that the column is of no use, whatever its title.
    UNUSED = "unused"


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
    "| handphone | no wa | telp/hp | no hp/wa | nomor hp aktif | telp | tlp | telpon | no tlp | no telpon "
    "| nomor telp | nomor telpon | nomor handphone | no hp/telp | no telp/hp | hp/wa | wa | nomor wa "
    "| whatsapp | no whatsapp | nomor whatsapp | kontak | no kontak | nomor kontak | no hp aktif",
    Field.EMAIL: "email | e-mail | surel | alamat email",
    Field.OCCUPATION: "pekerjaan | jenis pekerjaan | jabatan | profesi | kode pekerjaan | bidang pekerjaan",
    Field.WAGE: "upah | penghasilan | gaji | honor | insentif | upah per bulan | penghasilan per bulan",
    Field.MOTHER_NAME: "nama ibu kandung | ibu kandung | nama ibu | nama gadis ibu kandung",
    Field.STARTED: "tgl mulai bekerja | tanggal mulai bekerja | tmt | mulai bekerja | tanggal mulai",
    Field.PROGRAMMES: "program | program yang diikuti | kepesertaan",
    Field.PAYER: "pemberi kerja | nama pemberi kerja | pemberi kerja/opd pembayar | opd pembayar "
    "| skpd pembayar | instansi pembayar | lembaga pembayar | nama lembaga pembayar | pembayar iuran "
    "| perangkat daerah pembayar | dibayar oleh | dibayarkan oleh",
    Field.NOTE: "keterangan | ket | ket. | catatan | info | informasi | kondisi | alasan | sebab "
    "| alasan keluar | sebab keluar | alasan non aktif | sebab non aktif | keterangan peserta "
    "| keterangan lain | remark | remarks",
    Field.STATUS: "status | status kepesertaan | status peserta | status keaktifan | status aktif "
    "| status tenaga kerja | status tk | status pekerja | status keanggotaan | status anggota "
    "| keterangan status | ket status | aktif | keaktifan | aktif/non aktif | aktif/tidak aktif "
    "| aktif / nonaktif | status kepesertaan bpjs | status bpjs | status bpjs ketenagakerjaan | stat | sts",
    Field.ENDED: "tgl non aktif | tanggal non aktif | tgl nonaktif | tanggal nonaktif | tgl na | tanggal na "
    "| tgl keluar | tanggal keluar | tmt keluar | tgl berhenti | tanggal berhenti | tgl resign "
    "| tanggal resign | tgl meninggal | tanggal meninggal | tgl wafat | tanggal wafat | tgl phk "
    "| tanggal phk | bulan keluar | bulan non aktif | periode keluar | non aktif | nonaktif | keluar "
    "| tgl berakhir kepesertaan | tanggal berakhir kepesertaan | akhir kepesertaan | tgl akhir kepesertaan "
    "| tanggal akhir kepesertaan | tmt non aktif | blth na | blth non aktif | berhenti | meninggal",
}


def label_of(cell: object) -> str:
    """`Tempat/Tgl. Lahir *)` → `tempattgllahir`; anything but text → an empty label."""
    return _FILLING.sub("", cell.lower()) if isinstance(cell, str) else ""


_FIELDS = {label_of(word): field for field, words in _SYNONYMS.items() for word in words.split(" | ")}
# For whom a column is, where a title says so: the people of the list themselves.
_FOR_WHOM = re.compile(r"(pekerja|peserta|tenagakerja|tk|anggota|penerima|yangbersangkutan|calonpeserta)$")
_BRACKETED = re.compile(r"\([^()]*\)?")
_OF_ANOTHER = re.compile(
    r"\b(ist(e)?ri|suami|ibu|ayah|bapak|waris|anak|kk|kepala|pasangan|wali|orang ?tua|penanggung|pj)\b",
    re.IGNORECASE,
)
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

    `others` are the titles, by index, that were not understood. `again` are further columns that bear the
    same field. `left_out` are columns of another group of persons, by index, with the title of the group;
    `unsure` is what stands above these columns where it is not clear whether its people are meant.
    """

    last_row: int
    columns: Mapping[Field, int]
    titles: Mapping[Field, str]
    others: Mapping[int, str]
    again: Mapping[Field, tuple[int, ...]] = field(default_factory=dict)
    left_out: Mapping[int, str] = field(default_factory=dict)
    unsure: str = ""
    titles_again: Mapping[int, str] = field(default_factory=dict)

    def all_of(self, known: Field) -> tuple[int, ...]:
        """Every column of a field, the one that counts first."""
        first = self.columns.get(known)
        return () if first is None else (first, *self.again.get(known, ()))


def labels_of(words: Mapping[Any, str]) -> dict[str, Any]:
    """Titles as they are compared → field, of fields with their titles separated by ` | `."""
    return {label_of(word): field for field, titles in words.items() for word in titles.split(" | ")}


# Columns that are read and not kept: an office may keep them in a field of its own.
_NOT_KEPT = frozenset({Field.NEIGHBOURHOOD, Field.EMAIL, Field.OCCUPATION, Field.WAGE, Field.MOTHER_NAME})


def may_be_named(title: str) -> bool:
    """Whether a field of an office's own may bear this title: lists keep nothing else under it."""
    found = field_of_title(title, _FIELDS)
    return found is None or found in _NOT_KEPT


def is_personal(title: str) -> bool:
    """Whether a column of this title tells who somebody is."""
    return field_of_title(title, _FIELDS) in _PERSONAL


def is_family_card(title: str) -> bool:
    """Whether a column of this title holds numbers of families, which look like a NIK."""
    return bool(field_of_title(title, _FIELDS) == Field.FAMILY_CARD)


def kept_title(title: str) -> str:
    """A title as it is kept with a list. Where there are none a person's own cell may stand in its place."""
    return masked_numbers(title)[:60]


def field_of_title(title: str, known: Mapping[str, Any]) -> Any:
    """The field that a title names, with or without the word for whom: `NIK Pekerja` is a NIK."""
    label = label_of(title)
    found = known.get(label) or known.get(label_of(kept_title(title)))
    if found is None and "(" in title and not _OF_ANOTHER.search(title):
        # `Jenis Kelamin (L/P)`, `NIK (16 angka)`: how it is written, not whose it is.
        label = label_of(_BRACKETED.sub(" ", title))
        found = known.get(label)
    if found is None and label and known.get("nik") == Field.NIK:
        stem = _FOR_WHOM.sub("", label)
        found = known.get(stem) if stem != label else None
    return found


def titles_known(synonyms: Mapping[str, Field] | None, fields: Mapping[str, Any] | None) -> dict[str, Any]:
    """Titles as they are compared → field. `synonyms` are further titles of an office's own lists."""
    known: dict[str, Any] = dict(_FIELDS if fields is None else fields)
    return known | {label_of(word): field for word, field in (synonyms or {}).items()}
