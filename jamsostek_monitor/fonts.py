"""The typeface of all pages: Source Sans Pro, cut to the characters in use when static files are collected.

It comes with a package under the SIL Open Font License 1.1, whose text is published beside it.
"""

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from shutil import copyfile
from typing import Any

import font_source_sans_pro
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage
from fontTools import subset

_SOURCE = Path(font_source_sans_pro.font_directory)
_WEIGHTS = ("Regular", "Semibold")
# Latin with its accents, quotation marks, dashes, signs of arithmetic, arrows.
_CHARACTERS = (
    *range(0x20, 0x7F),
    *range(0xA0, 0x180),
    *(ord(sign) for sign in "–—‘’‚“”„•…‹›€−≈≠≤≥←↑→↓▾▸"),
)
# Its figures are of one width and height without any feature.
_FEATURES = ("kern", "liga", "ccmp", "locl", "mark")


class FontFinder(BaseFinder):
    """Offers the cut fonts to collectstatic as if they lay in a folder of their own."""

    def __init__(self, app_names: Iterable[str] | None = None, *args: Any, **kwargs: Any) -> None:
        self.storage = FileSystemStorage(location=settings.VAR_DIR / "fonts")
        super().__init__()

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        for name in _cut(Path(self.storage.location)):
            yield name, self.storage

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = [str(self.storage.path(name)) for name, _storage in self.list(None) if name == path]
        return found if find_all else next(iter(found), None)


def _cut(folder: Path) -> list[str]:
    """Names of the files under the folder, made where they are not there yet."""
    (folder / "fonts").mkdir(parents=True, exist_ok=True)
    names = []
    for weight in _WEIGHTS:
        name = f"fonts/source-sans-pro-{weight.lower()}.woff2"
        names.append(name)
        if not (folder / name).exists():
            _write(folder / name, cut_font(_SOURCE / f"SourceSansPro-{weight}.ttf"))
    licence = "fonts/source-sans-pro-licence.txt"
    copyfile(_SOURCE / "LICENSE.txt", folder / licence)
    return [*names, licence]


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, whoever else does the same."""
    half = path.with_suffix(".half")
    half.write_bytes(content)
    half.replace(path)


def cut_font(source: Path) -> bytes:
    """The font with the characters in use, as WOFF2."""
    options = subset.Options(flavor="woff2", layout_features=list(_FEATURES), notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=_CHARACTERS)
    made = io.BytesIO()
    with subset.load_font(str(source), options) as font:
        cutter.subset(font)
        subset.save_font(font, made, options)
    return made.getvalue()
