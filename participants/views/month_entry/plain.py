"""Saving a grid that was sent as one plain form: each changed row as if its scripts had sent it."""

from collections.abc import Mapping
from typing import Any, Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import ngettext

from participants.plain_rows import Refusal, changed_rows
from regions.number import grouped


class PlainGrid(Protocol):
    request: Any

    def save(self, data: QueryDict) -> HttpResponse: ...

    def show(self, refusals: Mapping[str, Refusal], status: int) -> HttpResponse: ...


def save_plain(grid: PlainGrid, request: HttpRequest) -> HttpResponse:
    """Good rows are stored, the others come back as they were typed, each with its sentence."""
    stored, refusals = 0, {}
    for row, sent in changed_rows(request.POST):
        answer = grid.save(sent)
        if answer.status_code == HttpResponse.status_code:
            stored += 1
        else:
            refusals[row] = Refusal.of(sent, answer)
    if stored:
        told = ngettext("%(count)s baris tersimpan.", "%(count)s baris tersimpan.", stored)
        messages.success(request, told % {"count": grouped(stored)}, extra_tags="stored")
    if refusals:
        left = ngettext(
            "%(count)s baris belum tersimpan; sebabnya tertulis di barisnya.",
            "%(count)s baris belum tersimpan; sebabnya tertulis di barisnya.",
            len(refusals),
        )
        messages.error(request, left % {"count": grouped(len(refusals))})
        return grid.show(refusals, status=422)
    return redirect(request.get_full_path())
