"""Rules as a person may read them: what each is on a day, how they stand to each other, the register."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import (
    Case,
    CharField,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from regions.errors import OutsideScope
from regions.models import AddresseeCount, Regulation, RegulationLink, RegulationStage, User
from regions.models.region import ancestor_codes
from regions.regulation import DraftingStage, RegulationRelation, RegulationStanding
from regions.selectors.fact import list_facts
from regions.selectors.region import in_subtree

_BEGINS = ("valid_from", "promulgated_on", "enacted_on")
_DRAFT = Q(number="", enacted_on=None, promulgated_on=None, valid_from=None)


def readable(user: User, on: date) -> QuerySet[Any]:
    """All that the user may read, those of the regions above too, each with its `standing` on a day."""
    return with_standing(list_facts(user, Regulation.fact), on)


def with_standing(rows: QuerySet[Any], on: date) -> QuerySet[Any]:
    repealing = RegulationLink.objects.filter(
        other=OuterRef("pk"), relation=RegulationRelation.REPEALS
    ).annotate(begins=Coalesce(*(f"regulation__{one}" for one in _BEGINS)))
    begins = Coalesce(*_BEGINS)
    standing = Case(
        When(_DRAFT, then=Value(RegulationStanding.DRAFT.value)),
        When(valid_until__lte=on, then=Value(RegulationStanding.ENDED.value)),
        When(repealed_on__lte=on, then=Value(RegulationStanding.REPEALED.value)),
        When(first_day__gt=on, then=Value(RegulationStanding.SET.value)),
        default=Value(RegulationStanding.IN_FORCE.value),
        output_field=CharField(),
    )
    first_repealed = Subquery(
        repealing.exclude(begins=None).order_by("begins").values("begins")[:1], output_field=DateField()
    )
    dated = rows.annotate(repealed_on=first_repealed, first_day=begins).annotate(standing=standing)
    found: QuerySet[Any] = dated.select_related("region", "institution", "entered_by")
    return found


def list_regulations(
    user: User, on: date, *, kind: str = "", standing: str = "", region_code: str = "", late: bool = False
) -> QuerySet[Regulation]:
    """The register; of a region also what the regions above it have set."""
    rows = readable(user, on).prefetch_related("stages")
    if kind:
        rows = rows.filter(kind=kind)
    if standing:
        rows = rows.filter(standing=standing)
    if region_code:
        above = Q(region__in=ancestor_codes(region_code)) & ~_DRAFT
        rows = rows.filter(in_subtree("region__code", region_code) | above)
    if late:
        rows = rows.filter(is_late(on))
    return rows.order_by("-year", "kind", "number", "pk")


def is_late(on: date) -> Exists:
    """A stage of the draft was planned before that day and is not done."""
    undone = RegulationStage.objects.filter(regulation=OuterRef("pk"), planned_on__lt=on, done_on=None)
    still = Q(
        regulation__number="",
        regulation__enacted_on=None,
        regulation__promulgated_on=None,
        regulation__valid_from=None,
    )
    last = Q(stage=DraftingStage.PROMULGATED, regulation__promulgated_on=None)
    return Exists(undone.filter(still | last))


def get_regulation(user: User, pk: int, on: date) -> Regulation:
    """Raises OutsideScope for what is not there and what may not be read alike."""
    row: Regulation | None = readable(user, on).prefetch_related("stages").filter(pk=pk).first()
    if row is None:
        raise OutsideScope(pk)
    return row


def rules_of(user: User, region_code: str, on: date) -> QuerySet[Regulation]:
    """What can be named as a legal basis in a region: its own rules and those of the regions above."""
    codes = [*ancestor_codes(region_code), region_code]
    return readable(user, on).filter(region__in=codes).exclude(_DRAFT)


@dataclass
class RuleNode:
    """A rule in the tree of those it carries out, with how it stands to the one above."""

    rule: Regulation
    relation: str = ""
    below: list["RuleNode"] = field(default_factory=list)


def tree_around(user: User, row: Regulation, on: date) -> list[RuleNode]:
    """From the rules that `row` rests on, by whatever relation, down to those that rest on it."""
    links = list(RegulationLink.objects.values_list("regulation_id", "relation", "other_id"))
    down, up = defaultdict(list), defaultdict(list)
    for rule, relation, other in links:
        down[other].append((rule, relation))
        up[rule].append(other)
    wanted = _reached(row.pk, up) | _reached(
        row.pk, {at: [one for one, _kind in found] for at, found in down.items()}
    )
    known = {one.pk: one for one in readable(user, on).filter(pk__in=wanted)}
    tops = sorted(pk for pk in _reached(row.pk, up) if not any(one in known for one in up[pk]))

    def node(pk: int, relation: str) -> RuleNode:
        children = [
            node(one, kind)
            for one, kind in sorted(down[pk], key=lambda pair: (pair[1], pair[0]))
            if one in known
        ]
        said = str(RegulationRelation(relation).label) if relation else ""
        return RuleNode(known[pk], said, children)

    return [node(pk, "") for pk in tops if pk in known]


def _reached(start: int, ways: Any) -> set[int]:
    found, waiting = {start}, [start]
    while waiting:
        for following in ways.get(waiting.pop(), ()):
            if following not in found:
                found.add(following)
                waiting.append(following)
    return found


def carried_out_by(pk: int) -> set[int]:
    """Numbers of the rules that carry this one out, by whatever number of steps, itself left out."""
    below = defaultdict(list)
    rows = RegulationLink.objects.filter(relation=RegulationRelation.DERIVED)
    for rule, other in rows.values_list("regulation_id", "other_id"):
        below[other].append(rule)
    return _reached(pk, below) - {pk}


def list_links(user: User, row: Regulation) -> list[RegulationLink]:
    """To rules that the user may read."""
    links = RegulationLink.objects.filter(regulation=row).select_related("other__region")
    allowed = set(list_facts(user, Regulation.fact).values_list("pk", flat=True))
    return [link for link in links if link.other_id in allowed]


def repealed_by(row: Regulation) -> RegulationLink | None:
    links = RegulationLink.objects.filter(other=row, relation=RegulationRelation.REPEALS)
    return links.select_related("regulation__region").order_by("pk").first()


def list_addressee_counts(row: Regulation) -> list[AddresseeCount]:
    return list(AddresseeCount.objects.filter(regulation=row).order_by("source", "pk"))


def unfinished_drafts(codes: Iterable[str], on: date) -> dict[str, list[Regulation]]:
    """Region → its drafts on their way."""
    rows = Regulation.objects.filter(_DRAFT, region__in=list(codes)).select_related("region")
    found: dict[str, list[Regulation]] = defaultdict(list)
    for row in rows.order_by("pk").annotate(late=is_late(on), code=F("region_id")):
        found[row.region_id].append(row)
    return found
