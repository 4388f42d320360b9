"""The details of an act in words: what it is about, which field said what before, and says what now."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import Model
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from regions.act_values import NameOf, day_or_month, no_names, value_words
from regions.enums import Origin, ReportKind
from regions.formats import moment
from regions.models import Act, Assignment, User
from regions.stored_text import retold

Tables = tuple[type[Model], ...]
# Column → the values that an act names of it.
Said = Iterator[tuple[str, list[Any]]]


def details_of(act: Act) -> list[tuple[str, str]]:
    """As label and value, without the empty ones; names as far as `name_acts` has found them."""
    name_of: NameOf = getattr(act, "name_of", no_names)
    return [(label, text) for label, text in _told(act, tables_of(act), name_of) if text]


def months_of(act: Act) -> str:
    """The months an act speaks of, as far as it says so."""
    return ", ".join(map(day_or_month, act.detail.get("months", [])))


def values_said(detail: Mapping[str, Any]) -> Said:
    """What may be a key of another table, by column."""
    for told in (detail, *detail.get("facts", [])):
        for column, value in _about(told):
            yield column, [value]
        if isinstance(told.get("changed"), dict):
            yield from ((column, list(pair)) for column, pair in told["changed"].items())
    yield from ((column, [detail[column]]) for column in _REFERRED if column in detail)


def field_of(column: str, tables: Tables) -> Any:
    """The column of the act's own table; of acts on persons that of whatever table has it."""
    own = next((_columns_of(one)[column] for one in tables if column in _columns_of(one)), None)
    return _all_columns().get(column) if own is None and column in _REFERRED else own


def _told(act: Act, tables: Tables, name_of: NameOf) -> Iterator[tuple[str, str]]:
    """First what changed, then the rest as it was noted."""
    detail = act.detail
    if about := _about_words(detail, tables, name_of):
        yield _("tentang"), about
    elif "facts" not in detail and not any(one in act.subject for one in detail.get("months", [])):
        yield _("bulan"), months_of(act)
    yield from (_fact(fact, tables, name_of) for fact in detail.get("facts", []))
    if isinstance(detail.get("changed"), dict):
        for column, pair in detail["changed"].items():
            yield label_of(column, tables), _moved(column, pair, tables, name_of)
    for name, value in detail.items():
        if name not in _UNTOLD and not (name in _COUNTS and _tells_rows(detail)):
            yield from _rest(name, value, tables, name_of)


def _tells_rows(detail: Mapping[str, Any]) -> bool:
    """Whether every row stands there itself: then their number says nothing more."""
    return "facts" in detail and "more" not in detail


def _rest(name: str, value: Any, tables: Tables, name_of: NameOf) -> Iterator[tuple[str, str]]:
    label = str(_LABELS.get(name, name))
    if name == "origin":
        yield _("lewat"), str(Origin(value).label)
    elif name == "changed" and isinstance(value, dict):
        return
    elif name in {"changed", "fields"} and isinstance(value, list):
        yield _("kolom"), ", ".join(label_of(column, tables) for column in value)
    elif name == "counted_months":
        spans = (f"{first[:7]} – {last[:7] if last else ''}".rstrip() for first, last in value)
        yield _("terhitung untuk bulan"), ", ".join(spans)
    elif name in _REFERRED and isinstance(value, str):
        yield label, value_words(field_of(name, tables), value, name_of) if value else ""
    elif name in _DAYS and isinstance(value, str):
        yield label, moment(datetime.fromisoformat(value)) if "T" in value else day_or_month(value)
    elif name == "open_for":
        yield label, ", ".join(str(ReportKind(one).label) for one in value)
    elif isinstance(value, dict):
        yield label, ", ".join(f"{_LABELS.get(key, key)} {count}" for key, count in value.items())
    elif isinstance(value, list):
        yield label, ", ".join(map(str, value))
    else:
        field = field_of(name, tables)
        is_choice = value and field is not None and field.choices
        told = value_words(field, value) if is_choice else retold(str(value or ""))
        yield label, _("ya") if value is True else told


def _about(told: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Column and value of what identifies a row; acts of before say the values alone."""
    about = told.get("of") or told.get("about")
    return list(about.items()) if isinstance(about, dict) else []


def _about_words(told: Mapping[str, Any], tables: Tables, name_of: NameOf) -> str:
    about = told.get("about")
    if isinstance(about, list):
        return ", ".join(str(value) for value in about if value not in ("", None))
    said = sorted(_about(told), key=lambda pair: _place_of(pair[0]))
    words = {column: value_words(field_of(column, tables), value, name_of) for column, value in said if value}
    last = words.pop("last_month", "")
    if last and last != words.get("first_month"):
        words["first_month"] = f"{words.get('first_month', '')} – {last}"
    return ", ".join(words.values())


def _place_of(column: str) -> int:
    """The month first, then the region, then the rest as the table has it."""
    return _FIRST.index(column) if column in _FIRST else len(_FIRST)


def _fact(fact: Mapping[str, Any], tables: Tables, name_of: NameOf) -> tuple[str, str]:
    """One row of a set: what it is about, then each field with its old and its new value."""
    moved = (
        f"{label_of(column, tables)} {_moved(column, pair, tables, name_of)}"
        for column, pair in fact["changed"].items()
        if any(value not in ("", None) for value in pair)
    )
    return _about_words(fact, tables, name_of), ", ".join(moved)


def _moved(column: str, pair: list[Any], tables: Tables, name_of: NameOf) -> str:
    field = field_of(column, tables)
    before, after = (value_words(field, value, name_of) for value in pair)
    return f"{before} → {after}"


def tables_of(act: Act) -> Tables:
    """Of which tables an act tells: it names an account, or its subject begins with the name of the table."""
    if "about" in act.detail:
        return User, Assignment
    words, known = act.subject.split(), _tables_by_name()
    beginnings = (" ".join(words[:count]) for count in range(len(words), 0, -1))
    return next(((known[name],) for name in beginnings if name in known), ())


def label_of(column: str, tables: Tables = ()) -> str:
    """A column as the forms of its table call it; its own name where no table has it any more."""
    columns = next((_columns_of(one) for one in tables if column in _columns_of(one)), _all_columns())
    return str(columns[column].verbose_name if column in columns else _LABELS.get(column, column))


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
    fields = model._meta.concrete_fields
    return {name: field for field in fields for name in (field.name, field.attname)}


@cache
def _all_columns() -> dict[str, Any]:
    """Of two tables with such a column that of the first."""
    found: dict[str, Any] = {}
    for model in _own_tables():
        found = {**_columns_of(model), **found}
    return found


_OWN = frozenset({"regions", "participants", "budgets"})
# Told before the rest, or by the subject: the account, the scenario, the key of a removed row.
_UNTOLD = frozenset({"about", "of", "facts", "months", "fact", "row", "scenario", "hook"})
_COUNTS = frozenset({"created", "changed"})
_FIRST = (
    *("year", "month", "first_month", "last_month", "region_id", "institution_id"),
    *("category_id", "funding_id"),
)
_DAYS = frozenset({"since", "until", "from", "on", "open_until", "kept_until"})
# What acts on persons name beside them.
_REFERRED = ("category", "funding")
_LABELS = {
    "measure": gettext_lazy("indikator"),
    "created": gettext_lazy("baris baru"),
    "changed": gettext_lazy("baris berubah"),
    "new": gettext_lazy("baru"),
    "same": gettext_lazy("sama"),
    "refused": gettext_lazy("perlu diperbaiki"),
    "skipped": gettext_lazy("dilewati"),
    "sha256": gettext_lazy("nilai hash"),
    "payer": gettext_lazy("pembayar"),
    "format": gettext_lazy("bentuk berkas"),
    "kind": gettext_lazy("jenis"),
    "removed": gettext_lazy("ditarik"),
    "kept": gettext_lazy("tetap"),
    "source": gettext_lazy("sumber"),
    "state": gettext_lazy("status"),
    "unknown": gettext_lazy("tidak dikenal"),
    "on": gettext_lazy("pada tanggal"),
    "way": gettext_lazy("lewat"),
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
    "people_extended": gettext_lazy("orang diteruskan"),
    "until": gettext_lazy("sampai"),
    "title": gettext_lazy("jabatan"),
    "institution": gettext_lazy("lembaga"),
    "link": gettext_lazy("tautan"),
    "seen_as": gettext_lazy("sambil melihat sebagai"),
    "token": gettext_lazy("lewat token API"),
    "program": gettext_lazy("akun program"),
    "keeper": gettext_lazy("penanggung jawab"),
    "purpose": gettext_lazy("kegunaan"),
    "pages": gettext_lazy("halaman"),
    "since": gettext_lazy("sejak"),
    "more": gettext_lazy("baris lain"),
    "file": gettext_lazy("berkas"),
    "belongs_to": gettext_lazy("milik"),
    "category": gettext_lazy("kategori"),
    "funding": gettext_lazy("sumber dana"),
    "asked_by": gettext_lazy("diminta oleh"),
    "kept_until": gettext_lazy("disimpan sampai"),
    "second_factor": gettext_lazy("langkah kedua"),
    "carried_to": gettext_lazy("dibawa ke unggahan"),
    "office_account": gettext_lazy("akun kantor"),
    "edited": gettext_lazy("jumlah orang diubah"),
    "accepted": gettext_lazy("rencana dipakai"),
    "year": gettext_lazy("tahun"),
    "figures": gettext_lazy("angka"),
    "sums": gettext_lazy("hitungan"),
    "name": gettext_lazy("nama"),
    "writes": gettext_lazy("boleh menulis"),
    "events": gettext_lazy("peristiwa"),
    "titles": gettext_lazy("judul kolom"),
    "key": gettext_lazy("kunci"),
}


def told_names() -> frozenset[str]:
    """What may stand in the detail of an act: it has a word, or words of its own."""
    return frozenset(_LABELS) | _UNTOLD | _COUNTS | {"origin", "counted_months", "fields"}
