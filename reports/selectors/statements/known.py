"""What is computed and published of a region and month, by what a figure of a text is about."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from regions.formats import day_name, month_name
from regions.models import Region, User
from regions.month import add_months, first_of
from reports.measures.catalogue import MEASURES
from reports.models import MeasureValue, PublishedFigure
from reports.selectors.standing import standing, stood
from reports.statements import subjects
from reports.statements.figure import PERSENT

# The first is meant where nothing else is said; the others are other definitions of the same words.
_MEASURES: dict[str, tuple[str, ...]] = {
    subjects.UCJ: ("COV-01", "COV-02"),
    subjects.COVERED: ("COV-01", "COV-02", "CAT-02", "CAT-05"),
    subjects.ELIGIBLE: ("COV-01/", "COV-02/"),
    subjects.UNCOVERED: ("COV-03",),
    subjects.FUNDED: ("CAT-02", "CAT-05", "CAT-06", "CAT-04"),
    subjects.REMAINING: ("CAT-02", "CAT-05"),
    subjects.VULNERABLE: ("CAT-06", "CAT-02", "CAT-05"),
    subjects.CATEGORY: ("CAT-01", "CAT-03", "CAT-04"),
    subjects.CONTRIBUTIONS: ("BAL-01", "BAL-06", "CON-01", "CON-02"),
    subjects.CLAIMS: ("BAL-02", "BAL-07", "CLM-01", "CLM-04"),
    subjects.CLAIM_CASES: ("CLM-03", "CLM-02"),
    subjects.BALANCE: ("BAL-03", "BAL-05", "CON-03"),
    subjects.CLAIM_RATIO: ("BAL-04", "BAL-08"),
    subjects.BUDGET: ("BUD-01", "BUD-04", "BUD-02", "BUD-11"),
    subjects.REALISED: ("BUD-02", "BUD-05", "BUD-11", "BUD-12"),
    subjects.ABSORPTION: ("BUD-03", "BUD-08"),
}
_PUBLISHED: dict[str, str] = {
    subjects.UCJ: "ucj",
    subjects.COVERED: "covered",
    subjects.ELIGIBLE: "eligible",
    subjects.CATEGORY: "enrolled_category:",
    subjects.CONTRIBUTIONS: "contributions",
    subjects.CLAIMS: "claims",
    subjects.BUDGET: "allocated",
    subjects.REALISED: "paid",
    subjects.TARGET: "target:",
}
_RATES = {"COV-01", "COV-02", "BAL-04", "BAL-08", "BUD-03", "BUD-08"}
_MONTHS_BACK = 12
_PUBLISHED_DAYS = 45


@dataclass(frozen=True)
class KnownValue:
    """`is_main` is computed as the words are meant by default; `is_published` was said by somebody."""

    value: Decimal
    label: str
    is_main: bool
    is_published: bool = False


def known_values(
    user: User | None, region: Region, day: date, subject: str, category: str, *, is_seen: bool
) -> list[KnownValue]:
    """Main first, then other definitions and months, then what was published about that time.

    Of a region that not every reader of the answer sees only what was published is told.
    """
    computed = _computed(user, region, first_of(day), subject, category) if is_seen else ()
    return [*computed, *_published(region, day, subject, category)]


def _computed(
    user: User | None, region: Region, month: date, subject: str, category: str
) -> Iterator[KnownValue]:
    wanted = _MEASURES.get(subject, ())
    if not wanted:
        return
    codes = {code.rstrip("/") for code in wanted}
    told = stood(None, "run__") if user is None else standing(user, None, "run__")
    rows = MeasureValue.objects.filter(
        told,
        run__region=region,
        run__period__range=(add_months(month, -_MONTHS_BACK), month),
        measure__in=codes,
    )
    if category:
        rows = rows.filter(category=category)
    ordered = list(rows.select_related("run").defer("run__quantities").order_by("-run__period", "measure"))
    yield from _main(ordered, wanted[0], month, subject)
    for row in ordered:
        if (value := _number(row, f"{row.measure}/" in wanted, subject)) is not None:
            yield KnownValue(value, _label(row), is_main=False)


def _main(rows: Iterable[MeasureValue], code: str, month: date, subject: str) -> Iterator[KnownValue]:
    """Of the month itself; of a category the sum over all who pay."""
    measure = code.rstrip("/")
    here = [row for row in rows if row.run.period == month and row.measure == measure]
    numbers = [_number(row, code.endswith("/"), subject) for row in here]
    found = [number for number in numbers if number is not None]
    if not found:
        return
    label = f"{MEASURES[measure].label} ({measure}), {month_name(month)}"
    yield KnownValue(
        sum(found, Decimal(0)) if subject == subjects.CATEGORY else found[0], label, is_main=True
    )


def _number(row: MeasureValue, is_denominator: bool, subject: str) -> Decimal | None:
    if is_denominator:
        return None if row.denominator is None else Decimal(row.denominator)
    if row.measure in _RATES and subject not in {subjects.COVERED}:
        rate: Decimal | None = row.rate
        return rate
    return Decimal(row.numerator)


def _label(row: MeasureValue) -> str:
    parts = [row.segment.upper(), row.category, row.funding, row.variant, row.target]
    detail = ", ".join(part for part in parts if part)
    label = f"{MEASURES[row.measure].label} ({row.measure}), {month_name(row.run.period)}"
    return f"{label}: {detail}" if detail else label


def _published(region: Region, day: date, subject: str, category: str) -> Iterator[KnownValue]:
    """What others published within six weeks of the day; totals that only restate a saying are left out."""
    beginning = _PUBLISHED.get(subject)
    if not beginning:
        return
    rows = PublishedFigure.objects.filter(region=region, figure__startswith=beginning)
    for row in rows.order_by("as_of", "figure"):
        exact = not category or row.figure == f"enrolled_category:{category}"
        if (
            exact
            and abs((row.as_of - day).days) <= _PUBLISHED_DAYS
            and (row.unit == PERSENT) == (subject in {subjects.UCJ, subjects.TARGET})
        ):
            label = _("dipublikasikan %(source)s, per %(day)s") % {
                "source": row.source,
                "day": day_name(row.as_of),
            }
            is_whole = ":" not in row.figure or bool(category)
            yield KnownValue(row.value, label, is_main=is_whole, is_published=True)
