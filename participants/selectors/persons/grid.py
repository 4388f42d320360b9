"""Persons of one category and payer in one month, as the grid shows them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from participants.enums import EnrolmentState
from participants.importers.checks import judge_row
from participants.importers.extra import HIDDEN, Extras
from participants.importers.faults import doubt_sentence
from participants.importers.header import Field
from participants.importers.typed_row import typed_row
from participants.models import Category, Enrolment, FundingSource, Participant
from participants.person_columns import open_cells
from participants.selectors.extra_field import person_extras
from regions.access import get_region, scope_of, within
from regions.models import Region, User
from regions.roles import Permission


@dataclass(frozen=True)
class GridCell:
    """One category and payer of a region in a month: what a grid is about."""

    region: Region
    category: Category
    funding: FundingSource
    month: date
    may_enter: bool
    # Fields of the office's own that the user sees here: columns beside the others.
    extras: Extras = ()

    @property
    def label(self) -> str:
        return f"{self.category}, {self.funding}"


@dataclass(frozen=True)
class GridRow:
    """A stored row in the words of the screen; NIK and telephone only masked."""

    enrolment: int
    revision: int
    cells: dict[str, str]
    months: str
    doubts: tuple[str, ...]


@dataclass(frozen=True)
class LastChange:
    who: str
    at: datetime


def get_grid_cell(
    user: User, *, region_code: str, category: str, funding: str, month: date, permission: Permission
) -> GridCell:
    """Raises OutsideScope, NotPermitted, or Http404 for a category or payer that does not exist."""
    region = get_region(user, region_code, permission)
    found = Category.objects.filter(pk=category).first()
    payer = FundingSource.objects.filter(pk=funding).first()
    if found is None or payer is None:
        raise Http404("no such category or source of funds")
    may_enter = scope_of(user).holds(Permission.ENTER_PERSONS, region_code)
    return GridCell(region, found, payer, month, may_enter, person_extras(user, region_code))


def list_grid_spells(user: User, cell: GridCell, *, search: str = "") -> QuerySet[Enrolment]:
    """Spells that cover the month, one per person, in the order in which they were entered."""
    covering = _covering(user, cell)
    twin = covering.filter(person=OuterRef("person"), pk__lt=OuterRef("pk"))
    rows = covering.filter(~Exists(twin)).select_related("participant__merged_into")
    if search:
        rows = rows.filter(
            Q(participant__name__icontains=search) | Q(participant__merged_into__name__icontains=search)
        )
    return rows.order_by("pk")


def get_grid_spell(user: User, cell: GridCell, enrolment_id: int) -> Enrolment | None:
    spells = _covering(user, cell).select_related("participant__merged_into")
    return spells.filter(pk=enrolment_id).first()


def grid_rows(spells: Iterable[Enrolment], extras: Extras = ()) -> list[GridRow]:
    return [grid_row(spell, extras) for spell in spells]


def grid_row(spell: Enrolment, extras: Extras = ()) -> GridRow:
    person = spell.participant.merged_into or spell.participant
    return GridRow(
        enrolment=spell.pk,
        revision=person.revision,
        cells=shown_cells(person, extras),
        months=_months(spell),
        doubts=_doubts(person),
    )


def shown_cells(person: Participant, extras: Extras = ()) -> dict[str, str]:
    cells = {field.value: text for field, text in open_cells(person).items()}
    own = {
        one.key.value: HIDDEN if one.is_personal and one.key in person.extra else text
        for one, text in ((one, one.typed(person.extra.get(one.key))) for one in extras)
    }
    return {Field.NIK.value: str(person.nik), **cells, Field.PHONE.value: person.masked_phone, **own}


def last_change(person: Participant) -> LastChange:
    """Who changed a person last, as far as the history says."""
    events = Participant.pgh_event_model.objects  # type: ignore[attr-defined]
    event = events.filter(pgh_obj_id=person.pk).select_related("pgh_context").order_by("-pgh_id").first()
    pk = event.pgh_context.metadata.get("user") if event and event.pgh_context else None
    who = User.objects.filter(pk=pk).first() if pk else None
    return LastChange(str(who) if who else _("orang lain"), localtime(person.changed_at))


def latest_source(user: User, cell: GridCell) -> str:
    """The paper by which the newest spell of this category and payer was entered."""
    spells = Enrolment.objects.filter(
        within(user, permission=Permission.VIEW_PERSONS),
        region=cell.region,
        category=cell.category,
        funding=cell.funding,
    )
    return spells.order_by("-pk").values_list("source", flat=True).first() or ""


def _covering(user: User, cell: GridCell) -> QuerySet[Any]:
    return Enrolment.objects.filter(
        within(user, permission=Permission.VIEW_PERSONS),
        Q(last_month=None) | Q(last_month__gte=cell.month),
        ~Q(state=EnrolmentState.REJECTED),
        region=cell.region,
        category=cell.category,
        funding=cell.funding,
        first_month__lte=cell.month,
    ).annotate(person=Coalesce(F("participant__merged_into_id"), F("participant_id")))


def _day(day: date | None) -> str:
    return f"{day:%d/%m/%Y}" if day else ""


def _months(spell: Enrolment) -> str:
    first = date_format(spell.first_month, "M Y")
    text = _("sejak %(first)s") % {"first": first}
    if spell.last_month:
        text = f"{first} – {date_format(spell.last_month, 'M Y')}"
    if spell.state == EnrolmentState.PROPOSED:
        return f"{text}, {_('diusulkan')}"
    return f"{text}, {spell.get_ended_by_display()}" if spell.ended_by else text


def _doubts(person: Participant) -> tuple[str, ...]:
    cells = {
        Field.NIK: person.nik.digits,
        Field.NAME: person.name,
        Field.BIRTH_DATE: _day(person.birth_date),
        Field.SEX: person.sex,
    }
    judged = judge_row(typed_row(cells), region=person.region_id, today=localdate())
    return tuple(doubt_sentence(warned.reason) for warned in judged.warnings)
