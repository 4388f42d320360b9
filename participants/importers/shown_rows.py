"""What was read of a list, row by row, for a person who checks it: numbers masked, nothing stored."""

from collections import defaultdict
from typing import Any

from participants.importers.checks import Judged
from participants.importers.faults import QUESTIONS, Warned, doubt_sentence, sentence_of
from participants.importers.header import Field
from participants.importers.list_report import ListReport
from participants.importers.numbers_of_persons import kpj_in, phone_in
from participants.nik import NikRefused, mask_digits, parse_nik
from participants.person_columns import further_columns

# Field → how many digits stay at the beginning and at the end.
_KEPT = {Field.NIK: (6, 4), Field.PHONE: (4, 4), Field.KPJ: (2, 3)}


def persons_as_json(report: ListReport) -> dict[str, list[dict[str, Any]]]:
    """`persons`, every row in order, and `warned`, the rows that somebody should look at and why."""
    warned: dict[tuple[str, int], list[Warned]] = defaultdict(list)
    for one in report.warned:
        warned[one.sheet, one.row].append(one)
    return {
        "persons": [_person(one) for one in report.judged],
        "warned": [
            {
                "sheet": mask_digits(sheet),
                "row": row,
                "reasons": [one.reason.value for one in found],
                "message": " ".join(doubt_sentence(one.reason) for one in found),
            }
            for (sheet, row), found in warned.items()
        ],
    }


def _person(judged: Judged) -> dict[str, Any]:
    row, member = judged.row, judged.member
    questions = [fault.reason for fault in judged.faults if fault.reason in QUESTIONS]
    refused = len(questions) < len(judged.faults)
    born = member.birth_date if member else None
    return {
        "row": row.number,
        "sheet": mask_digits(row.sheet),
        "nik": _masked(_nik_of(row.text(Field.NIK)), Field.NIK),
        "name": mask_digits(member.name if member else row.text(Field.NAME)),
        "birth_date": born.isoformat() if born else mask_digits("" if member else row.text(Field.BIRTH_DATE)),
        "birth_place": row.text(Field.BIRTH_PLACE),
        "sex": member.sex if member else row.text(Field.SEX),
        "address": mask_digits(row.text(Field.ADDRESS)),
        "village": row.text(Field.VILLAGE),
        "district": row.text(Field.DISTRICT),
        "phone": _masked(phone_in(row.text(Field.PHONE)).digits, Field.PHONE),
        "kpj": _masked(kpj_in(row.text(Field.KPJ)).digits, Field.KPJ),
        **{column.field.value: mask_digits(row.text(column.field)) for column in further_columns()},
        "state": "refused" if refused else "asked" if questions else "ok",
        "asked": " ".join(map(sentence_of, questions)),
    }


def _nik_of(text: str) -> str:
    """The digits of a NIK; of anything else what there is, as it may be shown."""
    try:
        return parse_nik(text).digits
    except NikRefused:
        return text


def _masked(text: str, field: Field) -> str:
    first, last = _KEPT[field]
    if not text.isdigit():
        return mask_digits(text)
    return f"{text[:first]}*{text[-last:]}" if len(text) > first + last else "*" * len(text)
