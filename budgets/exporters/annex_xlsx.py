"""The annex as a workbook whose sums are formulas, so that an office may go on reckoning in it."""

from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from budgets.annex import Annex, annex_titles
from regions.dead_cells import dead_text
from regions.workbook_rows import add_practice_sheet

_HEAD, _PEOPLE, _MONTHS, _PRICE, _AMOUNT = 3, 7, 8, 10, 11
_WIDTHS = (5, 24, 18, 20, 26, 22, 10, 10, 8, 16, 18, 20, 34)


def annex_workbook(annex: Annex) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet(_("Lampiran"))
        _lay_out(sheet)
        formats = _formats(book)
        sheet.write_string(0, 0, annex.title, formats["title"])
        sheet.write_string(1, 0, annex.subtitle)
        for column, title in enumerate(annex_titles()):
            sheet.write_string(_HEAD, column, title, formats["head"])
        for number, line in enumerate(annex.lines, start=1):
            _write_line(sheet, _HEAD + number, number, line, formats)
        last = _HEAD + len(annex.lines)
        sheet.write_string(last + 1, 4, _("Jumlah"), formats["total"])
        for column, total in (
            (_PEOPLE, sum(line.people for line in annex.lines)),
            (_AMOUNT, annex.total),
        ):
            letter = xlsxwriter.utility.xl_col_to_name(column)
            formula = f"=SUM({letter}{_HEAD + 2}:{letter}{last + 1})" if annex.lines else "=0"
            sheet.write_formula(last + 1, column, formula, formats["total"], total)
        for place, note in enumerate(annex.notes, start=last + 3):
            sheet.write_string(place, 0, dead_text(note))
        sheet.print_area(0, 0, last + 3 + len(annex.notes), _AMOUNT + 1)
        add_practice_sheet(book)
    return file.getvalue()


def _write_line(sheet: Any, row: int, number: int, line: Any, formats: dict[str, Any]) -> None:
    texts = (line.region, line.sub_activity, line.account, line.category, line.source, line.first)
    sheet.write_number(row, 0, number)
    for column, text in enumerate(texts, start=1):
        sheet.write_string(row, column, dead_text(text))
    sheet.write_number(row, _PEOPLE, line.people, formats["number"])
    sheet.write_number(row, _MONTHS, line.months, formats["number"])
    if line.rate is None:
        sheet.write_string(row, _PRICE - 1, _("berubah"))
        sheet.write_number(row, _PRICE, line.price, formats["number"])
    else:
        sheet.write_number(row, _PRICE - 1, line.rate, formats["number"])
        sheet.write_formula(row, _PRICE, f"=I{row + 1}*J{row + 1}", formats["number"], line.price)
    sheet.write_formula(row, _AMOUNT, f"=H{row + 1}*K{row + 1}", formats["number"], line.amount)
    sheet.write_string(row, _AMOUNT + 1, dead_text(line.legal_basis))


def _lay_out(sheet: Any) -> None:
    sheet.set_landscape()
    sheet.set_paper(14)  # F4 is not known to workbooks; folio is.
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD)
    sheet.freeze_panes(_HEAD + 1, 0)
    # Three lines of letters; programs that open it do not all grow the row.
    sheet.set_row(_HEAD, 45)
    for column, width in enumerate(_WIDTHS):
        sheet.set_column(column, column, width)


def _formats(book: Any) -> dict[str, Any]:
    return {
        "title": book.add_format({"bold": True, "font_size": 14}),
        "head": book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"}),
        "number": book.add_format({"num_format": "#,##0"}),
        "total": book.add_format({"bold": True, "num_format": "#,##0", "top": 1}),
    }
