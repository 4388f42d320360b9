"""Storing and correcting claims paid."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from budgets.models import Claim
from budgets.services.money import money_problems, stale_money, told_of_payment
from regions.enums import ReportKind
from regions.errors import Problem
from regions.models import User
from regions.roles import Permission
from regions.services.fact import FactKind, Outcome, correct_fact, record_facts


def record_claims(rows: Sequence[Claim], *, by: User, overwrite: bool = False) -> Outcome[Claim]:
    return record_facts(CLAIM, rows, by=by, overwrite=overwrite)


def correct_claim(*, pk: int, revision: int, by: User, reason: str, new: dict[str, Any]) -> Claim:
    return correct_fact(CLAIM, pk=pk, revision=revision, by=by, reason=reason, new=new)


def _problems(rows: Sequence[Claim]) -> Iterable[Problem]:
    yield from money_problems(rows)
    for index, row in enumerate(rows):
        if row.happened_on is not None and row.happened_on > row.paid_on:
            yield Problem(
                index,
                "happened_on",
                _("Tanggal kejadian sesudah tanggal bayar. Periksa kedua tanggalnya."),
            )


CLAIM: FactKind[Claim] = FactKind(
    model=Claim,
    key=("reference",),
    values=(
        "programme",
        "kind",
        "amount",
        "cases",
        "paid_on",
        "happened_on",
        "category_id",
        "funding_id",
    ),
    permission=Permission.ENTER_CLAIM,
    report=ReportKind.CLAIMS,
    stale=stale_money,
    told=lambda row: told_of_payment(row, CLAIM.values),
    problems=_problems,
    label=lambda: _("klaim"),
)
