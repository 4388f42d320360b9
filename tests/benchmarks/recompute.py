"""Recomputation of whole years against one bare counting pass and against pandas over the same rows.

A row is a regency: each has 12 months of members, people by category, contributions and claims.
"""

from tests.benchmarks import _setting as setting

options = setting.arguments(__doc__ or "", default_rows=514, small_rows=40)
setting.start()

import pandas as pd
from django.core.management import call_command
from django.db import connection

from budgets.models import Claim, Contribution
from budgets.services.reference import load_contribution_rates
from participants.models import Headcount, MembershipCount, Workforce
from participants.services.membership_count import correct_membership_count
from participants.services.reference import load_categories, load_funding_sources
from regions.enums import Level
from regions.models import Change, Region
from regions.services.region import load_regions
from regions.services.user import ensure_system_user
from reports.examples import facts
from reports.examples.places import MONTHS, example_places
from reports.models import MeasureValue, Run, StaleMonth
from reports.services.definition import ensure_coverage_definition
from reports.services.run import recompute_stale

_YEAR = MONTHS[-12:]
_FLOOR = (
    "SELECT region_id, month, sum(members) FROM participants_membershipcount GROUP BY 1, 2",
    "SELECT region_id, month, category_id, funding_id, sum(people) FROM participants_headcount "
    "GROUP BY 1, 2, 3, 4",
    "SELECT region_id, date_trunc('month', paid_on), sum(amount) FROM budgets_contribution GROUP BY 1, 2",
    "SELECT region_id, date_trunc('month', paid_on), sum(amount) FROM budgets_claim GROUP BY 1, 2",
)


def fill(count: int) -> int:
    """Facts of `count` regencies; their number."""
    call_command("migrate", verbosity=0)
    load_regions(down_to=Level.REGENCY)
    load_categories()
    load_funding_sources()
    load_contribution_rates()
    ensure_coverage_definition()
    system = ensure_system_user()
    regencies = list(Region.objects.filter(level=Level.REGENCY, valid_until=None)[:count])
    rows: dict[type, list] = {}
    for place in example_places(regencies, calibrated=False):
        months = list(_YEAR)
        rows.setdefault(Workforce, []).extend(facts.workforces(place))
        rows.setdefault(MembershipCount, []).extend(facts.members(place, months))
        rows.setdefault(Headcount, []).extend(facts.headcounts(place, months))
        rows.setdefault(Contribution, []).extend(facts.contributions(place, months))
        rows.setdefault(Claim, []).extend(facts.claims(place, months))
    for model, made in rows.items():
        for row in made:
            row.entered_by = system
        model.objects.bulk_create(made, batch_size=5000)
    Change.objects.bulk_create(
        Change(region=region, first_month=_YEAR[0], last_month=_YEAR[-1]) for region in regencies
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return sum(map(len, rows.values()))


def floor() -> None:
    """Every fact counted once, and nothing done with it."""
    with connection.cursor() as cursor:
        for query in _FLOOR:
            cursor.execute(query)
            cursor.fetchall()


def with_pandas() -> int:
    """The same year as an analyst would do it: read all rows, group, join, divide, sum upward."""
    tables = {
        model: pd.DataFrame(list(model.objects.values(*columns)))
        for model, columns in (
            (MembershipCount, ("region_id", "month", "members")),
            (Workforce, ("region_id", "year", "segment", "workers")),
            (Headcount, ("region_id", "month", "category_id", "funding_id", "people")),
            (Contribution, ("region_id", "paid_on", "amount")),
            (Claim, ("region_id", "paid_on", "amount")),
        )
    }
    members = tables[MembershipCount].groupby(["region_id", "month"], as_index=False).members.sum()
    workers = tables[Workforce][tables[Workforce].segment == "all"]
    members["year"] = pd.to_datetime(members.month).dt.year
    joined = members.merge(workers, on=["region_id", "year"])
    joined["province"] = joined.region_id.str[:2]
    above = joined.groupby(["province", "month"])[["members", "workers"]].sum()
    above["rate"] = above.members / above.workers * 100
    people = tables[Headcount].groupby(["region_id", "month", "category_id", "funding_id"]).people.sum()
    money = []
    for model in (Contribution, Claim):
        frame = tables[model]
        frame["month"] = pd.to_datetime(frame.paid_on).dt.to_period("M")
        money.append(frame.groupby(["region_id", "month"]).amount.sum().groupby(level=0).cumsum())
    return len(above) + len(people) + sum(map(len, money))


def correct_one() -> None:
    row = MembershipCount.objects.select_related("region").order_by("-month", "pk").first()
    correct_membership_count(
        pk=row.pk,
        revision=row.revision,
        by=ensure_system_user(),
        reason="benchmark",
        new={"members": row.members + 1},
    )
    recompute_stale()


def main() -> None:
    stored = fill(options.rows)
    whole = setting.timed(lambda: recompute_stale(seconds=3600))
    assert not StaleMonth.objects.exists()
    bare, pandas = setting.timed(floor, 3), setting.timed(with_pandas, 3)
    one = setting.timed(correct_one, 3)
    setting.report(
        {
            "regencies": options.rows,
            "facts": stored,
            "runs": Run.objects.filter(is_current=True).count(),
            "values": MeasureValue.objects.filter(run__is_current=True).count(),
            "recompute_year_s": whole,
            "floor_s": bare,
            "pandas_s": pandas,
            "one_correction_s": one,
            "ratio_recompute_to_floor": whole / bare,
            "ratio_recompute_to_pandas": whole / pandas,
            "ratio_one_correction_to_year": one / whole,
        },
        options.as_json,
    )


if __name__ == "__main__":
    main()
