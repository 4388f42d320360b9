"""Ten slides for the meeting: PowerPoint's own charts and tables; the notes say where each number is from."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

import vl_convert
from django.utils.translation import gettext as _
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.util import Inches, Pt

from reports.pack.content import Chart, Kind, Number, PackContent, Table
from reports.pack.faces.origins import Origins
from reports.pack.faces.pictures import Picture, pictures_of
from reports.pack.faces.slide_charts import add_bars, add_line
from reports.pack.faces.written import cell_text, issued, qr_png, words_of
from reports.pack.pictured import bars_of, trend_of

_WIDTH, _HEIGHT = Inches(13.333), Inches(7.5)
_ACCENT, _MUTED = RGBColor(0x0A, 0x4A, 0x47), RGBColor(0x52, 0x60, 0x6A)
_FORMATS = {Kind.PERCENT: '0.00"%"', Kind.COUNT: "#,##0"}
# Beyond these a column of a table wraps.
_MOST_LETTERS = 34
_THEME_BLUE = b"4F81BD"
# Beside the rank: the map.
_HALF, _TALL = Inches(5.9), Inches(5.0)
_MOST_ROWS = 12
# Where two tables share a slide.
_FEW_ROWS = 5
_TITLE_ONLY = 5


def render_pptx(content: PackContent) -> bytes:
    deck = _Deck(content)
    deck.cover()
    deck.highlights()
    deck.sentences()
    by_key = {table.key: table for table in content.tables}
    deck.tables(_("Cakupan dan target"), [by_key["coverage"], by_key["targets"]])
    deck.picture("trend", by_key["trend"])
    if "rank" in by_key:
        deck.picture("rank", by_key["rank"])
    else:
        deck.tables(by_key["segments"].title, [by_key["segments"]])
    deck.picture("categories", by_key["categories"])
    deck.tables(by_key["budget"].title, [by_key["budget"]])
    deck.tables(_("Iuran, klaim, dan saldo"), [by_key["balance"], by_key["claims"]])
    deck.tables(by_key["obstacles"].title, [by_key["obstacles"]])
    stream = BytesIO()
    deck.file.save(stream)
    return stream.getvalue()


class _Deck:
    def __init__(self, content: PackContent) -> None:
        self.content = content
        self.file = Presentation()
        self.file.slide_width, self.file.slide_height = _WIDTH, _HEIGHT
        # Charts and tables take their colour from the theme.
        theme = self.file.slide_master.part.part_related_by(RT.THEME)
        theme._blob = theme.blob.replace(_THEME_BLUE, str(_ACCENT).encode())
        self.marks, self.words = issued(content), words_of(content)
        self.origins = Origins.of(content)
        self.charts = {chart.key: chart for chart in content.charts}
        self.pictures = {one.chart.key: one for one in pictures_of(content) if one.chart.shape == "map"}

    def slide(self, title: str, numbers: Iterable[Number] = ()) -> Any:
        slide = self.file.slides.add_slide(self.file.slide_layouts[_TITLE_ONLY])
        shape = slide.shapes.title
        shape.left, shape.top, shape.width, shape.height = Inches(0.6), Inches(0.35), Inches(12), Inches(0.9)
        shape.text_frame.text = title
        self.style(shape.text_frame.paragraphs[0], 28, bold=True, colour=_ACCENT)
        shape.text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        foot = [self.content.region_label, self.content.period_label, self.marks.code]
        if self.words["mark"]:
            foot.insert(0, self.words["mark"])
        self.text(slide, " · ".join(foot), Inches(0.6), Inches(6.95), Inches(12), 11, _MUTED)
        code = slide.shapes.add_picture(qr_png(self.marks.url), Inches(12.45), Inches(6.65), Inches(0.7))
        code.name = self.words["qr"]
        code._element.nvPicPr.cNvPr.set("descr", f"{self.words['qr']} {self.marks.url}")
        slide.notes_slide.notes_text_frame.text = "\n".join(self.notes(numbers))
        return slide

    def notes(self, numbers: Iterable[Number]) -> Iterable[str]:
        yield f"{self.marks.code} {self.marks.url}"
        for number in numbers:
            yield f"{number.text}: {self.origins.words(number)}"

    def text(
        self, slide: Any, text: str, left: int, top: int, width: int, size: float, colour: Any = None
    ) -> None:
        box = slide.shapes.add_textbox(left, top, width, Inches(0.4))
        box.text_frame.word_wrap = True
        box.text_frame.text = text
        self.style(box.text_frame.paragraphs[0], size, colour=colour)

    def style(self, paragraph: Any, size: float, *, bold: bool = False, colour: Any = None) -> None:
        paragraph.font.size, paragraph.font.bold = Pt(size), bold
        if colour is not None:
            paragraph.font.color.rgb = colour

    def cover(self) -> None:
        slide, content = self.slide(self.content.title), self.content
        lines = [content.region_label, content.period_label, self.words["as_of"]]
        lines += [f"{self.words['code']} {self.marks.code}", self.marks.url]
        lines.append(f"{self.words['hash']} {self.marks.sha256}")
        if content.is_draft:
            lines.append(content.draft_reason)
        for at, line in enumerate(lines):
            self.text(slide, line, Inches(0.6), Inches(1.9 + at * 0.6), Inches(12), 24 if at < 2 else 15)

    def highlights(self) -> None:
        slide = self.slide(self.words["summary"], (number for _label, number in self.content.highlights))
        for at, (label, number) in enumerate(self.content.highlights):
            left, top = Inches(0.6 + at % 2 * 6.2), Inches(1.5 + at // 2 * 1.7)
            self.text(slide, label, left, top, Inches(5.8), 15, _MUTED)
            self.text(slide, number.text, left, top + Inches(0.4), Inches(5.8), 32, _ACCENT)

    def sentences(self) -> None:
        told = self.content.narrative
        numbers = (part for one in told for part in one.parts if isinstance(part, Number))
        slide = self.slide(_("Ringkasan capaian"), numbers)
        box = slide.shapes.add_textbox(Inches(0.6), Inches(1.4), Inches(12), Inches(5.3))
        box.text_frame.word_wrap = True
        for at, text in enumerate([*(sentence.text for sentence in told), *self.content.remarks]):
            paragraph = box.text_frame.paragraphs[0] if at == 0 else box.text_frame.add_paragraph()
            paragraph.text = text
            paragraph.space_after = Pt(8)
            self.style(paragraph, 17)

    def tables(self, title: str, found: Sequence[Table]) -> None:
        most = _MOST_ROWS if len(found) == 1 else _FEW_ROWS
        shown = [(table, _shortened(table, most)) for table in found]
        slide = self.slide(title, (n for _table, rows in shown for row in rows for n in _numbers(row)))
        top = int(Inches(1.35))
        for table, rows in shown:
            top = self.table(slide, table, rows, top)

    def table(self, slide: Any, table: Table, rows: Sequence[Sequence[Any]], top: int) -> int:
        height = Inches(0.3)
        self.text(slide, table.heading, Inches(0.6), top, Inches(12), 13)
        top = int(top + Inches(0.38))
        if rows:
            made = slide.shapes.add_table(
                len(rows) + 1, len(table.columns), Inches(0.6), top, Inches(12.1), height * (len(rows) + 1)
            ).table
            for at, share in enumerate(_shares(table, rows)):
                made.columns[at].width = int(Inches(12.1) * share)
            for at, column in enumerate(table.columns):
                self.fill(made.cell(0, at), column.label, is_number=column.is_number)
            for y, row in enumerate(rows, start=1):
                for at, cell in enumerate(row):
                    self.fill(made.cell(y, at), cell_text(cell), is_number=table.columns[at].is_number)
            top = int(top + height * (len(rows) + 1))
        note = table.note
        if len(rows) < len(table.rows):
            note = _(
                "Ditampilkan %(shown)s dari %(all)s baris; tabel lengkap tersedia dalam berkas Excel dan PDF."
            ) % {
                "shown": len(rows) - bool(table.total),
                "all": len(table.rows),
            }
        self.text(slide, note, Inches(0.6), top, Inches(12), 11, _MUTED)
        return int(top + Inches(0.4))

    def fill(self, cell: Any, text: str, *, is_number: bool) -> None:
        cell.margin_top = cell.margin_bottom = Inches(0.02)
        cell.text = text
        paragraph = cell.text_frame.paragraphs[0]
        self.style(paragraph, 12)
        paragraph.alignment = PP_ALIGN.RIGHT if is_number else PP_ALIGN.LEFT

    def picture(self, key: str, table: Table) -> None:
        chart = self.charts.get(key)
        if chart is None:
            self.tables(table.title, [table])
            return
        shown = _first(chart)
        slide = self.slide(chart.title, (number for _label, number in shown))
        beside = self.pictures.get("map") if key == "rank" else None
        place = (Inches(0.6), Inches(1.3), Inches(6.2 if beside else 12.1), Inches(5.4))
        form = _FORMATS[shown[0][1].kind]
        if chart.shape == "line":
            add_line(slide, place, trend_of(chart, self.content), chart.series[0].name, form)
        else:
            add_bars(slide, place, bars_of(chart)[:_MOST_ROWS], chart.series[0].name, form)
        if beside:
            self.beside(slide, beside)

    def beside(self, slide: Any, picture: Picture) -> None:
        """Within the right half, as large as it holds."""
        drawing = BytesIO(vl_convert.svg_to_png(picture.svg, scale=2))
        shape = slide.shapes.add_picture(drawing, Inches(6.95), Inches(1.4))
        by = min(_HALF / shape.width, _TALL / shape.height)
        shape.width, shape.height = int(shape.width * by), int(shape.height * by)
        shape.name = picture.chart.title
        shape._element.nvPicPr.cNvPr.set("descr", picture.alt[:2000])
        if picture.note:
            top = int(shape.top + shape.height)
            self.text(slide, picture.note, Inches(6.95), top, int(_HALF), 10, _MUTED)


def _shares(table: Table, rows: Sequence[Sequence[Any]]) -> list[float]:
    """How wide each column is, of one, by the longest that stands in it."""
    longest = [
        min(max(len(column.label), *(len(cell_text(row[at])) for row in rows)), _MOST_LETTERS) + 3
        for at, column in enumerate(table.columns)
    ]
    return [one / sum(longest) for one in longest]


def _shortened(table: Table, most: int) -> list[tuple[Any, ...]]:
    rows = list(table.rows[:most])
    return [*rows, table.total] if table.total else rows


def _first(chart: Chart) -> list[tuple[str, Number]]:
    known = list(zip(chart.labels, chart.series[0].numbers, strict=True))
    return known[:_MOST_ROWS] if chart.shape == "bar" else known


def _numbers(row: Iterable[Any]) -> list[Number]:
    return [cell for cell in row if isinstance(cell, Number)]
