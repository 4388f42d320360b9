"""The tables of plans as files."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from budgets.models import Scenario
from budgets.selectors.planning.formula import formula_of
from regions.signed_in import SignedInRequest
from regions.views.table_file import table_file
from reports.selectors.plans.shown import ShownPlan


def plan_list_file(request: SignedInRequest, rows: QuerySet[Scenario], code: str) -> HttpResponseBase:
    head = [_("nomor"), _("skenario"), _("kode_wilayah"), _("wilayah"), _("tahun"), _("status")]
    return table_file(
        request,
        name="rencana",
        subject=_("daftar rencana"),
        header=[*head, _("dipakai_pada"), _("dibuat_pada"), _("dibuat_oleh")],
        rows=_scenarios(rows),
        region_code=code,
    )


def _scenarios(rows: Iterable[Scenario]) -> Iterable[list[object]]:
    for row in rows:
        used = localdate(row.accepted_at) if row.accepted_at else None
        yield [
            *(row.pk, row.name, row.region_id, row.region.full_label, row.year, row.get_state_display()),
            *(used, localdate(row.made_at), str(row.made_by)),
        ]


def plan_file(request: SignedInRequest, scenario: Scenario, plan: ShownPlan) -> HttpResponseBase:
    """Its lines; of a plan of several years those of each year."""
    head = [_("tahun"), _("wilayah"), _("kategori"), _("sumber_dana"), _("bulan"), _("orang"), _("rumus")]
    return table_file(
        request,
        name=f"rencana-{scenario.pk}",
        subject=_("baris rencana %(number)s") % {"number": scenario.pk},
        header=[*head, _("jumlah"), _("diteruskan")],
        rows=_lines(scenario, plan),
        region_code=scenario.region_id,
    )


def _lines(scenario: Scenario, plan: ShownPlan) -> Iterable[list[object]]:
    for row in plan.lines:
        line = row.line
        yield [
            *(scenario.year, row.region, row.category, row.source, line.months, line.people),
            *(formula_of(line.people, line.rates), line.rupiah, ""),
        ]
    # The first year of several is the plan itself.
    for year in plan.staged.years[1:] if plan.staged else ():
        for one in year.lines:
            yield [
                *(year.year, one.region, one.category, one.source, one.months, one.people),
                *(one.formula, one.rupiah, _("ya") if one.is_renewed else ""),
            ]


def compared_file(request: SignedInRequest, table: dict[str, Any]) -> HttpResponseBase:
    names = [scenario.name for scenario in table["scenarios"]]
    return table_file(
        request,
        name="rencana-berdampingan",
        subject=_("rencana berdampingan"),
        header=[_("hal"), *names],
        rows=[[label, *cells] for label, cells in table["rows"]],
        region_code=table["scenarios"][0].region_id if table["scenarios"] else "",
    )
