"""Pages and drawings set by typst in the typeface of the screen: a page as PDF, a drawing as PNG."""

import json
from pathlib import Path
from typing import Any

from regions.alone import run_alone

_TYPESETTER = Path(__file__).parent / "typesetter.py"
# Readable by screen readers (PDF/UA-1).
_STANDARD = "ua-1"
# Twice the pixels of the drawing on the screen.
_PPI = 192
_MOST_SECONDS = 30


def page_pdf(data: dict[str, Any]) -> bytes:
    return _set("page", data, format="pdf", pdf_standards=[_STANDARD])


def drawing_png(data: dict[str, Any]) -> bytes:
    return _set("picture", data, format="png", ppi=_PPI)


def _set(layout: str, data: dict[str, Any], **options: Any) -> bytes:
    head = {"layout": layout, "options": options}
    code, made = run_alone(_TYPESETTER, head, json.dumps(data, ensure_ascii=False).encode(), _MOST_SECONDS)
    if code or not made:
        raise RuntimeError(f"the typesetter ended with code {code}")
    return made
