"""Persons for whom two payers pay in the same month, and what it costs.

A person is a row with all that was merged into it, and the rows of equal NIK elsewhere. Month by month
the spells are taken by precedence (who began earlier first among equals): a spell stays unless one that
stays already has another payer, and the two categories are not on the list of those that go together.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from budgets.selectors.double_funding_sql import LINES_OF_SOME, SUMMARY, SUMMARY_OF_SOME
from budgets.selectors.price_table import NO_PRICES, Prices, price_arrays
from participants.enums import PayerKind
from participants.models import Enrolment, Participant
from regions.access import Scope, require, scope_of
from regions.models import User
from regions.month import fiscal_year_start
from regions.reading import reading_connection
from regions.roles import Permission


@dataclass(frozen=True)
class Payer:
    """Who pays, as far as this reader may know: of another region's payer only the kind."""

    words: str
    is_hidden: bool
    category: str = ""
    region: str = ""
    # The body that pays, where a list says which.
    institution: str = ""
    # What a hidden payer is called in a sentence.
    called: str = field(default="", compare=False)


@dataclass(frozen=True)
class Line:
    """Months in which `drops` should not have paid, since `stays` did; no dates of another region."""

    drops: Payer
    stays: list[Payer]
    months: int
    first_month: date | None
    last_month: date | None
    rupiah: int | None
    unpriced: int


@dataclass(frozen=True)
class Doubled:
    """A person for whom more than one payer paid since the beginning of the fiscal year."""

    person_id: int
    months: int
    rupiah: int
    unpriced: int
    goes_on: bool
    person: Participant | None = None
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Totals:
    persons: int
    person_months: int
    rupiah: int
    unpriced: int
    going_on: int


def list_double_funding(
    user: User, region_code: str, month: date, prices: Prices | None = None
) -> list[Doubled]:
    """Persons of the region, most rupiah first, without particulars; for those see `explain_persons`."""
    require(user, Permission.VIEW_PERSONS, region_code)
    return [Doubled(*row) for row in _ask(SUMMARY, region_code, month, prices)]


def sum_double_funding(rows: Sequence[Doubled]) -> Totals:
    return Totals(
        persons=len(rows),
        person_months=sum(row.months for row in rows),
        rupiah=sum(row.rupiah for row in rows),
        unpriced=sum(row.unpriced for row in rows),
        going_on=sum(row.goes_on for row in rows),
    )


def explain_persons(
    user: User, region_code: str, month: date, rows: Sequence[Doubled], prices: Prices | None = None
) -> list[Doubled]:
    """The same persons with their names, payers and months."""
    require(user, Permission.VIEW_PERSONS, region_code)
    pks = [row.person_id for row in rows]
    people = Participant.objects.select_related("region").in_bulk(pks)
    found = _ask(LINES_OF_SOME, region_code, month, prices, pks) if pks else []
    payers = _payers(scope_of(user), {pk for line in found for pk in (line[1], *line[2])})
    lines: dict[int, list[Line]] = {}
    for person, drops, stays, months, first, last, rupiah, unpriced in found:
        known = not any(payers[pk].is_hidden for pk in (drops, *stays))
        line = Line(
            drops=payers[drops],
            stays=[payers[pk] for pk in stays],
            months=months,
            first_month=first if known else None,
            last_month=last if known else None,
            rupiah=rupiah,
            unpriced=unpriced,
        )
        lines.setdefault(person, []).append(line)
    return [
        replace(row, person=people.get(row.person_id), lines=lines.get(row.person_id, [])) for row in rows
    ]


def double_funding_of(user: User, person: Participant, month: date) -> Doubled | None:
    """One person's months since the beginning of the fiscal year; None where nobody pays beside another."""
    require(user, Permission.VIEW_PERSONS, person.region_id)
    code, root = person.region_id, person.merged_into_id or person.pk
    if not _ask(SUMMARY_OF_SOME, code, month, NO_PRICES, [root]):
        # Of most persons that is all; the prices of a year take longer than the question itself.
        return None
    prices = price_arrays(fiscal_year_start(month), month)
    rows = [Doubled(*row) for row in _ask(SUMMARY_OF_SOME, code, month, prices, [root])]
    return next(iter(explain_persons(user, code, month, rows, prices)), None)


def _ask(
    sql: str, code: str, month: date, prices: Prices | None, persons: list[int] | None = None
) -> list[tuple[Any, ...]]:
    values: dict[str, Any] = {
        "code": code,
        "start": fiscal_year_start(month),
        "month": month,
        "persons": persons,
        **(prices or price_arrays(fiscal_year_start(month), month)),
    }
    with reading_connection().cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def _payers(scope: Scope, spells: set[int]) -> dict[int, Payer]:
    rows = Enrolment.objects.filter(pk__in=spells).select_related(
        "category", "funding", "payer", "participant__region"
    )
    return {row.pk: _payer(scope, row) for row in rows}


def _payer(scope: Scope, spell: Enrolment) -> Payer:
    region = spell.participant.region
    if not scope.holds(Permission.VIEW_PERSONS, region.pk):
        kind = PayerKind(spell.funding.payer)
        return Payer(_elsewhere(kind), is_hidden=True, called=_called(kind))
    institution = str(spell.payer) if spell.payer else ""
    return Payer(str(spell.funding), False, str(spell.category), region.full_label, institution)


def _elsewhere(kind: PayerKind) -> str:
    return {
        PayerKind.LOCAL_GOVERNMENT: _("dibayar pemerintah daerah lain"),
        PayerKind.CENTRAL_GOVERNMENT: _("dibayar pemerintah pusat, tercatat di wilayah lain"),
        PayerKind.VILLAGE: _("dibayar pemerintah desa di wilayah lain"),
        PayerKind.ELECTION_BODY: _("dibayar penyelenggara pemilu di wilayah lain"),
        PayerKind.COMPANY: _("dibayar perusahaan di wilayah lain"),
        PayerKind.CHARITY: _("dibayar lembaga sosial/amil zakat di wilayah lain"),
        PayerKind.WORKER: _("dibayar pekerja sendiri, tercatat di wilayah lain"),
    }[kind]


def _called(kind: PayerKind) -> str:
    return {
        PayerKind.LOCAL_GOVERNMENT: _("pemerintah daerah lain"),
        PayerKind.CENTRAL_GOVERNMENT: _("pemerintah pusat"),
        PayerKind.VILLAGE: _("pemerintah desa di wilayah lain"),
        PayerKind.ELECTION_BODY: _("penyelenggara pemilu di wilayah lain"),
        PayerKind.COMPANY: _("perusahaan di wilayah lain"),
        PayerKind.CHARITY: _("lembaga sosial/amil zakat di wilayah lain"),
        PayerKind.WORKER: _("pekerja sendiri di wilayah lain"),
    }[kind]
