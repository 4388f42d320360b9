"""For which months the facts of this storey count."""

from budgets.models import Allocation, Claim, Contribution, Realisation, WageBase
from regions.roles import Permission
from regions.selectors.fact_change import CountedKind, year_end

_PAID = ("date_trunc('month', v.paid_on)", year_end("v.paid_on"))
_DAYS = "v.billed_on, v.paid_on, v.posted_on"

BUDGET_KINDS = (
    CountedKind(
        Contribution,
        ("programme", "amount", "paid_on", "first_month", "last_month", "category_id", "funding_id"),
        *_PAID,
        url_name="contribution_correct",
        permission=Permission.ENTER_CONTRIBUTION,
    ),
    CountedKind(
        Claim,
        ("programme", "kind", "amount", "cases", "paid_on", "happened_on", "category_id", "funding_id"),
        *_PAID,
        url_name="claim_correct",
        permission=Permission.ENTER_CLAIM,
    ),
    CountedKind(
        Allocation,
        ("amount", "heads", "months", "monthly_rate", "decided_on"),
        "greatest(date_trunc('month', v.decided_on), make_date(v.year, 1, 1))",
        "make_date(v.year, 12, 1)",
        named=("year", "account", "category_id", "funding_id", "phase", "sequence"),
        url_name="allocation_correct",
        permission=Permission.ENTER_BUDGET,
    ),
    CountedKind(
        Realisation,
        (
            *("billed_amount", "billed_on", "paid_amount", "paid_on", "posted_amount", "posted_on"),
            *("category_id", "funding_id"),
        ),
        f"date_trunc('month', least({_DAYS}))",
        year_end(f"greatest({_DAYS})"),
        named=("bill_number", "first_month", "last_month"),
        url_name="realisation_correct",
        permission=Permission.ENTER_BUDGET,
    ),
    CountedKind(
        WageBase,
        ("rupiah", "risk_class", "programmes"),
        "v.first_month",
        "'infinity'",
        named=("category_id", "first_month"),
        url_name="wage_base_correct",
        permission=Permission.ENTER_BUDGET,
    ),
)
