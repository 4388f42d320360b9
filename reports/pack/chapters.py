"""The tables of a pack by what they are about, each with its message, its sentences and its pictures."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from reports.pack.content import Chart, PackContent, Sentence, Table

_CHAPTERS = (
    (gettext_lazy("Cakupan dan target"), ("coverage", "targets", "trend", "segments", "employers")),
    (gettext_lazy("Antarwilayah"), ("rank",)),
    (gettext_lazy("Kategori pekerja"), ("categories", "category_gaps")),
    (gettext_lazy("Anggaran, iuran, dan klaim"), ("budget", "balance", "claims")),
    (gettext_lazy("Jasa konstruksi"), ("construction", "projects", "construction_projects")),
    (gettext_lazy("Regulasi, kendala, dan tindak lanjut"), ("regulations", "obstacles")),
)


@dataclass(frozen=True)
class ChapterPart:
    """One table. `message` is what it comes to; `sentences` say more."""

    table: Table
    message: str
    sentences: tuple[Sentence, ...]
    charts: tuple[Chart, ...]


@dataclass(frozen=True)
class PackChapter:
    """`sentences` are about tables that are left out."""

    title: str
    sentences: tuple[Sentence, ...]
    parts: tuple[ChapterPart, ...] = field(default=())


def chapters_of(content: PackContent) -> Iterator[PackChapter]:
    """Those of which something is told."""
    by_key = {table.key: table for table in content.tables}
    for title, keys in _CHAPTERS:
        told = [by_key[key] for key in keys if key in by_key]
        lone = [one for one in content.narrative if one.about in keys and one.about not in by_key]
        if told or lone:
            yield PackChapter(str(title), tuple(lone), tuple(_part(content, table) for table in told))


def absent_line(content: PackContent) -> str:
    """What was left out, in one line; empty where nothing was."""
    if not content.absent:
        return ""
    return _("Tidak ada data untuk: %s.") % "; ".join(content.absent)


def _part(content: PackContent, table: Table) -> ChapterPart:
    message = content.message(table.key)
    words = message.text.rstrip(".") if message else table.title
    said = (one for one in content.narrative if one.about == table.key)
    sentences = tuple(one for one in said if one.text.rstrip(".") != words)
    charts = tuple(chart for chart in content.charts if chart.table == table.number)
    return ChapterPart(table, words, sentences, charts)
