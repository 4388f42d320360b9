"""Who was told to do what, and what became of it: regions below against duties, and one region's own."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _

from participants.models import Category
from regions.access import require
from regions.duty import HEAD_LEVELS, AddresseeKind, DueKind, DutyState, EvidenceState
from regions.enums import Level
from regions.errors import OutsideScope
from regions.formats import day_name
from regions.models import Duty, DutyEvidence, Region, User
from regions.models.region import NATION
from regions.roles import Permission
from regions.selectors.duty import Addressee, addressees_below, asks, head_kind, list_duties, list_evidence
from regions.selectors.region import existing, in_subtree
from reports.quarter import quarter_before
from reports.selectors.regulations.duty_facts import DutyFacts, facts_for
from reports.selectors.regulations.duty_verdicts import verdict_of


@dataclass(frozen=True)
class DutyCell:
    """A duty of one addressee: its state, why, where the rows stand, and by when it was due."""

    duty: Duty
    addressee: Addressee
    state: DutyState
    why: str
    url: str
    due: date | None
    days_late: int = 0
    evidence: DutyEvidence | None = None

    @property
    def is_done(self) -> bool:
        return self.state == DutyState.DONE

    @property
    def late_words(self) -> str:
        if not self.days_late or self.due is None:
            return ""
        told = {"days": self.days_late, "due": day_name(self.due)}
        return _("Terlambat %(days)s hari sejak %(due)s.") % told


@dataclass(frozen=True)
class DutyRow:
    """A region with its own duties, and how many of those below it did each."""

    region: Region
    # Number of the duty → the region's own, of those it is asked.
    cells: Mapping[int, DutyCell]
    # Number of the duty → state → how many below.
    below: Mapping[int, Mapping[DutyState, int]]

    @property
    def late(self) -> int:
        own = sum(cell.days_late > 0 for cell in self.cells.values())
        return own + sum(counted.get(DutyState.LATE, 0) for counted in self.below.values())


@dataclass(frozen=True)
class DutyBoard:
    region: Region
    duties: Sequence[Duty]
    # The region itself first, where it is addressed.
    rows: Sequence[DutyRow]
    all_cells: Sequence[DutyCell]

    @property
    def late(self) -> list[DutyCell]:
        found = [cell for cell in self.all_cells if cell.days_late]
        return sorted(found, key=lambda cell: (-cell.days_late, cell.addressee.region.pk))

    @property
    def sums(self) -> list[tuple[DutyState, list[int]]]:
        """State → of each duty how many addressees are in it."""
        counted = Counter((cell.state, cell.duty.pk) for cell in self.all_cells)
        return [(state, [counted[state, one.pk] for one in self.duties]) for state in DutyState]


def duty_board(user: User, code: str, today: date) -> DutyBoard:
    """Of the nation its provinces, with the regencies of each counted; of a province its regencies.

    Raises OutsideScope or NotPermitted.
    """
    require(user, Permission.VIEW_COVERAGE, code)
    known = _places(code, today)
    region = next((place for place in known if place.pk == code), None)
    if region is None:
        raise OutsideScope(code)
    places = [place for place in known if place.level in HEAD_LEVELS]
    duties = [one for one in named_duties(user, today) if _is_of_heads(one)]
    facts = facts_for(duties, region.pk, today)
    evidence = _newest(list_evidence([one.pk for one in duties if not one.rule], (), below=region.pk))
    cells = [
        cell_of(duty, Addressee(kind, place), facts, evidence)
        for place in places
        if (kind := head_kind(place))
        for duty in duties
        if asks(duty, place)
    ]
    return DutyBoard(region, _asked(duties, cells), _rows(region, places, cells), cells)


def _is_of_heads(duty: Duty) -> bool:
    return any(AddresseeKind(one).is_head for one in duty.addressees)


def _places(code: str, today: date) -> list[Region]:
    rows = Region.objects.filter(existing(today), in_subtree("code", code))
    return list(rows.filter(level__lte=Level.REGENCY).order_by("code"))


def named_duties(user: User, today: date, *, region_code: str = "") -> list[Duty]:
    """Each with `category_name`, what the category is called that its rule looks for."""
    name = Category.objects.filter(pk=OuterRef("argument")).values("name")[:1]
    return list(list_duties(user, today, region_code=region_code).annotate(category_name=Subquery(name)))


def _asked(duties: Iterable[Duty], cells: Iterable[DutyCell]) -> list[Duty]:
    asked = {cell.duty.pk for cell in cells}
    return [one for one in duties if one.pk in asked]


def _rows(region: Region, places: Sequence[Region], cells: Sequence[DutyCell]) -> list[DutyRow]:
    shown = [place for place in places if region.pk in {place.pk, place.parent_id}]
    own: dict[str, dict[int, DutyCell]] = {place.pk: {} for place in shown}
    below: dict[str, dict[int, Counter[DutyState]]] = {place.pk: {} for place in shown}
    for cell in cells:
        code = cell.addressee.region.pk
        if code in own:
            own[code][cell.duty.pk] = cell
        parent = cell.addressee.region.parent_id
        if parent in below and parent != region.pk:
            below[parent].setdefault(cell.duty.pk, Counter())[cell.state] += 1
    # Templates ask a counter for its words as if they were keys.
    plain = {code: {pk: dict(states) for pk, states in found.items()} for code, found in below.items()}
    return [DutyRow(place, own[place.pk], plain[place.pk]) for place in shown]


def cell_of(
    duty: Duty,
    addressee: Addressee,
    facts: DutyFacts,
    evidence: Mapping[tuple[int, str, str, date | None], DutyEvidence],
) -> DutyCell:
    due, today = due_of(duty, facts.today), facts.today
    days = max(0, (today - due).days) if due else 0
    if duty.rule:
        name = str(getattr(duty, "category_name", "") or duty.argument)
        found = verdict_of(duty, addressee.region, facts, name)
        state, why, url, filed = found.state, found.why, found.url, None
    else:
        filed = evidence.get((duty.pk, *addressee.key, period_of_duty(duty, today)))
        state, why = _of_evidence(filed)
        url = ""
    if state == DutyState.DONE:
        days = 0
    elif days and state == DutyState.OPEN:
        state = DutyState.LATE
    return DutyCell(duty, addressee, state, why, url, due, days, filed)


def _of_evidence(row: DutyEvidence | None) -> tuple[DutyState, str]:
    if row is None:
        return DutyState.OPEN, _("Belum ada bukti.")
    if row.state == EvidenceState.ACCEPTED:
        told = {"who": row.checked_by, "statement": row.statement}
        return DutyState.DONE, _("%(statement)s Diperiksa oleh %(who)s.") % told
    if row.state == EvidenceState.RETURNED:
        return DutyState.OPEN, _("Bukti dikembalikan: %(reason)s") % {"reason": row.reason}
    return DutyState.WAITING, _("Bukti diajukan oleh %(who)s dan menunggu diperiksa.") % {"who": row.filed_by}


def _newest(rows: Iterable[DutyEvidence]) -> dict[tuple[int, str, str, date | None], DutyEvidence]:
    found: dict[tuple[int, str, str, date | None], DutyEvidence] = {}
    for row in rows:
        found.setdefault((row.duty_id, row.region_id, row.institution_id or "", row.period), row)
    return found


def period_of_duty(duty: Duty, today: date) -> date | None:
    """First day of the quarter or year for which a duty that comes again is asked now."""
    if duty.due_kind == DueKind.QUARTERLY:
        return quarter_before(today).first
    return date(today.year, 1, 1) if duty.due_kind == DueKind.YEARLY else None


def due_of(duty: Duty, today: date) -> date | None:
    """By when it is due now; the last day of February where the year has no 29th."""
    if duty.due_kind == DueKind.QUARTERLY:
        return quarter_before(today).due
    if duty.due_on is None or duty.due_kind == DueKind.ONCE:
        return duty.due_on
    try:
        return duty.due_on.replace(year=today.year)
    except ValueError:
        return date(today.year, 3, 1) - timedelta(days=1)


@dataclass(frozen=True)
class PlaceDuties:
    """One regency or province: the duties of its head, and those of whom it has within."""

    region: Region
    own: Sequence[DutyCell]
    within: Sequence[DutyCell]

    @property
    def counted(self) -> list[tuple[Duty, dict[DutyState, int], int]]:
        """Duty → states of the addressees within, and how many these are."""
        found: dict[int, tuple[Duty, Counter[DutyState]]] = {}
        for cell in self.within:
            found.setdefault(cell.duty.pk, (cell.duty, Counter()))[1][cell.state] += 1
        return [(duty, dict(states), sum(states.values())) for duty, states in found.values()]

    def of_duty(self, pk: int) -> list[DutyCell]:
        return [cell for cell in (*self.own, *self.within) if cell.duty.pk == pk]


def place_duties(user: User, region: Region, today: date) -> PlaceDuties:
    duties = named_duties(user, today, region_code=region.pk)
    facts = facts_for([one for one in duties if asks(one, region)], region.pk, today)
    evidence = _newest(list_evidence([one.pk for one in duties if not one.rule], (), below=region.pk))
    kind = head_kind(region)
    own = [
        cell_of(duty, Addressee(kind, region), facts, evidence)
        for duty in duties
        if kind and asks(duty, region)
    ]
    kinds = {one for duty in duties for one in duty.addressees if not AddresseeKind(one).is_head}
    local = addressees_below(region, kinds, today) if region.level == Level.REGENCY and kinds else []
    within = [
        cell_of(duty, one, facts, evidence)
        for duty in duties
        for one in local
        if one.kind in duty.addressees and duty.regulation.region_id in {NATION, region.pk, region.parent_id}
    ]
    return PlaceDuties(region, own, within)
