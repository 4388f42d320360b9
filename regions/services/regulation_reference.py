"""Loading the rules that come with the application: national ones, and those of regions that were published.

What somebody corrected is theirs; what they recorded themselves stays beside it.
"""

from pathlib import Path

from django.utils.timezone import now

from regions.enums import Origin
from regions.importers.reference_csv import Row, optional_date, read_rows
from regions.models import AddresseeCount, Duty, Regulation, RegulationLink, User
from regions.services.duty import duty_reference
from regions.services.reference_file import load_once
from regions.services.user import ensure_system_user

DATA = Path(__file__).resolve().parent.parent / "data"
_WRITTEN = ("number", "year", "title", "issuer", "source", "source_url", "note")
_DAYS = ("enacted_on", "promulgated_on", "valid_from", "valid_until")


def load_regulations(*, force: bool = False) -> int:
    """After the regions, whose codes they name. Idempotent."""
    paths = [DATA / name for name in ("regulations.csv", "addressee_counts.csv", "duties.csv")]
    return load_once("regulations", paths, lambda: _load(*map(read_rows, paths)), force=force)


def _load(rules: list[Row], counts: list[Row], duties: list[Row]) -> int:
    rows = [_rule(row) for row in rules]
    references = [row.reference for row in rows]
    theirs = set(
        Regulation.objects.filter(reference__in=references)
        .exclude(origin=Origin.PUBLISHED)
        .values_list("reference", flat=True)
    )
    Regulation.objects.bulk_create(
        [row for row in rows if row.reference not in theirs],
        update_conflicts=True,
        unique_fields=["reference"],
        update_fields=[*_WRITTEN, *_DAYS, "as_of", "changed_at"],
    )
    stored = {row.reference: row.pk for row in Regulation.objects.filter(reference__in=references)}
    named = {_name(row): stored[rule.reference] for row, rule in zip(rules, rows, strict=True)}
    _link(rules, named)
    _count(counts, named)
    _ask(duties, named)
    return len(rules) + len(counts) + len(duties)


def _rule(row: Row) -> Regulation:
    rule = Regulation(
        region_id=row["region"],
        kind=row["kind"],
        origin=Origin.PUBLISHED,
        entered_by=ensure_system_user(),
        as_of=row["as_of"],
        changed_at=now(),
        **{column: row[column] for column in _WRITTEN},
        **{column: optional_date(row[column]) for column in _DAYS},
    )
    rule.reference = rule.settled_reference()
    return rule


def _name(row: Row) -> str:
    """`inpres:2:2021`, as the files name a rule."""
    return f"{row['kind']}:{row['number']}:{row['year']}"


def _link(rules: list[Row], named: dict[str, int]) -> None:
    links = []
    for row in rules:
        for link in row["links"].split():
            relation, _sign, other = link.partition(":")
            links.append(
                RegulationLink(regulation_id=named[_name(row)], relation=relation, other_id=named[other])
            )
    RegulationLink.objects.bulk_create(links, ignore_conflicts=True)


def _count(counts: list[Row], named: dict[str, int]) -> None:
    AddresseeCount.objects.bulk_create(
        [
            AddresseeCount(
                regulation_id=named[row["regulation"]],
                addressee=row["addressee"],
                kind=row["kind"],
                count=int(row["count"]),
                as_of=row["as_of"],
                source=row["source"],
                source_url=row["source_url"],
            )
            for row in counts
        ],
        update_conflicts=True,
        unique_fields=["regulation", "addressee", "source"],
        update_fields=["kind", "count", "as_of", "source_url"],
    )


def _ask(duties: list[Row], named: dict[str, int]) -> None:
    """What somebody changed since is theirs."""
    system = ensure_system_user()
    rows = [_duty(row, named[row["regulation"]], system) for row in duties]
    theirs = set(
        Duty.objects.filter(reference__in=[row.reference for row in rows])
        .exclude(changed_by=system)
        .values_list("reference", flat=True)
    )
    Duty.objects.bulk_create(
        [row for row in rows if row.reference not in theirs],
        update_conflicts=True,
        unique_fields=["reference"],
        update_fields=[
            *("clause", "addressees", "due_kind", "due_on", "rule", "argument", "source", "source_url"),
            "changed_at",
        ],
    )


def _duty(row: Row, rule: int, system: User) -> Duty:
    return Duty(
        regulation_id=rule,
        reference=duty_reference(rule, row["title"]),
        addressees=row["addressees"].split("|"),
        due_on=optional_date(row["due_on"]),
        changed_by=system,
        changed_at=now(),
        **{
            column: row[column]
            for column in ("title", "clause", "due_kind", "rule", "argument", "source", "source_url")
        },
    )
