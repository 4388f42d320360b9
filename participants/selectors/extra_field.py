"""Fields that offices added to persons and months: which apply where and when, and who sees them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.db.models import Exists, Q, QuerySet
from django.utils.timezone import localdate

from participants.enums import ExtraAbout
from participants.extra_store import opened_extra
from participants.importers.extra import HIDDEN, Extras
from participants.models import ExtraField, MonthExtra, Participant
from regions.access import covers, home_codes, scope_of, within
from regions.errors import OutsideScope
from regions.models import User
from regions.models.region import NATION, ancestor_codes
from regions.month import first_of
from regions.roles import Permission, Role

# A list of persons shows so many of them beside its own columns.
MOST_COLUMNS = 4


def lineage(code: str) -> list[str]:
    """The region and those above it, whose fields are its own too."""
    return list({code, *ancestor_codes(code), NATION})


def running_in(month: date) -> Q:
    return Q(first_month__lte=month) & (Q(last_month=None) | Q(last_month__gte=month))


def sees_field(user: User, field: ExtraField, code: str) -> bool:
    """Whether one of the roles that see the field is held in a region."""
    scope = scope_of(user)
    return any(scope.acts_as(Role(role), code) for role in field.seen_by)


def list_fields(
    user: User, code: str, about: ExtraAbout, month: date | None = None, *, ended: bool = False
) -> list[ExtraField]:
    """Fields of a region that the user sees; of the month, or of this one. `ended`: those of the past too."""
    rows = ExtraField.objects.filter(region__in=lineage(code), about=about)
    if not ended:
        rows = rows.filter(running_in(month or first_of(localdate())))
    return [
        field
        for field in rows.select_related("region__parent").order_by("pk")
        if sees_field(user, field, code)
    ]


def person_extras(user: User, code: str) -> Extras:
    """What readers of cells need of the fields of persons that the user sees and may fill."""
    return tuple(field.spec for field in list_fields(user, code, ExtraAbout.PERSON))


def had_person_fields(code: str) -> bool:
    """Whether a file may have been read with fields of the region, now or once."""
    return ExtraField.objects.filter(region__in=lineage(code), about=ExtraAbout.PERSON).exists()


def fields_of_regions(user: User, codes: Iterable[str]) -> list[ExtraField]:
    """Fields of persons of any of these regions, each once, for a form in which the region is chosen."""
    places = {code: lineage(code) for code in codes}
    rows = ExtraField.objects.filter(
        running_in(first_of(localdate())),
        region__in={one for above in places.values() for one in above},
        about=ExtraAbout.PERSON,
    )
    return [
        field
        for field in rows.select_related("region__parent").order_by("pk")
        if any(field.region_id in above and sees_field(user, field, code) for code, above in places.items())
    ]


def fields_of_list(user: User, region_code: str = "") -> list[ExtraField]:
    """Fields of persons for the columns of a list of a region, or of where the user serves.

    Of many regions' fields none is a column: most cells would be empty.
    """
    homes = home_codes(user)
    code = region_code or (homes[0] if len(homes) == 1 else "")
    if not code or code == NATION:
        return [f for f in _seen_somewhere(user, ExtraAbout.PERSON) if f.region_id == NATION]
    above = set(lineage(code))
    found = _seen_somewhere(user, ExtraAbout.PERSON)
    return [f for f in found if f.region_id in above or covers(code, f.region_id)]


def list_seen_fields(user: User) -> list[ExtraField]:
    """All that the user sees somewhere, running or ended: what programs are told."""
    return [f for about in ExtraAbout for f in _seen_somewhere(user, about, ended=True)]


def _seen_somewhere(user: User, about: ExtraAbout, *, ended: bool = False) -> list[ExtraField]:
    rows = ExtraField.objects.filter(about=about)
    if not ended:
        rows = rows.filter(running_in(first_of(localdate())))
    scope = scope_of(user)
    return [
        field
        for field in rows.order_by("pk")
        if any(
            covers(held, field.region_id) or covers(field.region_id, held)
            for role in field.seen_by
            for held in scope.roles.get(Role(role), ())
        )
    ]


def list_managed_fields(user: User) -> QuerySet[ExtraField]:
    """Those an administrator looks after, ended ones too."""
    rows = ExtraField.objects.filter(within(user, permission=Permission.MANAGE_REFERENCE))
    return rows.select_related("region__parent", "entered_by").order_by("region", "about", "pk")


def list_inherited_fields(user: User) -> QuerySet[ExtraField]:
    """Those from above that hold in the administrator's regions."""
    codes = scope_of(user).codes.get(Permission.MANAGE_REFERENCE, frozenset())
    above = {one for code in codes for one in lineage(code)} - codes
    rows = ExtraField.objects.filter(region__in=above).exclude(
        within(user, permission=Permission.MANAGE_REFERENCE)
    )
    return rows.select_related("region__parent").order_by("region", "about", "pk")


def get_managed_field(user: User, pk: int) -> ExtraField:
    """Raises OutsideScope, for unknown and foreign ones alike."""
    row = list_managed_fields(user).filter(pk=pk).first()
    if row is None:
        raise OutsideScope(pk)
    return row


def values_stand(field: ExtraField) -> bool:
    """Whether any person or month holds a value of the field."""
    rows: QuerySet[Any] = Participant.objects.all() if field.about == ExtraAbout.PERSON else _months()
    return rows.filter(extra__has_key=field.key).exists()


def chosen_values(field: ExtraField) -> set[str]:
    """Which of its choices stand somewhere."""
    rows: QuerySet[Any] = Participant.objects.all() if field.about == ExtraAbout.PERSON else _months()
    found = rows.filter(extra__has_key=field.key).order_by()
    if field.is_personal:
        sealed = found.values_list(f"extra_sealed__{field.key}", flat=True)
        return {opened_extra({"": text})[""] for text in sealed.iterator() if text}
    return set(found.values_list(f"extra__{field.key}", flat=True).distinct())


def _months() -> QuerySet[MonthExtra]:
    return MonthExtra.objects.all()


def shown_extra(field: ExtraField, row: Any, *, whole: bool = False) -> str:
    """What a person, or a month, holds in a field, as text; a personal value only where it may be whole."""
    if field.key not in row.extra:
        return ""
    if not field.is_personal:
        return field.spec.shown(row.extra[field.key])
    return field.spec.shown(_opened(field, row)) if whole else HIDDEN


def told_extra(fields: Iterable[ExtraField], row: Any, *, whole: bool = False) -> dict[str, Any]:
    """The same for programs: numbers as numbers, days as ISO text, nothing as null."""
    told: dict[str, Any] = {}
    for field in fields:
        if field.is_personal and field.key in row.extra:
            told[field.key] = field.spec.told(_opened(field, row)) if whole else HIDDEN
        else:
            told[field.key] = field.spec.told(row.extra.get(field.key))
    return told


def _opened(field: ExtraField, row: Any) -> str:
    return opened_extra({"": row.extra_sealed[field.key]})[""]


def extra_cells(extras: Extras, row: Any) -> dict[str, str]:
    """What stands in the fields of a form; personal values stay away."""
    return {one.key: one.typed(row.extra.get(one.key)) for one in extras if not one.is_personal}


def shown_extras(fields: Iterable[ExtraField], person: Participant) -> list[tuple[str, str]]:
    """Name and value for the page of a person; a field that does not run only where it holds something."""
    month = first_of(localdate())
    return [
        (field.name, shown_extra(field, person))
        for field in fields
        if field.runs_in(month) or field.key in person.extra
    ]


class ExtraColumns:
    """Fields as columns of a table: those of one name, of several regions or times, are one column."""

    def __init__(self, user: User, fields: Iterable[ExtraField], most: int | None = None) -> None:
        named: dict[str, list[ExtraField]] = {}
        for field in fields:
            named.setdefault(field.name, []).append(field)
        self._columns = dict(list(named.items())[:most])
        self.titles = list(self._columns)
        # Asked of every row of a file: what a role sees in a region is worked out once.
        self._sees = lru_cache(maxsize=None)(
            lambda pk, code: sees_field(
                user, next(one for found in named.values() for one in found if one.pk == pk), code
            )
        )

    def cells(self, row: Any, *, whole: bool = False) -> tuple[str, ...]:
        """Those of a person or a month; of fields that the user does not see there, none."""
        return tuple(
            next(
                (
                    text
                    for field in fields
                    if (text := shown_extra(field, row, whole=whole)) and self._sees(field.pk, row.region_id)
                ),
                "",
            )
            for fields in self._columns.values()
        )


def get_month_extra(code: str, month: date) -> MonthExtra:
    """What is stored of a month, or an empty row of revision 0."""
    row = MonthExtra.objects.filter(region=code, month=month).select_related("entered_by").first()
    return row or MonthExtra(region_id=code, month=month, extra={}, revision=0)


def has_month_fields(user: User, code: str, month: date) -> Exists:
    """Whether the user fills fields of the office's own in a month: beside another question, not one more."""
    scope = scope_of(user)
    roles = [role for role in Role if scope.acts_as(role, code)]
    may = scope.holds(Permission.ENTER_HEADCOUNT, code)
    rows = ExtraField.objects.filter(running_in(month), about=ExtraAbout.MONTH, region__in=lineage(code))
    return Exists(rows.filter(seen_by__overlap=roles) if may and roles else rows.none())


def missing_in_month(code: str, month: date) -> list[str]:
    """Names of the fields of a month that somebody has to fill and nobody has."""
    rows = ExtraField.objects.filter(
        running_in(month), region__in=lineage(code), about=ExtraAbout.MONTH, is_required=True
    )
    wanted = list(rows.order_by("pk"))
    if not wanted:
        return []
    stored = get_month_extra(code, month).extra
    return [field.name for field in wanted if field.key not in stored]


@dataclass(frozen=True)
class MonthExtraTable:
    """What was filled in one month: titles, and of each region its code, its name and the cells."""

    titles: list[str]
    rows: list[tuple[str, str, list[str]]]


def month_extra_table(user: User, month: date) -> MonthExtraTable:
    """Of the regions where the user sees months that are not closed, and of their fields those they see."""
    mine = within(user, permission=Permission.VIEW_DRAFTS)
    rows = MonthExtra.objects.filter(mine, month=month).exclude(extra={})
    rows = rows.select_related("region__parent").order_by("region")
    keys = {int(key[1:]) for row in rows for key in row.extra}
    columns = ExtraColumns(user, ExtraField.objects.filter(pk__in=keys).order_by("pk"))
    told = [(row.region_id, row.region.full_label, list(columns.cells(row))) for row in rows]
    titles = columns.titles
    seen = [index for index in range(len(titles)) if any(cells[index] for _code, _label, cells in told)]
    return MonthExtraTable(
        [titles[index] for index in seen],
        [(code, label, [cells[index] for index in seen]) for code, label, cells in told],
    )
