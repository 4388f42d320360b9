"""The pack on paper: set by typst, tagged for screen readers (PDF/UA-1), with the fonts typst carries."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import segno
import typst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from reports.pack.chapters import absent_line, chapters_of
from reports.pack.content import Chart, PackContent
from reports.pack.faces.pictures import Picture, pictures_of
from reports.pack.faces.written import (
    Issued,
    issued,
    methods_table,
    words_of,
    written_table,
)

_FOLDER = Path(__file__).parents[1] / "typst"
STANDARD = "ua-1"
_ONE_SIGN = b'#set document(title: "x")\n#set text(lang: "id", font: "Libertinus Serif")\n#sys.inputs.sign'


def render_pdf(content: PackContent) -> bytes:
    """In the application's own layout; others are set in a process of their own."""
    inputs = {"data": json.dumps(pdf_data(content), ensure_ascii=False)}
    options: Any = {"format": "pdf", "pdf_standards": [STANDARD]}
    made = _compiler().compile(input=house_template(content.document), sys_inputs=inputs, **options)
    return bytes(made)  # type: ignore[arg-type]


@lru_cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False)
    return typst.Compiler(root=str(_FOLDER), font_paths=fonts, package_path=str(_FOLDER))


@lru_cache(maxsize=4096)
def shows(sign: str) -> bool:
    """Whether a font that typst carries has a character, asked of the typesetter itself."""
    options: Any = {"format": "pdf", "pdf_standards": [STANDARD]}
    try:
        _compiler().compile(input=_ONE_SIGN, sys_inputs={"sign": f"a{sign}b"}, **options)
    except RuntimeError:
        return False
    return True


@lru_cache
def house_template(document: str) -> bytes:
    """Style and body as one text, so that a region can change a copy of it."""
    body = "pack" if document == "pack" else "record"
    return b"".join((_FOLDER / f"{part}.typ").read_bytes() for part in ("style", body))


def pdf_data(content: PackContent) -> dict[str, Any]:
    """What a template may use."""
    marks, pictures = issued(content), {one.chart: _picture(one) for one in pictures_of(content)}
    return {
        "title": content.title,
        "lang": (get_language() or "id")[:2],
        "region": content.region_label,
        "period": content.period_label,
        "is_draft": content.is_draft,
        "draft_reason": content.draft_reason,
        "warning": content.warning,
        "code": marks.code,
        "sha256": marks.sha256,
        "url": marks.url,
        "ledger": marks.head,
        "qr": qr_svg(marks),
        "words": words_of(content),
        "highlights": [{"label": label, "text": number.text} for label, number in content.highlights],
        "narrative": [sentence.text for sentence in content.narrative],
        "remarks": list(content.remarks),
        "charts": list(pictures.values()),
        "tables": [written_table(table) for table in content.tables],
        "headline": " ".join(one.text for one in content.headline),
        "moved": [one.text for one in content.moved],
        "asked": [one.text for one in content.asked],
        "chapters": _chapters(content, pictures),
        "absent": absent_line(content),
        "crest": list(content.crest),
        "sources": list(content.sources),
        "methods": methods_table(content),
        "formulas": [[m.label, m.code, m.formula] for m in content.methods],
        "signed_at": content.signed_at,
        "signatories": [vars(signatory) for signatory in content.signatories],
        "pages": [
            {
                "label": page.label,
                "sentences": [sentence.text for sentence in page.sentences],
                "tables": [written_table(table) for table in page.tables],
            }
            for page in content.pages
        ],
        "annex": [written_table(table) for table in content.annex],
    }


def _chapters(content: PackContent, pictures: Mapping[Chart, Any]) -> list[dict[str, Any]]:
    return [
        {
            "title": chapter.title,
            "sentences": [one.text for one in chapter.sentences],
            "parts": [
                {
                    "message": part.message,
                    "sentences": [one.text for one in part.sentences],
                    "charts": [pictures[chart] for chart in part.charts if chart in pictures],
                    "table": written_table(part.table),
                }
                for part in chapter.parts
            ],
        }
        for chapter in chapters_of(content)
    ]


def qr_svg(marks: Issued) -> str:
    code: str = segno.make(marks.url, error="m").svg_inline(border=1, omitsize=True)
    return code.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)


def _picture(picture: Picture) -> dict[str, Any]:
    chart = picture.chart
    caption = _("%(title)s (%(name)s); angkanya dalam Tabel %(table)s.") % {
        "title": chart.title,
        "name": chart.series[0].name,
        "table": chart.table,
    }
    return {
        "svg": picture.svg,
        "caption": f"{caption} {picture.note}".strip(),
        "alt": picture.alt,
        "width": round(100 * picture.share),
        "tall": picture.is_tall,
    }
