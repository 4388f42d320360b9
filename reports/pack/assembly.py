"""From gathered figures and entered words to the content of a pack."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from regions.month import last_day
from reports.measures.catalogue import COMPUTATION_VERSION, measures_in_pack
from reports.measures.codes import MeasureCode
from reports.pack import compliance, money_tables, narrative, tables
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
from reports.pack.figure_book import FigureBook, key_of
from reports.pack.grading import grade_legend, graded, graded_label
from reports.pack.period import spans_words
from reports.pack.place import PackPlace

_OPEN_NAMED = 8
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
    place, period = found.place, found.place.period
    percents = found.percents.get(place.code, ())
    content = PackContent(
        document="pack",
        title=_("Laporan Monitoring dan Evaluasi Jaminan Sosial Ketenagakerjaan"),
        region_code=place.code,
        region_label=place.label,
        period_key=period.key,
        period_label=period.label,
        as_of=date_format(last_day(period.last), "j F Y"),
        draft_reason=_draft_reason(found),
        highlights=highlights_of(place),
        narrative=(*narrative.of_place(place, percents), *narrative.of_rank(found.below)),
        remarks=tuple(found.words.overview.split("\n")) if found.words.overview else (),
        tables=_tables(found, percents),
        pages=tuple(_page(one, found.percents.get(one.code, ())) for one in found.below),
        annex=(tables.annex(found.far_below),) if found.far_below else (),
        sources=_sources(found),
        methods=_methods(),
        signed_at=found.words.signed_at,
        signatories=(found.words.branch_head, found.words.office_head),
        runs=_runs(found),
        version=COMPUTATION_VERSION,
    )
    # Pictures first: they name their bars by the words of a row, and a grade is none of them.
    content.charts = (*charts_of(content.tables), *_map(found.below))
    return with_grades(content, place.book)


def with_grades(content: PackContent, book: FigureBook) -> PackContent:
    content.tables = tuple(graded(table, book) for table in content.tables)
    content.annex = tuple(graded(table, book) for table in content.annex)
    content.pages = tuple(
        replace(page, tables=tuple(graded(table, book) for table in page.tables)) for page in content.pages
    )
    return content


def _tables(found: GatheredPack, percents: Percents) -> tuple[Table, ...]:
    place, words = found.place, found.words
    note = _("Peringkat antarkabupaten/kota disajikan dalam paket monev provinsi.")
    third = tables.rank(place, found.below) if found.below else tables.trend(place, note=note)
    return (
        tables.coverage(place),
        tables.targets(place, percents),
        tables.segments(place),
        compliance.employers(place),
        third,
        *((tables.trend(place, "3a"),) if found.below else ()),
        tables.categories(place),
        money_tables.budget(place),
        money_tables.balance(place),
        money_tables.claims(place),
        tables.entered(
            "regulations",
            "8",
            _("Regulasi"),
            [_("Regulasi"), _("Status"), _("Keterangan")],
            words.regulations,
        ),
        tables.construction(place, "9"),
        tables.entered(
            "projects",
            "9a",
            _("Proyek jasa konstruksi"),
            [_("Proyek"), _("Status"), _("Keterangan")],
            words.projects,
        ),
        compliance.construction_projects(place),
        tables.entered(
            "obstacles",
            "10",
            _("Kendala dan tindak lanjut"),
            [_("Kendala"), _("Tindak lanjut"), _("Penanggung jawab"), _("Tenggat"), _("Perkembangan")],
            (*words.follow_up, *words.obstacles),
        ),
    )


def _page(place: PackPlace, percents: Percents) -> Page:
    """One region below: what happened there, in three tables."""
    own = (
        tables.coverage(place, f"{place.code}-1"),
        tables.segments(place, f"{place.code}-2"),
        tables.categories(place, f"{place.code}-4"),
        money_tables.balance(place, f"{place.code}-6", by_basis=False),
    )
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
    return tuple(charts)


def _map(below: Sequence[PackPlace]) -> tuple[Chart, ...]:
    """The regions below where they lie, those without a figure too."""
    rates = tuple(one.now(key_of(MeasureCode.COVERAGE), Kind.PERCENT, "rate") for one in below)
    if all(rate.value is None for rate in rates):
        return ()
    labels, codes = tuple(one.label for one in below), tuple(one.code for one in below)
    return (Chart("map", _("Peta UCJ wilayah"), "map", labels, (Series(_("UCJ"), rates),), "3", codes),)


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


def open_reason(months: Sequence[str]) -> str:
    """As long as one month is not closed, it is a draft."""
    if not months:
        return ""
    return _("Laporan %s belum ditutup sehingga angkanya masih dapat berubah.") % "; ".join(months)


def _draft_reason(found: GatheredPack) -> str:
    """From the months of the period, here and below, that are not closed."""
    months = set(found.place.period.months)
    still = [at for at, closing in found.closings.items() if closing is None and at[1] in months]
    open_in: dict[str, list[date]] = {}
    for code, month in still:
        open_in.setdefault(code, []).append(month)
    below = [code for code in {one for one, _month in found.closings} if code != found.place.code]
    spans = {spans_words(months) for months in open_in.values()}
    if len(open_in) == len(below) + 1 > _OPEN_NAMED and len(spans) == 1:
        every = _("%(place)s dan seluruh wilayah di bawahnya (%(months)s)")
        return open_reason([every % {"place": found.place.label, "months": spans.pop()}])
    alike: dict[str, list[str]] = {}
    for code in list(open_in)[:_OPEN_NAMED]:
        alike.setdefault(spans_words(open_in[code]), []).append(found.labels.get(code, code))
    named = [f"{', '.join(places)} ({months})" for months, places in alike.items()]
    if unnamed := list(open_in.values())[_OPEN_NAMED:]:
        more = _("serta %(count)s bulan laporan wilayah lainnya")
        named.append(more % {"count": sum(len(months) for months in unnamed)})
    return open_reason(named)


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
        told.append(_("Definisi %s") % stored.definition)
    if stored and stored.grade:
        told.append(grade_legend())
    return tuple(told)


def _methods() -> tuple[Method, ...]:
    """Every measure that a pack tells of, explained."""
    found = []
    for measure in measures_in_pack():
        formula = str(measure.numerator)
        if measure.unit.is_quotient:
            # Either side may hold a word that subtracts.
            formula = f"({measure.numerator}) ÷ ({measure.denominator})"
        found.append(Method(measure.code, str(measure.label), str(measure.meaning), formula))
    return tuple(found)
