"""Judging rows: each by itself, then all of a file together."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from participants.importers.birth_date import NotADate, parse_birth_date
from participants.importers.faults import Doubt, Fault, Reason, Warned, fault_of
from participants.importers.header import Field, label_of
from participants.importers.rows import ListRow, row_of
from participants.nik import Nik, NikRefused, list_doubts, parse_nik

ERASE = "HAPUS"
ERASABLE = (
    Field.BIRTH_PLACE,
    Field.BIRTH_DATE,
    Field.SEX,
    Field.ADDRESS,
    Field.VILLAGE,
    Field.DISTRICT,
    Field.PHONE,
    Field.KPJ,
)
USUAL_AGES = range(17, 66)
_LONGEST_NAME = 120
_NAME = re.compile(r"['’‘`\"]?[^\W\d_][^\d<>{}|=@\\^~*%$#!?;:]*")
_SEXES = {
    "L": "l lk laki lakilaki pria cowok male m laki2 lelaki",
    "P": "p pr perempuan wanita w female f perempuan2",
}
_SEX_OF = {word: sex for sex, words in _SEXES.items() for word in words.split()}
_NO_DIGIT = re.compile(r"\D+")
_KPJ_LENGTH = 11
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


class Judged(NamedTuple):
    """A row with its faults, or its member and warnings."""

    row: ListRow
    member: Member | None
    faults: tuple[Fault, ...]
    warnings: tuple[Warned, ...] = ()


def judge_row(row: ListRow, *, region: str, today: date) -> Judged:
    faults: list[Fault] = []
    nik, birth_date = None, None
    row, erased = _without_erased(row)
    try:
        nik = parse_nik(row.cells.get(Field.NIK, ""))
    except NikRefused as refused:
        faults.append(fault_of(row, Field.NIK, Reason(refused.reason.value)))
    name = row.text(Field.NAME)
    if Field.NAME in row.header.columns and (reason := _name_problem(row, name)):
        faults.append(fault_of(row, Field.NAME, reason))
    try:
        birth_date = parse_birth_date(row.cells.get(Field.BIRTH_DATE, ""), today=today)
    except NotADate:
        faults.append(fault_of(row, Field.BIRTH_DATE, Reason.DATE_IMPOSSIBLE))
    if faults or nik is None:
        return Judged(row, None, tuple(faults))
    said = row.text(Field.SEX)
    sex = said if said in {"L", "P"} else _SEX_OF.get(label_of(said), "")
    kpj = kpj_of(row.text(Field.KPJ))
    member = Member(row, nik, name, birth_date, sex, kpj, phone_of(row.text(Field.PHONE)), erased)
    doubts = _doubts(member, region, today)
    return Judged(row, member, (), tuple(Warned(row.sheet, row.number, doubt) for doubt in doubts))


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


def _without_erased(row: ListRow) -> tuple[ListRow, tuple[Field, ...]]:
    if ERASE not in row.texts.values():
        return row, ()
    erased = tuple(field for field in ERASABLE if row.text(field) == ERASE)
    cells = {field: "" if field in erased else cell for field, cell in row.cells.items()}
    return row_of(row.sheet, row.number, row.header, cells), erased


def kpj_of(text: str) -> str:
    """The eleven digits of a card; anything else is no KPJ and is not kept."""
    digits = _NO_DIGIT.sub("", text)
    return digits if len(digits) == _KPJ_LENGTH else ""


def phone_of(text: str) -> str:
    """Digits with their leading 0, which spreadsheets drop; an empty text for what is no number."""
    digits = _NO_DIGIT.sub("", text)
    if digits.startswith("8"):
        digits = f"0{digits}"
    return digits if 8 <= len(digits) <= 15 else ""


def _name_problem(row: ListRow, name: str) -> Reason | None:
    if not name:
        return Reason.NAME_MISSING
    if not isinstance(row.cells[Field.NAME], str) or len(name) > _LONGEST_NAME or not _NAME.fullmatch(name):
        return Reason.NAME_NOT_A_NAME
    return None


def _doubts(member: Member, region: str, today: date) -> list[Doubt]:
    born, columns = member.birth_date, member.row.header.columns
    doubts = [
        Doubt(doubt.value)
        for doubt in list_doubts(member.nik, birth_date=born, sex=member.sex, region=region)
    ]
    if Field.SEX in columns and not member.sex:
        doubts.append(Doubt.SEX_UNCLEAR)
    if not member.kpj and member.row.text(Field.KPJ):
        doubts.append(Doubt.KPJ_UNCLEAR)
    if born is None:
        if Field.BIRTH_DATE in columns:
            doubts.append(Doubt.DATE_MISSING)
        return doubts
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    if age not in USUAL_AGES:
        doubts.append(Doubt.AGE_UNUSUAL)
    return doubts
