"""What is wrong with a cell, in words for the person who keeps the list."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from participants.importers.header import Field
from participants.importers.list_row import ListRow
from participants.nik import NikDoubt, NikReason, mask_digits

_LONGEST_VALUE = 60


class Reason(StrEnum):
    NIK_MISSING = NikReason.MISSING.value
    NIK_DAMAGED = NikReason.DAMAGED.value
    NIK_WRONG_LENGTH = NikReason.WRONG_LENGTH.value
    NIK_NOT_DIGITS = NikReason.NOT_DIGITS.value
    NIK_IMPOSSIBLE = NikReason.IMPOSSIBLE.value
    NIK_SEVERAL = NikReason.SEVERAL.value
    NIK_MASKED = NikReason.MASKED.value
    NIK_OF_PRACTICE = "nik_of_practice"
    NIK_TWO_WAYS = "nik_two_ways"
    NAME_TWO_WAYS = "name_two_ways"
    FAMILY_CARD = "family_card_as_nik"
    CELLS_SHIFTED = "cells_shifted"
    NAME_MISSING = "name_missing"
    NAME_NOT_A_NAME = "name_not_a_name"
    DATE_IMPOSSIBLE = "date_impossible"
    EXTRA_LONG = "extra_long"
    EXTRA_NUMBER = "extra_number"
    EXTRA_DATE = "extra_date"
    EXTRA_CHOICE = "extra_choice"
    EXTRA_MISSING = "extra_missing"
    DUPLICATE = "duplicate_in_file"
    CONFLICT = "nik_conflict_in_file"
    # Found when a row is compared with what is stored.
    ANOTHER_PERSON = "nik_of_another_person"
    SEVERAL_SPELLS = "several_spells"
    SPELL_ENDED = "spell_ended"
    RECORDED_DEAD = "recorded_dead"
    # Questions: the reader must not decide, an officer answers on the page of the batch.
    ASKED_DEAD = "asked_dead"
    ASKED_LEFT = "asked_left"
    ASKED_STATUS = "asked_status"
    ASKED_GROUP = "asked_group"


QUESTIONS = frozenset({Reason.ASKED_DEAD, Reason.ASKED_LEFT, Reason.ASKED_STATUS, Reason.ASKED_GROUP})


class Doubt(StrEnum):
    """Reasons of warnings: the row counts, somebody should look."""

    DATE = NikDoubt.DATE.value
    SEX = NikDoubt.SEX.value
    REGION = NikDoubt.REGION.value
    DATE_MISSING = "birth_date_missing"
    SEX_UNCLEAR = "sex_unclear"
    AGE_UNUSUAL = "age_unusual"
    KPJ_UNCLEAR = "kpj_unclear"
    KPJ_CUT = "kpj_cut_by_spreadsheet"
    PHONE_UNCLEAR = "phone_unclear"
    PHONE_CUT = "phone_cut_by_spreadsheet"
    PHONE_SEVERAL = "several_phones"
    NAME_SEVERAL = "several_names"
    DAY_MONTH = "day_and_month_swapped"
    ENDINGS = "nik_endings_suspicious"
    PAID_HERE = "paid_by_other_source"
    PAID_ELSEWHERE = "paid_elsewhere"
    PAYER_UNKNOWN = "payer_unknown"
    EXTRA_MISSING = "extra_missing"


# Reason → (what is wrong, what to do).
_SENTENCES: dict[Reason, tuple[str, str]] = {
    Reason.NIK_MISSING: (gettext_noop("NIK kosong."), gettext_noop("Isi 16 digit NIK sesuai KTP.")),
    Reason.NIK_DAMAGED: (
        gettext_noop("NIK tersimpan sebagai bilangan, maka angka terakhirnya sudah hilang."),
        gettext_noop("Ubah format kolom menjadi Teks, lalu ketik ulang NIK dari KTP."),
    ),
    Reason.NIK_WRONG_LENGTH: (
        gettext_noop("NIK tidak 16 angka."),
        gettext_noop("Periksa KTP, lalu tulis 16 angka."),
    ),
    Reason.NIK_NOT_DIGITS: (
        gettext_noop("NIK berisi huruf atau tanda lain."),
        gettext_noop("Tulis 16 angka saja."),
    ),
    Reason.NIK_IMPOSSIBLE: (
        gettext_noop("NIK ini tidak mungkin: tanggal, bulan, atau nomor urutnya salah."),
        gettext_noop("Periksa KTP, lalu tulis ulang NIK."),
    ),
    Reason.NIK_SEVERAL: (
        gettext_noop("Ada lebih dari satu NIK dalam sel ini."),
        gettext_noop("Tulis satu orang per baris, masing-masing dengan NIK-nya."),
    ),
    Reason.NIK_MASKED: (
        gettext_noop("NIK ini disamarkan, maka orangnya tidak dapat dikenali."),
        gettext_noop("Hapus baris yang sudah benar, atau tulis 16 angkanya."),
    ),
    Reason.NIK_OF_PRACTICE: (
        gettext_noop("NIK ini rekaan, dari daftar untuk latihan."),
        gettext_noop("Buang unggahan ini; daftar latihan dikirim di ruang latihan."),
    ),
    Reason.NIK_TWO_WAYS: (
        gettext_noop("Dua kolom baris ini berisi NIK yang berbeda."),
        gettext_noop("Tulis NIK pesertanya, atau tentukan di atas kolom mana yang tidak dipakai."),
    ),
    Reason.NAME_TWO_WAYS: (
        gettext_noop("Dua kolom baris ini berisi nama yang berbeda."),
        gettext_noop("Tulis nama pesertanya, atau tentukan di atas kolom mana yang tidak dipakai."),
    ),
    Reason.FAMILY_CARD: (
        gettext_noop("Nomor ini nomor kartu keluarga; NIK-nya ada di kolom kartu keluarga."),
        gettext_noop("Tukar isi kedua kolom itu."),
    ),
    Reason.CELLS_SHIFTED: (
        gettext_noop("Jumlah sel baris ini berbeda dari judul kolomnya, maka isinya mungkin bergeser."),
        gettext_noop("Periksa pemisah di dalam alamat atau nama, lalu tulis ulang barisnya."),
    ),
    Reason.ASKED_DEAD: (
        gettext_noop("Menurut berkas orang ini sudah meninggal."),
        gettext_noop("Jawab: tetap peserta aktif, atau dikeluarkan dari daftar?"),
    ),
    Reason.ASKED_LEFT: (
        gettext_noop("Menurut berkas orang ini tidak lagi menjadi peserta aktif."),
        gettext_noop("Jawab: tetap peserta aktif, atau dikeluarkan dari daftar?"),
    ),
    Reason.ASKED_STATUS: (
        gettext_noop("Status orang ini tidak dikenal."),
        gettext_noop("Jawab: peserta aktif, atau dikeluarkan dari daftar?"),
    ),
    Reason.ASKED_GROUP: (
        gettext_noop("Berkas memuat beberapa kelompok kolom, dan tidak jelas kelompok mana pesertanya."),
        gettext_noop("Jawab: orang dalam kelompok ini peserta, atau dikeluarkan dari daftar?"),
    ),
    Reason.NAME_MISSING: (gettext_noop("Nama kosong."), gettext_noop("Isi nama sesuai KTP.")),
    Reason.NAME_NOT_A_NAME: (
        gettext_noop("Isi kolom ini bukan nama orang."),
        gettext_noop("Tulis nama sesuai KTP, tanpa rumus."),
    ),
    Reason.DATE_IMPOSSIBLE: (
        gettext_noop("Isi kolom ini bukan tanggal lahir."),
        gettext_noop("Contoh: 28/02/1980."),
    ),
    Reason.EXTRA_LONG: (gettext_noop("Isinya lebih dari 250 karakter."), gettext_noop("Persingkat isinya.")),
    Reason.EXTRA_NUMBER: (
        gettext_noop("Isi kolom ini bukan bilangan bulat."),
        gettext_noop("Contoh: 12 atau 1.528."),
    ),
    Reason.EXTRA_DATE: (gettext_noop("Isi kolom ini bukan tanggal."), gettext_noop("Contoh: 28/02/1980.")),
    Reason.EXTRA_CHOICE: (gettext_noop("Ini bukan salah satu pilihannya."), gettext_noop("Lihat templat.")),
    Reason.EXTRA_MISSING: (gettext_noop("Isian ini wajib diisi."), gettext_noop("Isi sebelum menyimpan.")),
    Reason.DUPLICATE: (
        gettext_noop("Orang ini sudah ada di baris sebelumnya."),
        gettext_noop("Hapus baris yang berulang."),
    ),
    Reason.CONFLICT: (
        gettext_noop("NIK yang sama dipakai oleh orang lain di berkas ini."),
        gettext_noop("Periksa KTP keduanya, lalu perbaiki NIK yang salah."),
    ),
    Reason.ANOTHER_PERSON: (
        gettext_noop("NIK ini sudah tercatat atas nama yang sangat berbeda di wilayah Anda."),
        gettext_noop("Periksa KTP. Bila namanya memang berubah, perbaiki dahulu di halaman orangnya."),
    ),
    Reason.SEVERAL_SPELLS: (
        gettext_noop("Orang ini sudah tercatat pada beberapa masa dalam rentang bulan unggahan."),
        gettext_noop("Atur masa kepesertaan di halaman peserta."),
    ),
    Reason.SPELL_ENDED: (
        gettext_noop("Kepesertaan orang ini sudah diakhiri di tengah rentang bulan unggahan."),
        gettext_noop("Kirim mulai bulan sesudahnya, atau perbaiki akhirnya di halaman orangnya."),
    ),
    Reason.RECORDED_DEAD: (
        gettext_noop("Orang ini tercatat sudah meninggal sebelum bulan unggahan berakhir."),
        gettext_noop("Keluarkan dari daftar, atau perbaiki peristiwanya di halaman orangnya."),
    ),
}
_DOUBT_SENTENCES: dict[Doubt, str] = {
    Doubt.DATE: gettext_noop("Tanggal lahir tidak sesuai dengan NIK."),
    Doubt.SEX: gettext_noop("Jenis kelamin tidak sesuai dengan NIK."),
    Doubt.REGION: gettext_noop("NIK diterbitkan di wilayah lain."),
    Doubt.DATE_MISSING: gettext_noop("Tanggal lahir kosong."),
    Doubt.SEX_UNCLEAR: gettext_noop("Jenis kelamin tidak terbaca."),
    Doubt.AGE_UNUSUAL: gettext_noop("Usia di luar 17–65 tahun."),
    Doubt.KPJ_UNCLEAR: gettext_noop("Nomor KPJ tidak 11 angka, maka tidak disimpan."),
    Doubt.KPJ_CUT: gettext_noop(
        "Nomor KPJ terpotong oleh Excel menjadi pangkat sepuluh, maka tidak disimpan."
    ),
    Doubt.PHONE_UNCLEAR: gettext_noop("Nomor telepon seluler tidak terbaca, maka tidak disimpan."),
    Doubt.PHONE_CUT: gettext_noop(
        "Nomor telepon seluler terpotong oleh Excel menjadi pangkat sepuluh, maka tidak disimpan."
    ),
    Doubt.PHONE_SEVERAL: gettext_noop(
        "Ada beberapa nomor telepon seluler dalam satu sel; yang pertama disimpan."
    ),
    Doubt.NAME_SEVERAL: gettext_noop("Sel namanya mungkin memuat dua orang; disimpan sebagai satu."),
    Doubt.DAY_MONTH: gettext_noop(
        "Tanggal dan bulan lahir tertukar di berkas; dibaca menurut NIK atau menurut seluruh kolomnya."
    ),
    Doubt.ENDINGS: gettext_noop(
        "Sebagian besar NIK berakhir 0: mungkin rusak oleh Excel. Bandingkan dengan KTP."
    ),
    Doubt.PAID_HERE: gettext_noop("Sudah dibayar sumber dana lain di wilayah ini."),
    Doubt.PAID_ELSEWHERE: gettext_noop("Sudah dibayar pemerintah daerah lain."),
    Doubt.EXTRA_MISSING: gettext_noop("Isian tambahan yang wajib diisi masih kosong."),
    Doubt.PAYER_UNKNOWN: gettext_noop(
        "Pembayar yang tertulis belum terdaftar sebagai lembaga; orangnya disimpan tanpa pembayar itu. "
        "Samakan namanya, atau minta administrator mendaftarkan lembaganya."
    ),
}


_FIELDS: dict[str, Field] = {
    Reason.NAME_MISSING: Field.NAME,
    Reason.NAME_NOT_A_NAME: Field.NAME,
    Reason.NAME_TWO_WAYS: Field.NAME,
    Reason.DATE_IMPOSSIBLE: Field.BIRTH_DATE,
}


def reason_sentences(reason: str) -> tuple[str, str]:
    """What is wrong and what to do, in the reader's language."""
    what, remedy = _SENTENCES[Reason(reason)]
    return _(what), _(remedy)


def doubt_sentence(doubt: str) -> str:
    return _(_DOUBT_SENTENCES[Doubt(doubt)])


@dataclass(frozen=True)
class Fault:
    """One refused cell. `value` never holds a whole NIK; `count` is above 1 where it speaks for a column."""

    sheet: str
    row: int
    column: str
    title: str
    value: str
    reason: Reason
    remedy: str
    message: str
    count: int = 1
    # What asks: the words of the file, without numbers.
    words: str = ""
    field: str = Field.NIK

    def as_json(self) -> dict[str, object]:
        told = asdict(self) | {"reason": self.reason.value}
        del told["words"], told["field"]
        return told


@dataclass(frozen=True)
class Warned:
    """One doubtful row that counts all the same."""

    sheet: str
    row: int
    reason: Doubt


def sentence_of(reason: str) -> str:
    """What is wrong and what to do, for where the reader sees the cell itself."""
    return " ".join(reason_sentences(reason))


def field_of(reason: str) -> Field:
    """The cell that a reason speaks of."""
    return _FIELDS.get(reason, Field.NIK)


def fault_of(row: ListRow, field: Any, reason: Reason, words: str = "") -> Fault:
    """The fault of one cell, its value shortened and masked; a question shows the `words` that ask it."""
    what, remedy = reason_sentences(reason)
    value = words or mask_digits(row.text(field)[:200])[:_LONGEST_VALUE]
    title = mask_digits(row.header.titles.get(field, ""))
    place = _('Lembar "%(sheet)s", baris %(row)s, kolom %(column)s "%(title)s"') % {
        "sheet": mask_digits(row.sheet),
        "row": row.number,
        "column": row.column(field),
        "title": title,
    }
    return Fault(
        sheet=mask_digits(row.sheet),
        row=row.number,
        column=row.column(field),
        title=title,
        value=value,
        reason=reason,
        remedy=remedy,
        words=words,
        field=field,
        message=f"{place}: {what} {remedy}" if not value else f'{place}: "{value}". {what} {remedy}',
    )
