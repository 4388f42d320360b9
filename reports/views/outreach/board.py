"""A year's outreach of a region, as a page and as tables."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponseBase
from django.shortcuts import render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from regions.access import get_region, scope_of
from regions.formats import day_name
from regions.month import iso_month
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from regions.views.asked import year_of
from regions.views.table_file import asked_file, table_file
from reports.outreach_words import conclusion_of, estimate_words
from reports.selectors.outreach.board import OutreachBoard, cost_of, get_outreach_board

_PLACES, _AGENTS = "tempat", "agen"
_Cells = Iterable[list[object]]


@require_safe
def outreach_board(request: SignedInRequest, code: str) -> HttpResponseBase:
    """`?tabel=tempat` or `?tabel=agen` with a download: plan by place or agents instead of events."""
    region = get_region(request.user, code, Permission.VIEW_DRAFTS)
    today = localdate()
    year = year_of(request.GET.get("tahun", "")) or today.year
    board = get_outreach_board(request.user, region, year, today)
    if asked_file(request):
        return _file(request, board)
    scope = scope_of(request.user)
    context: dict[str, Any] = {
        "region": region,
        "board": board,
        "yields": [(one, cost_of(one)) for one in board.yields],
        "conclusion": conclusion_of(board),
        "hint": estimate_words(board.hint) if board.hint else "",
        "years": [today.year - 1, today.year, today.year + 1],
        "query": urlencode({"tahun": board.year}),
        "places_query": urlencode({"tahun": board.year, "tabel": _PLACES}),
        "agents_query": urlencode({"tahun": board.year, "tabel": _AGENTS}),
        "may_record": scope.holds(Permission.ENTER_REGULATION, region.pk),
        "sees_persons": scope.holds(Permission.VIEW_PERSONS, region.pk),
    }
    return render(request, "reports/outreach_board.html", context)


def _file(request: SignedInRequest, board: OutreachBoard) -> HttpResponseBase:
    tables: dict[str, tuple[str, list[str], Callable[[OutreachBoard], _Cells]]] = {
        _PLACES: (_("rencana sosialisasi per tempat"), _place_head(), _place_cells),
        _AGENTS: (_("agen Perisai dan peserta barunya"), _agent_head(), _agent_cells),
    }
    asked = request.GET.get("tabel", "")
    subject, head, cells = tables.get(asked, (_("kegiatan sosialisasi"), _head(), _cells))
    return table_file(
        request,
        name=f"{asked if asked in tables else 'sosialisasi'}-{board.region.pk}-{board.year}",
        subject=subject,
        header=head,
        rows=cells(board),
        region_code=board.region.pk,
    )


def _head() -> list[str]:
    head = [_("kode_wilayah"), _("wilayah"), _("tempat"), _("kegiatan"), _("peserta_kegiatan"), _("materi")]
    head += [_("kategori"), _("rencana"), _("pelaksanaan"), _("direncanakan_lebih_dahulu"), _("hadir")]
    head += [_("biaya"), _("peserta_baru_30_hari"), _("mandiri_30_hari"), _("peserta_baru_90_hari")]
    head += [_("mandiri_90_hari"), _("peserta_baru_sebelumnya"), _("tempat_pembanding")]
    return [*head, _("biaya_per_peserta_baru"), _("sumber")]


def _cells(board: OutreachBoard) -> _Cells:
    came = {one.event.pk: one for one in board.yields}
    for event in board.events:
        one = came.get(event.pk)
        short, long = (one.short, one.long) if one else (None, None)
        yield [
            *(event.region_id, event.region.full_label, event.place, event.title),
            *(str(event.get_audience_display()), str(event.get_topic_display()), str(event.category or "")),
            *(event.planned_on, event.held_on, _("ya") if event.was_planned else _("tidak")),
            *(event.attended, event.cost),
            *((short.after.people, short.after.voluntary) if short and short.is_over else (None, None)),
            *((long.after.people, long.after.voluntary) if long and long.is_over else (None, None)),
            *((long.before.people, len(long.compared)) if long and long.is_over else (None, None)),
            *(cost_of(one) if one else None, event.source),
        ]


def _place_head() -> list[str]:
    head = [_("tempat"), _("direncanakan"), _("terlaksana"), _("hadir"), _("kegiatan_terakhir")]
    return [*head, _("peserta_baru"), _("mandiri"), _("dibayar_pihak_lain")]


def _place_cells(board: OutreachBoard) -> _Cells:
    for place in board.places:
        began = place.began
        yield [
            *(place.name, place.planned, len(place.held), place.attended),
            day_name(place.newest) if place.newest else "",
            *((began.people, began.voluntary, began.paid_by_others) if began else (None, None, None)),
        ]


def _agent_head() -> list[str]:
    head = [_("kode_wilayah"), _("wilayah"), _("nomor_agen"), _("daerah_tugas"), _("bertugas_sejak")]
    return [*head, _("bertugas_sampai"), _("target_setahun"), _("peserta_baru"), _("bulan_terakhir")]


def _agent_cells(board: OutreachBoard) -> _Cells:
    for row in board.agents.rows:
        agent = row.agent
        yield [
            *(agent.region_id, agent.region.full_label, agent.number, agent.area, agent.since, agent.until),
            *(agent.yearly_target, row.recruited, iso_month(row.newest) if row.newest else ""),
        ]
