"""The typeface of all pages: Source Sans Pro, cut to the characters in use when static files are collected.

It comes with a package under the SIL Open Font License 1.1, whose text is published beside it.
"""

import io
import os
from collections.abc import Iterable, Iterator
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import font_source_sans_pro
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from fontTools import subset

_SOURCE = Path(font_source_sans_pro.font_directory)
# Latin with the accents of western Europe, quotation marks, dashes, signs of arithmetic, arrows.
_LATIN = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *(ord(sign) for sign in "–—‘’‚“”„•…‹›€−≈≠≤≥←↑→↓▾▸"),
)
# The other accents, in files of their own: fonts.css has browsers fetch them where a page writes one.
_EXTENDED = tuple(range(0x100, 0x17F))
# What is published, from which file of the package it is made, and with which characters.
FILES: dict[str, tuple[str, tuple[int, ...]]] = {
    "fonts/source-sans-pro-regular.woff2": ("SourceSansPro-Regular.ttf", _LATIN),
    "fonts/source-sans-pro-semibold.woff2": ("SourceSansPro-Semibold.ttf", _LATIN),
    "fonts/source-sans-pro-regular-extended.woff2": ("SourceSansPro-Regular.ttf", _EXTENDED),
    "fonts/source-sans-pro-semibold-extended.woff2": ("SourceSansPro-Semibold.ttf", _EXTENDED),
    "fonts/source-sans-pro-licence.txt": ("LICENSE.txt", ()),
}
# Its figures are of one width and height without any feature.
_FEATURES = ("kern", "liga", "ccmp", "locl", "mark")


class FontFinder(BaseFinder):
    """Offers the cut fonts to collectstatic as if they lay in a folder of their own."""

    def __init__(self, app_names: Iterable[str] | None = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "fonts" / _edition())
        super().__init__()

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        for name in FILES:
            _ensure(Path(self.storage.location), name)
            yield name, self.storage

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        if path not in FILES:
            # None would be taken for a file that was found.
            return []
        found = str(_ensure(Path(self.storage.location), path))
        return [found] if find_all else found


def _edition() -> str:
    """Other characters, features or another release of the font make other files."""
    told = repr((FILES, _FEATURES, version("font-source-sans-pro"), version("fonttools")))
    return sha256(told.encode()).hexdigest()[:16]


def _ensure(folder: Path, name: str) -> Path:
    """The file, made where it is not there yet."""
    path, (file, characters) = folder / name, FILES[name]
    source = _SOURCE / file
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        _write(path, cut_font(source, characters) if characters else source.read_bytes())
    return path


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, also where two processes collect at once."""
    half = path.with_name(f"{path.name}.{os.getpid()}")
    half.write_bytes(content)
    half.replace(path)


def cut_font(source: Path, characters: Iterable[int]) -> bytes:
    """The font with these characters, as WOFF2."""
    options = subset.Options(flavor="woff2", layout_features=list(_FEATURES), notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=characters)
    made = io.BytesIO()
    with subset.load_font(str(source), options) as font:
        cutter.subset(font)
        subset.save_font(font, made, options)
    return made.getvalue()
