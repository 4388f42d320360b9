"""What a row of a file of money says, column of the fact by column, or what is wrong with which cell."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext as _

from budgets.enums import MoneyKind
from budgets.importers.money_cells import (
    CellRefused,
    date_of,
    has_one_comma,
    rupiah_of,
    says_nothing,
    text_of,
    whole_of,
    year_of,
)
from budgets.importers.money_columns import (
    FROM_DAY_TO_DAY,
    OF_A_LINE,
    OF_A_MONTH,
    OF_A_YEAR,
    required_in,
    title_of,
)
from budgets.importers.money_fields import (
    CHOICES,
    DAYS,
    RUPIAH,
    WHOLE,
    WITH_COMMAS,
    MoneyField,
)
from budgets.importers.money_months import months_of, months_of_days
from budgets.importers.money_row import FileRow
from budgets.models import Allocation
from budgets.number_or_name import (
    is_nik,
    no_npp,
    no_package_code,
    no_registration_number,
    normal_number,
)
from budgets.selectors.money_names import MoneyNames
from budgets.services.money_numbers import kept_words
from budgets.services.money_places import institution_in, region_in
from budgets.services.money_words import WORDS, meant, word_of
from participants.importers.checks import ERASE
from participants.importers.header import label_of
from participants.importers.workbook import Cell
from participants.nik import mask_digits

F = MoneyField
Fault = tuple[str, str]
_NUMBERED = re.compile(r"(.*?)\s*(?:ke-?|no\.?)?\s*(\d{1,2})")
_LONGEST = {
    F.SUB_ACTIVITY: 40,
    F.ACCOUNT: 40,
    F.DOCUMENT: 150,
    F.LEGAL_BASIS: 250,
    F.BILL_NUMBER: 80,
    F.PAYMENT_ORDER: 80,
    F.POSTING_REFERENCE: 80,
    F.NUMBER: 80,
    F.OVER_REASON: 250,
    F.NPP: 40,
    F.NAME: 150,
    F.PACKAGE_CODE: 40,
    F.PACKAGE_NAME: 250,
    F.OFFICE: 150,
    F.CONTRACTOR: 150,
    F.REGISTRATION_NUMBER: 40,
    F.NOTE: 400,
}
# Columns of the fact that a word HAPUS empties, and the value that is empty.
_ERASABLE: dict[MoneyField, Any] = {
    **dict.fromkeys((F.CATEGORY, F.FUNDING, F.INSTITUTION), None),
    **dict.fromkeys((F.CASES, F.HAPPENED_ON, F.HEADS, F.MONTHS, F.MONTHLY_RATE), None),
    **dict.fromkeys((F.BILLED_AMOUNT, F.BILLED_ON, F.PAID_AMOUNT, F.POSTED_AMOUNT, F.POSTED_ON), None),
    **dict.fromkeys((F.DOCUMENT, F.LEGAL_BASIS, F.BILL_NUMBER, F.PAYMENT_ORDER, F.POSTING_REFERENCE), ""),
    **dict.fromkeys((F.WORKERS_KNOWN, F.WORKERS_REGISTERED, F.WAGES), None),
    **dict.fromkeys((F.ARREARS_MONTHS, F.ARREARS, F.FINE), None),
    **dict.fromkeys((F.NPP, F.SECTOR, F.SIZE, F.OFFICE, F.CONTRACTOR, F.REGISTRATION_NUMBER), ""),
    **dict.fromkeys((F.CONTRACT_VALUE, F.REGISTERED_ON, F.CONTRIBUTION), None),
}
# Columns in which offices write out that there is none.
_OFTEN_NONE = frozenset({F.REGISTRATION_NUMBER, F.REGISTERED_ON})
# Numbers in whose place some people write a NIK, with the sentence that refuses it.
_NO_NIK = {
    F.NPP: no_npp,
    F.PACKAGE_CODE: no_package_code,
    F.REGISTRATION_NUMBER: no_registration_number,
}
_COLUMN = {F.CATEGORY: "category_id", F.FUNDING: "funding_id", F.INSTITUTION: "institution_id"}


@dataclass
class JudgedRow:
    """`told` maps columns of the fact to what the row says; `number` is the paper's own, if any."""

    row: FileRow
    told: dict[str, Any] = field(default_factory=dict)
    number: str = ""
    faults: list[Fault] = field(default_factory=list)


@dataclass(frozen=True)
class RowDefaults:
    """Where and of which month rows are that name no place or no month."""

    region: str
    month: date


def judge_money(
    kind: MoneyKind,
    row: FileRow,
    names: MoneyNames,
    *,
    at: RowDefaults,
    commas: Mapping[str, bool] | None = None,
) -> JudgedRow:
    """`commas` tells of columns whether a single comma divides thousands; a column of which nobody said so is
    asked about."""
    judged = JudgedRow(row)
    place = _attempt(judged, F.REGION, lambda: region_in(row.cells, names, at.region))
    judged.told["region_id"] = place or at.region
    if kind in OF_A_MONTH:
        judged.told["month"] = at.month
    if kind in OF_A_YEAR:
        judged.told["year"] = at.month.year
    for name, cell in row.cells.items():
        known = MoneyField(name)
        if name in row.disagreeing:
            judged.faults.append((name, _disagreement(row.disagreeing[name])))
        elif known not in {F.ORDER, F.REGION, F.REGION_CODE, F.FIRST_MONTH, F.LAST_MONTH}:
            _attempt(judged, known, partial(_take, judged, known, cell, names, commas or {}))
    _months(judged, is_from_day_to_day=kind in FROM_DAY_TO_DAY)
    for needed in required_in(kind):
        if needed not in row.cells:
            judged.faults.append((needed, _("Kosong. Isi %(title)s.") % {"title": _(title_of(kind, needed))}))
    if kind in OF_A_LINE and not judged.faults:
        _attempt(judged, F.ACCOUNT, lambda: _line(judged, names))
    return judged


def _attempt(judged: JudgedRow, known: MoneyField, read: Callable[[], Any]) -> Any:
    try:
        return read()
    except CellRefused as refused:
        judged.faults.append((known.value, refused.sentence))
        return None


def _take(
    judged: JudgedRow, known: MoneyField, cell: Cell, names: MoneyNames, commas: Mapping[str, bool]
) -> None:
    text = text_of(cell)
    column = _COLUMN.get(known, known.value)
    if known in _OFTEN_NONE and says_nothing(text):
        judged.told[column] = _ERASABLE[known]
    elif text == ERASE:
        if known not in _ERASABLE:
            raise CellRefused(_("Isian ini tidak dapat dihapus. Isi nilainya."))
        judged.told[column] = _ERASABLE[known]
    elif known in WORDS:
        _take_word(judged, known, text)
    elif known == F.CATEGORY:
        judged.told[column] = meant(names.categories, text, _("Kategori"), names.category_names)
    elif known == F.FUNDING:
        judged.told[column] = meant(names.fundings, text, _("Sumber dana"), names.funding_names)
    elif known == F.INSTITUTION:
        judged.told[column] = institution_in(names, judged.told["region_id"], text)
    elif known == F.MONTH:
        judged.told[column] = _one_month(cell)
    elif known in _LONGEST:
        _take_text(judged, known, text)
    else:
        judged.told[column] = _number_or_day(known, cell, commas)


def _number_or_day(known: MoneyField, cell: Cell, commas: Mapping[str, bool]) -> int | date:
    if known in WITH_COMMAS and known.value not in commas and has_one_comma(cell):
        raise CellRefused(comma_question())
    if known in RUPIAH:
        return rupiah_of(cell, comma_groups=commas.get(known.value, False))
    if known in WHOLE:
        return whole_of(cell, comma_groups=commas.get(known.value, False))
    return date_of(cell) if known in DAYS else year_of(cell)


def _disagreement(titles: Sequence[str]) -> str:
    return _(
        "Kolom %(titles)s dapat berarti hal yang sama, tetapi angkanya berbeda. Ganti judul yang bukan, lalu "
        "kirim lagi."
    ) % {"titles": ", ".join(f"“{mask_digits(title)}”" for title in titles)}


def comma_question() -> str:
    """What is asked once for a column, and stands at each of its cells until somebody answers."""
    return _("Koma dalam angka ini dapat berarti ribuan atau pecahan. Jawab sekali untuk seluruh berkas.")


def _take_text(judged: JudgedRow, known: MoneyField, text: str) -> None:
    most = _LONGEST[known]
    if len(text) > most:
        raise CellRefused(_("Paling banyak %(most)s karakter. Persingkat isinya.") % {"most": most})
    if known in _NO_NIK and is_nik(normal_number(text)):
        raise CellRefused(_NO_NIK[known]())
    text = kept_words(known, text)
    if known == F.NUMBER:
        judged.number = text
        return
    judged.told[known.value] = text
    if known == F.OVER_REASON:
        judged.told["over_ceiling"] = True


def _one_month(cell: Cell) -> date:
    first, last = months_of(cell, None)
    if first != last:
        raise CellRefused(_("Laporan ini per bulan. Tulis satu bulan, misalnya Juli 2025."))
    return first


def _take_word(judged: JudgedRow, known: MoneyField, text: str) -> None:
    label = label_of(text)
    numbered = _NUMBERED.fullmatch(text.lower()) if known == F.PHASE else None
    code = word_of(known, label)
    if not code and numbered and (code := word_of(known, label_of(numbered[1]))):
        judged.told.setdefault("sequence", int(numbered[2]))
    if not code:
        raise CellRefused(
            _("“%(said)s” tidak dikenal. Pilih salah satu: %(choices)s.")
            % {"said": text[:60], "choices": "; ".join(map(str, CHOICES[known].labels))}
        )
    judged.told[known.value] = code


def _months(judged: JudgedRow, *, is_from_day_to_day: bool) -> None:
    paid = judged.told.get("paid_on")
    for known in (F.FIRST_MONTH, F.LAST_MONTH):
        cell = judged.row.cells.get(known)
        if cell is not None:
            read = partial(months_of_days, cell) if is_from_day_to_day else partial(months_of, cell, paid)
            span = _attempt(judged, known, read)
            if span and known == F.LAST_MONTH:
                judged.told["last_month"] = span[1]
            elif span:
                judged.told["first_month"] = span[0]
                if span[1] != span[0] or not is_from_day_to_day:
                    judged.told["last_month"] = span[1]


def _line(judged: JudgedRow, names: MoneyNames) -> None:
    """Find the budget line by its codes, category and payer; codes themselves are none of the bill's."""
    told = judged.told
    sub_activity, account = told.pop("sub_activity", ""), told.pop("account", "")
    if not sub_activity and not account:
        return
    days = [told[f"{stage}_on"] for stage in ("paid", "billed", "posted") if told.get(f"{stage}_on")]
    year = (days[0] if days else told["first_month"]).year
    lines = names.lines_of(told["region_id"], year, sub_activity, account)
    found = [row for row in lines if _fits(row, told)]
    if len(found) != 1:
        several = _("Beberapa baris pagu cocok. Isi kategori dan sumber dananya agar jelas yang mana.")
        none = _(
            "Baris pagu tahun %(year)s dengan kode ini belum ada. Catat pagunya terlebih dahulu "
            "atau kosongkan."
        )
        raise CellRefused(several if found else none % {"year": year})
    told["allocation_id"] = found[0].pk
    told.setdefault("category_id", found[0].category_id)
    told.setdefault("funding_id", found[0].funding_id)


def _fits(row: Allocation, told: Mapping[str, Any]) -> bool:
    return all(told.get(column) in {None, getattr(row, column)} for column in ("category_id", "funding_id"))
