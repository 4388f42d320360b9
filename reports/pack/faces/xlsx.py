"""The pack as a workbook: numbers are numbers, totals are formulas, charts are Excel's own."""

from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from reports.drawing.axis import Axis
from reports.drawing.bars import bars_axis
from reports.pack.content import Cell, Chart, Column, Kind, Number, PackContent, Sentence, Table
from reports.pack.faces.written import cell_text, issued, words_of
from reports.pack.pictured import bars_of, trend_of

# Excel shows thousands and decimals with the signs of its own language; these say what stands around them.
FORMATS = {
    Kind.COUNT: "#,##0",
    Kind.PLACE: "0",
    Kind.RUPIAH: '"Rp"#,##0;-"Rp"#,##0',
    Kind.PERCENT: "0.00%",
    Kind.POINTS: '+0.00" poin persentase";-0.00" poin persentase";0.00" poin persentase"',
    Kind.CHANGE: "+#,##0;-#,##0;0",
    Kind.MONTHS: '0.0" bulan"',
    Kind.RUPIAH_EACH: '"Rp"#,##0',
    Kind.RUPIAH_PER_POINT: '"Rp"#,##0',
}
_HUNDREDTHS = {Kind.PERCENT, Kind.MONTHS, Kind.RUPIAH_EACH}
_ISSUED = datetime(2020, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_LONGEST_NAME = 31


def excel_value(number: Number) -> float | int | None:
    """A percentage is kept as Excel keeps it: 43.49 % is 0.4349."""
    value: Any = number.value
    if value is None:
        return None
    if number.kind in _HUNDREDTHS:
        return float(Decimal(value).scaleb(-2))
    return int(value) if isinstance(value, int) else float(value)


def render_xlsx(content: PackContent) -> bytes:
    stream = BytesIO()
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False})
    # The time is not of the making: equal content makes equal files.
    book.set_properties({"title": f"{content.title}, {content.region_label}", "created": _ISSUED})
    writer = _Writer(book, content)
    writer.summary()
    for table in content.tables:
        writer.one_table(f"{_('Tabel')} {table.number}", table)
    for page in content.pages:
        writer.page(f"{page.code} {page.label}", page.label, page.sentences, page.tables)
    for table in content.annex:
        writer.one_table(_("Lampiran"), table)
    writer.methods()
    book.close()
    return stream.getvalue()


class _Writer:
    def __init__(self, book: Any, content: PackContent) -> None:
        self.book, self.content = book, content
        head = {"bold": True, "bg_color": "#E3F1EF", "bottom": 2, "text_wrap": True, "valign": "bottom"}
        self.title = book.add_format({"bold": True, "font_size": 14, "font_color": "#0A4A47"})
        self.bold = book.add_format({"bold": True})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.muted = book.add_format({"font_color": "#52606A", "italic": True})
        self.head = book.add_format(head)
        self.head_number = book.add_format({**head, "align": "right"})
        self.draft = book.add_format({"bold": True, "font_color": "#A1231B", "valign": "top"})
        self.draft_reason = book.add_format({"font_color": "#A1231B", "text_wrap": True})
        self.numbers = {kind: book.add_format({"num_format": form}) for kind, form in FORMATS.items()}
        total = {"bold": True, "top": 1, "bg_color": "#EEF4F3"}
        self.totals = {kind: book.add_format({"num_format": f, **total}) for kind, f in FORMATS.items()}
        self.total_text = book.add_format(total)
        self.charts = {chart.table: chart for chart in content.charts if chart.shape != "map"}

    def sheet(self, name: str) -> Any:
        cleaned = "".join("-" if letter in "[]:*?/\\" else letter for letter in name)[:_LONGEST_NAME]
        sheet = self.book.add_worksheet(cleaned)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        marks = issued(self.content)
        sheet.set_footer(f"&L&8{marks.code}  {marks.url}\nSHA-256 {marks.sha256}&R&P / &N")
        mark = words_of(self.content)["mark"]
        sheet.set_header(f"&L{self.content.region_label} · {self.content.period_label}&R&B{mark}")
        return sheet

    def summary(self) -> None:
        sheet, content, marks = self.sheet(_("Ringkasan")), self.content, issued(self.content)
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 1, 90)
        sheet.write_string(0, 0, content.title, self.title)
        sheet.write_string(1, 0, f"{content.region_label}, {content.period_label}", self.bold)
        row = 2
        if content.is_draft:
            sheet.write_string(row, 0, _("DRAF"), self.draft)
            sheet.write_string(row, 1, content.draft_reason, self.draft_reason)
            row += 1
        lines = ((_("Kode dokumen"), marks.code), ("SHA-256", marks.sha256), (_("Verifikasi"), marks.url))
        for label, text in lines:
            sheet.write_string(row, 0, label)
            sheet.write_string(row, 1, text)
            row += 1
        if content.warning:
            sheet.write_string(row, 1, content.warning, self.draft)
            row += 1
        row += 1
        for label, number in content.highlights:
            sheet.write_string(row, 0, label, self.bold)
            self.cell(sheet, row, 1, number, self.numbers, None)
            row += 1
        row = self.sentences(sheet, row + 1, content.narrative, 1)
        signed = [f"{one.acting} {one.title}: {one.name}".strip() for one in content.signatories if one.name]
        for text in (*content.remarks, *signed, *([content.signed_at] if content.signed_at else [])):
            sheet.write_string(row, 1, text, self.wrapped)
            row += 1

    def sentences(self, sheet: Any, row: int, sentences: tuple[Sentence, ...], column: int) -> int:
        for sentence in sentences:
            sheet.write_string(row, column, sentence.text, self.wrapped if column else None)
            row += 1
        return row

    def one_table(self, name: str, table: Table) -> None:
        sheet = self.sheet(name)
        sheet.write_string(0, 0, table.heading, self.title)
        end = self.table(sheet, 2, table)
        sheet.freeze_panes(3, 1)
        sheet.repeat_rows(2)
        _widths(sheet, [table])
        if chart := self.charts.get(table.number):
            self.chart(sheet, chart, table, end + 2)

    def page(self, name: str, label: str, sentences: tuple[Sentence, ...], tables: tuple[Table, ...]) -> None:
        sheet = self.sheet(name)
        sheet.write_string(0, 0, label, self.title)
        sheet.freeze_panes(1, 1)
        row = self.sentences(sheet, 1, sentences, 0) + 1
        for table in tables:
            sheet.write_string(row, 0, table.heading, self.bold)
            row = self.table(sheet, row + 1, table) + 2
        _widths(sheet, tables)

    def table(self, sheet: Any, row: int, table: Table) -> int:
        """The first row is the head; the row after the last one is returned."""
        for at, column in enumerate(table.columns):
            sheet.write_string(row, at, column.label, self.head_number if column.is_number else self.head)
        first = row + 1
        for row, cells in enumerate(table.rows, start=first):  # noqa: PLR1704
            for at, cell in enumerate(cells):
                self.cell(sheet, row, at, cell, self.numbers, None)
        row = first + len(table.rows)
        if table.total:
            for at, cell in enumerate(table.total):
                formula = _sum_of(table, at, first)
                self.cell(sheet, row, at, cell, self.totals, self.total_text, formula)
            row += 1
        if table.note:
            sheet.write_string(row, 0, table.note, self.muted)
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

    def chart(self, sheet: Any, chart: Chart, table: Table, row: int) -> None:
        """Beside the table and of its cells, so that a changed cell changes the picture."""
        drawn = self.book.add_chart({"type": "line" if chart.shape == "line" else "bar"})
        for series in chart.series:
            at = _column_of(table, series.numbers[0])
            last = 2 + len(table.rows)
            drawn.add_series(
                {
                    "name": series.name,
                    "categories": [sheet.get_name(), 3, 0, last, 0],
                    "values": [sheet.get_name(), 3, at, last, at],
                    "fill": {"color": "#0B6E69"},
                    "line": {"color": "#0B6E69"},
                }
            )
        drawn.set_title({"name": chart.title})
        drawn.set_legend({"none": True})
        kind = chart.series[0].numbers[0].kind
        if chart.shape == "bar":
            drawn.set_y_axis({"reverse": True})
            drawn.set_x_axis(_scale(bars_axis(bars_of(chart)), kind))
        else:
            drawn.set_y_axis(_scale(trend_of(chart, self.content).axis, kind))
            drawn.show_blanks_as("gap")
        drawn.set_size({"width": 720, "height": max(280, 20 * len(table.rows))})
        sheet.insert_chart(row, 0, drawn, {"description": chart.title})

    def methods(self) -> None:
        sheet = self.sheet(_("Metode dan sumber"))
        columns = tuple(Column(label) for label in (_("Kode"), _("Indikator"), _("Arti"), _("Rumus")))
        rows = tuple((m.code, m.label, m.meaning, m.formula) for m in self.content.methods)
        row = self.table(sheet, 0, Table("methods", "", "", columns, rows)) + 1
        for source in self.content.sources:
            sheet.write_string(row, 0, source)
            row += 1
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 0, 9)
        sheet.set_column(1, 3, 60)


def _scale(axis: Axis, kind: Kind) -> dict[str, float]:
    """The axis of the pages, in the numbers that stand in the cells."""
    of = 100 if kind in _HUNDREDTHS else 1
    return {
        "min": float(axis.low) / of,
        "max": float(axis.high) / of,
        "major_unit": float(axis.step) / of,
    }


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


def _column_of(table: Table, number: Number) -> int:
    """Where the first number of a chart stands."""
    return next(at for row in table.rows for at, cell in enumerate(row) if cell is number)


def _widths(sheet: Any, tables: Any) -> None:
    most = max(len(table.columns) for table in tables)
    for at in range(most):
        texts = [cell_text(row[at]) for table in tables if at < len(table.columns) for row in table.all_rows]
        sheet.set_column(at, at, min(60, max([14, *(len(text) + 3 for text in texts)])))
