"""Pairs of rows that may be one person, and what speaks for it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from participants.enums import CandidateState, DuplicateReason
from participants.models import DuplicateCandidate, Enrolment, Participant
from participants.person_columns import OPEN_COLUMNS, Keeping, PersonColumn
from regions.access import require, within
from regions.errors import OutsideScope
from regions.models import User
from regions.roles import Permission
from regions.selectors.region import in_subtree


@dataclass(frozen=True)
class Particular:
    """One line of two rows side by side."""

    label: str
    first: str
    second: str
    differs: bool


@dataclass(frozen=True)
class PersonComparison:
    """A suspected pair as an officer looks at it."""

    candidate: DuplicateCandidate
    particulars: list[Particular]
    reasons: list[str] = field(default_factory=list)

    @property
    def similarity(self) -> int:
        """Of the names, in percent."""
        return int(self.candidate.similarity * 100)

    @property
    def is_open(self) -> bool:
        return self.candidate.state == CandidateState.OPEN

    @property
    def is_merged(self) -> bool:
        one, two = self.candidate.first, self.candidate.second
        return (one.merged_into_id or one.pk) == (two.merged_into_id or two.pk)


def list_candidates(
    user: User, *, region_code: str = "", decided: bool = False
) -> QuerySet[DuplicateCandidate]:
    """Pairs that wait for a decision, or those decided; rows merged meanwhile wait for none."""
    rows = DuplicateCandidate.objects.filter(within(user, permission=Permission.VIEW_PERSONS))
    if region_code:
        require(user, Permission.VIEW_PERSONS, region_code)
        rows = rows.filter(in_subtree("region__code", region_code))
    if decided:
        rows = rows.exclude(state=CandidateState.OPEN).order_by("-decided_at", "pk")
    else:
        rows = rows.filter(state=CandidateState.OPEN, first__merged_into=None, second__merged_into=None)
    return rows.select_related("region", "first", "second", "decided_by")


def get_candidate(user: User, pk: int) -> DuplicateCandidate:
    rows = DuplicateCandidate.objects.select_related("region", "first", "second", "decided_by")
    candidate = rows.filter(within(user), pk=pk).first()
    if candidate is None:
        raise OutsideScope(pk)
    require(user, Permission.VIEW_PERSONS, candidate.region_id)
    return candidate


def compare(candidates: Iterable[DuplicateCandidate]) -> list[PersonComparison]:
    """Each pair side by side, NIK and KPJ masked, with the spells of both."""
    rows = list(candidates)
    spells = _spells_by_row([pk for row in rows for pk in (row.first_id, row.second_id)])
    return [
        PersonComparison(row, list(_particulars(row, spells)), [_reason(code) for code in row.reasons])
        for row in rows
    ]


def _reason(code: str) -> str:
    return str(DuplicateReason(code).label) if code in DuplicateReason.values else code


def _spells_by_row(pks: list[int]) -> dict[int, list[Enrolment]]:
    found: dict[int, list[Enrolment]] = {pk: [] for pk in pks}
    rows = Enrolment.objects.filter(Q(participant__in=pks)).select_related("category", "funding")
    for spell in rows.order_by("first_month", "pk"):
        found[spell.participant_id].append(spell)
    return found


def _particulars(candidate: DuplicateCandidate, spells: dict[int, list[Enrolment]]) -> Iterable[Particular]:
    one, two = candidate.first, candidate.second
    # Two masked numbers may look alike although they are not: the digests tell.
    yield Particular(_("NIK"), str(one.nik), str(two.nik), _other(one.nik_digest, two.nik_digest))
    if one.kpj_digest or two.kpj_digest:
        yield Particular(
            _("Nomor KPJ"), one.masked_kpj, two.masked_kpj, _other(one.kpj_digest, two.kpj_digest)
        )
    for column in OPEN_COLUMNS:
        yield from _told_apart(column.label, _shown(column, one), _shown(column, two))
    spelled = ["; ".join(_told(spell) for spell in spells[row.pk]) for row in (one, two)]
    yield from _told_apart(_("Kepesertaan"), *spelled)


def _told_apart(label: Any, first: str, second: str) -> Iterable[Particular]:
    """Nothing where neither of the rows says anything."""
    if first or second:
        yield Particular(capfirst(str(label)), first, second, first.casefold() != second.casefold())


def _shown(column: PersonColumn, row: Participant) -> str:
    """In words where there are any: days and choices."""
    if column.keeping is Keeping.DAY:
        day = getattr(row, column.name)
        return date_format(day, "j F Y") if day else ""
    display = getattr(row, f"get_{column.name}_display", None)
    return str(display()) if display else column.text_of(row)


def _other(one: Any, two: Any) -> bool:
    return (bytes(one) if one else b"") != (bytes(two) if two else b"")


def _told(spell: Enrolment) -> str:
    first = date_format(spell.first_month, "M Y")
    last = date_format(spell.last_month, "M Y") if spell.last_month else _("sekarang")
    return f"{spell.category}, {spell.funding}, {first} – {last} ({spell.get_state_display()})"
