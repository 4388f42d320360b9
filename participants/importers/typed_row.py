"""A row typed on the screen, in the shape in which rows of lists are judged."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from participants.importers.checks import ERASE, Judged, judge_row
from participants.importers.extra import Extras
from participants.importers.faults import Reason, sentence_of
from participants.importers.header import Field, Header
from participants.importers.list_row import ListRow, row_of
from participants.importers.numbers_of_persons import kpj_in, phone_in
from participants.person_columns import PERSON_COLUMNS, TYPED_FIELDS

_LONGEST = {column.field: column.longest for column in PERSON_COLUMNS if column.longest and column.erasable}
_HEADER = Header(
    last_row=0,
    columns={field: index for index, field in enumerate(TYPED_FIELDS)},
    titles={field: field.value for field in TYPED_FIELDS},
    others={},
)


def typed_row(cells: Mapping[Field, str], number: int = 0, extras: Extras = ()) -> ListRow:
    """Each column has its field as title, so that a fault of the row names the field."""
    named: dict[Any, str] = {field: cells.get(field, "") for field in TYPED_FIELDS}
    known: Mapping[Any, str] = cells
    asked = [one for one in extras if one.key in known]
    if not asked:
        return row_of("", number, _HEADER, named)
    columns: dict[Any, int] = {one.key: index for index, one in enumerate(asked, len(TYPED_FIELDS))}
    titles: dict[Any, str] = {one.key: one.name for one in asked}
    header = replace(_HEADER, columns={**_HEADER.columns, **columns}, titles={**_HEADER.titles, **titles})
    return row_of("", number, header, named | {one.key: known[one.key] for one in asked})


def judge_typed(
    cells: Mapping[Field, str],
    *,
    number: int,
    region: str,
    today: date,
    is_member: bool = False,
    extras: Extras = (),
) -> Judged:
    """`is_member`: somebody answered that the person belongs on the list, whatever the name says."""
    row = typed_row(cells, number, extras)
    return judge_row(row, region=region, today=today, asks=not is_member, extras=extras)


def typing_faults(cells: Mapping[Field, str], extras: Extras = ()) -> Iterable[tuple[Any, str]]:
    """What a list forgives but somebody who types may mend at once: cells that would be cut or left out, and
    blank ones of fields that the office wants filled."""
    known: Mapping[Any, str] = cells
    for one in extras:
        if one.is_required and known.get(one.key, "-").strip() in {"", ERASE}:
            yield one.key, sentence_of(Reason.EXTRA_MISSING)
    for field, most in _LONGEST.items():
        if len(cells.get(field, "")) > most:
            yield field, _("Paling banyak %(most)s karakter. Persingkat isinya.") % {"most": most}
    phone, kpj = (cells.get(field, "").strip() for field in (Field.PHONE, Field.KPJ))
    if phone not in {"", ERASE} and not phone_in(phone).digits:
        yield Field.PHONE, _("Nomor telepon seluler harus 8–15 digit. Contoh: 081234567890.")
    if kpj not in {"", ERASE} and not kpj_in(kpj).digits:
        yield Field.KPJ, _("Nomor KPJ harus 11 angka, seperti pada kartunya.")
