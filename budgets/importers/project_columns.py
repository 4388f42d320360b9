"""The columns of files of construction projects, by what offices of procurement and works call them."""

import re
from collections.abc import Iterable, Mapping, Sequence

from budgets.importers.money_fields import MoneyField

F = MoneyField
PROJECT_COLUMNS = (
    F.REGION_CODE,
    F.REGION,
    F.YEAR,
    F.PACKAGE_CODE,
    F.PACKAGE_NAME,
    F.OFFICE,
    F.FIRST_MONTH,
    F.LAST_MONTH,
    F.CONTRACT_VALUE,
    F.CONTRACTOR,
    F.JAKON_STATUS,
    F.REGISTRATION_NUMBER,
    F.REGISTERED_ON,
    F.CONTRIBUTION,
    F.NOTE,
)
_VALUES = ("nilai kontrak", "nilai", "nilai pekerjaan", "nilai proyek", "nilai paket", "harga kontrak")
_WITHOUT_TAX = (
    "sebelum ppn",
    "tanpa ppn",
    "tidak termasuk ppn",
    "belum termasuk ppn",
    "non ppn",
    "di luar ppn",
)


def _values() -> str:
    """Each word for the value, alone, with its unit, and with the words that it is before PPN."""
    words = [f"{value} {tax}" for value in _VALUES for tax in ("", *_WITHOUT_TAX)]
    return " | ".join(word.strip() for word in (*words, *(f"{word} (rp)" for word in words)))


PROJECT_TITLES: dict[MoneyField, str] = {
    F.YEAR: "tahun anggaran | tahun | ta | th anggaran | t.a.",
    F.PACKAGE_CODE: "kode paket (rup) | kode rup | kode paket | rup | id rup | id paket | kode tender "
    "| no rup | nomor rup | kode rup/paket",
    F.PACKAGE_NAME: "nama paket | paket | nama pekerjaan | pekerjaan | uraian pekerjaan "
    "| nama paket pekerjaan | paket pekerjaan | nama kegiatan | nama proyek | proyek",
    F.OFFICE: "perangkat daerah | opd | skpd | satker | satuan kerja | nama opd | nama skpd | nama satker "
    "| dinas | unit kerja | nama perangkat daerah | k/l/pd",
    F.FIRST_MONTH: "bulan mulai | tgl mulai | tanggal mulai | mulai | tgl mulai pekerjaan | tanggal spmk "
    "| tgl spmk | spmk | tanggal mulai kerja | tgl mulai kontrak | tanggal mulai kontrak | awal pelaksanaan "
    "| tanggal kontrak | tgl kontrak | mulai pelaksanaan",
    F.LAST_MONTH: "bulan selesai | tgl selesai | tanggal selesai | selesai | tgl selesai pekerjaan "
    "| tanggal selesai pekerjaan | tanggal akhir kontrak | tgl akhir kontrak | tgl selesai kontrak "
    "| tanggal selesai kontrak | akhir pelaksanaan | tanggal pho | tgl pho | selesai pelaksanaan",
    F.CONTRACT_VALUE: _values(),
    F.CONTRACTOR: "penyedia | kontraktor | nama penyedia | nama kontraktor | pelaksana | rekanan "
    "| penyedia jasa | penyedia barang/jasa | nama perusahaan | pemenang | pemenang tender",
    F.JAKON_STATUS: "status jakon | status | jakon | terdaftar jakon | status pendaftaran "
    "| status kepesertaan | terdaftar | status bpjs | terdaftar bpjs | kepesertaan "
    "| status bpjs ketenagakerjaan | kepesertaan jakon",
    F.REGISTRATION_NUMBER: "nomor pendaftaran jakon | no pendaftaran | nomor pendaftaran "
    "| no pendaftaran jakon | npp | no npp | nomor npp | npp proyek | no registrasi "
    "| nomor registrasi | no pendaftaran bpjs",
    F.REGISTERED_ON: "tanggal pendaftaran jakon | tanggal pendaftaran | tgl pendaftaran | tanggal daftar "
    "| tgl daftar | tgl pendaftaran jakon | tanggal terdaftar | tgl terdaftar | tgl registrasi",
    F.CONTRIBUTION: "iuran jakon dibayar | iuran | iuran jakon | iuran dibayar | iuran (rp) | jumlah iuran "
    "| nilai iuran | iuran dibayar (rp) | iuran jakon (rp)",
}
_TAX = re.compile(r"\bppn\b", re.IGNORECASE)
_EXCLUDED = re.compile(
    r"\b(sebelum|tanpa|non|exclude\w*|excl\w*|(tidak|belum|tdk|blm)\s+(termasuk|incl\w*|inkl\w*)|di\s*luar)\W*ppn\b",
    re.IGNORECASE,
)


def title_with_tax(columns: Mapping[str, Iterable[Sequence[object]]]) -> str:
    """A title that says its values include PPN, where no other column of the sheet holds the value.

    `columns`: by sheet the field, index and title of each column.
    """
    for titles in columns.values():
        told = [(str(field), str(title)) for field, _index, title in titles]
        values = [title for field, title in told if field == F.CONTRACT_VALUE]
        for title in values or [title for _field, title in told]:
            if _TAX.search(title) and not _EXCLUDED.search(title):
                return title
    return ""
