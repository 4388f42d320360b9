"""The pack as a workbook: numbers are numbers, totals are formulas, charts are Excel's own.

A summary comes first; every sheet is laid out to be printed as well.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from reports.pack.chapters import absent_line
from reports.pack.content import Cell, Column, Number, PackContent, Page, Table
from reports.pack.faces.workbook_chart import HUNDREDTHS, add_chart
from reports.pack.faces.workbook_looks import LINE, Looks, height_of, lines_of, sheet_name, widths_of
from reports.pack.faces.written import issued, words_of

_ISSUED = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)
# In letters: wider sheets lie on their side; what is narrower is not blown up to the page.
_UPRIGHT, _USUAL = 95, 9
_SUMMARY, _METHODS = (36, 82), (10, 34, 56, 64)
# The row of a table's head, below its heading and its message.
_HEAD = 3


def excel_value(number: Number) -> float | int | None:
    """A percentage is kept as Excel keeps it: 43.49 % is 0.4349."""
    value: Any = number.value
    if value is None:
        return None
    if number.kind in HUNDREDTHS:
        return float(Decimal(value).scaleb(-2))
    return int(value) if isinstance(value, int) else float(value)


def render_xlsx(content: PackContent) -> bytes:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    # The time is not of the making: equal content makes equal files.
    book.set_properties({"title": f"{content.title}, {content.region_label}", "created": _ISSUED})
    _Writer(book, content).all()
    book.close()
    return stream.getvalue()


class _Writer:
    def __init__(self, book: Any, content: PackContent) -> None:
        self.book, self.content, self.looks = book, content, Looks(book)
        self.marks, self.words = issued(content), words_of(content)
        self.charts = {chart.table: chart for chart in content.charts if chart.shape != "map"}

    def all(self) -> None:
        content = self.content
        named = [(sheet_name(f"{table.number} {table.title}"), table) for table in content.tables]
        below = [(sheet_name(f"{page.code} {page.label}"), page) for page in content.pages]
        annex = [(sheet_name(f"{_('Lampiran')} {table.title}"), table) for table in content.annex]
        self.summary([name for name, _told in (*named, *below, *annex)])
        for name, table in named:
            self.one_table(name, table)
        for name, page in below:
            self.page(name, page)
        for name, table in annex:
            self.one_table(name, table)
        self.methods()

    def sheet(self, name: str, widths: Sequence[int], *, pages: int = 0) -> Any:
        """As wide as the paper; as long as it takes, or on so many pages."""
        sheet = self.book.add_worksheet(name)
        for at, width in enumerate(widths):
            sheet.set_column(at, at, width)
        if sum(widths) > _UPRIGHT and not pages:
            sheet.set_landscape()
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.set_margins(0.5, 0.5, 0.8, 0.8)
        sheet.fit_to_pages(1, pages)
        # The space parts the size of the letters from a code that begins with a digit.
        sheet.set_footer(f"&L&8 {self.marks.code}  {self.marks.url}&R&8 &P / &N")
        about = f"{self.content.region_label} · {self.content.period_label}"
        sheet.set_header(f"&L&8 {about.replace('&', '&&')}&R&8&B {self.words['mark']}")
        return sheet

    def summary(self, names: Sequence[str]) -> None:
        """The first page of the paper, and what is on which sheet."""
        looks, content = self.looks, self.content
        sheet = self.sheet(_("Ringkasan"), _SUMMARY, pages=1)
        sheet.write_string(0, 0, content.title, looks.title)
        sheet.write_string(1, 0, f"{content.region_label}, {content.period_label}", looks.bold)
        row = 2
        if content.is_draft:
            row = self.line(sheet, row, _("DRAF"), content.draft_reason, (looks.draft, looks.draft_reason))
        if content.warning:
            row = self.line(sheet, row, "", content.warning, (looks.bold, looks.draft_reason))
        told = " ".join(one.text for one in content.headline)
        row = self.line(sheet, row + 1, "", told, (looks.bold, looks.message), 1.3)
        for label, number in content.highlights:
            sheet.write_string(row, 0, label, looks.bold)
            self.cell(sheet, row, 1, number, looks.large, None)
            row += 1
        for title, lines in self.parts():
            row = self.lines(sheet, row + 1, title, [line for line in lines if line])
        sheet.write_string(row + 1, 0, _("Isi buku kerja"), looks.bold)
        for row, name in enumerate((*names, _("Metode dan sumber")), row + 1):  # noqa: B020
            sheet.write_url(row, 1, f"internal:'{name}'!A1", looks.link, name)
        row += 2
        marks = ((self.words["code"], self.marks.code), ("SHA-256", self.marks.sha256))
        for label, text in (*marks, (self.words["verify"], self.marks.url)):
            row = self.line(sheet, row, label, text, (looks.bold, looks.wrapped))
        sheet.print_area(0, 0, row - 1, 1)

    def parts(self) -> tuple[tuple[str, Sequence[str]], ...]:
        """What the summary lists, under a title each."""
        content, words = self.content, self.words
        signed = [f"{one.acting} {one.title}: {one.name}".strip() for one in content.signatories if one.name]
        return (
            (words["moved"], [one.text for one in content.moved]),
            (words["asked"], [one.text for one in content.asked] or [words["nothing_asked"]]),
            (words["remarks"], content.remarks),
            (_("Penanda tangan"), (*signed, content.signed_at)),
            (_("Tidak disajikan"), [absent_line(content)]),
        )

    def line(
        self, sheet: Any, row: int, label: str, text: str, looks: tuple[Any, Any], size: float = 1
    ) -> int:
        sheet.write_string(row, 0, label, looks[0])
        sheet.write_string(row, 1, text, looks[1])
        sheet.set_row(row, LINE * size * lines_of(text, int(_SUMMARY[1] / size)))
        return row + 1

    def lines(self, sheet: Any, row: int, title: str, lines: Sequence[str]) -> int:
        """The title beside the first of them; nothing at all where there is none."""
        for at, text in enumerate(lines):
            self.line(sheet, row + at, "" if at else title, text, (self.looks.bold, self.looks.wrapped))
        return row + len(lines) if lines else row - 1

    def one_table(self, name: str, table: Table) -> None:
        widths, chart = widths_of([table]), self.charts.get(table.number)
        # A chart is cut by no edge of a page.
        sheet = self.sheet(name, widths, pages=1 if chart else 0)
        sheet.write_string(0, 0, table.heading, self.looks.title)
        if message := self.content.message(table.key):
            sheet.write_string(1, 0, message.text, self.looks.bold)
        end = self.table(sheet, _HEAD, table, widths)
        sheet.freeze_panes(_HEAD + 1, 1)
        sheet.repeat_rows(_HEAD)
        if chart:
            end = add_chart(self.book, sheet, self.content, chart, table, (_HEAD + 1, end + 1))
        beside = -(-max(0, _UPRIGHT - sum(widths)) // _USUAL)
        sheet.print_area(0, 0, end, len(widths) - 1 + beside)

    def page(self, name: str, page: Page) -> None:
        widths = widths_of(page.tables)
        sheet = self.sheet(name, widths, pages=1)
        sheet.write_string(0, 0, page.label, self.looks.title)
        sheet.freeze_panes(1, 1)
        sheet.repeat_rows(0)
        row = self.words_across(sheet, 1, [one.text for one in page.sentences], widths) + 1
        for table in page.tables:
            sheet.write_string(row, 0, table.heading, self.looks.bold)
            row = self.table(sheet, row + 1, table, widths) + 2
        sheet.print_area(0, 0, row - 3, len(widths) - 1)

    def words_across(self, sheet: Any, row: int, lines: Sequence[str], widths: Sequence[int]) -> int:
        """Each over the whole width of the sheet."""
        for text in lines:
            _across(sheet, row, text, self.looks.wrapped, widths)
            row += 1
        return row

    def table(self, sheet: Any, row: int, table: Table, widths: Sequence[int]) -> int:
        """The first row is the head; the row after the last one is returned."""
        looks = self.looks
        for at, column in enumerate(table.columns):
            sheet.write_string(row, at, column.label, looks.head_number if column.is_number else looks.head)
        sheet.set_row(row, height_of([column.label for column in table.columns], widths))
        first = row + 1
        for row, cells in enumerate(table.rows, start=first):  # noqa: PLR1704
            for at, cell in enumerate(cells):
                self.cell(sheet, row, at, cell, looks.numbers, looks.texts)
            sheet.set_row(row, height_of(cells, widths))
        row = first + len(table.rows)
        if table.total:
            for at, cell in enumerate(table.total):
                formula = _sum_of(table, at, first)
                self.cell(sheet, row, at, cell, looks.totals, looks.total_text, formula)
            row += 1
        if table.note:
            _across(sheet, row, table.note, looks.muted, widths[: len(table.columns)])
            row += 1
        return row

    def cell(
        self, sheet: Any, row: int, at: int, cell: Cell, forms: Any, text_form: Any, formula: str = ""
    ) -> None:
        if isinstance(cell, str):
            sheet.write_string(row, at, cell, text_form)
            return
        form, value = forms[cell.kind], excel_value(cell)
        if value is None:
            sheet.write_blank(row, at, None, form)
        elif formula:
            sheet.write_formula(row, at, formula, form, value)
        else:
            sheet.write_number(row, at, value, form)

    def methods(self) -> None:
        """Readable at its own size: on its side, wrapped, its head on every page."""
        sheet = self.sheet(_("Metode dan sumber"), _METHODS)
        columns = tuple(Column(label) for label in (_("Kode"), _("Indikator"), _("Arti"), _("Rumus")))
        rows = tuple((m.code, m.label, m.meaning, m.formula) for m in self.content.methods)
        row = self.table(sheet, 0, Table("methods", "", "", columns, rows), _METHODS)
        row = self.words_across(sheet, row + 1, self.content.sources, _METHODS)
        sheet.freeze_panes(1, 0)
        sheet.repeat_rows(0)
        sheet.print_area(0, 0, row - 1, len(columns) - 1)


def _across(sheet: Any, row: int, text: str, form: Any, widths: Sequence[int]) -> None:
    if len(widths) > 1:
        sheet.merge_range(row, 0, row, len(widths) - 1, text, form)
    else:
        sheet.write_string(row, 0, text, form)
    sheet.set_row(row, LINE * lines_of(text, sum(widths)))


def _sum_of(table: Table, at: int, first: int) -> str:
    """The formula of a total, where what stands above adds up to it."""
    total, cells = table.total[at], [row[at] for row in table.rows]
    if not isinstance(total, Number) or not total.is_sum or not cells:
        return ""
    values = [cell.value for cell in cells if isinstance(cell, Number) and cell.value is not None]
    if total.value is None or sum(values) != total.value:
        return ""
    letter = chr(ord("A") + at)
    return f"=SUM({letter}{first + 1}:{letter}{first + len(cells)})"
