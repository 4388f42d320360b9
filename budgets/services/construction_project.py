"""Storing and correcting construction projects, one by one."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from django.db import IntegrityError
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from budgets.models import ConstructionProject
from budgets.number_or_name import (
    called,
    identity_of,
    is_nik,
    no_package_code,
    no_registration_number,
    normal_number,
)
from regions.errors import FactRefused, Problem
from regions.month_rules import EARLIEST
from regions.personal_numbers import masked_numbers
from regions.services.fact import FactStore

Found = Iterable[Problem]
# A project is registered when the work begins; a date so long before is a slip of the hand.
_LONGEST_BEFORE = timedelta(days=366)
_ONLY_REGISTERED = ("registration_number", "registered_on", "contribution")
# (region, year, name as it is compared) → whether projects of that name have a code.
_Namesakes = dict[tuple[str, int, str], set[bool]]


class ConstructionProjectStore(FactStore[ConstructionProject]):
    kind = ConstructionProject.fact

    def settle(self, rows: Sequence[ConstructionProject]) -> None:
        for row in rows:
            settle_project(row)

    def problems(self, rows: Sequence[ConstructionProject]) -> Found:
        namesakes, taken = _namesakes(rows), _taken(rows)
        for index, row in enumerate(rows):
            yield from _wrong_name(index, row)
            yield from _twice(index, row, namesakes)
            yield from _wrong_months(index, row)
            yield from _wrong_money(index, row)
            yield from _registered(index, row) if row.is_registered else _unregistered(index, row)
            if row.pk is not None and taken.get(self.kind.key_of(row), row.pk) != row.pk:
                yield Problem(index, "package_code" if row.package_code else "package_name", _already())

    def correct(self, **asked: object) -> ConstructionProject:
        """As for every fact; what takes the code of another project of the year is refused."""
        try:
            return super().correct(**asked)  # type: ignore[arg-type]
        except IntegrityError as error:
            if "project_once" not in str(error):
                raise
            raise FactRefused([Problem(0, "__all__", _already())]) from error


def settle_project(row: ConstructionProject) -> None:
    """Bring code and words to one spelling, and say what sets the project apart from others."""
    row.package_code = normal_number(row.package_code)
    for column in ("package_name", "office", "contractor"):
        setattr(row, column, masked_numbers(" ".join(getattr(row, column).split())))
    row.registration_number = " ".join(row.registration_number.split())
    row.called = called(row.package_name)
    row.identity = identity_of(row.package_code, row.package_name)


def _taken(rows: Sequence[ConstructionProject]) -> dict[tuple[object, ...], int]:
    """The rows that already stand under the keys of rows being corrected."""
    kept = [row for row in rows if row.pk is not None]
    found = ConstructionProject.objects.filter(identity__in=[row.identity for row in kept]).only(
        "region_id", "year", "identity"
    )
    return {ConstructionProject.fact.key_of(row): row.pk for row in found} if kept else {}


def _already() -> str:
    return _(
        "Paket lain sudah tercatat dengan kode atau nama ini pada tahun anggaran yang sama. Periksa kodenya, "
        "atau koreksi baris yang lain itu."
    )


def _namesakes(rows: Sequence[ConstructionProject]) -> _Namesakes:
    """Of the names of these rows, those stored and those among the rows themselves."""
    found: _Namesakes = {}
    stored = ConstructionProject.objects.filter(
        region__in={row.region_id for row in rows},
        year__in={row.year for row in rows},
        called__in={row.called for row in rows},
    ).exclude(pk__in=[row.pk for row in rows if row.pk is not None])
    told = list(stored.values_list("region_id", "year", "called", "package_code"))
    told += [(row.region_id, row.year, row.called, row.package_code) for row in rows]
    for region, year, name, code in told:
        found.setdefault((region, year, name), set()).add(bool(code))
    return found


def _twice(index: int, row: ConstructionProject, namesakes: _Namesakes) -> Found:
    """One project with its code and without would be counted twice."""
    if not row.called or len(namesakes[row.region_id, row.year, row.called]) < 2:
        return
    if row.package_code:
        sentence = _(
            "Paket bernama ini sudah tercatat tanpa kode pada tahun anggaran yang sama. Koreksi baris itu "
            "dan isi kodenya, atau bedakan namanya bila ini paket lain."
        )
    else:
        sentence = _(
            "Paket bernama ini tercatat dengan kode pada tahun anggaran yang sama. Tulis kodenya, atau "
            "bedakan namanya bila ini paket lain."
        )
    yield Problem(index, "package_name", sentence)


def _wrong_name(index: int, row: ConstructionProject) -> Found:
    if not row.called:
        yield Problem(index, "package_name", _("Isi nama paket pekerjaannya."))
    code = row.package_code
    if is_nik(code):
        yield Problem(index, "package_code", no_package_code())
    elif code and not (code.isascii() and code.isalnum() and len(code) <= 20):
        yield Problem(
            index,
            "package_code",
            _("Kode paket paling banyak 20 huruf dan angka. Periksa kembali, atau kosongkan."),
        )


def _wrong_months(index: int, row: ConstructionProject) -> Found:
    if row.year < EARLIEST.year:
        yield Problem(
            index, "year", _("Terlalu lama: BPJS Ketenagakerjaan mulai Januari 2014. Periksa tahunnya.")
        )
    if row.year > localdate().year + 1:
        yield Problem(index, "year", _("Tahun anggaran ini masih jauh. Periksa tahunnya."))
    if row.first_month.year > row.year:
        yield Problem(
            index,
            "first_month",
            _("Pekerjaan mulai sesudah tahun anggarannya. Perbaiki bulan mulai atau tahun anggarannya."),
        )
    if row.first_month < EARLIEST:
        yield Problem(
            index,
            "first_month",
            _("Terlalu lama: BPJS Ketenagakerjaan mulai Januari 2014. Periksa bulan mulainya."),
        )
    if row.last_month is None:
        return
    if row.last_month < row.first_month:
        yield Problem(
            index,
            "last_month",
            _("Pekerjaan selesai sebelum mulai. Perbaiki bulan mulai atau bulan selesai."),
        )
    elif row.last_month.year < row.year:
        yield Problem(
            index,
            "last_month",
            _("Pekerjaan selesai sebelum tahun anggarannya. Perbaiki bulan selesai atau tahun anggarannya."),
        )


def _wrong_money(index: int, row: ConstructionProject) -> Found:
    if row.contract_value is not None and row.contract_value <= 0:
        yield Problem(
            index,
            "contract_value",
            _("Nilai kontrak harus lebih dari nol. Kosongkan bila belum diketahui."),
        )
    if row.contribution is not None and row.contribution < 0:
        yield Problem(index, "contribution", _("Iuran tidak boleh negatif. Kosongkan bila belum diketahui."))
    elif row.contribution and row.contract_value and row.contribution >= row.contract_value:
        yield Problem(
            index,
            "contribution",
            _("Iuran tidak mungkin sebesar nilai kontraknya. Periksa kedua angkanya."),
        )


def _registered(index: int, row: ConstructionProject) -> Found:
    if is_nik(normal_number(row.registration_number)):
        yield Problem(index, "registration_number", no_registration_number())
    if not row.registration_number:
        yield Problem(
            index,
            "registration_number",
            _(
                "Yang terdaftar memiliki nomor pendaftaran. Isi nomornya, atau ubah status Jakon menjadi "
                "“Belum terdaftar”."
            ),
        )
    day = row.registered_on
    if day is None:
        return
    if day > localdate():
        yield Problem(index, "registered_on", _("Tanggal pendaftaran ini belum tiba. Periksa tanggalnya."))
    elif day < row.first_month - _LONGEST_BEFORE:
        yield Problem(
            index,
            "registered_on",
            _("Lebih dari setahun sebelum pekerjaan mulai. Periksa tanggal pendaftaran dan bulan mulainya."),
        )


def _unregistered(index: int, row: ConstructionProject) -> Found:
    empty = _("Yang belum terdaftar tidak memilikinya. Kosongkan isian ini, atau ubah status Jakonnya.")
    for column in _ONLY_REGISTERED:
        if getattr(row, column):
            yield Problem(index, column, empty)


CONSTRUCTION_PROJECTS = ConstructionProjectStore()
record_projects = CONSTRUCTION_PROJECTS.record
correct_project = CONSTRUCTION_PROJECTS.correct
