from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localdate
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from participants.forms.outreach import AgentRecruitsForm, OutreachEventForm, PerisaiAgentForm
from participants.models import AgentRecruits, OutreachEvent, PerisaiAgent
from participants.selectors.outreach import list_agent_recruits, list_outreach_events, list_perisai_agents
from participants.services.outreach_event import OUTREACH_EVENTS
from participants.services.perisai_agent import AGENT_RECRUITS, PERISAI_AGENTS
from regions.access import home_codes, scope_of
from regions.addresses import address
from regions.roles import Permission
from regions.views.fact import FactCorrectView, FactListView, FactPages, FactRecordView


class OutreachEventPages(FactPages):
    store = OUTREACH_EVENTS
    form = OutreachEventForm
    title = _("Sosialisasi")

    def saved(self, row: Any) -> HttpResponse:
        messages.success(self.request, _g("Tersimpan."), extra_tags="stored")
        return redirect("outreach_event_detail", row.pk)


class OutreachEventList(OutreachEventPages, FactListView):
    template = "participants/outreach_event_list.html"
    sorted_by = {
        "rencana": ("planned_on",),
        "kegiatan": ("title",),
        "hadir": ("attended",),
        "biaya": ("cost",),
    }
    searched = (*FactListView.searched, "title", "target_group", "district_name", "village_name")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[OutreachEvent]:
        return list_outreach_events(self.request.user, region_code=region_code, month=month)

    def page(self, **context: Any) -> dict[str, Any]:
        today, rows = localdate(), context.get("page")
        if rows is not None:
            for row in rows.object_list:
                row.stage_today = row.stage(today).label
        # The page of a year is of one region: that which is looked at, or one's own.
        code = context.get("region_code") or next(iter(home_codes(self.request.user)), "")
        return super().page(**context, board_code=code if self._sees_board(code) else "")

    def _sees_board(self, code: str) -> bool:
        return bool(code) and scope_of(self.request.user).holds(Permission.VIEW_DRAFTS, code)


class OutreachEventRecord(OutreachEventPages, FactRecordView):
    pass


class OutreachEventCorrect(OutreachEventPages, FactCorrectView):
    pass


class PerisaiAgentPages(FactPages):
    store = PERISAI_AGENTS
    form = PerisaiAgentForm
    title = _("Agen Perisai")

    def saved(self, row: Any) -> HttpResponse:
        messages.success(self.request, _g("Tersimpan."), extra_tags="stored")
        return redirect(address("perisai_agent_list", region=row.region_id))


class PerisaiAgentList(PerisaiAgentPages, FactListView):
    template = "participants/perisai_agent_list.html"
    sorted_by = {
        "nomor": ("number",),
        "kecamatan": ("district_name", "village_name"),
        "sejak": ("since",),
        "target": ("yearly_target",),
        "peserta": ("recruited",),
    }
    searched = (*FactListView.searched, "number", "organisation", "district_name", "village_name")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[PerisaiAgent]:
        return list_perisai_agents(self.request.user, region_code=region_code)


class PerisaiAgentRecord(PerisaiAgentPages, FactRecordView):
    pass


class PerisaiAgentCorrect(PerisaiAgentPages, FactCorrectView):
    pass


class AgentRecruitsPages(FactPages):
    store = AGENT_RECRUITS
    form = AgentRecruitsForm
    title = _("Peserta baru agen Perisai")

    def saved(self, row: Any) -> HttpResponse:
        messages.success(self.request, _g("Tersimpan."), extra_tags="stored")
        return redirect(address("agent_recruits_list", region=row.region_id))


class AgentRecruitsList(AgentRecruitsPages, FactListView):
    template = "participants/agent_recruits_list.html"
    sorted_by = {"bulan": ("month",), "agen": ("agent__number",), "peserta": ("people",)}
    searched = (*FactListView.searched, "agent__number")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[AgentRecruits]:
        return list_agent_recruits(self.request.user, region_code=region_code, month=month)


class AgentRecruitsRecord(AgentRecruitsPages, FactRecordView):
    pass


class AgentRecruitsCorrect(AgentRecruitsPages, FactCorrectView):
    pass
