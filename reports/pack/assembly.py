"""From gathered figures and entered words to the content of a pack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from regions.month import last_day
from regions.stored_text import retold
from reports.measures.catalogue import COMPUTATION_VERSION, measures_in_pack
from reports.measures.codes import MeasureCode
from reports.pack import compliance, money_tables, narrative, tables
from reports.pack.asked import asked_of_reader
from reports.pack.category_gaps import category_gaps
from reports.pack.content import (
    Chart,
    Kind,
    Method,
    Number,
    PackContent,
    Page,
    Series,
    Signatory,
    Table,
)
from reports.pack.draft import draft_reason, lacking_parts
from reports.pack.figure_book import FigureBook, key_of
from reports.pack.grading import grade_legend, graded, graded_label
from reports.pack.messages import headline, messages_of
from reports.pack.place import PackPlace
from reports.pack.quiet import told_tables, without_blank_columns

# What the first page says of what moved: these sentences, but the one that is its headline.
_MOVED, _MOST_MOVED = ("coverage", "category_gaps", "rank", "balance"), 5
Percents = Sequence[tuple[str, int, Number]]


@dataclass(frozen=True)
class Words:
    """What people wrote for this pack."""

    overview: str = ""
    regulations: Sequence[str] = ()
    projects: Sequence[str] = ()
    obstacles: Sequence[str] = ()
    # From the register of commitments, a line each.
    follow_up: Sequence[str] = ()
    signed_at: str = ""
    branch_head: Signatory = field(default_factory=lambda: Signatory(_("Kepala Cabang BPJS Ketenagakerjaan")))
    office_head: Signatory = field(default_factory=lambda: Signatory(_("Kepala Dinas Tenaga Kerja")))


@dataclass(frozen=True)
class GatheredPack:
    """All that is known of a region and period. `below` are the regions with a page of their own."""

    place: PackPlace
    below: Sequence[PackPlace]
    far_below: Sequence[PackPlace]
    percents: Mapping[str, Percents]
    words: Words
    # Region, month → number of the closing, None while the month is open.
    closings: Mapping[tuple[str, date], int | None]
    labels: Mapping[str, str]


def assembled(found: GatheredPack) -> PackContent:
    place, period, words = found.place, found.place.period, found.words
    percents = found.percents.get(place.code, ())
    candidates = _tables(found, percents)
    told, empty = told_tables(candidates)
    signatories = (words.branch_head, words.office_head)
    content = PackContent(
        document="pack",
        title=_("Laporan Monitoring dan Evaluasi Jaminan Sosial Ketenagakerjaan"),
        region_code=place.code,
        region_label=place.label,
        period_key=period.key,
        period_label=period.label,
        as_of=date_format(last_day(period.last), "j F Y"),
        draft_reason=draft_reason(place, found.closings, found.labels, lacking_parts(empty, signatories)),
        highlights=highlights_of(place),
        narrative=(*narrative.of_place(place, percents), *narrative.of_rank(found.below)),
        remarks=tuple(words.overview.split("\n")) if words.overview else (),
        tables=tuple(told),
        pages=_pages(found),
        annex=(tables.annex(found.far_below),) if found.far_below else (),
        sources=_sources(found),
        signed_at=words.signed_at,
        signatories=signatories,
        runs=_runs(found),
        version=COMPUTATION_VERSION,
    )
    content.annex = tuple(replace(one, number=f"L{len(content.pages) + 1}") for one in content.annex)
    # Two tables may have one title, one typed and one counted: what is there in either is not absent.
    titles = {table.title for table in content.tables}
    absent = (table.title for table in empty if table.title not in titles)
    content.absent = (*absent, *_silent(content, found.below))
    _conclude(content, found, next(table for table in candidates if table.key == "obstacles"))
    # Pictures first: they go by the columns of whole tables, and a grade is no word of a bar.
    content.charts = (*charts_of(content.tables), *_map(found.below, content.tables))
    content.methods = _methods(_measures_in(content))
    content.tables = tuple(map(without_blank_columns, content.tables))
    return with_grades(content, place.book)


def _conclude(content: PackContent, found: GatheredPack, obstacles: Table) -> None:
    """The first page and what each table comes to, of what the pack tells already."""
    place = found.place
    content.headline = (headline(place) or content.narrative[0],)
    moved = [one for one in content.narrative if one.about in _MOVED]
    content.moved = tuple(moved[1 : _MOST_MOVED + 1])
    content.asked = asked_of_reader(place, found.percents.get(place.code, ()), found.below, obstacles)
    content.messages = messages_of(place, content.tables, content.narrative)


def _measures_in(content: PackContent) -> set[str]:
    known = (number for number in content.numbers() if number.value is not None)
    return {part.measure for number in known for _sign, part in number.made_of}


def _pages(found: GatheredPack) -> tuple[Page, ...]:
    """Of the regions of which something is known."""
    told = [(one, told_tables(_tables_below(one))[0]) for one in found.below]
    known = [(one, own) for one, own in told if own]
    return tuple(
        _page(at, one, found.percents.get(one.code, ()), own) for at, (one, own) in enumerate(known, 1)
    )


def with_grades(content: PackContent, book: FigureBook) -> PackContent:
    content.tables = tuple(graded(table, book) for table in content.tables)
    content.annex = tuple(graded(table, book) for table in content.annex)
    content.pages = tuple(
        replace(page, tables=tuple(graded(table, book) for table in page.tables)) for page in content.pages
    )
    return content


def _tables(found: GatheredPack, percents: Percents) -> tuple[Table, ...]:
    """All that a pack may hold, in the order of its chapters."""
    place, words = found.place, found.words
    note = "" if found.below else _("Peringkat antarkabupaten/kota disajikan dalam paket monev provinsi.")
    three = [_("Status"), _("Keterangan")]
    steps = [_("Tindak lanjut"), _("Penanggung jawab"), _("Tenggat"), _("Perkembangan")]
    return (
        tables.coverage(place),
        tables.targets(place, percents),
        tables.trend(place, note=note),
        tables.segments(place),
        compliance.employers(place),
        *((tables.rank(place, found.below),) if found.below else ()),
        tables.categories(place),
        category_gaps(place),
        money_tables.budget(place),
        money_tables.balance(place),
        money_tables.claims(place),
        tables.construction(place),
        tables.entered("projects", _("Proyek jasa konstruksi"), [_("Proyek"), *three], words.projects),
        compliance.construction_projects(place),
        tables.entered("regulations", _("Regulasi"), [_("Regulasi"), *three], words.regulations),
        tables.entered(
            "obstacles",
            _("Kendala dan tindak lanjut"),
            [_("Kendala"), *steps],
            (*words.follow_up, *words.obstacles),
        ),
    )


def _silent(content: PackContent, below: Sequence[PackPlace]) -> list[str]:
    """Regions without a page of their own."""
    paged = {page.code for page in content.pages}
    return [one.label for one in below if one.code not in paged]


def _tables_below(place: PackPlace) -> tuple[Table, ...]:
    return (
        tables.coverage(place),
        tables.segments(place),
        tables.categories(place),
        category_gaps(place),
        money_tables.balance(place, by_basis=False, is_noted=False),
    )


def _page(at: int, place: PackPlace, percents: Percents, told: Sequence[Table]) -> Page:
    """One region below: what happened there, in a few tables."""
    own = tuple(replace(without_blank_columns(one), number=f"L{at}.{one.number}") for one in told)
    return Page(place.code, place.label, tuple(narrative.of_place(place, percents)), own)


def highlights_of(place: PackPlace) -> tuple[tuple[str, Number], ...]:
    year = {"year": place.month.year}
    told = (
        (
            _("Universal Coverage Jamsostek (UCJ)"),
            place.now(key_of(MeasureCode.COVERAGE), Kind.PERCENT, "rate"),
        ),
        (_("Peserta aktif"), place.now(key_of(MeasureCode.COVERAGE))),
        (_("Belum terlindungi"), place.now(key_of(MeasureCode.UNCOVERED))),
        (_("Iuran sejak Januari %(year)s") % year, place.now(key_of(MeasureCode.CONTRIBUTIONS), Kind.RUPIAH)),
        (_("Klaim sejak Januari %(year)s") % year, place.now(key_of(MeasureCode.CLAIMS), Kind.RUPIAH)),
    )
    return tuple((graded_label(label, number, place.book), number) for label, number in told)


def charts_of(found: Sequence[Table]) -> tuple[Chart, ...]:
    """Pictures of tables: coverage over time, the rank, people by category."""
    by_key = {table.key: table for table in found}
    charts = []
    if (trend := by_key.get("trend")) and len(trend.rows) > 1:
        charts.append(_chart(trend, "line", [_("UCJ")], [3]))
    if (rank := by_key.get("rank")) and rank.rows:
        charts.append(_chart(rank, "bar", [_("UCJ")], [4]))
    if (categories := by_key.get("categories")) and categories.rows:
        charts.append(_chart(categories, "bar", [_("Orang")], [2]))
    if gaps := by_key.get("category_gaps"):
        charts.append(_chart(gaps, "bar", [_("Kekurangan (orang)")], [4]))
    return tuple(charts)


def _map(below: Sequence[PackPlace], told: Sequence[Table]) -> tuple[Chart, ...]:
    """The regions below where they lie, those without a figure too."""
    rates = tuple(one.now(key_of(MeasureCode.COVERAGE), Kind.PERCENT, "rate") for one in below)
    if all(rate.value is None for rate in rates):
        return ()
    labels, codes = tuple(one.label for one in below), tuple(one.code for one in below)
    number = next(table.number for table in told if table.key == "rank")
    return (Chart("map", _("Peta UCJ wilayah"), "map", labels, (Series(_("UCJ"), rates),), number, codes),)


def _chart(table: Table, shape: str, names: Sequence[str], columns: Sequence[int]) -> Chart:
    rows = [row for row in table.rows if isinstance(row[columns[0]], Number)]
    labels = tuple(
        " · ".join(str(cell) for cell, column in zip(row, table.columns, strict=True) if not column.is_number)
        for row in rows
    )
    series = tuple(
        Series(name, tuple(row[at] for row in rows))  # type: ignore[misc]
        for name, at in zip(names, columns, strict=True)
    )
    return Chart(table.key, table.title, shape, labels, series, table.number)


def _runs(found: GatheredPack) -> tuple[tuple[str, str, int | None], ...]:
    return tuple((code, f"{month:%Y-%m}", closing) for (code, month), closing in found.closings.items())


def _sources(found: GatheredPack) -> tuple[str, ...]:
    place = found.place
    told = [_("Jamsostek Monitor, versi perhitungan %s.") % COMPUTATION_VERSION]
    for month in place.period.months:
        closing = found.closings.get((place.code, month))
        words = {"place": place.label, "month": date_format(month, "F Y"), "closing": closing}
        told.append(
            _("%(place)s, %(month)s: penutupan ke-%(closing)s.") % words
            if closing
            else _("%(place)s, %(month)s: belum ditutup, angka masih dapat berubah.") % words
        )
    stored = place.book.stored(place.code, place.month, key_of(MeasureCode.COVERAGE))
    if stored and stored.definition:
        told.append(_("Definisi %s") % retold(stored.definition))
    if stored and stored.grade:
        told.append(grade_legend())
    return tuple(told)


def _methods(used: set[str]) -> tuple[Method, ...]:
    """Every measure of which this pack has a number, explained."""
    found = []
    for measure in (one for one in measures_in_pack() if one.code in used):
        formula = str(measure.numerator)
        if measure.unit.is_quotient:
            # Either side may hold a word that subtracts.
            formula = f"({measure.numerator}) ÷ ({measure.denominator})"
        found.append(Method(measure.code, str(measure.label), str(measure.meaning), formula))
    return tuple(found)
