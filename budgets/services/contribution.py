"""Storing and correcting contributions received."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from budgets.models import Contribution
from budgets.services.money import money_problems, stale_money, told_of_payment
from regions.enums import ReportKind
from regions.errors import Problem
from regions.models import User
from regions.roles import Permission
from regions.services.fact import FactKind, Outcome, correct_fact, record_facts


def record_contributions(
    rows: Sequence[Contribution], *, by: User, overwrite: bool = False
) -> Outcome[Contribution]:
    return record_facts(CONTRIBUTION, rows, by=by, overwrite=overwrite)


def correct_contribution(
    *, pk: int, revision: int, by: User, reason: str, new: dict[str, Any]
) -> Contribution:
    return correct_fact(CONTRIBUTION, pk=pk, revision=revision, by=by, reason=reason, new=new)


def _problems(rows: Sequence[Contribution]) -> Iterable[Problem]:
    yield from money_problems(rows)
    for index, row in enumerate(rows):
        if row.last_month < row.first_month:
            yield Problem(
                index,
                "last_month",
                _("Bulan terakhir lebih awal dari bulan pertama. Tukar keduanya bila terbalik."),
            )


CONTRIBUTION: FactKind[Contribution] = FactKind(
    model=Contribution,
    key=("reference",),
    values=(
        "programme",
        "amount",
        "paid_on",
        "first_month",
        "last_month",
        "category_id",
        "funding_id",
    ),
    permission=Permission.ENTER_CONTRIBUTION,
    report=ReportKind.CONTRIBUTIONS,
    stale=stale_money,
    told=lambda row: told_of_payment(row, CONTRIBUTION.values),
    problems=_problems,
    label=lambda: _("iuran"),
)
