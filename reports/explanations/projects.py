"""The construction projects behind figures of Jakon, by name for those who may see persons; or the count."""

from collections.abc import Callable, Iterable
from datetime import date

from django.utils.translation import gettext as _

from budgets.models import ConstructionProject, ProjectCount
from budgets.selectors.construction_project import count_in_force, explain_projects
from regions.formats import month_name
from reports.enums import Unit
from reports.explanations.fact_row import FactRow, FactSection
from reports.measures.evidence import Evidence
from reports.models import MeasureValue

# A regency may have thousands; the register lists them all.
_MOST = 200
_Amount = Callable[[ConstructionProject], int]


def _sections(
    rows: Iterable[ConstructionProject], period: date, titles: tuple[str, str], unit: Unit, amount: _Amount
) -> Iterable[FactSection]:
    """Registered by the month, then the others: a registration that came later is none of this month."""
    registered: list[FactRow] = []
    others: list[FactRow] = []
    for row in rows:
        is_registered = row.is_registered_by(period)
        found = registered if is_registered else others
        found.append(FactRow(row, _label(row, is_registered=is_registered), amount(row), unit))
    for title, part in zip(titles, (registered, others), strict=True):
        yield FactSection(title, part, _MOST)


def _label(row: ConstructionProject, *, is_registered: bool) -> str:
    registered = _("terdaftar") if is_registered else _("belum terdaftar")
    words = _("%(status)s, mulai %(month)s") % {
        "status": registered,
        "month": month_name(row.first_month),
    }
    return " · ".join(part for part in (str(row), row.office, words) if part)


def _counted(count: ProjectCount, told: Iterable[tuple[str, int]], unit: Unit) -> Iterable[FactSection]:
    label = _("%(region)s, Januari sampai %(month)s") % {
        "region": count.region.full_label,
        "month": month_name(count.month),
    }
    for title, amount in told:
        yield FactSection(title, [FactRow(count, label, amount, unit)])


def known_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    if (count := count_in_force(code, period)) is not None:
        told = (
            (_("Paket terdaftar menurut jumlah yang dilaporkan"), count.registered),
            (_("Paket belum terdaftar menurut jumlah yang dilaporkan"), count.unregistered),
        )
        yield from _counted(count, told, Unit.PROJECTS)
        return
    yield from beside_sections(code, period, value)


def beside_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    titles = (_("Paket terdaftar"), _("Paket belum terdaftar"))
    yield from _sections(explain_projects(code, period), period, titles, Unit.PROJECTS, lambda _row: 1)


def value_sections(code: str, period: date, value: MeasureValue) -> Iterable[FactSection]:
    count = count_in_force(code, period)
    if count is not None:
        if count.total_value is not None and count.registered_value is not None:
            told = (
                (_("Nilai paket terdaftar menurut jumlah yang dilaporkan"), count.registered_value),
                (
                    _("Nilai paket belum terdaftar menurut jumlah yang dilaporkan"),
                    count.total_value - count.registered_value,
                ),
            )
            yield from _counted(count, told, Unit.RUPIAH)
        return
    valued = [row for row in explain_projects(code, period) if row.contract_value is not None]
    titles = (_("Nilai paket terdaftar"), _("Nilai paket belum terdaftar"))
    yield from _sections(valued, period, titles, Unit.RUPIAH, lambda row: row.contract_value or 0)


SECTIONS = {
    Evidence.PROJECTS: known_sections,
    Evidence.PROJECT_VALUES: value_sections,
    Evidence.PROJECTS_BESIDE: beside_sections,
}
