"""The files of money that were sent, as a table."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponseBase
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from budgets.models import MoneyBatch
from regions.signed_in import SignedInRequest
from regions.views.table_file import table_file


def money_batches_file(request: SignedInRequest, rows: Iterable[MoneyBatch], code: str) -> HttpResponseBase:
    head = [_("nomor"), _("berkas"), _("isi"), _("kode_wilayah"), _("wilayah"), _("status")]
    head += [_("baris_baik"), _("perlu_diperbaiki"), _("dikirim_oleh"), _("dikirim_pada")]
    named: dict[str, Any] = {"name": "berkas-keuangan", "subject": _("berkas keuangan"), "region_code": code}
    return table_file(request, header=head, rows=map(_cells, rows), **named)


def _cells(batch: MoneyBatch) -> list[object]:
    what = [batch.pk, batch.file_name, batch.get_kind_display(), batch.region_id, batch.region.full_label]
    sent = [str(batch.entered_by), localtime(batch.entered_at).isoformat(timespec="seconds")]
    return [*what, batch.get_state_display(), batch.good, batch.refused, *sent]
