"""All rows of a list that have to be mended, in one grid: typed over or pasted, each judged at once."""

import json
import time
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from participants.enums import BatchState, ReadPage, RowState
from participants.errors import BatchRefused
from participants.forms.batch import FIELD_LABELS
from participants.importers.extra import Extras
from participants.importers.faults import doubt_sentence, field_of, reason_sentences
from participants.importers.header import Field
from participants.models import Batch, BatchRow
from participants.person_columns import TYPED_FIELDS
from participants.selectors.batches.batch import get_batch, reasons_of
from participants.selectors.batches.marks import (
    meant_cells,
    mendable_extras,
    open_fields,
    shown_cells,
    wrong_cell,
)
from participants.selectors.batches.mending import list_mendable
from participants.selectors.reach import require_batch
from participants.services.batches.mend import cells_of, mend_row
from participants.services.persons.reading import note_reading
from participants.views.month_entry.grid import refusal
from regions.errors import MonthLocked, NotPermitted, OutsideScope
from regions.number import grouped
from regions.roles import Permission
from regions.signed_in import PlacedView, SignedInRequest

_PAGE = 100
_LONGEST = 300


class BatchMendView(PlacedView):
    batch: Batch

    def find_place(self, **where: Any) -> None:
        batch = get_batch(self.request.user, where["pk"])
        if batch is None:
            raise OutsideScope(where["pk"])
        require_batch(self.request.user, batch)
        self.batch = batch

    def get(self, request: SignedInRequest) -> HttpResponse:
        """Signing in anew leads to the last address by GET: from that which only takes, to the page."""
        return redirect("batch_mend", self.batch.pk)

    def fields_of(self, rows: list[BatchRow], extras: Extras) -> list[Any]:
        """The columns that the file has, and those in which something is wrong."""
        named = {known for columns in self.batch.columns.values() for known, _index, _title in columns}
        wrong = {field_of(reason) for row in rows for reason in row.reasons}
        known = [field for field in TYPED_FIELDS if field in named or field in wrong]
        return [*known, *(one.key for one in extras if one.key in named)]

    def opened(self, row: BatchRow) -> set[Field]:
        return open_fields(self.request.user, self.batch, row)


class BatchMend(BatchMendView):
    def get(self, request: SignedInRequest) -> HttpResponse:
        batch, reason = self.batch, request.GET.get("sebab", "")
        page = Paginator(list_mendable(batch, reason), _PAGE).get_page(request.GET.get("halaman"))
        rows = list(page.object_list)
        extras = mendable_extras(request.user, batch, rows)
        fields, is_open = self.fields_of(rows, extras), any(self.opened(row) for row in rows)
        note_reading(
            by=request.user,
            page=ReadPage.OPEN_BATCH_ROW if is_open else ReadPage.BATCH_ROW,
            region_code=batch.region_id,
            document=batch.pk,
            rows=len(rows),
        )
        labels: dict[Any, Any] = {**FIELD_LABELS, **{one.key: one.name for one in extras}}
        context = {
            "batch": batch,
            "page": page,
            "query": f"sebab={reason}" if reason else "",
            "reason": reason,
            "reasons": reasons_of(batch),
            "columns": [(field.value, labels[field]) for field in fields],
            "rows": [self._shown(row, fields, extras) for row in rows],
            "counts": counts_sentence(batch),
            "row_url": reverse("batch_mend_row", args=[batch.pk]),
            "may_enter": batch.state in {BatchState.CHECKED, BatchState.STORED},
        }
        return render(request, "participants/batch_mend.html", context)

    def _shown(self, row: BatchRow, fields: list[Any], extras: Extras) -> dict[str, Any]:
        shown = shown_cells(cells_of(row), self.opened(row))
        return {
            "row": row,
            "cells": [(field.value, shown.get(field, "")) for field in fields],
            "faults": json.dumps(faults_of(row, fields, extras)),
        }


class BatchMendRow(BatchMendView):
    def post(self, request: SignedInRequest) -> HttpResponse:
        """200 judged good, 422 still at fault, 404 where it waits no more."""
        if request.POST.get("typist") != str(request.user.pk):
            # Another person signed in after this was typed: it is not theirs to send.
            raise NotPermitted(Permission.ENTER_PERSONS)
        row = self._row(request.POST.get("enrolment", ""))
        opened, cells = self.opened(row), cells_of(row)
        extras = mendable_extras(request.user, self.batch, [row])
        fields: list[Any] = [*TYPED_FIELDS, *(one.key for one in extras)]
        sent = {
            field: request.POST[field.value][:_LONGEST] for field in fields if field.value in request.POST
        }
        typed = shown_cells(cells, opened) | sent
        try:
            fresh = mend_row(
                batch_id=self.batch.pk,
                row_id=row.pk,
                cells=meant_cells(typed, cells, opened),
                by=request.user,
            )
        except MonthLocked as locked:
            return refusal(locked.sentence, {})
        except BatchRefused as refused:
            return refusal(refused.sentence, {})
        counted_at = time.time()
        self.batch.refresh_from_db()
        if fresh.state == RowState.REFUSED:
            faults = faults_of(fresh, fields, extras)
            rest = [told for name, told in faults.items() if name not in request.POST]
            return refusal(" ".join(rest), faults)
        # Right now, so that nobody has to see it whole any more.
        shown = shown_cells(typed, set())
        told = {
            "enrolment": str(row.pk),
            "revision": "",
            "cells": {field.value: shown.get(field, "") for field in fields},
            "doubts": [doubt_sentence(doubt) for doubt in fresh.doubts] or [_("Sudah benar.")],
        }
        counted = {"counts": counts_sentence(self.batch), "counted_at": counted_at}
        return JsonResponse({"row": told, "kind": "", "undo": "", **counted})

    def _row(self, name: str) -> BatchRow:
        rows = list_mendable(self.batch, "")
        row = rows.filter(pk=name).first() if name.isascii() and name.isdigit() else None
        if row is None:
            raise OutsideScope("row")
        return row


def faults_of(row: BatchRow, fields: list[Any], extras: Extras) -> dict[str, str]:
    """Name of a column → what is wrong in it and what to do; what has no column stands at the first."""
    found: dict[str, str] = {}
    for reason in row.reasons:
        field = wrong_cell(reason, extras, row.cells_sealed)
        name = (field if field in fields else fields[0]).value
        found[name] = " ".join([*([found[name]] if name in found else []), *reason_sentences(reason)])
    return found


def counts_sentence(batch: Batch) -> str:
    told = {"good": grouped(batch.good), "parked": grouped(batch.parked)}
    return _("%(good)s baris baik, %(parked)s menunggu perbaikan") % told
