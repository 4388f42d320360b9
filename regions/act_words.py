"""The details of an act in words: which field said what before, and says what now."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import Field
from django.utils.translation import gettext as _

from regions.enums import Origin


def details_of(detail: Mapping[str, Any]) -> list[tuple[str, str]]:
    """As label and value, without the empty ones."""
    return [(label, text) for label, text in _told(detail) if text]


def _told(detail: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    labels = _labels()
    for name, value in detail.items():
        if labels.get(name, name) == "":
            continue
        if name == "origin":
            yield _("lewat"), str(Origin(value).label)
        elif name == "facts":
            yield from (_fact(fact) for fact in value)
        elif name == "changed" and isinstance(value, dict):
            yield from ((label_of(column), _moved(pair)) for column, pair in value.items())
        elif name == "changed" and isinstance(value, list):
            yield _("kolom"), ", ".join(label_of(column) for column in value)
        elif name == "counted_months":
            spans = (f"{first[:7]} – {last[:7] if last else ''}".rstrip() for first, last in value)
            yield _("terhitung untuk bulan"), ", ".join(spans)
        elif name == "changed":
            yield _("berubah"), str(value or "")
        else:
            yield labels.get(name, name), _("ya") if value is True else str(value or "")


def _fact(fact: Mapping[str, Any]) -> tuple[str, str]:
    """One row of a set: what it is about, then each field with its old and its new value."""
    about = ", ".join(str(value) for value in fact["about"] if value not in ("", None))
    changed = ", ".join(f"{label_of(column)} {_moved(pair)}" for column, pair in fact["changed"].items())
    return about, changed


def _moved(pair: list[Any]) -> str:
    before, after = pair
    return f"{before if before not in ('', None) else '–'} → {after}"


def label_of(column: str) -> str:
    """A column as forms call it; its own name where no table has it any more."""
    for model in apps.get_models():
        try:
            field = model._meta.get_field(column)
        except FieldDoesNotExist:
            continue
        if isinstance(field, Field) and model._meta.app_label in _OWN:
            return str(field.verbose_name)
    return column


_OWN = frozenset({"regions", "participants", "budgets"})


def _labels() -> dict[str, str]:
    return {
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
        "filters": _("filter"),
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
        "more": _("baris lain"),
        "file": _("berkas"),
        "category": _("kategori"),
        "funding": _("sumber dana"),
        "asked_by": _("diminta oleh"),
        "kept_until": _("disimpan sampai"),
    }
