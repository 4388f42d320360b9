"""An explanation as a file: the figure, what it is made of, and every stored row, also those not listed."""

from collections.abc import Iterator, Mapping

from django.http import FileResponse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from budgets.selectors.expected import PersonMonths
from regions.formats import rupiah
from regions.month import iso_month
from regions.signed_in import SignedInRequest
from regions.stored_text import retold, shown
from regions.views.table_file import table_file
from reports.enums import Unit
from reports.explanations.fact_row import FactRow
from reports.measures.catalogue import MEASURES
from reports.models import MeasureValue
from reports.selectors.boards.comparison import list_names
from reports.selectors.explanation import Explanation
from reports.value_words import dimension_words, measure_label, value_text

_Cells = list[object]


def explanation_file(request: SignedInRequest, told: Explanation) -> FileResponse:
    """Amounts stay numbers, so that a sheet can sum them; what does not apply to a row stays empty."""
    run = told.value.run
    return table_file(
        request,
        name=f"asal-{told.measure.code}-{run.region_id}-{iso_month(run.period)}",
        subject=_("asal angka %s") % told.measure.code,
        header=_header(),
        rows=_rows(told, list_names().names),
        region_code=run.region_id,
    )


def _header() -> list[str]:
    amounts = [_("jumlah"), _("penyebut"), _("hasil"), _("satuan")]
    source = [_("sumber"), _("tautan"), _("per_tanggal"), _("tempat_di_berkas"), _("keterangan")]
    entry = [_("dicatat_oleh"), _("dicatat_lewat"), _("dicatat_pada"), _("revisi")]
    return [_("bagian"), _("uraian"), _("kode_wilayah"), _("periode"), *amounts, *source, *entry]


def _rows(told: Explanation, names: Mapping[str, str]) -> Iterator[_Cells]:
    code = told.value.run.region_id
    yield _value(_("angka"), told.value, names)
    for part in told.parts:
        yield _value(_("dihitung dari"), part, names)
    for cost in told.costs:
        yield _cost(cost, code, names)
    for section in told.sections:
        for row in section.rows:
            yield _fact(section.title, row, code)
    for kept in told.withheld:
        words = _("%(n)s baris yang memuat nama") % {"n": kept.count}
        yield _line(kept.title, words, code, amount=kept.total, unit=kept.unit)
    for below in told.below:
        if below.value:
            yield _value(_("wilayah di bawahnya"), below.value, names)
        else:
            line = _line(_("wilayah di bawahnya"), below.region.full_label, below.region.code)
            line[6] = _("belum melapor")
            yield line
    for earlier in told.earlier:
        yield _value(_("perhitungan sebelumnya"), earlier, names)


def _value(part: str, value: MeasureValue, names: Mapping[str, str]) -> _Cells:
    run = value.run
    told = (measure_label(value), dimension_words(value, names))
    return [
        *(part, ", ".join(filter(None, told)), run.region_id, iso_month(run.period)),
        *(value.numerator, value.denominator, value_text(value), str(MEASURES[value.measure].unit.label)),
        *("", "", "", "", retold(value.definition)),
        *("", "", localtime(run.computed_at).isoformat(timespec="seconds"), None),
    ]


def _cost(cost: PersonMonths, code: str, names: Mapping[str, str]) -> _Cells:
    kind = f"{names.get(cost.category, cost.category)}, {names.get(cost.funding, cost.funding)}"
    row = _line(_("orang dikali tarif"), kind, code, unit=Unit.RUPIAH)
    row[3] = iso_month(cost.month)
    if cost.price is None:
        row[6] = _("tarif belum diketahui")
        return row
    laws = [f"{part.programme.upper()} {part.formula} ({part.law})" for part in cost.price.parts]
    row[4:9] = [
        *(cost.rupiah, None, f"{cost.people} × {rupiah(cost.price.rupiah)}"),
        *(str(Unit.RUPIAH.label), "; ".join(laws)),
    ]
    return row


def _fact(title: str, row: FactRow, code: str) -> _Cells:
    fact = row.fact
    return [
        *(title, row.label, getattr(fact, "region_id", code), "", row.amount, None, "", str(row.unit.label)),
        *(shown(fact.source), fact.source_url, fact.as_of.isoformat(), row.place, shown(fact.note)),
        *(str(fact.entered_by), fact.get_origin_display()),
        *(localtime(fact.changed_at).isoformat(timespec="seconds"), fact.revision),
    ]


def _line(part: str, words: str, code: str, *, amount: int | None = None, unit: Unit | None = None) -> _Cells:
    told = str(unit.label) if unit else ""
    return [part, words, code, "", amount, None, "", told, *([""] * 8), None]
