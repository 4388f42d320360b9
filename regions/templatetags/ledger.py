from collections.abc import Iterator
from typing import Any

from django import template
from django.utils.translation import gettext as _

from regions.enums import Origin

register = template.Library()


@register.filter
def act_details(detail: dict[str, Any]) -> list[tuple[str, str]]:
    """The details of an act as label and value, without the empty ones."""
    return [(label, text) for label, text in _told(detail) if text]


def _told(detail: dict[str, Any]) -> Iterator[tuple[str, str]]:
    labels = {
        "created": _("baru"),
        "reason": _("alasan"),
        "from": _("sejak"),
        "office": _("kantor"),
        "deleted": _("dihapus"),
        "ended": _("diakhiri"),
        "rejected": _("ditolak"),
        "cause": _("sebab"),
        "rows": _("baris"),
        "person": _("orang"),
        "persons": _("orang"),
        "count": _("jumlah"),
        "filters": _("saringan"),
        "whole_nik": _("NIK utuh"),
        "closing": _("penutupan ke-"),
        "open_for": _("terbuka untuk"),
        "open_until": _("terbuka sampai"),
        "people": _("penerima"),
        "until": _("sampai"),
        "title": _("jabatan"),
        "institution": _("lembaga"),
        "link": _("tautan"),
        "seen_as": _("sambil melihat sebagai"),
        # The number of the account; the subject names it.
        "about": "",
        "pages": _("halaman"),
        "since": _("sejak"),
    }
    for name, value in detail.items():
        if labels.get(name, name) == "":
            continue
        if name == "origin":
            yield _("lewat"), str(Origin(value).label)
        elif name == "changed" and isinstance(value, dict):
            for column, (before, after) in value.items():
                yield column, f"{before} → {after}"
        elif name == "changed" and isinstance(value, list):
            yield _("kolom"), ", ".join(value)
        elif name == "counted_months":
            spans = (f"{first[:7]} – {last[:7] if last else ''}".rstrip() for first, last in value)
            yield _("terhitung untuk bulan"), ", ".join(spans)
        elif name == "changed":
            yield _("berubah"), str(value or "")
        else:
            yield labels.get(name, name), _("ya") if value is True else str(value or "")
