"""Judging rows: each by itself, then all of a file together."""

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from participants.importers.birth_date import NotADate, parse_birth_date, swapped
from participants.importers.extra import NOTHING_EXTRA, Extras, ExtraSaid, read_extras
from participants.importers.faults import Doubt, Fault, Reason, Warned, fault_of
from participants.importers.header import Field, label_of
from participants.importers.list_row import ListRow, row_of
from participants.importers.numbers_of_persons import kpj_in, phone_in
from participants.importers.questions import questions_of, read_two_ways
from participants.nik import Nik, NikRefused, list_doubts, parse_nik
from participants.person_columns import ERASABLE
from regions.practice import PROVINCE

ERASE = "HAPUS"
USUAL_AGES = range(17, 66)
_LONGEST_NAME = 120
_NAME = re.compile(r"['’‘`\"]?[^\W\d_][^\d<>{}|=@\\^~*%$#!?;:]*")
# `Budi dan Siti`, `Budi / Siti`; a name may begin with `Dan`.
_TWO_NAMES = re.compile(r"\w\s+(?:dan|&)\s+\w|\w\s*/\s*\w{3}", re.IGNORECASE)
_SEXES = {
    "L": "l lk laki lakilaki pria cowok male m laki2 lelaki",
    "P": "p pr perempuan wanita w female f perempuan2",
}
_SEX_OF = {word: sex for sex, words in _SEXES.items() for word in words.split()}
# A column saved through numbers ends in 0 for nearly everybody; by nature one in ten does.
ENDINGS_FROM = 20


class Member(NamedTuple):
    """One accepted row, typed; `nik` shows itself masked."""

    row: ListRow
    nik: Nik
    name: str
    birth_date: date | None
    sex: str
    kpj: str = ""
    phone: str = ""
    # Fields whose cell says HAPUS: empty them. A blank cell leaves what is stored alone.
    erased: tuple[Field, ...] = ()
    extra: ExtraSaid = NOTHING_EXTRA


class Judged(NamedTuple):
    """A row with its faults, or its member and warnings."""

    row: ListRow
    member: Member | None
    faults: tuple[Fault, ...]
    warnings: tuple[Warned, ...] = ()


def judge_row(
    row: ListRow,
    *,
    region: str,
    today: date,
    month_first: bool = False,
    asks: bool = True,
    extras: Extras = (),
) -> Judged:
    """A row by itself. `month_first` is what its column says of its dates of birth as a whole.

    `asks` is false where somebody answered already what the row asks. `extras` are the fields that the office
    added itself.
    """
    born = _Born(None)
    row, erased = _without_erased(row, extras)
    nik, faults = _nik(row, region)
    name = row.text(Field.NAME)
    if Field.NAME in row.header.columns and (reason := _name_problem(row, name)):
        faults.append(fault_of(row, Field.NAME, reason))
    try:
        born = _born(row, nik, today, month_first)
    except NotADate:
        faults.append(fault_of(row, Field.BIRTH_DATE, Reason.DATE_IMPOSSIBLE))
    faults += read_two_ways(row, nik, born.day)
    extra, unfit = read_extras(extras, row.cells, today) if extras else (NOTHING_EXTRA, [])
    faults += [fault_of(row, key, reason) for key, reason in unfit]
    if asks:
        faults += questions_of(row, today)
    if faults or nik is None:
        if born.day:
            row.texts[Field.BIRTH_DATE] = f"{born.day:%d/%m/%Y}"
        return Judged(row, None, tuple(faults))
    said = row.text(Field.SEX)
    sex = said if said in {"L", "P"} else _SEX_OF.get(label_of(said), "")
    kpj, phone = kpj_in(row.text(Field.KPJ)), phone_in(row.text(Field.PHONE))
    member = Member(row, nik, name, born.day, sex, kpj.digits, phone.digits, erased, extra)
    doubts = _doubts(member, region, today, born.agrees)
    if any(one.is_required and row.text(one.key) == "" for one in extras if one.key in row.header.columns):  # type: ignore[arg-type,comparison-overlap]
        doubts.append(Doubt.EXTRA_MISSING)
    if kpj.doubt or phone.doubt or born.doubt:
        doubts += [doubt for doubt in (kpj.doubt, phone.doubt, born.doubt) if doubt]
    if not doubts:
        return Judged(row, member, ())
    return Judged(row, member, (), tuple(Warned(row.sheet, row.number, doubt) for doubt in doubts))


def _nik(row: ListRow, region: str) -> tuple[Nik | None, list[Fault]]:
    try:
        nik = parse_nik(row.cells.get(Field.NIK, ""))
    except NikRefused as refused:
        return None, [fault_of(row, Field.NIK, Reason(refused.reason.value))]
    if nik.digits.startswith(PROVINCE) and not region.startswith(PROVINCE):
        return nik, [fault_of(row, Field.NIK, Reason.NIK_OF_PRACTICE)]
    return nik, []


class _Born(NamedTuple):
    day: date | None
    doubt: Doubt | None = None
    agrees: bool = False


def _born(row: ListRow, nik: Nik | None, today: date, month_first: bool) -> _Born:
    """The date of birth; day and month change places where the NIK or the whole column says so.

    Raises NotADate.
    """
    cell = row.cells.get(Field.BIRTH_DATE, "")
    try:
        day = parse_birth_date(cell, today=today, month_first=month_first)
    except NotADate:
        # The other order, where the NIK confirms it.
        day = parse_birth_date(cell, today=today, month_first=not month_first)
        if day is None or nik is None or not nik.agrees_with(day):
            raise
        return _Born(day, Doubt.DAY_MONTH)
    if day is None or nik is None:
        return _Born(day)
    if nik.agrees_with(day):
        return _Born(day, Doubt.DAY_MONTH if month_first else None, agrees=True)
    other = swapped(day)
    if other is not None and nik.agrees_with(other) and other <= today:
        return _Born(other, None if month_first else Doubt.DAY_MONTH)
    return _Born(_beside(cell, day, nik), Doubt.DAY_MONTH if month_first else None)


def _beside(cell: object, day: date, nik: Nik) -> date:
    """Of a cell with a time of day, the day next to it that the NIK confirms."""
    if isinstance(cell, datetime) and (cell.hour or cell.minute):
        for one in (day - timedelta(days=1), day + timedelta(days=1)):
            if nik.agrees_with(one):
                return one
    return day


def judge_together(judged: Sequence[Judged]) -> list[Judged]:
    """The same rows, with repeats refused but the first, and rows refused whose NIK has several names."""
    by_nik: dict[str, list[Member]] = {}
    for one in judged:
        if one.member:
            by_nik.setdefault(one.member.nik.digits, []).append(one.member)
    return [_among_equals(one, by_nik) for one in judged]


def has_suspicious_endings(members: Iterable[Member]) -> bool:
    """Whether most NIK of a list end in 0, as after a way through numbers and back to text."""
    endings = [member.nik.digits[-1] == "0" for member in members]
    return len(endings) >= ENDINGS_FROM and sum(endings) * 2 > len(endings)


def _among_equals(one: Judged, by_nik: dict[str, list[Member]]) -> Judged:
    if one.member is None:
        return one
    equals = by_nik[one.member.nik.digits]
    if len({label_of(member.name) for member in equals}) > 1:
        return Judged(one.row, None, (fault_of(one.row, Field.NIK, Reason.CONFLICT),))
    if equals[0] is not one.member:
        return Judged(one.row, None, (fault_of(one.row, Field.NIK, Reason.DUPLICATE),))
    return one


def _without_erased(row: ListRow, extras: Extras) -> tuple[ListRow, tuple[Field, ...]]:
    if ERASE not in row.texts.values():
        return row, ()
    fields: list[Any] = [*ERASABLE, *(one.key for one in extras)]
    erased = tuple(field for field in fields if row.text(field) == ERASE)
    cells = {field: "" if field in erased else cell for field, cell in row.cells.items()}
    fresh = row_of(row.sheet, row.number, row.header, cells)
    return row._replace(cells=fresh.cells, texts={**row.texts, **fresh.texts}), erased


def _name_problem(row: ListRow, name: str) -> Reason | None:
    if not name:
        return Reason.NAME_MISSING
    if not isinstance(row.cells[Field.NAME], str) or len(name) > _LONGEST_NAME or not _NAME.fullmatch(name):
        return Reason.NAME_NOT_A_NAME
    return None


def _doubts(member: Member, region: str, today: date, agrees: bool) -> list[Doubt]:
    born, columns = member.birth_date, member.row.header.columns
    doubts = [
        Doubt(doubt.value)
        for doubt in list_doubts(
            member.nik, birth_date=None if agrees else born, sex=member.sex, region=region
        )
    ]
    if _TWO_NAMES.search(member.name):
        doubts.append(Doubt.NAME_SEVERAL)
    if Field.SEX in columns and not member.sex:
        doubts.append(Doubt.SEX_UNCLEAR)
    if born is None:
        if Field.BIRTH_DATE in columns:
            doubts.append(Doubt.DATE_MISSING)
        return doubts
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if age not in USUAL_AGES:
        doubts.append(Doubt.AGE_UNUSUAL)
    return doubts
