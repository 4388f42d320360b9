"""The details of an act in words: which field said what before, and says what now."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from regions.enums import Origin
from regions.models import Act, Assignment, User
from regions.stored_text import retold

Tables = tuple[type[Model], ...]


def details_of(act: Act) -> list[tuple[str, str]]:
    """As label and value, without the empty ones."""
    return [(label, text) for label, text in _told(act.detail, tables_of(act)) if text]


def _told(detail: Mapping[str, Any], tables: Tables) -> Iterator[tuple[str, str]]:
    for name, value in detail.items():
        if name in _UNTOLD:
            continue
        if name == "origin":
            yield _("lewat"), str(Origin(value).label)
        elif name == "facts":
            yield from (_fact(fact, tables) for fact in value)
        elif name == "changed" and isinstance(value, dict):
            yield from ((label_of(column, tables), _moved(pair)) for column, pair in value.items())
        elif name == "changed" and isinstance(value, list):
            yield _("kolom"), ", ".join(label_of(column, tables) for column in value)
        elif name == "counted_months":
            spans = (f"{first[:7]} – {last[:7] if last else ''}".rstrip() for first, last in value)
            yield _("terhitung untuk bulan"), ", ".join(spans)
        elif name == "changed":
            yield _("berubah"), str(value or "")
        else:
            yield str(_LABELS.get(name, name)), _("ya") if value is True else retold(str(value or ""))


def _fact(fact: Mapping[str, Any], tables: Tables) -> tuple[str, str]:
    """One row of a set: what it is about, then each field with its old and its new value."""
    about = ", ".join(str(value) for value in fact["about"] if value not in ("", None))
    moved = fact["changed"].items()
    return about, ", ".join(f"{label_of(column, tables)} {_moved(pair)}" for column, pair in moved)


def _moved(pair: list[Any]) -> str:
    before, after = pair
    return f"{before if before not in ('', None) else '–'} → {after}"


def tables_of(act: Act) -> Tables:
    """Of which tables an act tells: it names an account, or its subject begins with the name of the table."""
    if "about" in act.detail:
        return User, Assignment
    words, known = act.subject.split(), _tables_by_name()
    beginnings = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next(((known[name],) for name in beginnings if name in known), ())


def label_of(column: str, tables: Tables = ()) -> str:
    """A column as the forms of its table call it; its own name where no table has it any more."""
    labels = next((_columns_of(one) for one in tables if column in _columns_of(one)), _all_columns())
    return str(labels.get(column) or _LABELS.get(column, column))


def _own_tables() -> list[type[Model]]:
    return [model for model in apps.get_models() if model._meta.app_label in _OWN]


@cache
def _tables_by_name() -> dict[str, type[Model]]:
    """In each language: a subject keeps the words in which its act was recorded."""
    found: dict[str, type[Model]] = {}
    for language, _label in settings.LANGUAGES:
        with override(language):
            for model in _own_tables():
                found.setdefault(str(model._meta.verbose_name), model)
    return found


@cache
def _columns_of(model: type[Model]) -> dict[str, Any]:
    """Names are translated when they are shown, not here."""
    fields = model._meta.concrete_fields
    return {name: field.verbose_name for field in fields for name in (field.name, field.attname)}


@cache
def _all_columns() -> dict[str, Any]:
    """Of two tables with such a column, what the first one calls it."""
    found: dict[str, Any] = {}
    for model in _own_tables():
        found = {**_columns_of(model), **found}
    return found


_OWN = frozenset({"regions", "participants", "budgets"})
# The number of the account; the subject names it.
_UNTOLD = frozenset({"about"})
_LABELS = {
    "created": gettext_lazy("baru"),
    "reason": gettext_lazy("alasan"),
    "from": gettext_lazy("sejak"),
    "office": gettext_lazy("kantor"),
    "deleted": gettext_lazy("dihapus"),
    "ended": gettext_lazy("diakhiri"),
    "rejected": gettext_lazy("ditolak"),
    "cause": gettext_lazy("sebab"),
    "rows": gettext_lazy("baris"),
    "person": gettext_lazy("orang"),
    "persons": gettext_lazy("orang"),
    "count": gettext_lazy("jumlah"),
    "filters": gettext_lazy("filter"),
    "whole_nik": gettext_lazy("NIK utuh"),
    "closing": gettext_lazy("penutupan ke-"),
    "open_for": gettext_lazy("terbuka untuk"),
    "open_until": gettext_lazy("terbuka sampai"),
    "people": gettext_lazy("penerima"),
    "until": gettext_lazy("sampai"),
    "title": gettext_lazy("jabatan"),
    "institution": gettext_lazy("lembaga"),
    "link": gettext_lazy("tautan"),
    "seen_as": gettext_lazy("sambil melihat sebagai"),
    "pages": gettext_lazy("halaman"),
    "since": gettext_lazy("sejak"),
    "more": gettext_lazy("baris lain"),
    "file": gettext_lazy("berkas"),
    "category": gettext_lazy("kategori"),
    "funding": gettext_lazy("sumber dana"),
    "asked_by": gettext_lazy("diminta oleh"),
    "kept_until": gettext_lazy("disimpan sampai"),
    "second_factor": gettext_lazy("langkah kedua"),
    "carried_to": gettext_lazy("dibawa ke unggahan"),
    "office_account": gettext_lazy("akun kantor"),
}
