"""The lines and the table of a section of a board, found by what the measures declare."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.measures.catalogue import columns_of, lines_of
from reports.measures.measure import Measure, MeasureSection, TableColumn
from reports.models import MeasureValue
from reports.selectors.value import DIMENSIONS
from reports.value_words import dimension_words, variant_words

Values = Mapping[str, list[MeasureValue]]
Names = Mapping[str, str]
_Dimensions = tuple[str, ...]


@dataclass(frozen=True)
class TableCell:
    """`is_summed` only of totals: whether the column has any, known or not."""

    value: MeasureValue | None
    digits: int
    is_summed: bool = False


@dataclass(frozen=True)
class TableRow:
    """What tells the row from the others, in words, and one value for each column."""

    labels: tuple[str, ...]
    cells: tuple[TableCell, ...]


@dataclass(frozen=True)
class SectionTable:
    label_headings: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[TableRow, ...]
    total_label: str
    totals: tuple[TableCell, ...]

    @property
    def has_totals(self) -> bool:
        return any(cell.value for cell in self.totals)


@dataclass(frozen=True)
class BoardSection:
    lines: tuple[MeasureValue, ...]
    table: SectionTable


@dataclass(frozen=True)
class _Layout:
    """How the rows of a section are named, and the row of their sums."""

    headings: Callable[[], tuple[str, ...]]
    labels: Callable[[MeasureValue, Names], tuple[str, ...]]
    whole: Callable[[], str] = lambda: _("Jumlah")


def _cell_headings() -> tuple[str, ...]:
    return (_("Kategori"), _("Sumber dana"))


def _cell_labels(value: MeasureValue, names: Names) -> tuple[str, ...]:
    return tuple(names.get(code, "") or _("Tidak dirinci") for code in (value.category, value.funding))


def _variant_labels(value: MeasureValue, names: Names) -> tuple[str, ...]:
    return (variant_words(value),)


def _any_labels(value: MeasureValue, names: Names) -> tuple[str, ...]:
    return (dimension_words(value, names),)


def _people_whole() -> str:
    return _("Jumlah (seorang dalam dua kategori terhitung dua kali)")


_LAYOUTS = {
    MeasureSection.CATEGORIES: _Layout(_cell_headings, _cell_labels, _people_whole),
    MeasureSection.BUDGET: _Layout(_cell_headings, _cell_labels),
    MeasureSection.BALANCE: _Layout(lambda: (_("Basis pencatatan"),), _variant_labels),
    MeasureSection.CLAIMS: _Layout(lambda: (_("Program"),), _variant_labels),
}
_OTHERWISE = _Layout(lambda: (_("Rincian"),), _any_labels)
# Sections whose rows stand by size; those of the others by what divides them.
_BY_SIZE = frozenset({MeasureSection.CLAIMS})


def board_sections(values: Values, names: Names) -> dict[str, BoardSection]:
    """Every section by its name; `names` are those of categories and sources of funds."""
    return {section.value: section_of(section, values, names) for section in MeasureSection}


def section_of(section: MeasureSection, values: Values, names: Names) -> BoardSection:
    lines = tuple(value for measure in lines_of(section) for value in values.get(measure.code, ()))
    return BoardSection(lines, _table(section, values, names))


def _table(section: MeasureSection, values: Values, names: Names) -> SectionTable:
    layout, columns = _LAYOUTS.get(section, _OTHERWISE), columns_of(section)
    cells = [{_dimensions(v): v for v in values.get(measure.code, ())} for measure in columns]
    # Of the same row the leftmost column names it.
    firsts = {key: found[key] for found in reversed(cells) for key in found}
    shown = [_shown(measure) for measure in columns]
    rows = [
        TableRow(
            layout.labels(firsts[key], names),
            tuple(TableCell(found.get(key), one.digits) for one, found in zip(shown, cells, strict=True)),
        )
        for key in sorted(firsts, key=lambda key: (_size(section, firsts[key]), key))
    ]
    return SectionTable(
        layout.headings(),
        tuple(str(one.heading) for one in shown),
        tuple(rows),
        layout.whole(),
        tuple(_total(one, values) for one in shown),
    )


def _size(section: MeasureSection, value: MeasureValue) -> int:
    return -value.numerator if section in _BY_SIZE else 0


def _total(shown: TableColumn, values: Values) -> TableCell:
    found = next(iter(values.get(shown.total, ())), None)
    return TableCell(found, shown.digits, is_summed=bool(shown.total))


def _shown(measure: Measure) -> TableColumn:
    if not isinstance(measure.shown, TableColumn):
        raise TypeError(f"{measure.code} is no column")
    return measure.shown


def _dimensions(value: MeasureValue) -> _Dimensions:
    return tuple(getattr(value, name) for name in DIMENSIONS)
