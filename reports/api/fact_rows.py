"""Rows of facts as programs send them: read by the fields of the model, each wrong cell with a sentence."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from regions.enums import Origin
from regions.errors import FactRefused, Problem
from regions.fact_kind import PROVENANCE, FactKind
from regions.models import SourcedFact
from regions.selectors.fact import find_named


def written_columns(kind: FactKind, names: Iterable[str] = ()) -> dict[str, Any]:
    """Name → field of the model, of what a program may say of a fact; of `names` alone where given."""
    chosen = names or (*kind.fixed_fields, *kind.value_fields, *PROVENANCE)
    return {name: kind.model._meta.get_field(name) for name in dict.fromkeys(chosen)}


def corrected_columns(kind: FactKind) -> dict[str, Any]:
    """Of those, what a correction may change."""
    return written_columns(kind, (*kind.value_fields, *PROVENANCE))


def read_rows(kind: FactKind, sent: Sequence[Any]) -> list[SourcedFact]:
    """Unsaved facts in the order in which they were sent. Raises FactRefused with every wrong cell."""
    columns = written_columns(kind)
    related = {name: _related(field, name, sent) for name, field in columns.items() if field.is_relation}
    rows, problems = [], []
    for index, one in enumerate(sent):
        reader = _RowReader(index, columns, related)
        values = reader.values(one)
        problems += reader.problems
        if not reader.problems:
            rows.append(kind.model(origin=Origin.API, **values))
    if problems:
        raise FactRefused(problems)
    return rows


def read_changes(kind: FactKind, sent: Mapping[str, Any]) -> dict[str, Any]:
    """Column → new value, for a service's correction. Raises FactRefused."""
    columns = corrected_columns(kind)
    related = {name: _related(field, name, [sent]) for name, field in columns.items() if field.is_relation}
    reader = _RowReader(0, columns, related)
    values = reader.values(sent, whole=False)
    if reader.problems:
        raise FactRefused(reader.problems)
    return {
        columns[name].attname: getattr(value, "pk", value) if columns[name].is_relation else value
        for name, value in values.items()
    }


def _related(field: Any, name: str, sent: Sequence[Any]) -> dict[Any, Any]:
    """What the rows name, by its key; one question for all of them."""
    named = (_key_of(field, one.get(name)) for one in sent if isinstance(one, Mapping))
    return find_named(field.related_model, {key for key in named if key is not None})


def _key_of(field: Any, value: Any) -> Any:
    """None where it cannot be a key of what the field leads to."""
    if isinstance(field.target_field, models.CharField):
        return value if isinstance(value, str) else None
    return value if type(value) is int and 0 < value < 2**63 else None


class _RowReader:
    """Reads one row; what is wrong with it is in `problems` afterwards."""

    def __init__(
        self, index: int, columns: Mapping[str, Any], related: Mapping[str, Mapping[Any, Any]]
    ) -> None:
        self._index, self._columns, self._related = index, columns, related
        self.problems: list[Problem] = []

    def values(self, sent: Any, *, whole: bool = True) -> dict[str, Any]:
        if not isinstance(sent, Mapping):
            self._refuse("__all__", _("Tiap baris berupa objek: nama kolom dan isinya."))
            return {}
        for name in sorted(set(sent) - set(self._columns)):
            self._refuse(name, _("Kolom ini tidak ada. Kolom yang diterima: %s.") % ", ".join(self._columns))
        found = {}
        for name, field in self._columns.items():
            if name in sent:
                found[name] = self._read(name, field, sent[name])
            elif whole:
                found[name] = self._missing(name, field)
        return found

    def _refuse(self, name: str, sentence: str) -> None:
        self.problems.append(Problem(self._index, name, sentence))

    def _missing(self, name: str, field: Any) -> Any:
        if field.has_default():
            return field.get_default()
        if field.null:
            return None
        if field.blank and not field.is_relation:
            return ""
        self._refuse(name, _("Kolom ini wajib diisi."))
        return None

    def _read(self, name: str, field: Any, value: Any) -> Any:
        if value is None:
            return self._missing(name, field)
        if field.is_relation:
            found = self._related[name].get(_key_of(field, value))
            if found is None:
                self._refuse(name, _("Kode ini tidak dikenal. Ambil kodenya dari daftar di API."))
            return found
        try:
            plain = _PLAIN.get(type(field), _text)(field, value)
            return field.clean(plain, None)
        except ValidationError as error:
            self._refuse(name, " ".join(error.messages))
        except (ValueError, TypeError, InvalidOperation):
            self._refuse(name, _("Isi ini tidak terbaca. Periksa bentuknya dalam uraian API."))
        return None


def _whole(_field: Any, value: Any) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValidationError(_("Isi bilangan bulat tanpa tanda petik."))
    return value


def _decimal(_field: Any, value: Any) -> Decimal:
    if isinstance(value, bool):
        raise ValueError
    return Decimal(str(value))


def _flag(_field: Any, value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValidationError(_("Isi true atau false."))
    return value


def _day(field: Any, value: Any) -> date:
    """`2026-07-31`; a month as `2026-07` or as its first day."""
    if not isinstance(value, str):
        raise ValueError
    is_month = field.name.endswith("month")
    try:
        found = date.fromisoformat(f"{value}-01" if is_month and len(value) == len("2026-07") else value)
    except ValueError:
        shape = "2026-07" if is_month else "2026-07-31"
        raise ValidationError(_("Tulis seperti %s.") % shape) from None
    if is_month and found.day != 1:
        raise ValidationError(_("Bulan ditulis seperti 2026-07."))
    return found


def _list(_field: Any, value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ValidationError(_('Isi sebuah daftar, misalnya ["jkk", "jkm"].'))
    return value


def _text(_field: Any, value: Any) -> str:
    if not isinstance(value, str):
        raise ValidationError(_("Isi teks di antara tanda petik."))
    return value.strip()


_PLAIN: dict[type[Any], Any] = {
    ArrayField: _list,
    models.BooleanField: _flag,
    models.DateField: _day,
    models.DecimalField: _decimal,
    **dict.fromkeys(
        (
            *(models.IntegerField, models.BigIntegerField, models.PositiveIntegerField),
            *(models.PositiveSmallIntegerField, models.PositiveBigIntegerField),
        ),
        _whole,
    ),
}
