"""Storing and correcting how many construction projects a region counts."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from budgets.models import ProjectCount
from regions.errors import Problem
from regions.month_rules import month_problem
from regions.number import grouped
from regions.services.fact import FactStore


class ProjectCountStore(FactStore[ProjectCount]):
    kind = ProjectCount.fact

    def problems(self, rows: Sequence[ProjectCount]) -> Iterable[Problem]:
        for index, row in enumerate(rows):
            yield from month_problem(index, row.month)
            yield from _wrong_numbers(index, row)
            yield from _wrong_values(index, row)


def _wrong_numbers(index: int, row: ProjectCount) -> Iterable[Problem]:
    if row.packages < 1:
        yield Problem(
            index, "packages", _("Isi jumlah paketnya. Bila belum ada paket, jangan catat barisnya.")
        )
    elif row.registered < 0:
        yield Problem(index, "registered", _("Jumlah tidak boleh negatif. Tulis 0 bila belum ada."))
    elif row.registered > row.packages:
        yield Problem(
            index,
            "registered",
            _("Paket terdaftar (%(registered)s) melebihi semua paket (%(all)s). Periksa keduanya.")
            % {"registered": grouped(row.registered), "all": grouped(row.packages)},
        )


def _wrong_values(index: int, row: ProjectCount) -> Iterable[Problem]:
    whole, insured = row.total_value, row.registered_value
    if whole is not None and whole <= 0:
        yield Problem(index, "total_value", _("Nilai harus lebih dari nol. Kosongkan bila belum diketahui."))
    if insured is None:
        return
    if insured < 0:
        yield Problem(
            index, "registered_value", _("Nilai tidak boleh negatif. Kosongkan bila belum diketahui.")
        )
    elif whole is not None and insured > whole:
        yield Problem(
            index,
            "registered_value",
            _("Nilai paket terdaftar melebihi nilai seluruh paket. Periksa keduanya."),
        )
    if bool(insured) != bool(row.registered):
        yield Problem(
            index,
            "registered_value",
            _(
                "Jumlah dan nilai paket terdaftar tidak cocok: yang satu nol, yang lain tidak. Periksa "
                "keduanya, atau kosongkan nilainya bila belum diketahui."
            ),
        )
    elif whole is not None and row.registered == row.packages and insured < whole:
        yield Problem(
            index,
            "registered_value",
            _("Semua paket terdaftar, tetapi nilainya kurang dari nilai seluruh paket. Periksa angkanya."),
        )


PROJECT_COUNTS = ProjectCountStore()
record_project_counts = PROJECT_COUNTS.record
correct_project_count = PROJECT_COUNTS.correct
