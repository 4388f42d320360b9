"""Pages and drawings set by typst in the typeface of the screen: a page as PDF, a drawing as PNG."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

import font_source_sans_pro
import typst

_FOLDER = Path(__file__).parent / "typst"
# Readable by screen readers (PDF/UA-1).
_STANDARD = "ua-1"
# Twice the pixels of the drawing on the screen.
_PPI = 192


def page_pdf(data: dict[str, Any]) -> bytes:
    return _set("page", data, format="pdf", pdf_standards=[_STANDARD])


def drawing_png(data: dict[str, Any]) -> bytes:
    return _set("picture", data, format="png", ppi=_PPI)


def _set(name: str, data: dict[str, Any], **options: Any) -> bytes:
    inputs = {"data": json.dumps(data, ensure_ascii=False)}
    made = _compiler().compile(input=_layout(name), sys_inputs=inputs, **options)
    return bytes(made)  # type: ignore[arg-type]


@lru_cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[font_source_sans_pro.font_directory])
    return typst.Compiler(root=str(_FOLDER), font_paths=fonts, package_path=str(_FOLDER))


@lru_cache
def _layout(name: str) -> bytes:
    return (_FOLDER / f"{name}.typ").read_bytes()
