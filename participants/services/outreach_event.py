"""Storing and correcting outreach events, from the plan to what came of it."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from participants.models import OutreachEvent
from participants.services.outreach_place import settle_place, unknown_place
from regions.errors import Problem
from regions.personal_numbers import masked_numbers
from regions.services.fact import FactStore

_SENTENCES = ("title", "target_group", "materials")


class OutreachEventStore(FactStore[OutreachEvent]):
    kind = OutreachEvent.fact

    def settle(self, rows: Sequence[OutreachEvent]) -> None:
        for row in rows:
            for column in _SENTENCES:
                setattr(row, column, masked_numbers(" ".join(getattr(row, column).split())))
            told = f"{row.region_id}:{row.planned_on}:{row.title}"
            row.reference = told.casefold()[:250]
        settle_place(rows)
        self._fix_aims(rows)

    def problems(self, rows: Sequence[OutreachEvent]) -> Iterable[Problem]:
        yield from unknown_place(rows)
        for index, row in enumerate(rows):
            yield from _wrong_days(index, row)
            yield from _wrong_numbers(index, row)
            taken = OutreachEvent.objects.filter(reference=row.reference).exclude(pk=row.pk)
            if row.pk and taken.exists():
                yield Problem(
                    index, "title", _("Kegiatan dengan nama dan tanggal rencana ini sudah tercatat.")
                )
            if row.agent is not None and row.agent.region_id != row.region_id:
                yield Problem(index, "agent", _("Agen ini tidak ada di wilayah ini. Pilih dari daftarnya."))

    def _fix_aims(self, rows: Sequence[OutreachEvent]) -> None:
        """An aim that is said as before stays fixed since then; any other is fixed today."""
        stored = OutreachEvent.objects.filter(pk__in=[row.pk for row in rows if row.pk])
        by_number = {one.pk: one for one in stored}
        named = {row.reference for row in rows if not row.pk}
        by_name = {one.reference: one for one in OutreachEvent.objects.filter(reference__in=named)}
        for row in rows:
            before = by_number.get(row.pk) if row.pk else by_name.get(row.reference)
            same = before is not None and _aim(before) == _aim(row)
            row.aim_fixed_on = before.aim_fixed_on if before and same else localdate()


def _aim(row: OutreachEvent) -> tuple[object, ...]:
    return tuple(getattr(row, column) for column in row.aim)


def _wrong_days(index: int, row: OutreachEvent) -> Iterable[Problem]:
    today = localdate()
    for name in ("held_on", "cancelled_on"):
        day: date | None = getattr(row, name)
        if day is not None and day > today:
            yield Problem(index, name, _("Tanggal ini belum tiba. Kosongkan yang belum terjadi."))
    if row.held_on is not None and row.cancelled_on is not None:
        yield Problem(
            index, "cancelled_on", _("Kegiatan yang terlaksana tidak dibatalkan. Isi salah satu saja.")
        )


def _wrong_numbers(index: int, row: OutreachEvent) -> Iterable[Problem]:
    if row.planned_cost < 0:
        yield Problem(index, "planned_cost", _("Biaya tidak dapat kurang dari nol."))
    if row.cost is not None and row.cost < 0:
        yield Problem(index, "cost", _("Biaya tidak dapat kurang dari nol."))
    for name, sentence in (
        ("attended", _("Isi jumlah orang yang hadir; 0 bila tidak ada.")),
        ("cost", _("Isi biaya kegiatannya; 0 bila tanpa biaya.")),
    ):
        is_told = getattr(row, name) is not None
        if row.held_on is not None and not is_told:
            yield Problem(index, name, sentence)
        if row.held_on is None and is_told:
            yield Problem(index, name, _("Isi tanggal pelaksanaannya, atau kosongkan ini."))


OUTREACH_EVENTS = OutreachEventStore()
record_outreach_events = OUTREACH_EVENTS.record
correct_outreach_event = OUTREACH_EVENTS.correct
