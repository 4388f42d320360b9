"""The pack as a Word document that people go on editing: real styles, real tables with repeated heads.

The layout is a document with placeholders in double braces. Those in `TEXTS` become words, those in
`BLOCKS` stand alone in a paragraph and become whole parts.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import Any

import docx
import vl_convert
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from docx.document import Document
from docx.shared import Cm, Pt
from docx.text.paragraph import Paragraph

from reports.pack.chapters import absent_line, chapters_of
from reports.pack.content import PackContent, Sentence, Table
from reports.pack.faces.pictures import Picture, pictures_of
from reports.pack.faces.word_layout import check_styles, house_layout
from reports.pack.faces.word_table import Grid
from reports.pack.faces.written import cell_text, issued, qr_png, words_of

PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
_PICTURE = 16.5
# Paragraphs above the signatures that stay with them.
_KEPT_LINES = 6


def texts_of(content: PackContent) -> dict[str, str]:
    marks, words = issued(content), words_of(content)
    return {
        "judul": content.title,
        "wilayah": content.region_label,
        "periode": content.period_label,
        "keadaan": words["as_of"],
        "draf": f"{words['draft_title']}. {content.draft_reason}" if content.is_draft else "",
        "tanda": words["mark"],
        "kode": marks.code,
        "sidik": marks.sha256,
        "kepala_catatan": marks.head,
        "alamat_verifikasi": marks.url,
    }


class Writer:
    """Writes before one paragraph of a document, part by part."""

    def __init__(self, document: Document, anchor: Paragraph, content: PackContent) -> None:
        self.document, self.anchor, self.content = document, anchor, content
        self.words = words_of(content)

    def paragraph(self, text: str, style: str = "Normal") -> Paragraph:
        return self.anchor.insert_paragraph_before(text, style=style)

    def page(self, title: str) -> None:
        """A heading that begins a page."""
        self.paragraph(title, "Heading 1").paragraph_format.page_break_before = True

    def prose(self, sentences: Iterable[Sentence], style: str = "Normal") -> None:
        for sentence in sentences:
            self.paragraph(sentence.text, style)

    def summary(self) -> None:
        """The first page behind the cover, to be read by itself."""
        content = self.content
        self.paragraph(self.words["summary"], "Heading 1")
        self.prose(content.headline, "Pesan utama")
        rows = [[label, number.text] for label, number in content.highlights]
        self.grid(Grid([_("Indikator"), _("Angka")], [False, True], rows))
        self.paragraph(self.words["moved"], "Heading 2")
        self.prose(content.moved, "List Bullet")
        self.paragraph(self.words["asked"], "Heading 2")
        self.prose(content.asked, "List Number")
        if not content.asked:
            self.paragraph(self.words["nothing_asked"])

    def tables(self) -> None:
        pictures = {one.chart: one for one in pictures_of(self.content)}
        for at, chapter in enumerate(chapters_of(self.content)):
            if at:
                self.paragraph(chapter.title, "Heading 1")
            else:
                self.page(chapter.title)
            self.prose(chapter.sentences)
            for part in chapter.parts:
                self.paragraph(part.message, "Heading 2")
                self.prose(part.sentences)
                for picture in (pictures[chart] for chart in part.charts if chart in pictures):
                    self.picture(picture)
                self.table(part.table)
        if self.content.remarks:
            self.paragraph(self.words["remarks"], "Heading 1")
            for text in self.content.remarks:
                self.paragraph(text)

    def picture(self, picture: Picture) -> None:
        drawing = vl_convert.svg_to_png(picture.svg, scale=1.6)
        paragraph = self.paragraph("")
        paragraph.paragraph_format.keep_with_next = True
        shape = paragraph.add_run().add_picture(BytesIO(drawing), width=Cm(_PICTURE * picture.share))
        shape._inline.docPr.set("descr", picture.alt[:2000])
        chart = picture.chart
        note = f"{chart.title} ({_('Tabel')} {chart.table}). {picture.note}".strip()
        self.paragraph(note, "Catatan")

    def table(self, table: Table, *, is_tight: bool = False) -> None:
        caption = self.paragraph(table.heading, "Caption")
        if is_tight:
            caption.paragraph_format.space_before = Pt(4)
        if table.rows:
            rows = [[cell_text(cell) for cell in row] for row in table.rows]
            total = [cell_text(cell) for cell in table.total]
            labels = [column.label for column in table.columns]
            numeric = [column.is_number for column in table.columns]
            self.grid(Grid(labels, numeric, rows, total, is_tight=is_tight))
        if table.note:
            note = self.paragraph(table.note, "Catatan")
            if is_tight:
                note.paragraph_format.space_after = Pt(2)

    def grid(self, grid: Grid) -> None:
        self.anchor._p.addprevious(grid.to_xml())
        # Two tables on end would become one, and what follows would stick to it.
        self.paragraph("", "Jarak")

    def sources(self) -> None:
        """At the end, and short."""
        self.page(self.words["sources"])
        if absent := absent_line(self.content):
            self.paragraph(absent)
        for source in self.content.sources:
            self.paragraph(source, "List Bullet")
        self.paragraph(self.words["formulas"], "Heading 2")
        for method in self.content.methods:
            paragraph = self.paragraph("", "Catatan")
            paragraph.paragraph_format.space_after = Pt(2)
            paragraph.add_run(method.label).bold = True
            paragraph.add_run(f" ({method.code}): {method.formula}")

    def signatures(self) -> None:
        """Nobody signs a page on which nothing else stands: what is above stays with them."""
        if self.content.signed_at:
            self.paragraph(self.content.signed_at)
        self.paragraph("", "Jarak").paragraph_format.space_before = Pt(24)
        above = self.anchor._p.getprevious()
        for _line in range(_KEPT_LINES):
            if above is None or above.tag != self.anchor._p.tag:
                break
            Paragraph(above, self.anchor._parent).paragraph_format.keep_with_next = True
            above = above.getprevious()
        titles = [f"{one.acting} {one.title}".strip() for one in self.content.signatories]
        names = [one.name or "………………………………" for one in self.content.signatories]
        self.grid(Grid(titles, [False] * len(titles), [["\n\n\n"] * len(titles), names], is_plain=True))

    def below(self) -> None:
        for at, page in enumerate(self.content.pages, 1):
            self.page(f"{self.words['annex']} {at}. {page.label}")
            self.prose(page.sentences, "Rinci")
            for table in page.tables:
                self.table(table, is_tight=True)

    def annex(self) -> None:
        for at, table in enumerate(self.content.annex, len(self.content.pages) + 1):
            self.page(f"{self.words['annex']} {at}")
            self.table(table)


BLOCKS: dict[str, Callable[[Writer], None]] = {
    "ringkasan": Writer.summary,
    "tabel": Writer.tables,
    "tanda_tangan": Writer.signatures,
    "sumber": Writer.sources,
    "wilayah_bawahan": Writer.below,
    "lampiran": Writer.annex,
}
TEXTS = (
    "judul",
    "wilayah",
    "periode",
    "keadaan",
    "draf",
    "tanda",
    "kode",
    "sidik",
    "alamat_verifikasi",
    "kepala_catatan",
    "qr",
    "lambang",
)


def render_docx(content: PackContent, template: bytes | None = None) -> bytes:
    document = docx.Document(BytesIO(template)) if template is not None else house_layout()
    check_styles(document)
    texts = texts_of(content)
    for paragraph in list(_paragraphs(document)):
        found = PLACEHOLDER.findall(paragraph.text)
        if not found:
            continue
        if found[0] in BLOCKS:
            BLOCKS[found[0]](Writer(document, paragraph, content))
            paragraph._p.getparent().remove(paragraph._p)
        else:
            _fill(paragraph, texts)
            for name in ("qr", "lambang"):
                if name in found:
                    _place(paragraph, content, name, is_small=len(found) > 1)
    _drop_empty(document)
    document.core_properties.title = f"{content.title}, {content.region_label}, {content.period_label}"
    document.core_properties.language = {"id": "id-ID", "en": "en-GB"}[(get_language() or "id")[:2]]
    document.core_properties.author = "Jamsostek Monitor"
    stream = BytesIO()
    document.save(stream)
    return stream.getvalue()


def placeholders_in(template: bytes) -> list[str]:
    """Names in double braces, each once, in their order."""
    document = docx.Document(BytesIO(template))
    return list(
        dict.fromkeys(
            name for paragraph in _paragraphs(document) for name in PLACEHOLDER.findall(paragraph.text)
        )
    )


def _paragraphs(document: Document) -> Iterator[Paragraph]:
    """Of the body, of tables in it, and of every head and foot."""
    yield from _inside(document)
    for section in document.sections:
        for part in (section.header, section.footer, section.first_page_header, section.first_page_footer):
            if not part.is_linked_to_previous:
                yield from _inside(part)


def _inside(holder: Any) -> Iterable[Paragraph]:
    yield from holder.paragraphs
    for table in holder.tables:
        for row in table.rows:
            for cell in row.cells:
                yield from _inside(cell)


def _fill(paragraph: Paragraph, texts: dict[str, str]) -> None:
    """Word cuts text into runs as it likes: what a placeholder spans is put into the first of them."""

    def written(text: str) -> str:
        return PLACEHOLDER.sub(lambda match: texts.get(match[1], ""), text)

    whole = sum(len(PLACEHOLDER.findall(run.text)) for run in paragraph.runs)
    if whole == len(PLACEHOLDER.findall(paragraph.text)):
        for run in paragraph.runs:
            if PLACEHOLDER.search(run.text):
                run.text = written(run.text)
        return
    text = written(paragraph.text)
    for run in paragraph.runs[1:]:
        run.text = ""
    if paragraph.runs:
        paragraph.runs[0].text = text


def _place(paragraph: Paragraph, content: PackContent, name: str, *, is_small: bool) -> None:
    """A picture where its placeholder stood: small in a line with words."""
    if name == "lambang" and not content.crest:
        paragraph._p.getparent().remove(paragraph._p)
        return
    marks = issued(content)
    drawing = qr_png(marks.url) if name == "qr" else BytesIO(content.crest)
    told = f"QR: {marks.url}" if name == "qr" else words_of(content)["crest"]
    size = {"height": Cm(2.6)} if name == "lambang" else {"width": Cm(0.9 if is_small else 2.2)}
    run = paragraph.runs[0] if paragraph.runs else paragraph.add_run()
    run.add_picture(drawing, **size)._inline.docPr.set("descr", told)


def _drop_empty(document: Document) -> None:
    """What there was nothing to say for leaves no line."""
    for paragraph in list(document.paragraphs):
        if paragraph.style is not None and paragraph.style.name == "Draf" and not paragraph.text.strip():
            paragraph._p.getparent().remove(paragraph._p)
