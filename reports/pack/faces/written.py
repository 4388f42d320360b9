"""A content as plain text in the order of its parts: what the typeset and the word faces are filled with."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import segno
from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from regions.practice import current_room
from reports.pack.code import grouped_code
from reports.pack.content import Cell, Column, PackContent, Table

_NARROW = 12
# In letters: what a column of words gets at most, any column at least, and what stands around its cells.
_LONG, _LEAST, _SIDES = 34, 5, 3


@dataclass(frozen=True)
class Issued:
    """What is printed on every page beside the content."""

    code: str
    sha256: str
    url: str
    head: str


def issued(content: PackContent) -> Issued:
    path = reverse("verify", args=[content.code])
    label = _("Segel log aktivitas")
    head = f"{label} {content.ledger_head}" if content.ledger_head else ""
    url = f"{content.origin or settings.PUBLIC_URL}{path}"
    return Issued(grouped_code(content.code), content.sha256, url, head)


def qr_png(url: str) -> BytesIO:
    """For faces that take no drawing."""
    picture = BytesIO()
    segno.make(url, error="m").save(picture, kind="png", scale=5, border=1)
    picture.seek(0)
    return picture


def cell_text(cell: Cell) -> str:
    return cell if isinstance(cell, str) else cell.text


def written_table(table: Table) -> dict[str, Any]:
    rows = [[cell_text(cell) for cell in row] for row in table.rows]
    total = [cell_text(cell) for cell in table.total]
    widest = [
        max((len(row[at]) for row in (*rows, *([total] if total else []))), default=0)
        for at in range(len(table.columns))
    ]
    return {
        "heading": table.heading,
        "columns": [
            {
                "label": column.label,
                "number": column.is_number,
                "narrow": widest[at] <= _NARROW,
                "share": share_of(column, widest[at]),
            }
            for at, column in enumerate(table.columns)
        ],
        "rows": rows,
        "total": total,
        "note": table.note,
        "size": 8.5 if len(table.columns) > 5 else 9,
    }


def share_of(column: Column, widest: int) -> int:
    """How wide a column is beside others: no number is broken and no word of its head; long words share."""
    head = max((len(word) for word in column.label.split()), default=0)
    return max(min(max(widest, head), _LONG), _LEAST) + _SIDES


def methods_table(content: PackContent) -> dict[str, Any]:
    labels = [_("Kode"), _("Indikator"), _("Arti"), _("Rumus")]
    return {
        "heading": _("Cara menghitung setiap indikator"),
        "columns": [
            {"label": label, "number": False, "narrow": at == 0, "share": 1 if at == 1 else 2}
            for at, label in enumerate(labels)
        ],
        "rows": [[m.code, m.label, m.meaning, m.formula] for m in content.methods],
        "total": [],
        "note": "",
        "size": 7.5,
    }


def words_of(content: PackContent) -> dict[str, str]:
    return {
        "draft": _("DRAF"),
        # Across the page, where something else than an official report was made.
        "watermark": _("LATIHAN") if current_room() else _("DRAF") if content.is_draft else "",
        "mark": " · ".join(part for part in (_("DRAF") if content.is_draft else "", content.warning) if part),
        "draft_title": _("Draf, bukan laporan resmi"),
        "as_of": _("Posisi per %s") % content.as_of,
        "code": _("Kode dokumen"),
        "verify": _("Periksa keasliannya di"),
        "hash": "SHA-256",
        "qr": _("Kode QR ke halaman verifikasi"),
        "page": _("Halaman"),
        "picture": _("Gambar"),
        "summary": _("Ringkasan"),
        "remarks": _("Catatan penyusun"),
        "tables": _("Tabel"),
        "sources": _("Sumber dan cara menghitung"),
        "methods": _("Cara menghitung setiap indikator"),
        "annex": _("Lampiran"),
        "moved": _("Yang berubah"),
        "asked": _("Yang diminta dari pembaca"),
        "nothing_asked": _("Tidak ada keputusan yang diminta pada periode ini."),
        "crest": _("Lambang %s") % content.region_label,
        "formulas": _("Rumus indikator"),
    }
