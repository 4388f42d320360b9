"""The frame of the slides: title, quiet line, foot with code and QR, notes, and how words are set."""

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.opc.constants import RELATIONSHIP_TYPE as RT
from pptx.util import Inches, Pt

from reports.pack.content import Number, PackContent, Sentence
from reports.pack.faces.origins import Origins
from reports.pack.faces.written import issued, qr_png, words_of

ACCENT, MUTED, ALARM = map(RGBColor.from_string, ("0A4A47", "52606A", "A1231B"))
LEFT, WIDTH = Inches(0.6), Inches(12.1)
_SLIDE = Inches(13.333), Inches(7.5)
# The theme's own blue and its letters: charts and tables take theirs from it.
_THEME = ((b"4F81BD", str(ACCENT).encode()), (b'typeface="Calibri"', b'typeface="Arial"'))
_TITLE_ONLY = 5
# Left, top, width.
Line = tuple[int, int, int]


class Deck:
    def __init__(self, content: PackContent) -> None:
        self.content = content
        self.file = Presentation()
        self.file.slide_width, self.file.slide_height = _SLIDE
        theme = self.file.slide_master.part.part_related_by(RT.THEME)
        for ours, own in _THEME:
            theme._blob = theme.blob.replace(ours, own)
        self.file.core_properties.title = f"{content.title}, {content.region_label}, {content.period_label}"
        self.marks, self.words = issued(content), words_of(content)
        self.origins = Origins.of(content)
        self.qr = qr_png(self.marks.url).getvalue()

    def saved(self) -> bytes:
        stream = BytesIO()
        self.file.save(stream)
        return stream.getvalue()

    def told(self, title: Sentence | str, numbers: Iterable[Number]) -> Any:
        """A slide under a sentence, whose numbers are in the notes too."""
        if isinstance(title, str):
            return self.slide(title, numbers)
        own = (part for part in title.parts if isinstance(part, Number))
        return self.slide(title.text.rstrip("."), (*own, *numbers))

    def slide(self, title: str, numbers: Iterable[Number] = (), *, is_cover: bool = False) -> Any:
        slide = self.file.slides.add_slide(self.file.slide_layouts[_TITLE_ONLY])
        bar = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, Inches(0.18), _SLIDE[1])
        bar.fill.solid()
        bar.fill.fore_color.rgb = ACCENT
        bar.line.fill.background()
        bar.name = ""
        shape = slide.shapes.title
        shape.left, shape.width = LEFT, WIDTH
        shape.top, shape.height = (Inches(2.3), Inches(1.6)) if is_cover else (Inches(0.35), Inches(1.05))
        frame = shape.text_frame
        frame.text, frame.word_wrap = title, True
        frame.vertical_anchor = MSO_ANCHOR.BOTTOM if is_cover else MSO_ANCHOR.MIDDLE
        frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        _set(frame.paragraphs[0], 36 if is_cover else _title_size(title), ACCENT, is_bold=True)
        self._foot(slide)
        slide.notes_slide.notes_text_frame.text = "\n".join(self._notes(numbers))
        return slide

    def _foot(self, slide: Any) -> None:
        told = [self.words["mark"], self.content.region_label, self.content.period_label, self.marks.code]
        foot = " · ".join(part for part in told if part)
        self.text(slide, foot, (LEFT, Inches(7.05), Inches(11)), 9, MUTED)
        code = slide.shapes.add_picture(BytesIO(self.qr), Inches(12.55), Inches(6.85), Inches(0.55))
        code.name = self.words["qr"]
        code._element.nvPicPr.cNvPr.set("descr", f"{self.words['qr']} {self.marks.url}")

    def _notes(self, numbers: Iterable[Number]) -> Iterable[str]:
        yield f"{self.marks.code} {self.marks.url}"
        for number in dict.fromkeys(numbers):
            yield f"{number.text}: {self.origins.words(number)}"

    def text(
        self, slide: Any, text: str, place: Line, size: float, colour: Any = None, *, is_bold: bool = False
    ) -> None:
        left, top, width = place
        box = slide.shapes.add_textbox(left, top, width, int(Pt(size) * 1.6))
        box.text_frame.word_wrap = True
        box.text_frame.text = text
        _set(box.text_frame.paragraphs[0], size, colour, is_bold=is_bold)

    def note(self, slide: Any, text: str) -> None:
        """One line above the foot."""
        if text:
            self.text(slide, text, (LEFT, Inches(6.6), WIDTH), 10, MUTED)

    def list(
        self, slide: Any, lines: Sequence[str], place: tuple[int, int, int, int], size: float = 20
    ) -> None:
        box = slide.shapes.add_textbox(*place)
        box.text_frame.word_wrap = True
        for at, line in enumerate(lines):
            paragraph = box.text_frame.paragraphs[0] if at == 0 else box.text_frame.add_paragraph()
            paragraph.text = line
            paragraph.space_after = Pt(size / 2)
            _set(paragraph, size)


def _title_size(title: str) -> int:
    """Two lines at most."""
    return 26 if len(title) <= 100 else 22 if len(title) <= 130 else 18


def _set(paragraph: Any, size: float, colour: Any = None, *, is_bold: bool = False) -> None:
    paragraph.font.size, paragraph.font.bold = Pt(size), is_bold
    if colour is not None:
        paragraph.font.color.rgb = colour
