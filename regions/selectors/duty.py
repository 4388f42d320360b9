"""Duties that are asked, whom each is asked of, and the evidence that was filed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from regions.access import scope_of, within, within_of
from regions.duty import BODIES, HEADED, AddresseeKind, EvidenceState
from regions.errors import OutsideScope
from regions.models import Duty, DutyEvidence, Institution, Region, Regulation, User
from regions.models.region import ancestor_codes
from regions.regulation import RegulationStanding
from regions.roles import Permission
from regions.selectors.region import existing, in_subtree
from regions.selectors.regulation import readable

_ASKING = (RegulationStanding.IN_FORCE, RegulationStanding.SET)


@dataclass(frozen=True)
class Addressee:
    """Whom a duty is asked of: the head of a region, or an institution."""

    kind: AddresseeKind
    region: Region
    institution: Institution | None = None

    @property
    def key(self) -> tuple[str, str]:
        return self.region.pk, self.institution.pk if self.institution else ""

    @property
    def label(self) -> str:
        if self.institution:
            return str(self.institution)
        return _("%(head)s %(place)s") % {"head": self.kind.label, "place": self.region.name}


def list_duties(user: User, on: date, *, region_code: str = "") -> QuerySet[Duty]:
    """Those of rules in force; of a region what it and the regions above it ask."""
    rules = readable(user, on).filter(standing__in=_ASKING)
    if region_code:
        rules = rules.filter(region__in=[*ancestor_codes(region_code), region_code])
    rows = Duty.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=on), regulation__in=rules.order_by().values("pk")
    )
    return rows.select_related("regulation__region").order_by("regulation__year", "regulation_id", "pk")


def duties_of(rule: Regulation) -> list[Duty]:
    return list(Duty.objects.filter(regulation=rule).order_by("pk"))


def get_duty(user: User, pk: int, on: date) -> Duty:
    """Raises OutsideScope."""
    row = Duty.objects.filter(pk=pk).select_related("regulation__region").first()
    if row is None or not readable(user, on).filter(pk=row.regulation_id).exists():
        raise OutsideScope(pk)
    return row


def head_kind(region: Region) -> AddresseeKind | None:
    """Of a province or a regency: what its head is called."""
    return next((kind for kind, kinds in HEADED.items() if kind.is_head and region.kind in kinds), None)


def asks(duty: Duty, region: Region) -> bool:
    """Whether the head of the region is addressed."""
    held = duty.regulation.region_id
    is_below = held in {*ancestor_codes(region.pk), region.pk}
    return is_below and head_kind(region) in set(duty.addressees)


def count_heads(on: date) -> dict[str, int]:
    """Kind of addressee → how many the register of regions has on a day."""
    rows = Region.objects.filter(existing(on)).order_by().values_list("kind").annotate(count=Count("pk"))
    counted = dict(rows)
    return {kind: sum(counted.get(one, 0) for one in kinds) for kind, kinds in HEADED.items() if kind.is_head}


def addressees_below(region: Region, kinds: Iterable[str], on: date) -> list[Addressee]:
    """Those within a regency, from its own registers: offices, district and village heads, BUMD, BUMDes."""
    asked = [AddresseeKind(kind) for kind in kinds if not AddresseeKind(kind).is_head]
    by_region = {one: kind for kind in asked for one in HEADED.get(kind, ())}
    by_body: dict[str, AddresseeKind] = {BODIES[kind]: kind for kind in asked if kind in BODIES}
    found = []
    if by_region:
        rows = Region.objects.filter(existing(on), in_subtree("code", region.pk), kind__in=by_region)
        found += [Addressee(by_region[row.kind], row) for row in rows.order_by("code")]
    if by_body:
        bodies = Institution.objects.filter(
            Q(valid_until=None) | Q(valid_until__gt=on),
            in_subtree("region__code", region.pk),
            kind__in=by_body,
        )
        found += [
            Addressee(by_body[row.kind], row.region, row)
            for row in bodies.select_related("region").order_by("name")
        ]
    return found


def list_evidence(duties: Collection[int], codes: Collection[str], *, below: str = "") -> list[DutyEvidence]:
    """Newest first, of these regions, or of a region and all below it."""
    rows = DutyEvidence.objects.filter(duty__in=duties)
    rows = rows.filter(in_subtree("region__code", below)) if below else rows.filter(region__in=codes)
    return list(rows.select_related("filed_by", "checked_by").order_by("-pk"))


def get_evidence(user: User, pk: int) -> DutyEvidence:
    """Raises OutsideScope."""
    rows = DutyEvidence.objects.filter(
        within_of(user, permission=Permission.ENTER_REGULATION, institutions=("institution_id",))
        | within(user)
    )
    row = (
        rows.select_related("duty__regulation__region", "region", "institution", "filed_by")
        .filter(pk=pk)
        .first()
    )
    if row is None:
        raise OutsideScope(pk)
    return row


def waiting_evidence(user: User) -> QuerySet[DutyEvidence]:
    """What this person may check, and did not file."""
    rows = DutyEvidence.objects.filter(
        within(user, permission=Permission.CHECK_EVIDENCE), state=EvidenceState.FILED
    )
    return rows.exclude(filed_by=user).select_related("duty", "region", "institution").order_by("pk")


def may_check(user: User, row: DutyEvidence) -> bool:
    held = scope_of(user).holds(Permission.CHECK_EVIDENCE, row.region_id)
    return held and row.state == EvidenceState.FILED and row.filed_by_id != user.pk
