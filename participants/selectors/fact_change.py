"""For which months the facts of this storey count."""

from participants.models import CategoryTarget, Enrolment, Headcount, MembershipCount, Target, Workforce
from regions.roles import Permission
from regions.selectors.fact_change import CountedKind

_JANUARY = "make_date({year}, 1, 1)"


def _after(table: str, same: str) -> str:
    """January after the nearest earlier year for which there is another row of the same."""
    earlier = f"SELECT max(o.year) FROM {table} AS o WHERE {same} AND o.year < v.year AND o.id <> v.id"
    return f"make_date(coalesce(({earlier}), 1999) + 1, 1, 1)"


_LATER_WORKFORCE = """(
  SELECT make_date(min(o.year), 1, 1) - interval '1 month' FROM participants_workforce AS o
  WHERE o.region_id = v.region_id AND o.is_official AND o.year > v.year)"""

PARTICIPANT_KINDS = (
    CountedKind(
        MembershipCount,
        ("members",),
        "v.month",
        "v.month",
        named=("month", "segment"),
        url_name="membership_count_correct",
        permission=Permission.ENTER_MEMBERSHIP,
    ),
    # People of a month make contributions due, which are summed to the year's end.
    CountedKind(
        Headcount,
        ("people",),
        "v.month",
        "v.month",
        counts_on=True,
        named=("month", "category_id", "funding_id"),
        url_name="headcount_correct",
        permission=Permission.ENTER_HEADCOUNT,
    ),
    CountedKind(
        Workforce,
        ("workers", "is_official"),
        _JANUARY.format(year="v.year"),
        f"coalesce({_LATER_WORKFORCE}, 'infinity')",
        counts="v.is_official",
        named=("year", "kind", "segment"),
        url_name="workforce_correct",
        permission=Permission.ENTER_WORKFORCE,
    ),
    CountedKind(
        Target,
        ("percent",),
        _after("participants_target", "o.region_id = v.region_id AND o.frame = v.frame"),
        "make_date(v.year, 12, 1)",
        reaches_down=True,
        named=("year", "frame"),
        url_name="target_correct",
        permission=Permission.ENTER_WORKFORCE,
    ),
    CountedKind(
        CategoryTarget,
        ("people",),
        _after(
            "participants_categorytarget",
            "o.region_id = v.region_id AND o.frame = v.frame AND o.category_id = v.category_id",
        ),
        "make_date(v.year, 12, 1)",
        named=("category_id", "year", "frame"),
        url_name="category_target_correct",
        permission=Permission.ENTER_WORKFORCE,
    ),
    CountedKind(
        Enrolment,
        ("participant_id", "category_id", "funding_id", "segment", "programmes"),
        "v.first_month",
        "coalesce(v.last_month, 'infinity')",
        counts="v.state IN ('active', 'ended')",
        # A spell is on the word of the list that brought it; another list that says the same changes nothing.
        word=(),
        named=("category_id", "funding_id"),
        also=("first_month", "last_month", "state"),
        counts_on=True,
    ),
)
