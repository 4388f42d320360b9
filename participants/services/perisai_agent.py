"""Storing and correcting Perisai agents, and whom they registered."""

from collections.abc import Iterable, Sequence

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from participants.models import AgentRecruits, PerisaiAgent
from participants.services.outreach_place import settle_place, unknown_place
from regions.errors import Problem
from regions.month import first_of
from regions.personal_numbers import masked_numbers
from regions.services.fact import FactStore


class PerisaiAgentStore(FactStore[PerisaiAgent]):
    kind = PerisaiAgent.fact

    def settle(self, rows: Sequence[PerisaiAgent]) -> None:
        for row in rows:
            row.number = " ".join(row.number.split()).upper()
            for column in ("name", "organisation"):
                setattr(row, column, masked_numbers(" ".join(getattr(row, column).split())))
        settle_place(rows)

    def problems(self, rows: Sequence[PerisaiAgent]) -> Iterable[Problem]:
        yield from unknown_place(rows)
        for index, row in enumerate(rows):
            if masked_numbers(row.number) != row.number:
                yield Problem(
                    index, "number", _("Ini tampak seperti NIK. Tulis nomor agen dari BPJS Ketenagakerjaan.")
                )
            if row.since > localdate():
                yield Problem(index, "since", _("Tanggal ini belum tiba. Catat agen yang sudah bertugas."))
            if row.until is not None and row.until < row.since:
                yield Problem(index, "until", _("Tanggal berakhir mendahului tanggal mulai."))


class AgentRecruitsStore(FactStore[AgentRecruits]):
    kind = AgentRecruits.fact

    def problems(self, rows: Sequence[AgentRecruits]) -> Iterable[Problem]:
        agents = PerisaiAgent.objects.in_bulk({row.agent_id for row in rows})
        this_month = first_of(localdate())
        for index, row in enumerate(rows):
            agent = agents[row.agent_id]
            if agent.region_id != row.region_id:
                yield Problem(index, "agent", _("Agen ini tidak ada di wilayah ini. Pilih dari daftarnya."))
                continue
            if row.month.day != 1:
                yield Problem(index, "month", _("Isi hari pertama bulannya, misalnya 2026-01-01."))
            if row.month > this_month:
                yield Problem(index, "month", _("Bulan ini belum tiba. Pilih bulan yang sudah berjalan."))
            elif row.month < first_of(agent.since):
                yield Problem(index, "month", _("Agen ini belum bertugas dalam bulan itu."))
            elif agent.until is not None and row.month > agent.until:
                yield Problem(index, "month", _("Agen ini tidak bertugas lagi dalam bulan itu."))


PERISAI_AGENTS = PerisaiAgentStore()
record_perisai_agents = PERISAI_AGENTS.record
correct_perisai_agent = PERISAI_AGENTS.correct

AGENT_RECRUITS = AgentRecruitsStore()
record_agent_recruits = AGENT_RECRUITS.record
correct_agent_recruits = AGENT_RECRUITS.correct
