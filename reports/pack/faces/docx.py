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
from django.utils.translation import gettext as _
from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from reports.pack.content import PackContent, Table
from reports.pack.faces.pictures import pictures_of
from reports.pack.faces.word_table import Grid
from reports.pack.faces.written import (
    cell_text,
    issued,
    methods_table,
    qr_png,
    words_of,
)

PLACEHOLDER = re.compile(r"\{\{\s*([a-z_]+)\s*\}\}")
_TEXT_WIDTH = 16.5
_ACCENT = RGBColor(0x0A, 0x4A, 0x47)


def texts_of(content: PackContent) -> dict[str, str]:
    marks, words = issued(content), words_of(content)
    return {
        "judul": content.title,
        "wilayah": content.region_label,
        "periode": content.period_label,
        "keadaan": words["as_of"],
        "draf": f"{words['draft']}. {content.draft_reason}" if content.is_draft else "",
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

    def page_break(self) -> None:
        self.paragraph("").add_run().add_break(WD_BREAK.PAGE)

    def summary(self) -> None:
        self.paragraph(self.words["summary"], "Heading 1")
        rows = [[label, number.text] for label, number in self.content.highlights]
        self.grid(Grid([_("Indikator"), _("Angka")], [False, True], rows))
        for sentence in self.content.narrative:
            self.paragraph(sentence.text)
        if self.content.remarks:
            self.paragraph(self.words["remarks"], "Heading 2")
            for text in self.content.remarks:
                self.paragraph(text)
        for picture in pictures_of(self.content):
            drawing = vl_convert.svg_to_png(picture.svg, scale=1.6)
            run = self.paragraph("").add_run()
            shape = run.add_picture(BytesIO(drawing), width=Cm(_TEXT_WIDTH * picture.share))
            shape._inline.docPr.set("descr", picture.alt[:2000])
            chart = picture.chart
            self.paragraph(f"{chart.title} ({_('Tabel')} {chart.table})", "Catatan")
            if picture.note:
                self.paragraph(picture.note, "Catatan")

    def tables(self) -> None:
        self.paragraph(self.words["tables"], "Heading 1")
        for table in self.content.tables:
            self.table(table)

    def table(self, table: Table) -> None:
        self.paragraph(table.heading, "Caption")
        if table.rows:
            rows = [[cell_text(cell) for cell in row] for row in table.rows]
            total = [cell_text(cell) for cell in table.total]
            labels = [column.label for column in table.columns]
            self.grid(Grid(labels, [column.is_number for column in table.columns], rows, total))
        if table.note:
            self.paragraph(table.note, "Catatan")

    def grid(self, grid: Grid) -> None:
        self.anchor._p.addprevious(grid.to_xml())
        # Two tables on end would become one, and what follows would stick to it.
        self.paragraph("", "Jarak")

    def sources(self) -> None:
        self.paragraph(self.words["sources"], "Heading 1")
        for source in self.content.sources:
            self.paragraph(source, "List Bullet")
        told = methods_table(self.content)
        self.paragraph(told["heading"], "Caption")
        self.grid(Grid([one["label"] for one in told["columns"]], [False] * 4, told["rows"]))

    def signatures(self) -> None:
        if self.content.signed_at:
            self.paragraph(self.content.signed_at)
        titles = [f"{one.acting} {one.title}".strip() for one in self.content.signatories]
        names = [one.name or "………………………………" for one in self.content.signatories]
        self.grid(Grid(titles, [False] * len(titles), [["\n\n\n"] * len(titles), names]))

    def below(self) -> None:
        for page in self.content.pages:
            self.page_break()
            self.paragraph(page.label, "Heading 1")
            for sentence in page.sentences:
                self.paragraph(sentence.text)
            for table in page.tables:
                self.table(table)

    def annex(self) -> None:
        for table in self.content.annex:
            self.page_break()
            self.paragraph(self.words["annex"], "Heading 1")
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
)


def render_docx(content: PackContent, template: bytes | None = None) -> bytes:
    document = docx.Document(BytesIO(template)) if template is not None else house_layout()
    _check_styles(document)
    texts = texts_of(content)
    for paragraph in list(_paragraphs(document)):
        found = PLACEHOLDER.findall(paragraph.text)
        if not found:
            continue
        if found[0] in BLOCKS:
            BLOCKS[found[0]](Writer(document, paragraph, content))
            paragraph._p.getparent().remove(paragraph._p)
        elif found[0] == "qr":
            _place_qr(paragraph, texts["alamat_verifikasi"])
        else:
            _fill(paragraph, texts)
    document.core_properties.title = f"{content.title}, {content.region_label}, {content.period_label}"
    document.core_properties.language = "id-ID"
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


def house_layout() -> Document:
    """The application's own layout; also what an administrator downloads to make one of their own."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    _check_styles(document)
    for name, size in (("Title", 24), ("Heading 1", 15), ("Heading 2", 12)):
        document.styles[name].font.size = Pt(size)
        document.styles[name].font.color.rgb = _ACCENT
    document.styles["Normal"].font.size = Pt(10)
    document.styles["Caption"].font.size = Pt(9.5)
    document.styles["Caption"].font.color.rgb = _ACCENT
    document.styles["Caption"].paragraph_format.keep_with_next = True
    document.styles["Caption"].paragraph_format.space_before = Pt(8)
    document.styles["Caption"].paragraph_format.space_after = Pt(3)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    document.add_paragraph("{{ judul }}", style="Title")
    document.add_paragraph("{{ wilayah }}, {{ periode }}", style="Subtitle")
    for text in ("{{ keadaan }}", "{{ draf }}"):
        document.add_paragraph(text)
    document.add_paragraph("{{ kode }}   {{ alamat_verifikasi }}")
    document.add_paragraph("SHA-256 {{ sidik }}")
    for name in BLOCKS:
        document.add_paragraph("{{ " + name + " }}")
    section.header.paragraphs[0].text = "{{ wilayah }} · {{ periode }}   {{ tanda }}"
    footer = section.footer
    footer.paragraphs[0].text = "{{ kode }} · {{ alamat_verifikasi }}"
    footer.add_paragraph("SHA-256 {{ sidik }} {{ kepala_catatan }}", style="Catatan")
    _page_numbers(footer.add_paragraph())
    footer.add_paragraph("{{ qr }}")
    return document


def _check_styles(document: Document) -> None:
    """A layout of one's own may lack styles that the parts are written in."""
    for name in ("Normal", "Heading 1", "Heading 2", "Caption", "List Bullet", "Catatan", "Jarak"):
        if name not in document.styles:
            style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
            if name == "Catatan":
                style.font.size, style.font.italic = Pt(8), True
            if name == "Jarak":
                style.font.size = Pt(3)
                style.paragraph_format.space_after = Pt(2)
    if "Table Grid" not in document.styles:
        document.styles.add_style("Table Grid", WD_STYLE_TYPE.TABLE)


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
    text = PLACEHOLDER.sub(lambda match: texts.get(match[1], match[0]), paragraph.text)
    for run in paragraph.runs[1:]:
        run.text = ""
    if paragraph.runs:
        paragraph.runs[0].text = text


def _place_qr(paragraph: Paragraph, url: str) -> None:
    for run in paragraph.runs:
        run.text = ""
    shape = paragraph.add_run().add_picture(qr_png(url), width=Cm(1.5))
    shape._inline.docPr.set("descr", f"QR: {url}")


def _page_numbers(paragraph: Paragraph) -> None:
    paragraph.add_run(f"{_('Halaman')} ")
    for at, field in enumerate(("PAGE", "NUMPAGES")):
        if at:
            paragraph.add_run(" / ")
        xml = f'<w:fldSimple {nsdecls("w")} w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        paragraph._p.append(parse_xml(xml))
