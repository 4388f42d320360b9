"""Definitions as files: the measures with what counts as covered, and a region under all of them."""

from collections.abc import Iterator
from datetime import date

from django.http import FileResponse
from django.utils.translation import gettext as _

from regions.models import Region
from regions.month import iso_month
from regions.signed_in import SignedInRequest
from regions.stored_text import shown
from regions.views.table_file import table_file
from reports.measures.catalogue import MEASURES
from reports.models import MeasureValue
from reports.selectors.definitions.alternatives import AlternativeCoverage, Alternatives, BasisRow
from reports.selectors.definitions.definition import list_coverage_definitions
from reports.value_words import segments_words

_Cells = list[object]


def measures_file(request: SignedInRequest) -> FileResponse:
    head = [_("kode"), _("indikator"), _("arti"), _("pembilang"), _("penyebut"), _("satuan"), _("arah")]
    head += [_("periode"), _("berlaku_sejak"), _("status"), _("dasar_hukum")]
    named = {"name": "definisi-indikator", "subject": _("definisi indikator")}
    return table_file(request, header=head, rows=_measure_rows(), **named)


def _measure_rows() -> Iterator[_Cells]:
    for measure in MEASURES.values():
        divided = str(measure.denominator) if measure.unit.is_quotient else ""
        told = (measure.label, measure.meaning, measure.numerator)
        words = (measure.unit.label, measure.direction.label, measure.window.label)
        yield [measure.code, *map(str, told), divided, *map(str, words), "", "", ""]
    for one in list_coverage_definitions():
        programmes = " + ".join(one.programmes).upper()
        basis = _("saldo resmi: %s") % one.get_balance_basis_display()
        since = [one.valid_from.isoformat(), one.get_state_display(), shown(one.legal_source)]
        named = [one.code, shown(one.label), _("siapa yang dihitung terlindungi")]
        named.append(segments_words(one.segments))
        yield [*named, "", programmes, "", basis, *since]


def region_definitions_file(
    request: SignedInRequest, region: Region, month: date, found: Alternatives
) -> FileResponse:
    """Shares in per cent with all their decimals; empty where the parts make no whole."""
    head = [_("kode_wilayah"), _("periode"), _("tabel"), _("dasar"), _("segmen_atau_besaran"), _("pembilang")]
    head += [_("penyebut"), _("persen"), _("wilayah_melapor"), _("wilayah_seluruhnya"), _("resmi")]
    place = [region.code, iso_month(month)]
    rows = ([*place, *cells] for cells in _alternative_rows(found))
    return table_file(
        request,
        name=f"definisi-{region.code}-{iso_month(month)}",
        subject=_("angka menurut semua definisi"),
        header=head,
        rows=rows,
        region_code=region.code,
    )


def _alternative_rows(found: Alternatives) -> Iterator[_Cells]:
    for row in found.rows:
        for cell in row.cells:
            yield _coverage(str(row.label), cell)
    for basis in found.bases:
        for value in filter(None, basis.values):
            yield _balance(basis, value)


def _coverage(label: str, cell: AlternativeCoverage) -> _Cells:
    told: _Cells = [None] * 5
    if cell.pair:
        members, eligible = cell.pair.members, cell.pair.eligible
        told = [members.value, eligible.value, cell.rate, members.reported, members.expected]
    return [_("cakupan"), label, segments_words(cell.segments), *told, _yes(is_official=cell.is_official)]


def _balance(basis: BasisRow, value: MeasureValue) -> _Cells:
    amounts = [value.numerator, value.denominator, value.rate, value.reported, value.expected]
    label = str(MEASURES[value.measure].label)
    return [_("iuran dan klaim"), str(basis.label), label, *amounts, _yes(is_official=basis.is_official)]


def _yes(*, is_official: bool) -> str:
    return _("ya") if is_official else _("tidak")
