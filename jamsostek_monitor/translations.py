"""Extraction, checking and compiling of translations without GNU gettext."""

import ast
import csv
import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation import templatize

_KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
_APPS = ("regions", "participants", "budgets", "reports", "jamsostek_monitor")
# Columns whose text pages show, through `regions.stored_text.shown`; names of laws and of papers stay.
_REFERENCE: dict[str, tuple[str, ...]] = {
    "participants/data/categories.csv": ("name", "note"),
    "participants/data/funding_sources.csv": ("name", "note"),
    "participants/data/overlap_allowances.csv": ("reason",),
    "budgets/data/benefits.csv": ("event", "name", "condition", "note"),
    "budgets/data/contribution_rates.csv": ("note",),
    "budgets/data/contribution_reliefs.csv": ("note",),
    "budgets/data/membership_rules.csv": ("note",),
    "reports/data/published_figures.csv": ("basis", "note"),
}
_FORMAT = re.compile(r"%\(\w+\)[sd]")


def catalogue_path(language: str) -> Path:
    return settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"


def extract() -> Catalog:
    """Every message of our Python files and templates, and the texts of the reference tables."""
    catalogue = Catalog(project="jamsostek_monitor", charset="utf-8")
    for path, source in _sources():
        found = extract_python(BytesIO(source.encode()), _KEYWORDS, [], {"encoding": "utf-8"})
        for line, function, message, comments in found:
            context, text = _arguments(_KEYWORDS[str(function)], message)
            if isinstance(text, str | tuple) and text:
                notes = [comments] if isinstance(comments, str) else comments or ()
                catalogue.add(text, None, [(str(path), line)], auto_comments=notes, context=context)
        if path.suffix == ".py":
            for line, text in _inside_texts(source):
                catalogue.add(text, None, [(str(path), line)])
    for place, row, text in _reference_texts():
        catalogue.add(text, None, [(place, row)])
    return catalogue


def update(language: str) -> Catalog:
    """The language's catalogue with new messages added and vanished ones dropped; written back."""
    path = catalogue_path(language)
    catalogue = _read(path, language)
    catalogue.update(extract(), no_fuzzy_matching=True)
    catalogue.obsolete.clear()
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, sort_output=True, omit_header=False, no_location=True)
    return catalogue


def problems(language: str) -> list[str]:
    """What keeps a catalogue from being complete: missing, fuzzy or mismatched messages."""
    catalogue = _read(catalogue_path(language), language)
    found = []
    for message in extract():
        if not message.id:
            continue
        known = catalogue.get(message.id, message.context)
        text = message.id if isinstance(message.id, str) else message.id[0]
        if known is None or not known.string or (isinstance(known.string, tuple) and not all(known.string)):
            found.append(f"belum diterjemahkan: {text!r}")
        elif known.fuzzy:
            found.append(f"perlu diperiksa: {text!r}")
        elif isinstance(known.string, str) and set(_FORMAT.findall(text)) != set(
            _FORMAT.findall(known.string)
        ):
            found.append(f"isian berbeda: {text!r}")
    return found


def compile_catalogue(language: str) -> None:
    path = catalogue_path(language)
    compiled = path.with_suffix(".mo")
    if compiled.exists() and compiled.stat().st_mtime >= path.stat().st_mtime:
        return
    with compiled.open("wb") as file:
        write_mo(file, _read(path, language))


def _read(path: Path, language: str) -> Catalog:
    if not path.exists():
        return Catalog(
            locale=language,
            charset="utf-8",
            project="jamsostek_monitor",
            version="0.1.0",
            header_comment="# jamsostek_monitor",
            fuzzy=False,
        )
    with path.open("rb") as file:
        return read_po(file, locale=language)


def _sources() -> Iterator[tuple[Path, str]]:
    for app in _APPS:
        for path in sorted((settings.BASE_DIR / app).rglob("*.py")):
            if "migrations" not in path.parts:
                yield path.relative_to(settings.BASE_DIR), path.read_text(encoding="utf-8")
    for path in sorted((settings.BASE_DIR / "templates").rglob("*.html")):
        # The tokenizer of Python takes the indentation of HTML for that of a program.
        lines = templatize(path.read_text(encoding="utf-8")).split("\n")
        yield path.relative_to(settings.BASE_DIR), "\n".join(line.lstrip() for line in lines)


def _inside_texts(source: str) -> Iterator[tuple[int, str]]:
    """Messages inside f-strings, which are one token to Python before 3.12."""
    texts = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.JoinedStr)]
    for call in (inner for text in texts for inner in ast.walk(text) if isinstance(inner, ast.Call)):
        named, first = call.func, next(iter(call.args), None)
        if isinstance(named, ast.Name) and named.id in {"_", "gettext"} and isinstance(first, ast.Constant):
            yield call.lineno, str(first.value)


def _reference_texts() -> Iterator[tuple[str, int, str]]:
    for place, columns in _REFERENCE.items():
        with (settings.BASE_DIR / place).open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                yield from ((place, number, row[column]) for column in columns if row[column])


def _arguments(spec: object, message: object) -> tuple[str | None, object]:
    """Context and text of a call as the extractor gives them."""
    if not isinstance(message, tuple):
        return None, message
    if spec is not None and isinstance(spec, tuple) and isinstance(spec[0], tuple):
        rest = message[1:]
        return message[0], rest[0] if len(rest) == 1 else rest[:2]
    return None, message[:2]
