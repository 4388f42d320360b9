"""A plan that was decided on becomes budget lines, one of each category and source of funds."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from budgets.enums import Phase
from budgets.errors import PlanRefused
from budgets.models import Allocation, Scenario
from budgets.selectors.planning.annex import accounts_of
from budgets.selectors.planning.scenario import PlanLine, get_scenario, result_of
from budgets.services.allocation import ALLOCATIONS
from regions.enums import Origin
from regions.models import User
from regions.roles import Permission


@transaction.atomic
def record_plan_lines(
    *, pk: int, decided_on: date, document: str, legal_basis: str, by: User
) -> Sequence[Allocation]:
    """The lines that were stored, or stood already. The region of the plan pays, also for regions below it.

    Raises PlanRefused for a plan that is not used, FactRefused where a line stands with another amount or
    something else is wrong with it.
    """
    scenario = get_scenario(by, pk, Permission.ENTER_BUDGET)
    result = result_of(scenario)
    if result is None or scenario.accepted_at is None:
        raise PlanRefused(
            _("Pakai rencana ini lebih dahulu; sesudah ditetapkan, catat barisnya sebagai pagu.")
        )
    rows = [
        _row(scenario, lines, decided_on=decided_on, document=document, legal_basis=legal_basis)
        for lines in _by_cell(result.lines)
    ]
    return ALLOCATIONS.record(rows, by=by).rows


def _by_cell(lines: Iterable[PlanLine]) -> list[list[PlanLine]]:
    cells: dict[tuple[str, str], list[PlanLine]] = {}
    for line in lines:
        if line.people:
            cells.setdefault((line.category, line.source), []).append(line)
    return list(cells.values())


def _row(
    scenario: Scenario, lines: list[PlanLine], *, decided_on: date, document: str, legal_basis: str
) -> Allocation:
    """People, months and rate stand only where all of the line have the same."""
    category, source = lines[0].category, lines[0].source
    accounts = accounts_of(scenario)
    sub_activity, account = accounts.get((scenario.region_id, category), ("", ""))
    months = {line.months for line in lines}
    rates = {rate for line in lines for rate in line.rates}
    is_plain = len(months) == 1 and len(rates) == 1
    return Allocation(
        region_id=scenario.region_id,
        year=scenario.year,
        category_id=category,
        funding_id=source,
        sub_activity=sub_activity,
        account=account,
        phase=Phase.ORIGINAL,
        sequence=1,
        amount=sum(line.rupiah for line in lines),
        heads=sum(line.people for line in lines),
        months=months.pop() if is_plain else None,
        monthly_rate=rates.pop() if is_plain else None,
        decided_on=decided_on,
        document=document,
        legal_basis=legal_basis,
        source=_("Skenario rencana %(number)s: %(name)s") % {"number": scenario.pk, "name": scenario.name},
        as_of=min(decided_on, localdate()),
        origin=Origin.FORM,
    )
