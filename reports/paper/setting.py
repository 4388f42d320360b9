"""Pages, letters and drawings set by typst in the typeface of the screen: PDF, and PNG of drawings."""

import json
import logging
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from regions.alone import run_alone

log = logging.getLogger(__name__)
_TYPESETTER = Path(__file__).parent / "typesetter.py"
# Readable by screen readers (PDF/UA-1).
_STANDARD = "ua-1"
# Twice the pixels of the drawing on the screen.
_PPI = 192
_CARD_PPI = 144
_MOST_SECONDS = 30


class PaperNotSet(Exception):
    """The typesetter gave nothing back, or not in its time; `sentence` says what to do."""

    def __init__(self) -> None:
        self.sentence = _("Berkasnya belum dapat dibuat sekarang. Coba lagi sebentar lagi.")
        super().__init__(self.sentence)


def page_pdf(data: dict[str, Any]) -> bytes:
    """Raises PaperNotSet, as do the others."""
    return _set("page", data, format="pdf", pdf_standards=[_STANDARD])


def letter_pdf(data: dict[str, Any]) -> bytes:
    return _set("letter", data, format="pdf", pdf_standards=[_STANDARD])


def drawing_png(data: dict[str, Any]) -> bytes:
    return _set("picture", data, format="png", ppi=_PPI)


def card_png(data: dict[str, Any]) -> bytes:
    """As wide as a telephone shows sharply."""
    return _set("card", data, format="png", ppi=_CARD_PPI)


def _set(layout: str, data: dict[str, Any], **options: Any) -> bytes:
    head = {"layout": layout, "options": options}
    body = json.dumps(data, ensure_ascii=False).encode()
    try:
        code, made = run_alone(_TYPESETTER, head, body, _MOST_SECONDS)
    except TimeoutError as error:
        raise PaperNotSet from error
    if code or not made:
        log.error("the typesetter of pages ended with code %s", code)
        raise PaperNotSet
    return made
