"""The terms of the field: one table from which the pages of terms and docs/glossary.md are made."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.db import models
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from regions.importers.reference_csv import Row, read_rows

TERMS_FILE = Path(__file__).parent / "data" / "glossary.csv"
# What the document needs and a page does not show: code, and emphasis.
_MARKS = re.compile(r"[`*]")
_EMPHASIS = re.compile(r"\*([^*(]+)\*")
_FIRST_SENTENCE = re.compile(r".+?[.;](?= |$)")


class TermSection(models.TextChoices):
    SCHEME = "scheme", _("Jaminan sosial dan programnya")
    MEMBERS = "members", _("Peserta")
    NUMBERS = "numbers", _("Nomor pada kartu dan daftar")
    MEASURES = "measures", _("Penyebut, target, indikator")
    MONEY = "money", _("Anggaran dan iuran")
    MONTH = "month", _("Bulan laporan")
    PEOPLE = "people", _("Pengguna dan tugas")
    OFFICES = "offices", _("Instansi dan dokumen")


@dataclass(frozen=True)
class Term:
    """`names` as they are said here, most used first; the meaning and an example in both languages."""

    key: str
    section: TermSection
    names: str
    code: str
    meanings: dict[str, str]
    examples: dict[str, str]
    see: tuple[str, ...]
    measure: str

    @property
    def name(self) -> str:
        return self.names.partition(",")[0]

    @property
    def meaning(self) -> str:
        return _MARKS.sub("", self.meanings[_language()])

    @property
    def marked_meaning(self) -> SafeString:
        """With the Indonesian words of an English sentence marked as such."""
        parts = _EMPHASIS.split(self.meanings[_language()].replace("`", ""))
        marked = (
            format_html('<em lang="id">{}</em>', part) if at % 2 else part.replace("*", "")
            for at, part in enumerate(parts)
        )
        return format_html_join("", "{}", ((part,) for part in marked))

    @property
    def short_meaning(self) -> str:
        """Its first sentence, for where it stands beside other words."""
        found = _FIRST_SENTENCE.match(self.meaning)
        return found[0].rstrip(";") if found else self.meaning

    @property
    def example(self) -> str:
        return self.examples[_language()]

    def speaks_of(self, words: str) -> bool:
        return words.casefold() in f"{self.names} {self.code} {self.meaning}".casefold()


def _language() -> str:
    return "en" if (get_language() or "").startswith("en") else "id"


@cache
def terms() -> dict[str, Term]:
    """By key, in the order of the table."""
    return {row["key"]: _term(row) for row in read_rows(TERMS_FILE)}


def _term(row: Row) -> Term:
    return Term(
        key=row["key"],
        section=TermSection(row["section"]),
        names=row["term"],
        code=row["code"],
        meanings={"id": row["meaning"], "en": row["meaning_en"]},
        examples={"id": row["example"], "en": row["example_en"]},
        see=tuple(row["see"].split()),
        measure=row["measure"],
    )


def terms_by_section(words: str = "") -> list[tuple[TermSection, list[Term]]]:
    """Those that speak of the words; sections without any are left out."""
    found = [term for term in terms().values() if term.speaks_of(words)]
    sections = [(section, [term for term in found if term.section == section]) for section in TermSection]
    return [(section, part) for section, part in sections if part]


_HEADINGS = {
    TermSection.SCHEME: "Scheme and programmes",
    TermSection.MEMBERS: "Members",
    TermSection.NUMBERS: "Numbers on cards and lists",
    TermSection.MEASURES: "Denominators, targets, measures",
    TermSection.MONEY: "Money of the regions",
    TermSection.MONTH: "The reporting month",
    TermSection.PEOPLE: "People",
    TermSection.OFFICES: "Offices and papers",
}
_PREFACE = """# Glossary

The terms of the field, the English name used in code and API, and what they mean here. Screens speak
Bahasa Indonesia, code speaks English; this table is the bridge. A dash means the term never becomes a
name in code. What rests on no written source is marked *(unverified)*; see [sources.md](sources.md).

Written from `regions/data/glossary.csv` by `./script/manage write_glossary`; the pages under `/istilah/`
show the same table.
"""


def glossary_document() -> str:
    return "\n".join([_PREFACE, "\n\n".join(map("\n".join, _tables()))]) + "\n"


def _tables() -> Iterator[list[str]]:
    for section in TermSection:
        rows = [term for term in terms().values() if term.section == section]
        lines = [f"## {_HEADINGS[section]}", "", "| Term | In code | Meaning |", "|---|---|---|"]
        yield [*lines, *(f"| {one.names} | {one.code or '–'} | {one.meanings['en']} |" for one in rows)]
