"""One region and month under every definition that is in use: which denominator, which segments, which
contributions and claims. The official ones stand among them, marked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from budgets.enums import BalanceBasis
from participants.enums import Segment, WorkforceKind
from participants.selectors.programme_rule import covering_programmes
from regions.models import Region
from regions.month import last_day
from regions.rate import rate_of
from regions.selectors.region import existing
from reports.explanations.coverage import counted_rows, member_rows, workforce_rows
from reports.explanations.fact_row import FactSection
from reports.measures.codes import MeasureCode
from reports.measures.quantities import CoveragePair
from reports.models import CoverageDefinition, MeasureValue
from reports.selectors.definitions.definition import coverage_definition_on
from reports.selectors.definitions.tree import OFFICIAL, CoverageFacts, load_coverage_facts

Segments = tuple[str, ...]
_ALL: Segments = tuple(Segment.values)
# Beside the definition in force: those in which offices and publications speak of coverage.
_SETS: tuple[Segments, ...] = (
    _ALL,
    (Segment.PU, Segment.BPU, Segment.JAKON),
    (Segment.PU, Segment.BPU),
    (Segment.PU,),
    (Segment.BPU,),
)
_BALANCES = (
    MeasureCode.CONTRIBUTIONS_BY_BASIS,
    MeasureCode.CLAIMS_BY_BASIS,
    MeasureCode.BALANCE_BY_BASIS,
    MeasureCode.CLAIM_RATIO_BY_BASIS,
)


@dataclass(frozen=True)
class AlternativeCoverage:
    """Coverage by one denominator and set of segments; `pair` is None where one half is not known."""

    kind: str
    segments: Segments
    pair: CoveragePair | None
    is_official: bool

    @property
    def rate(self) -> Decimal | None:
        """None, too, where the parts do not make a whole."""
        if self.pair is None or not self.pair.is_whole:
            return None
        return rate_of(self.pair.members.value, self.pair.eligible.value)

    @property
    def key(self) -> str:
        return "+".join(self.segments)


@dataclass(frozen=True)
class DenominatorRow:
    kind: str
    label: str | Promise
    cells: list[AlternativeCoverage]


@dataclass(frozen=True)
class BasisRow:
    """Contributions, claims, balance and ratio on one basis, in that order; None where it cannot be told."""

    label: str
    values: list[MeasureValue | None]
    is_official: bool


@dataclass(frozen=True)
class Alternatives:
    """`official` is the stored coverage of the month, if there is any."""

    definition: CoverageDefinition
    sets: list[Segments]
    rows: list[DenominatorRow]
    official: MeasureValue | None
    bases: list[BasisRow]

    @property
    def has_unknown(self) -> bool:
        return any(cell.pair is None for row in self.rows for cell in row.cells)

    def find(self, kind: str, key: str) -> AlternativeCoverage | None:
        cells = (cell for row in self.rows for cell in row.cells)
        return next((cell for cell in cells if cell.kind == kind and cell.key == key), None)


@dataclass(frozen=True)
class PartRow:
    """A region below, with its own members and workers by the same definition."""

    region: Region
    coverage: AlternativeCoverage


@dataclass(frozen=True)
class Derivation:
    """Where one of the alternatives comes from: rows with their sources, or the regions summed."""

    coverage: AlternativeCoverage
    sections: list[FactSection]
    below: list[PartRow]


def alternatives_of(region: Region, month: date) -> Alternatives:
    definition = coverage_definition_on(month)
    facts = load_coverage_facts(region.code, month, definition.programmes)
    return Alternatives(
        definition,
        _sets(definition),
        _rows(facts, definition),
        _values(region, month, (MeasureCode.COVERAGE,)).get((MeasureCode.COVERAGE, "")),
        _bases(region, month, definition),
    )


def derivation_of(region: Region, month: date, coverage: AlternativeCoverage) -> Derivation:
    """The region's own rows where it has any; otherwise the regions below that were summed."""
    kind, segments = coverage.kind, coverage.segments
    programmes = covering_programmes(month)
    rows = counted_rows(region.code, month, segments, programmes, kind)
    sections = [
        FactSection(str(_("Peserta aktif yang dilaporkan")), member_rows(rows.members)),
        FactSection(str(_("Jumlah pekerja (penyebut)")), workforce_rows(rows.workforce)),
    ]
    return Derivation(
        coverage, [one for one in sections if one.rows], _below(region, month, programmes, coverage)
    )


def _below(
    region: Region, month: date, programmes: Sequence[str], coverage: AlternativeCoverage
) -> list[PartRow]:
    kinds = [coverage.kind] if coverage.kind else []
    facts = load_coverage_facts(region.code, month, programmes, kinds=kinds)
    pairs = facts.pairs(coverage.kind, coverage.segments)
    codes = facts.children.get(region.code, ())
    children = Region.objects.filter(existing(last_day(month)), code__in=codes).order_by("code")
    return [
        PartRow(
            child,
            AlternativeCoverage(coverage.kind, coverage.segments, pairs.get(child.code), is_official=False),
        )
        for child in children
    ]


def _sets(definition: CoverageDefinition) -> list[Segments]:
    official = official_segments(definition)
    return [official, *(one for one in _SETS if one != official)]


def official_segments(definition: CoverageDefinition) -> Segments:
    """In the order in which segments are always told."""
    return tuple(segment for segment in Segment.values if segment in definition.segments)


def _rows(facts: CoverageFacts, definition: CoverageDefinition) -> list[DenominatorRow]:
    kinds = [OFFICIAL, *(kind for kind in facts.workforce if kind != OFFICIAL)]
    official = official_segments(definition)
    rows = []
    for kind in kinds:
        cells = []
        for segments in _sets(definition):
            pair = facts.pairs(kind, segments).get(facts.code)
            is_official = kind == OFFICIAL and segments == official
            cells.append(AlternativeCoverage(kind, segments, pair, is_official))
        label = WorkforceKind(kind).label if kind else _("penyebut resmi tiap wilayah")
        rows.append(DenominatorRow(kind, label, cells))
    return rows


def _bases(region: Region, month: date, definition: CoverageDefinition) -> list[BasisRow]:
    values = _values(region, month, _BALANCES)
    rows = []
    for basis in BalanceBasis:
        told = [values.get((measure, basis.value)) for measure in _BALANCES]
        rows.append(BasisRow(str(basis.label), told, basis == definition.balance_basis))
    return rows


def _values(region: Region, month: date, measures: Iterable[str]) -> dict[tuple[str, str], MeasureValue]:
    rows = MeasureValue.objects.filter(
        run__region=region, run__period=month, run__is_current=True, measure__in=list(measures)
    )
    found = rows.select_related("run").defer("run__quantities")
    return {(row.measure, row.variant): row for row in found}
