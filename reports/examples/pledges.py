"""Invented offers to payers of one example city: one of each stage."""

from collections.abc import Iterable, Iterator
from datetime import date

from budgets.models import Pledge, PledgePayment
from reports.examples.facts import common
from reports.examples.places import Place

_CILEGON = "36.72"
_RATE = 16_800
# Category, source of funds, institution, people, first month, months; days of the offer, of the pledge and
# on which it is due.
_TOLD = (
    ("pedagang_kaki_lima", "csr", "3672-pt-contoh-baja", 400, 7, 6, (3, 10), (4, 14), (6, 30)),
    ("buruh_tani", "baznas", "3672-baznas", 250, 9, 4, (5, 5), (6, 2), (8, 31)),
    ("ojek_pangkalan", "csr", "3672-pt-contoh-petrokimia", 120, 10, 3, (6, 9), (7, 1), (9, 30)),
    ("buruh_tani", "csr", None, 300, 10, 3, (8, 4), None, None),
)
# The part of each that was paid, and when.
_PAID = {"pedagang_kaki_lima": (1, (6, 20)), "buruh_tani": (2, (8, 20))}


def pledges(place: Place) -> Iterator[Pledge]:
    year = place.span.budget_years[0]
    if place.code != _CILEGON:
        return
    for number, (category, funding, payer, people, first, months, offer, *days) in enumerate(_TOLD):
        offered = date(year, *offer)
        pledged, due = (date(year, *day) if day else None for day in days)
        yield Pledge(
            **common(place, offered),
            reference=f"contoh:janji:{place.code}:{year}:{number}",
            year=year,
            category_id=category,
            funding_id=funding,
            institution_id=payer,
            people=people,
            first_month=date(year, first, 1),
            months=months,
            monthly_rate=_RATE,
            offered_on=offered,
            pledged_on=pledged,
            due_on=due,
        )


def pledge_payments(rows: Iterable[Pledge]) -> Iterator[PledgePayment]:
    for row in rows:
        part, day = _PAID.get(row.category_id, (0, (1, 2)))
        if not part or row.pledged_on is None:
            continue
        told = ("region_id", "source", "origin")
        paid_on = date(row.year, *day)
        yield PledgePayment(
            **{name: getattr(row, name) for name in told},
            as_of=paid_on,
            reference=row.reference.replace("janji", "bayar-janji"),
            pledge=row,
            paid_on=paid_on,
            amount=row.amount // part,
        )
