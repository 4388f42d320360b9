"""The lists that were sent, as a table: what each is of, and how many of its rows are good."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponseBase
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from participants.models import Batch
from regions.month import iso_month
from regions.signed_in import SignedInRequest
from regions.views.table_file import table_file


def batches_file(request: SignedInRequest, rows: Iterable[Batch], code: str) -> HttpResponseBase:
    head = [_("nomor"), _("berkas"), _("kode_wilayah"), _("wilayah"), _("kategori"), _("sumber_dana")]
    head += [_("bulan_pertama"), _("bulan_terakhir"), _("status"), _("baris_baik"), _("perlu_diperbaiki")]
    head += [_("sumber"), _("per_tanggal"), _("dikirim_oleh"), _("dikirim_pada")]
    named: dict[str, Any] = {"name": "unggahan", "subject": _("unggahan"), "region_code": code}
    return table_file(request, header=head, rows=map(_cells, rows), **named)


def _cells(batch: Batch) -> list[object]:
    last = iso_month(batch.last_month) if batch.last_month else ""
    terms = [str(batch.category), str(batch.funding), iso_month(batch.first_month), last]
    sent = [str(batch.entered_by), localtime(batch.entered_at).isoformat(timespec="seconds")]
    return [
        *(batch.pk, batch.file_name, batch.region_id, batch.region.full_label, *terms),
        *(batch.get_state_display(), batch.good, batch.parked, batch.source, batch.as_of.isoformat(), *sent),
    ]
