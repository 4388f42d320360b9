"""Storing and correcting denominators, and choosing the official one."""

from collections.abc import Iterable, Sequence
from typing import Any

import pghistory
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from participants.models import Workforce
from participants.selectors.workforce import nearest_workers
from regions.enums import Origin
from regions.errors import Problem
from regions.models import User
from regions.number import grouped
from regions.services.fact import FactStore

# Kinds of denominators differ, and years too, but never threefold.
IMPLAUSIBLE_FACTOR = 3


class WorkforceStore(FactStore[Workforce]):
    kind = Workforce.fact

    def settle(self, rows: Sequence[Workforce]) -> None:
        """A row that is official takes that mark from the one that had it."""
        for row in rows:
            _settle_official(row)

    @transaction.atomic
    def correct(self, *, pk: int, revision: int, by: User, reason: str, new: dict[str, Any]) -> Workforce:
        row = Workforce.objects.get(pk=pk)
        row.is_official = new.get("is_official", row.is_official)
        with pghistory.context(user=by.pk, reason=reason):
            _settle_official(row)
        return super().correct(pk=pk, revision=revision, by=by, reason=reason, new=new)

    def problems(self, rows: Sequence[Workforce]) -> Iterable[Problem]:
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
                        "%(workers)s jauh dari jumlah pekerja yang sudah tercatat untuk wilayah ini "
                        "(%(known)s). Periksa angkanya; bila yang lama keliru, koreksi dahulu yang lama."
                    )
                    % {"workers": grouped(row.workers), "known": grouped(known)},
                )


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


WORKFORCES = WorkforceStore()
record_workforces = WORKFORCES.record
correct_workforce = WORKFORCES.correct
