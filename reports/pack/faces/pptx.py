"""Slides for a meeting: a message each, its chart, map or table; notes say where each number is from."""

from collections.abc import Iterable, Sequence
from io import BytesIO

import vl_convert
from django.utils.translation import gettext as _
from pptx.util import Inches

from reports.pack.chapters import ChapterPart, absent_line, chapters_of
from reports.pack.content import Cell, Chart, Kind, Number, PackContent, Sentence
from reports.pack.faces.pictures import Picture, measured, pictures_of
from reports.pack.faces.slide_charts import add_bars, add_line
from reports.pack.faces.slide_deck import ACCENT, ALARM, LEFT, MUTED, WIDTH, Deck
from reports.pack.faces.slide_table import FittedTable, add_table
from reports.pack.pictured import bars_of, trend_of

_FORMATS = {Kind.PERCENT: '0.00"%"', Kind.COUNT: "#,##0"}
_MOST_BARS = 12
_TOP, _HIGH = Inches(1.55), Inches(5.1)
# Told by more than a picture can: target and reached side by side.
_AS_TABLES = {"category_gaps"}


def render_pptx(content: PackContent) -> bytes:
    deck = Deck(content)
    pictures = {one.chart: one for one in pictures_of(content) if one.chart.shape == "map"}
    _cover(deck)
    _figures(deck)
    for part in (part for chapter in chapters_of(content) for part in chapter.parts):
        _part(deck, part, pictures)
    _asked(deck)
    _proof(deck)
    return deck.saved()


def _cover(deck: Deck) -> None:
    """Who, what and when; neither hash nor figures."""
    content = deck.content
    slide = deck.slide(content.title, is_cover=True)
    if content.crest:
        crest = slide.shapes.add_picture(BytesIO(content.crest), LEFT, Inches(0.9), height=Inches(1.2))
        crest.name = deck.words["crest"]
        crest._element.nvPicPr.cNvPr.set("descr", deck.words["crest"])
    deck.text(slide, content.region_label, (LEFT, Inches(4.05), WIDTH), 28, ACCENT)
    when = f"{content.period_label} · {deck.words['as_of']}"
    deck.text(slide, when, (LEFT, Inches(4.7), WIDTH), 18, MUTED)
    if content.is_draft:
        told = f"{deck.words['draft_title']}. {content.draft_reason}"
        deck.text(slide, told, (LEFT, Inches(5.5), WIDTH), 12, ALARM)


def _figures(deck: Deck) -> None:
    """The five figures, under the sentence to remember."""
    content = deck.content
    told = [part for one in content.headline for part in one.parts if isinstance(part, Number)]
    title = " ".join(one.text for one in content.headline)
    slide = deck.slide(title, (*told, *(number for _label, number in content.highlights)))
    for at, (label, number) in enumerate(content.highlights):
        in_row = 3 if at < 3 else 2
        wide = WIDTH // in_row
        left, top = int(LEFT + at % 3 * wide), int(Inches(2.1) + at // 3 * Inches(2.2))
        deck.text(slide, label, (left, top, int(wide - Inches(0.2))), 14, MUTED)
        beneath = (left, int(top + Inches(0.45)), int(wide - Inches(0.2)))
        deck.text(slide, number.text, beneath, 32, ACCENT, is_bold=True)


def _part(deck: Deck, part: ChapterPart, pictures: dict[Chart, Picture]) -> None:
    """A slide for each picture of a table; for a table without pictures the table."""
    charts = () if part.table.key in _AS_TABLES else part.charts
    message = deck.content.message(part.table.key)
    for chart in charts:
        if chart in pictures:
            plain = _("Peta: %s") % part.message
            _map(deck, part.sentences[0] if part.sentences else plain, pictures[chart])
        elif chart.shape != "map":
            _chart(deck, message or chart.title, chart)
    if not charts and not _is_said(part, message):
        _table(deck, _title_of(deck, part), part)


def _is_said(part: ChapterPart, message: Sentence | None) -> bool:
    """Whether the message tells all there is in the table."""
    numbers = [cell for row in part.table.all_rows for cell in row if isinstance(cell, Number)]
    return message is not None and bool(numbers) and all(one in message.parts for one in numbers)


def _title_of(deck: Deck, part: ChapterPart) -> Sentence | str:
    """The table of coverage tells how it moved: the sentence to remember stands above the five figures."""
    message = deck.content.message(part.table.key)
    if part.table.key == "coverage":
        moved = [one for one in deck.content.moved if one.about == "coverage"]
        return moved[0] if moved else message or part.message
    return message or part.message


def _chart(deck: Deck, title: Sentence | str, chart: Chart) -> None:
    known = list(zip(chart.labels, chart.series[0].numbers, strict=True))
    shown = known[:_MOST_BARS] if chart.shape == "bar" else known
    slide = deck.told(title, (number for _label, number in shown))
    place = (LEFT, _TOP, WIDTH, _HIGH)
    form = _FORMATS[shown[0][1].kind]
    if chart.shape == "line":
        add_line(slide, place, trend_of(chart, deck.content), chart.series[0].name, form)
        return
    bars = bars_of(chart)
    add_bars(slide, place, bars[:_MOST_BARS], measured(chart), form)
    if len(bars) > _MOST_BARS:
        deck.note(slide, _shown_of(_MOST_BARS, len(bars)))


def _map(deck: Deck, title: Sentence | str, picture: Picture) -> None:
    """As large as the slide holds."""
    slide = deck.told(title, picture.chart.series[0].numbers)
    shape = slide.shapes.add_picture(BytesIO(vl_convert.svg_to_png(picture.svg, scale=2)), LEFT, _TOP)
    by = min(WIDTH / shape.width, (_HIGH - Inches(0.4)) / shape.height)
    shape.width, shape.height = int(shape.width * by), int(shape.height * by)
    shape.left = int(LEFT + (WIDTH - shape.width) / 2)
    shape.name = picture.chart.title
    shape._element.nvPicPr.cNvPr.set("descr", picture.alt[:2000])
    deck.note(slide, picture.note)


def _table(deck: Deck, title: Sentence | str, part: ChapterPart) -> None:
    table = part.table
    fitted = FittedTable(table, WIDTH)
    rows = fitted.shown
    slide = deck.told(title, (cell for row in rows for cell in _numbers(row)))
    add_table(slide, fitted, LEFT, _TOP)
    shown = len(rows) - bool(table.total)
    more = _shown_of(shown, len(table.rows)) if shown < len(table.rows) else table.note
    deck.note(slide, f"{table.heading}. {more}".strip())


def _shown_of(shown: int, every: int) -> str:
    words = _("Ditampilkan %(shown)s dari %(all)s baris; tabel lengkap tersedia dalam berkas Excel dan PDF.")
    return words % {"shown": shown, "all": every}


def _asked(deck: Deck) -> None:
    asked = deck.content.asked
    if not asked:
        return
    numbers = (part for one in asked for part in one.parts if isinstance(part, Number))
    slide = deck.slide(_("%(count)s hal diminta dari pertemuan ini") % {"count": len(asked)}, numbers)
    deck.list(slide, [f"{at}. {one.text}" for at, one in enumerate(asked, 1)], (LEFT, _TOP, WIDTH, _HIGH))


def _proof(deck: Deck) -> None:
    """At the end: where anybody checks the figures, what is not in them, and the hash."""
    content, marks = deck.content, deck.marks
    slide = deck.slide(_("Keaslian angka ini dapat diperiksa dengan kode %s") % marks.code)
    slide.shapes.add_picture(BytesIO(deck.qr), LEFT, _TOP, Inches(2.2)).name = deck.words["qr"]
    right = int(LEFT + Inches(2.6))
    deck.text(slide, marks.url, (right, _TOP, Inches(9.5)), 18, ACCENT)
    deck.text(slide, f"SHA-256 {marks.sha256}", (right, int(_TOP + Inches(0.5)), Inches(9.5)), 10, MUTED)
    if marks.head:
        deck.text(slide, marks.head, (right, int(_TOP + Inches(0.85)), Inches(9.5)), 10, MUTED)
    told = [line for line in (absent_line(content), *content.sources) if line]
    deck.list(slide, told[:6], (LEFT, int(_TOP + Inches(2.5)), WIDTH, Inches(2.6)), 12)


def _numbers(row: Sequence[Cell]) -> Iterable[Number]:
    return (cell for cell in row if isinstance(cell, Number))
