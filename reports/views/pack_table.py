"""The list of issued packs as a file."""

from collections.abc import Iterable
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from regions.signed_in import SignedInRequest
from regions.views.table_file import table_file
from reports.models import Pack


def pack_table(request: SignedInRequest, rows: Iterable[Pack]) -> HttpResponseBase:
    return table_file(
        request,
        name="paket-monev",
        subject=_("paket monev"),
        header=[
            *(_("Kode dokumen"), _("Kode wilayah"), _("Wilayah"), _("Periode"), _("Dokumen"), _("Versi")),
            *(_("Status"), _("Dibuat"), "SHA-256"),
        ],
        rows=map(_cells, rows),
    )


def _cells(pack: Pack) -> tuple[Any, ...]:
    return (
        *(pack.code, pack.region_id, pack.region.full_label, pack.period.label),
        *(pack.get_document_display(), pack.version, _("Draf") if pack.is_draft else _("Final")),
        *(f"{localtime(pack.made_at):%Y-%m-%d %H:%M}", pack.sha256),
    )
