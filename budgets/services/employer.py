"""Storing and correcting what is reported of employers."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from django.db import IntegrityError
from django.utils.translation import gettext as _

from budgets.enums import EmployerStanding
from budgets.models import Employer
from budgets.models.employer import HOLDS_AFTER
from budgets.number_or_name import called, identity_of, no_npp, normal_number, npp_fault
from participants.nik import mask_digits
from regions.errors import FactRefused, Problem
from regions.formats import month_name
from regions.month import add_months
from regions.month_rules import month_problem
from regions.number import grouped
from regions.services.fact import FactStore

Found = Iterable[Problem]
# (region, name as it is compared) → months and NPP of reports of registered employers of that name.
_Namesakes = Mapping[tuple[str, str], Sequence[tuple[date, str]]]


class EmployerStore(FactStore[Employer]):
    kind = Employer.fact

    def settle(self, rows: Sequence[Employer]) -> None:
        for row in rows:
            settle_employer(row)

    def problems(self, rows: Sequence[Employer]) -> Found:
        namesakes, taken = _namesakes(rows), _taken(rows)
        for index, row in enumerate(rows):
            yield from month_problem(index, row.month)
            yield from _wrong_name(index, row)
            yield from _registered(index, row) if row.is_registered else _unregistered(index, row, namesakes)
            yield from _wrong_workers(index, row)
            yield from _wrong_money(index, row)
            if row.pk is not None and taken.get(self.kind.key_of(row), row.pk) != row.pk:
                yield Problem(index, _identifying(row), _already())

    def correct(self, **asked: object) -> Employer:
        """As for every fact; who takes the number of another employer of the month is refused."""
        try:
            return super().correct(**asked)  # type: ignore[arg-type]
        except IntegrityError as error:
            if "employer_once" not in str(error):
                raise
            raise FactRefused([Problem(0, "__all__", _already())]) from error


def settle_employer(row: Employer) -> None:
    """Bring the NPP and the name to one spelling, and say what sets the employer apart from others."""
    row.npp = normal_number(row.npp)
    row.name = mask_digits(" ".join(row.name.split()))
    row.called = called(row.name)
    row.identity = identity_of(row.npp, row.name)


def _taken(rows: Sequence[Employer]) -> dict[tuple[object, ...], int]:
    """The rows that already stand under the keys of rows being corrected."""
    kept = [row for row in rows if row.pk is not None]
    found = Employer.objects.filter(identity__in=[row.identity for row in kept]).only(
        "region_id", "month", "identity"
    )
    return {Employer.fact.key_of(row): row.pk for row in found} if kept else {}


def _already() -> str:
    return _(
        "Pemberi kerja lain sudah tercatat dengan NPP atau nama ini pada bulan yang sama. Periksa NPP-nya, "
        "atau koreksi baris yang lain itu."
    )


def _identifying(row: Employer) -> str:
    return "npp" if row.npp else "name"


def _namesakes(rows: Sequence[Employer]) -> _Namesakes:
    asked = [row for row in rows if not row.npp and row.called]
    found: dict[tuple[str, str], list[tuple[date, str]]] = {}
    for row in rows:
        if row.npp:
            found.setdefault((row.region_id, row.called), []).append((row.month, row.npp))
    if asked:
        stored = Employer.objects.filter(
            region__in={row.region_id for row in asked}, called__in={row.called for row in asked}
        ).exclude(npp="")
        stored = stored.exclude(pk__in=[row.pk for row in rows if row.pk is not None])
        for code, name, month, npp in stored.values_list("region_id", "called", "month", "npp"):
            found.setdefault((code, name), []).append((month, npp))
    return found


def _wrong_name(index: int, row: Employer) -> Found:
    if not row.called:
        yield Problem(index, "name", _("Isi nama pemberi kerja."))
    fault = npp_fault(row.npp) if row.npp else ""
    if fault == "nik":
        yield Problem(index, "npp", no_npp())
    elif fault:
        yield Problem(
            index, "npp", _("NPP terdiri atas 4 sampai 20 huruf dan angka. Periksa kembali nomornya.")
        )


def _registered(index: int, row: Employer) -> Found:
    known, insured = row.workers_known, row.workers_registered
    if not row.npp:
        yield Problem(
            index, "npp", _("Yang terdaftar memiliki NPP. Isi NPP-nya, atau pilih “Belum terdaftar”.")
        )
    is_short = known is not None and insured is not None and insured < known
    if row.standing == EmployerStanding.FULL and is_short:
        yield Problem(
            index,
            "standing",
            _(
                "Terdaftar penuh berarti semua tenaga kerjanya terdaftar, tetapi angkanya %(insured)s dari "
                "%(known)s. Pilih “Terdaftar sebagian (PDS tenaga kerja)”, atau perbaiki angkanya."
            )
            % {"insured": grouped(insured or 0), "known": grouped(known or 0)},
        )
    by_workers = row.standing == EmployerStanding.PARTIAL_WORKERS
    if by_workers and None not in (known, insured) and known == insured:
        yield Problem(
            index,
            "workers_registered",
            _(
                "PDS tenaga kerja berarti sebagian tenaga kerja belum terdaftar. Isi angka terdaftar yang "
                "lebih kecil, atau pilih kepesertaan lain."
            ),
        )
    if insured == 0 and row.wages:
        yield Problem(
            index,
            "wages",
            _("Ada upah yang dilaporkan, tetapi tenaga kerja terdaftar nol. Perbaiki salah satu."),
        )


def _unregistered(index: int, row: Employer, namesakes: _Namesakes) -> Found:
    empty = _("Yang belum terdaftar tidak memilikinya. Kosongkan isian ini, atau ubah kepesertaannya.")
    for column in ("npp", "workers_registered", "wages", "arrears_months", "arrears", "fine"):
        if getattr(row, column):
            yield Problem(index, column, empty)
    for month, npp in () if row.npp else sorted(namesakes.get((row.region_id, row.called), ())):
        if month <= row.month <= add_months(month, HOLDS_AFTER):
            yield Problem(
                index,
                "name",
                _(
                    "Nama ini tercatat terdaftar dengan NPP %(npp)s pada %(month)s. Tulis NPP itu, atau "
                    "bedakan namanya bila ini pemberi kerja lain."
                )
                % {"npp": npp, "month": month_name(month)},
            )
            return


def _wrong_workers(index: int, row: Employer) -> Found:
    known, insured = row.workers_known, row.workers_registered
    if known is not None and insured is not None and insured > known:
        yield Problem(
            index,
            "workers_registered",
            _(
                "Yang terdaftar (%(insured)s) lebih banyak daripada yang diketahui (%(known)s). "
                "Periksa keduanya."
            )
            % {"insured": grouped(insured), "known": grouped(known)},
        )


def _wrong_money(index: int, row: Employer) -> Found:
    for column in ("workers_known", "workers_registered", "wages", "arrears_months", "arrears", "fine"):
        number = getattr(row, column)
        if number is not None and number < 0:
            yield Problem(index, column, _("Angka ini tidak boleh negatif. Kosongkan bila belum diketahui."))
    months, rupiah = row.arrears_months, row.arrears
    if months == 0 and rupiah:
        yield Problem(
            index, "arrears_months", _("Ada tunggakan, tetapi bulan menunggaknya nol. Isi jumlah bulannya.")
        )
    if rupiah == 0 and months:
        yield Problem(index, "arrears", _("Menunggak, tetapi rupiahnya nol. Kosongkan bila belum diketahui."))


EMPLOYERS = EmployerStore()
record_employers = EMPLOYERS.record
correct_employer = EMPLOYERS.correct
