"""Storing and correcting denominators, and choosing the official one."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import pghistory
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from participants.models import Workforce
from participants.selectors.workforce import nearest_workers
from regions.enums import Origin, ReportKind
from regions.errors import Problem
from regions.models import User
from regions.month import Span
from regions.number import grouped
from regions.roles import Permission
from regions.services.fact import FactKind, Outcome, correct_fact, of_no_month, record_facts

# Kinds of denominators differ, and years too, but never threefold.
IMPLAUSIBLE_FACTOR = 3


@transaction.atomic
def record_workforces(rows: Sequence[Workforce], *, by: User, overwrite: bool = False) -> Outcome[Workforce]:
    """Store denominators. A row that is official takes that mark from the one that had it."""
    for row in rows:
        _settle_official(row)
    return record_facts(WORKFORCE, rows, by=by, overwrite=overwrite)


@transaction.atomic
def correct_workforce(*, pk: int, revision: int, by: User, reason: str, new: dict[str, Any]) -> Workforce:
    row = Workforce.objects.get(pk=pk)
    row.is_official = new.get("is_official", row.is_official)
    with pghistory.context(user=by.pk, reason=reason):
        _settle_official(row)
    return correct_fact(WORKFORCE, pk=pk, revision=revision, by=by, reason=reason, new=new)


def _settle_official(row: Workforce) -> None:
    """One official denominator per region, year and segment; an example yields to what is real."""
    if not row.is_official:
        return
    others = Workforce.objects.filter(
        region_id=row.region_id, year=row.year, segment=row.segment, is_official=True
    ).exclude(kind=row.kind)
    if row.origin == Origin.EXAMPLE and others.exists():
        row.is_official = False
    else:
        others.update(is_official=False, changed_at=now())


def _stale(row: Workforce) -> Span:
    """A denominator serves its year and every later one that has none of its own."""
    return date(row.year, 1, 1), None


def _problems(rows: Sequence[Workforce]) -> Iterable[Problem]:
    for index, row in enumerate(rows):
        if row.year > localdate().year:
            yield Problem(
                index,
                "year",
                _("Tahun ini belum tiba. Isi tahun berjalan atau tahun yang sudah lewat."),
            )
        if row.workers <= 0:
            yield Problem(
                index,
                "workers",
                _("Jumlah pekerja harus lebih dari 0, karena menjadi pembagi UCJ."),
            )
        known = nearest_workers(row)
        if (
            known is not None
            and not known <= IMPLAUSIBLE_FACTOR * row.workers <= IMPLAUSIBLE_FACTOR**2 * known
        ):
            yield Problem(
                index,
                "workers",
                _(
                    "%(workers)s jauh dari jumlah pekerja yang sudah tercatat untuk wilayah ini (%(known)s). "
                    "Periksa angkanya; bila yang lama keliru, koreksi dahulu yang lama."
                )
                % {"workers": grouped(row.workers), "known": grouped(known)},
            )


WORKFORCE: FactKind[Workforce] = FactKind(
    model=Workforce,
    key=("region_id", "year", "kind", "segment"),
    values=("workers", "is_official"),
    preferences=("is_official",),
    permission=Permission.ENTER_WORKFORCE,
    report=ReportKind.MEMBERS,
    stale=_stale,
    told=of_no_month,
    problems=_problems,
    label=lambda: _("jumlah pekerja (penyebut)"),
)
