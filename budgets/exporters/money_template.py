"""An empty workbook for one kind of money, with choices where there are few."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from budgets.enums import MoneyKind
from budgets.importers.money_columns import COLUMNS, NEEDED, title_of
from budgets.importers.money_fields import CHOICES, DAYS, RUPIAH, MoneyField

_HEAD, _ROWS, _WIDTH = 3, 5000, 20
F = MoneyField
_TEXT = {
    F.REGION_CODE,
    F.NUMBER,
    F.SUB_ACTIVITY,
    F.ACCOUNT,
    F.BILL_NUMBER,
    F.PAYMENT_ORDER,
    F.POSTING_REFERENCE,
    F.NPP,
    F.PACKAGE_CODE,
    F.REGISTRATION_NUMBER,
}
_MONTHS = {F.FIRST_MONTH, F.LAST_MONTH, F.MONTH}


def write_money_template(
    kind: MoneyKind, *, regions: Sequence[str], categories: Sequence[str], fundings: Sequence[str]
) -> bytes:
    """The workbook: titles in row 4, from there one row one fact."""
    output = BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True})
    sheet = book.add_worksheet("Isian")
    head = book.add_format({"bold": True, "border": 1, "bg_color": "#DCEBEA", "text_wrap": True})
    needed = book.add_format({"bold": True, "border": 1, "bg_color": "#F4D9A8", "text_wrap": True})
    sheet.write_string(0, 0, str(kind.label), book.add_format({"bold": True, "font_size": 13}))
    sheet.write_string(
        1,
        0,
        _(
            "Isi mulai baris 5. Tanggal hari/bulan/tahun, bulan seperti Juli 2025, rupiah penuh. Kolom "
            "berwarna kuning harus diisi. Sel kosong tidak menghapus isi lama; tulis HAPUS untuk itu."
        ),
    )
    musts = {group[0] for group in NEEDED[kind]}
    formats = {
        "text": book.add_format({"num_format": "@"}),
        "rupiah": book.add_format({"num_format": "#,##0"}),
        "day": book.add_format({"num_format": "dd/mm/yyyy"}),
    }
    for index, column in enumerate(COLUMNS[kind]):
        sheet.set_column(index, index, _WIDTH, _format(column, formats))
        sheet.write_string(_HEAD, index, _(title_of(kind, column)), needed if column in musts else head)
    sheet.freeze_panes(_HEAD + 1, 2)
    _add_choices(book, sheet, kind, _choices(regions, categories, fundings))
    book.close()
    return output.getvalue()


def _format(column: MoneyField, formats: Mapping[str, Any]) -> Any:
    if column in _TEXT | _MONTHS:
        return formats["text"]
    if column in RUPIAH:
        return formats["rupiah"]
    return formats["day"] if column in DAYS else None


def _choices(
    regions: Sequence[str], categories: Sequence[str], fundings: Sequence[str]
) -> dict[MoneyField, Sequence[str]]:
    return {
        F.REGION: regions,
        F.CATEGORY: categories,
        F.FUNDING: fundings,
        **{field: list(map(str, choices.labels)) for field, choices in CHOICES.items()},
    }


def _add_choices(book: Any, sheet: Any, kind: MoneyKind, choices: Mapping[MoneyField, Sequence[str]]) -> None:
    """Choices stand on a hidden sheet: Excel takes no longer list than 255 signs in the cell itself."""
    hidden = book.add_worksheet("Pilihan")
    hidden.hide()
    for place, column in enumerate(one for one in COLUMNS[kind] if choices.get(one)):
        words = choices[column]
        hidden.write_column(0, place, words)
        letter = chr(ord("A") + place)
        rule = {
            "validate": "list",
            "source": f"=Pilihan!${letter}$1:${letter}${len(words)}",
            "error_type": "warning",
            "error_title": _("Tidak ada dalam daftar"),
            "error_message": _("Pilih dari daftar, atau tulis kodenya."),
        }
        index = COLUMNS[kind].index(column)
        sheet.data_validation(_HEAD + 1, index, _HEAD + _ROWS, index, rule)
