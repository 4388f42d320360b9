"""The application's own layout in Word: a cover, quiet styles, a head and a foot of one line each."""

import docx
from django.utils.translation import gettext as _
from docx.document import Document
from docx.enum.section import WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Cm, Pt, RGBColor
from docx.text.paragraph import Paragraph

# Of Windows, and in the same widths of every free office suite.
FONT = "Arial"
TEXT_WIDTH = 17.0
# Of tables, by its name and its key.
TABLE_STYLE, TABLE_KEY = "Tabel Paket", "TabelPaket"
BODY = ("ringkasan", "tabel", "tanda_tangan", "wilayah_bawahan", "lampiran", "sumber")
_ACCENT, _MUTED, _ALARM = RGBColor(0x0A, 0x4A, 0x47), RGBColor(0x52, 0x60, 0x6A), RGBColor(0xA1, 0x23, 0x1B)
_RULE = "B9C4C9"
_SIZES: dict[str, float] = {"Title": 28, "Subtitle": 16, "Heading 1": 16, "Heading 2": 12}


def house_layout() -> Document:
    """Also what an administrator downloads to make one of their own."""
    document = docx.Document()
    first = document.sections[0]
    first.page_width, first.page_height = Cm(21), Cm(29.7)
    first.left_margin = first.right_margin = Cm(2)
    first.top_margin, first.bottom_margin = Cm(1.9), Cm(1.8)
    check_styles(document)
    _style(document)
    _cover(document)
    body = document.add_section(WD_SECTION.NEW_PAGE)
    # Head and foot begin behind the cover.
    for part in (body.header, body.footer):
        part.is_linked_to_previous = False
    for name in BODY:
        document.add_paragraph("{{ " + name + " }}")
    _head_and_foot(body)
    return document


def check_styles(document: Document) -> None:
    """A layout of one's own may lack styles that the parts are written in."""
    names = ("Normal", "Heading 1", "Heading 2", "Caption", "List Bullet", "List Number", "Catatan", "Jarak")
    for name in (*names, "Rinci", "Pesan utama", "Keterangan sampul", "Draf"):
        if name in document.styles:
            continue
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        spacing, font = style.paragraph_format, style.font
        if name == "Catatan":
            font.size, font.color.rgb, spacing.space_after = Pt(8), _MUTED, Pt(8)
        if name == "Rinci":
            font.size, spacing.space_after = Pt(9), Pt(2)
        if name == "Jarak":
            font.size, spacing.space_after = Pt(3), Pt(1)
        if name == "Pesan utama":
            font.size, font.bold, font.color.rgb = Pt(16), True, _ACCENT
            spacing.space_after = Pt(10)
        if name == "Keterangan sampul":
            font.size, font.color.rgb = Pt(9), _MUTED
        if name == "Draf":
            font.size, font.color.rgb = Pt(9), _ALARM
    if TABLE_STYLE not in document.styles:
        document.styles.element.append(_table_style())


def house_styles(document: Document) -> None:
    """For documents that are no packs, to look like them."""
    check_styles(document)
    _style(document)


def _style(document: Document) -> None:
    for name, size in _SIZES.items():
        style = document.styles[name]
        _write_in(style, size)
        style.font.color.rgb = _ACCENT if name != "Subtitle" else _MUTED
        style.font.bold, style.font.italic = name != "Subtitle", False
        for border in style.element.findall(f".//{qn('w:pBdr')}"):
            border.getparent().remove(border)
    for name, size in (("Normal", 10.0), ("Caption", 9.0), ("Header", 8.0), ("Footer", 7.5)):
        _write_in(document.styles[name], size)
    normal = document.styles["Normal"].paragraph_format
    normal.space_after, normal.line_spacing = Pt(5), 1.1
    caption = document.styles["Caption"]
    caption.font.bold, caption.font.color.rgb = True, _ACCENT
    caption.paragraph_format.keep_with_next = True
    caption.paragraph_format.space_before, caption.paragraph_format.space_after = Pt(8), Pt(3)
    for name in ("Heading 1", "Heading 2"):
        spacing = document.styles[name].paragraph_format
        spacing.space_before, spacing.space_after = Pt(12), Pt(4)
    for name in ("Header", "Footer"):
        document.styles[name].font.color.rgb = _MUTED
        document.styles[name].paragraph_format.tab_stops.clear_all()


def _write_in(style: object, size: float) -> None:
    """The theme of the layout names fonts of its own, which win unless they are taken out."""
    style.font.name, style.font.size = FONT, Pt(size)  # type: ignore[attr-defined]
    fonts = style.element.rPr.rFonts  # type: ignore[attr-defined]
    for name in [key for key in fonts.attrib if "Theme" in key]:
        del fonts.attrib[name]


def _cover(document: Document) -> None:
    document.add_paragraph("{{ lambang }}")
    document.add_paragraph("{{ judul }}", style="Title").paragraph_format.space_before = Pt(90)
    document.add_paragraph("{{ wilayah }}", style="Subtitle").runs[0].font.size = Pt(22)
    document.add_paragraph("{{ periode }}", style="Subtitle")
    document.add_paragraph("{{ keadaan }}", style="Keterangan sampul")
    for text in ("{{ tanda }}", "{{ draf }}"):
        document.add_paragraph(text, style="Draf")
    document.add_paragraph("{{ qr }}").paragraph_format.space_before = Pt(150)
    for text in ("{{ kode }} · {{ alamat_verifikasi }}", "SHA-256 {{ sidik }}"):
        document.add_paragraph(text, style="Keterangan sampul")


def _head_and_foot(section: Section) -> None:
    head, foot = section.header.paragraphs[0], section.footer.paragraphs[0]
    for paragraph in (head, foot):
        paragraph.paragraph_format.tab_stops.clear_all()
        paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(TEXT_WIDTH), WD_TAB_ALIGNMENT.RIGHT)
    head.add_run("{{ wilayah }} · {{ periode }}\t{{ tanda }}")
    foot.add_run("{{ qr }}")
    foot.add_run("  {{ kode }} · {{ alamat_verifikasi }} {{ kepala_catatan }}\t")
    _page_numbers(foot)


def _page_numbers(paragraph: Paragraph) -> None:
    paragraph.add_run(f"{_('Halaman')} ")
    for at, field in enumerate(("PAGE", "NUMPAGES")):
        if at:
            paragraph.add_run(" / ")
        xml = f'<w:fldSimple {nsdecls("w")} w:instr="{field}"><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        paragraph._p.append(parse_xml(xml))


def _table_style() -> object:
    """Thin lines between rows, a stronger one under the head, none upright."""
    line = f'w:val="single" w:sz="4" w:space="0" w:color="{_RULE}"'
    strong = f'w:val="single" w:sz="8" w:space="0" w:color="{_ACCENT}"'
    return parse_xml(
        f'<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="{TABLE_KEY}">'
        f'<w:name w:val="{TABLE_STYLE}"/><w:uiPriority w:val="99"/><w:qFormat/>'
        f"<w:tblPr><w:tblBorders><w:bottom {line}/><w:insideH {line}/></w:tblBorders>"
        '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar>'
        "</w:tblPr>"
        '<w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr><w:tcPr>'
        f"<w:tcBorders><w:bottom {strong}/></w:tcBorders>"
        '<w:shd w:val="clear" w:color="auto" w:fill="EEF4F3"/></w:tcPr></w:tblStylePr></w:style>'
    )
