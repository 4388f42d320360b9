"""What pages show of batches: how far the work has come, what rows would change, what is wrong with which."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, IntegerField, Q, QuerySet, When
from django.utils.translation import gettext as _

from participants.enums import BatchState, RowState
from participants.importers.faults import QUESTIONS, Reason, doubt_sentence, reason_sentences
from participants.importers.header import Field
from participants.importers.list_row import column_letter, table_name
from participants.models import Batch, BatchRow, Participant
from participants.nik import Nik, NikReason, mask_digits, mask_phone
from participants.person_columns import OPEN_COLUMNS, SEALED_COLUMNS
from participants.selectors.batches.marks import wrong_cell_of
from participants.selectors.persons.column import ColumnDifference
from participants.selectors.reach import holds_batch, reached, require_batch
from regions.access import scope_of, within
from regions.cipher import unseal
from regions.enums import Origin
from regions.formats import day_name
from regions.models import User
from regions.roles import Permission

_SYSTEMIC_FROM = 10
_MOST_TWINS = 3
_REPEATED = frozenset({Reason.DUPLICATE.value, Reason.CONFLICT.value})
NIK_FAULTS = "nik"
# Reasons for which nobody can be told by a row's NIK.
NIK_REASONS = (*(reason.value for reason in NikReason), Reason.FAMILY_CARD.value, Reason.NIK_TWO_WAYS.value)
REASONS = frozenset(reason.value for reason in Reason)


def list_batches(user: User, *, region_code: str = "") -> QuerySet[Batch]:
    """Files that were sent, newest first; what was typed, or sent person by person, is not among them."""
    rows = Batch.objects.filter(reached(user, Permission.VIEW_PERSONS))
    rows = rows.exclude(origin=Origin.FORM).exclude(origin=Origin.API, file_name="")
    if region_code:
        rows = rows.filter(Q(region_id=region_code) | Q(region__code__startswith=f"{region_code}."))
    return rows.select_related("region", "category", "funding", "institution", "payer", "entered_by")


def get_batch(user: User, pk: int) -> Batch | None:
    """One batch that the user may see; None for any other. Raises NotPermitted."""
    rows = Batch.objects.filter(within(user), pk=pk)
    batch = rows.select_related(
        "region", "category", "funding", "institution", "payer", "entered_by", "confirmed_by"
    ).first()
    if batch is None or holds_batch(user, Permission.VIEW_PERSONS, batch):
        return batch
    if scope_of(user).bound:
        # That another institution sent a list is none of theirs.
        return None
    require_batch(user, batch, Permission.VIEW_PERSONS)
    return batch


def get_row(batch: Batch, pk: int) -> BatchRow | None:
    """A row of the batch that waits to be mended."""
    return batch.rows.filter(pk=pk, state=RowState.REFUSED).first()


def get_settled_row(batch: Batch, pk: int) -> BatchRow | None:
    """A row of the batch that waits for nothing: good, mended, or left out."""
    return batch.rows.filter(pk=pk).exclude(state=RowState.REFUSED).first()


def next_parked(batch: Batch) -> BatchRow | None:
    return batch.rows.filter(state=RowState.REFUSED).order_by("pk").first()


@dataclass(frozen=True)
class BatchProgress:
    """How far the work on a batch has come. `percent`, `rate` and `seconds_left` are None while unknown."""

    done: int
    total: int
    percent: int | None
    rate: int | None
    seconds_left: int | None
    is_silent: bool


def progress_of(batch: Batch) -> BatchProgress:
    percent = rate = left = None
    if batch.state == BatchState.READING and batch.total:
        percent = min(100, batch.done * 100 // batch.total)
    if batch.state == BatchState.READING and batch.done and batch.began_at and batch.heartbeat_at:
        seconds = (batch.heartbeat_at - batch.began_at).total_seconds()
        rate = round(batch.done / seconds) if seconds > 0 else None
        left = max(0, batch.total - batch.done) // rate if rate else None
    silent = batch.state in WORKING and batch.is_silent(batch.entered_at)
    return BatchProgress(batch.done, batch.total, percent, rate, left, silent)


WORKING = (BatchState.WAITING, BatchState.READING, BatchState.CONFIRMED, BatchState.STORING)


@dataclass(frozen=True)
class ReasonCount:
    """One reason of refusals or doubts in a batch; `is_systemic` where most rows share it."""

    value: str
    count: int
    sentence: str
    remedy: str = ""
    is_systemic: bool = False


def reasons_of(batch: Batch) -> list[ReasonCount]:
    rows = sum(batch.counts.get("state", {}).values())
    found = []
    for value, count in batch.counts.get("reason", {}).items():
        if value in QUESTIONS:
            continue
        sentence, remedy = reason_sentences(value)
        found.append(
            ReasonCount(value, count, sentence, remedy, count >= _SYSTEMIC_FROM and count * 2 >= rows)
        )
    return sorted(found, key=lambda reason: -reason.count)


def doubts_of(batch: Batch) -> list[ReasonCount]:
    found = [
        ReasonCount(value, count, doubt_sentence(value))
        for value, count in batch.counts.get("doubt", {}).items()
    ]
    return sorted(found, key=lambda doubt: -doubt.count)


@dataclass(frozen=True)
class ShownBatchRow:
    """A row of a batch as a page shows it; `nik` is masked, `details` are what else was read of a person."""

    row: BatchRow
    nik: str
    details: list[str]
    differences: list[ColumnDifference]
    faults: list[str]
    doubts: list[str]


def list_rows(batch: Batch, state: str = "", reason: str = "") -> QuerySet[BatchRow]:
    """What has to be mended first; of one state, or refused for one reason, or for any fault of the NIK."""
    if reason == NIK_FAULTS:
        return batch.rows.filter(state=RowState.REFUSED, reasons__overlap=list(NIK_REASONS)).order_by("pk")
    if reason in REASONS:
        return batch.rows.filter(state=RowState.REFUSED, reasons__contains=[reason]).order_by("pk")
    if state in RowState.values:
        return batch.rows.filter(state=state).order_by("pk")
    parked_first = Case(When(state=RowState.REFUSED, then=0), default=1, output_field=IntegerField())
    return batch.rows.order_by(parked_first, "pk")


def show_rows(batch: Batch, rows: Iterable[BatchRow]) -> list[ShownBatchRow]:
    """One page of rows with what they change, in three queries whatever their number."""
    found = list(rows)
    wanted = [row.nik_digest for row in found if row.state == RowState.CHANGED and row.before is None]
    persons = {
        bytes(person.nik_digest): person
        for person in Participant.objects.filter(region=batch.region_id, nik_digest__in=wanted)
    }
    twins = _twins(batch, found)
    return [
        ShownBatchRow(
            row,
            *_read_of(row),
            _differences(row, persons),
            [*(fault_sentence(batch, row, reason) for reason in row.reasons), *twins.get(row.pk, [])],
            [doubt_sentence(doubt) for doubt in row.doubts],
        )
        for row in found
    ]


def _twins(batch: Batch, rows: Iterable[BatchRow]) -> dict[int, list[str]]:
    """Row → where in the file the other rows with its NIK stand, for rows refused for that."""
    repeated = {
        row.pk: bytes(row.nik_digest)
        for row in rows
        if row.nik_digest is not None and _REPEATED.intersection(row.reasons)
    }
    if not repeated:
        return {}
    places: dict[bytes, list[BatchRow]] = {}
    for other in batch.rows.filter(nik_digest__in=set(repeated.values())).order_by("pk"):
        places.setdefault(bytes(other.nik_digest or b""), []).append(other)
    return {
        pk: [_twin_words([other for other in places[digest] if other.pk != pk])]
        for pk, digest in repeated.items()
        if len(places[digest]) > 1
    }


def _twin_words(others: list[BatchRow]) -> str:
    shown = [
        _('lembar "%(sheet)s" baris %(row)s (%(name)s)')
        % {"sheet": other.sheet, "row": other.number, "name": other.name}
        for other in others[:_MOST_TWINS]
    ]
    more = (
        [_("dan %(count)s lagi") % {"count": len(others) - _MOST_TWINS}] if len(others) > _MOST_TWINS else []
    )
    return _("NIK yang sama: %(places)s.") % {"places": ", ".join([*shown, *more])}


def _read_of(row: BatchRow) -> tuple[str, list[str]]:
    """NIK and details as they were read, so that somebody can see what would be stored; numbers masked."""
    if row.cells_sealed:
        texts = json.loads(unseal(row.cells_sealed))
        said = [texts.get(field, "") for field in (Field.BIRTH_PLACE, Field.BIRTH_DATE, *_SHOWN)]
        return mask_digits(texts.get(Field.NIK, "")), [mask_digits(text) for text in said if text]
    born = day_name(row.birth_date) if row.birth_date else ""
    phone = mask_phone(unseal(row.phone_sealed)) if row.phone_sealed else ""
    said = [row.birth_place, born, row.sex, row.village_name, row.district_name, phone]
    return Nik(unseal(row.nik_sealed)).masked if row.nik_sealed else "", [text for text in said if text]


def said_in(batch: Batch, row: BatchRow) -> list[tuple[str, str]]:
    """Title and cell of the columns that say how a person stands, for whoever answers what the row asks."""
    texts = json.loads(unseal(row.cells_sealed)) if row.cells_sealed else {}
    columns = batch.columns.get(table_name(row.sheet, row.block), [])
    titles = {known: title for known, _index, title in columns}
    fields = (Field.STATUS, Field.NOTE, Field.ENDED)
    return [(titles.get(field, ""), mask_digits(texts[field])) for field in fields if texts.get(field)]


_SHOWN = (Field.SEX, Field.VILLAGE, Field.DISTRICT, Field.PHONE, Field.STATUS, Field.NOTE, Field.ENDED)


def fault_sentence(batch: Batch, row: BatchRow, reason: str) -> str:
    """Sheet, row, column and title as Excel shows them, what is wrong and what to do."""
    what, remedy = reason_sentences(reason)
    if reason in QUESTIONS and row.asked:
        # The words say more than a column would: they may stand in any.
        where = _('Lembar "%(sheet)s", baris %(row)s:') % {"sheet": row.sheet, "row": row.number}
        return f'{where} "{row.asked}". {what} {remedy}'
    field = wrong_cell_of(batch, row, reason)
    columns = batch.columns.get(table_name(row.sheet, row.block), [])
    place = next(((index, title) for known, index, title in columns if known == field), None)
    if place is None:
        return f"{what} {remedy}"
    where = _('Lembar "%(sheet)s", baris %(row)s, kolom %(column)s "%(title)s"') % {
        "sheet": row.sheet,
        "row": row.number,
        "column": column_letter(place[0]),
        "title": place[1],
    }
    return f"{where}: {what} {remedy}"


def _differences(row: BatchRow, persons: dict[bytes, Participant]) -> list[ColumnDifference]:
    if row.state != RowState.CHANGED or row.nik_digest is None:
        return []
    before = (row.before or {}).get("person")
    person = persons.get(bytes(row.nik_digest))
    if row.before is None and person is not None:
        kept = [*(column.stored[0] for column in (*OPEN_COLUMNS, *SEALED_COLUMNS)), "extra"]
        before = {name: getattr(person, name) for name in kept}
    found = _text_differences(row, before or {}) + _secret_differences(row, before or {})
    stored = (before or {}).get("extra", {})
    if any(stored.get(key) != value for key, value in row.extra.items()) or stored.keys() & set(row.erased):
        found.append(ColumnDifference(str(_("isian tambahan")), "", str(_("diganti"))))
    return found or [ColumnDifference(str(_("masa kepesertaan")), "", str(_("diperpanjang atau diaktifkan")))]


def _text_differences(row: BatchRow, before: dict[str, Any]) -> list[ColumnDifference]:
    found = []
    for column in OPEN_COLUMNS:
        old, new = _words(before.get(column.name)), _words(getattr(row, column.name))
        erased = column.field in row.erased
        if before and old != new and (new or erased):
            found.append(ColumnDifference(str(column.label), old, "" if erased else new))
    return found


def _secret_differences(row: BatchRow, before: dict[str, Any]) -> list[ColumnDifference]:
    found = []
    for column in SEALED_COLUMNS:
        name, sealed_name = column.stored
        digest, old = getattr(row, name), before.get(name)
        stored = bytes.fromhex(old[2:]) if isinstance(old, str) else old and bytes(old)
        if before and digest is not None and bytes(digest) != stored:
            masked = mask_digits(unseal(getattr(row, sealed_name)))
            found.append(ColumnDifference(str(column.label), _("lain") if stored else "", masked))
    return found


def _words(value: Any) -> str:
    if isinstance(value, str) and len(value) == 10 and value[4:8:3] == "--":
        value = date.fromisoformat(value)
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return str(value or "")
