"""A scenario as an annex: names in place of codes, the accounts used last, the law behind each line."""

from collections.abc import Mapping
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from budgets.annex import Annex, AnnexLine
from budgets.models import Allocation, Scenario
from budgets.planning.question import MONTHS
from budgets.selectors.planning.scenario import PlanLine, PlanResult, lines_of_year
from participants.models import Category, FundingSource
from regions.enums import Origin
from regions.errors import OutsideScope
from regions.formats import percent
from regions.models import Region
from regions.number import grouped


def annex_of(scenario: Scenario, result: PlanResult, year: int | None = None) -> Annex:
    """Of the plan's year, or of a later one of a plan over several. Raises OutsideScope for any other."""
    is_later = year is not None and year != scenario.year
    told = lines_of_year(scenario, year) if is_later and year is not None else result.lines
    if is_later and not told:
        raise OutsideScope(str(year))
    year = year or scenario.year
    lines = [line for line in told if line.people]
    regions = Region.objects.in_bulk([line.region for line in lines], field_name="code")
    categories = Category.objects.in_bulk()
    sources = FundingSource.objects.in_bulk()
    accounts = accounts_of(scenario)
    laws: dict[str, str] = scenario.inputs["laws"]
    return Annex(
        title=_("Lampiran usulan anggaran iuran Jamsostek %(year)s") % {"year": year},
        subtitle=f"{scenario.region.full_label}: {scenario.name}",
        lines=[
            _line(
                year,
                line,
                (regions[line.region].full_label, str(categories[line.category]), str(sources[line.source])),
                accounts.get((line.region, line.category), accounts.get(("", line.category), ("", ""))),
                "; ".join(
                    part
                    for part in (categories[line.category].legal_basis, laws.get(line.source, ""))
                    if part
                ),
            )
            for line in lines
        ],
        notes=_later_notes(scenario, year) if is_later else _notes(scenario, result, sources),
    )


def _line(
    year: int,
    line: PlanLine,
    names: tuple[str, str, str],
    account: tuple[str, str],
    legal_basis: str,
) -> AnnexLine:
    region, category, source = names
    return AnnexLine(
        region=region,
        sub_activity=account[0],
        account=account[1],
        category=category,
        source=source,
        first=date_format(date(year, line.first + 1, 1), "F"),
        people=line.people,
        months=line.months,
        rate=line.rates[0] if len(set(line.rates)) == 1 else None,
        price=sum(line.rates),
        legal_basis=legal_basis,
    )


def accounts_of(scenario: Scenario) -> dict[tuple[str, str], tuple[str, str]]:
    """Sub-activity and account of the newest line of each region and category; never invented."""
    codes = {line["region"] for line in scenario.inputs["lines"]} | {scenario.region_id}
    rows = Allocation.objects.filter(region__in=codes, category__isnull=False, year__lte=scenario.year)
    found: dict[tuple[str, str], tuple[str, str]] = {}
    columns = ("region_id", "category_id", "sub_activity", "account")
    for code, category, sub_activity, account in rows.order_by("year", "decided_on").values_list(*columns):
        found[code, str(category)] = (sub_activity, account)
    return found


def _later_notes(scenario: Scenario, year: int) -> list[str]:
    told = next(one for one in (scenario.answer or {})["years"] if one["year"] == year)
    notes = [
        _("Ini rencana, bukan laporan: tahun %(year)s dari rencana bertahap mulai %(first)s.")
        % {"year": year, "first": scenario.year},
        _("Iuran menurut tarif yang berlaku setiap bulan; pagu tahun ini Rp%(ceiling)s.")
        % {"ceiling": grouped(told["ceiling"])},
        _("Yang sudah terjangkau dibayar lebih dahulu, sisanya menambah orang."),
    ]
    if any(group["origin"] == Origin.EXAMPLE for group in told["groups"]):
        notes.insert(0, _("Memuat data contoh (rekaan): bukan untuk usulan yang sebenarnya."))
    if not scenario.accepted_at:
        notes.append(_("Draf: rencana ini belum dipakai."))
    return [*notes, _mark(scenario)]


def _mark(scenario: Scenario) -> str:
    return _("Skenario nomor %(number)s, sidik %(mark)s.") % {
        "number": scenario.pk,
        "mark": scenario.fingerprint[:12],
    }


def _notes(scenario: Scenario, result: PlanResult, sources: Mapping[str, FundingSource]) -> list[str]:
    asked, months = result.asked, [month for month in result.edited.coverage if month is not None]
    notes = [
        _("Ini rencana, bukan laporan: orang dihitung dari yang belum terlindungi menurut data terakhir."),
        _("Iuran menurut tarif yang berlaku setiap bulan; program: %(programmes)s.")
        % {"programmes": ", ".join(code.upper() for code in asked.programmes)}
        if asked.rate is None
        else _("Iuran memakai asumsi Rp%(rate)s per orang per bulan, bukan tarif.")
        % {"rate": grouped(asked.rate)},
    ]
    if any(told["origin"] == Origin.EXAMPLE for told in scenario.inputs["lines"]):
        notes.insert(0, _("Memuat data contoh (rekaan): bukan untuk usulan yang sebenarnya."))
    notes += [
        _("Pagu %(source)s: Rp%(ceiling)s.")
        % {"source": sources[source] if source else _("semua sumber dana"), "ceiling": grouped(most)}
        for source, most in asked.ceilings.items()
        if most >= 0
    ]
    if not scenario.accepted_at:
        notes.append(_("Draf: rencana ini belum dipakai."))
    if months:
        notes.append(
            _("Perkiraan UCJ akhir tahun: %(without)s tanpa rencana, %(with_plan)s dengan rencana.")
            % {"without": percent(result.nothing[MONTHS - 1], 2), "with_plan": percent(months[-1], 2)}
        )
    return [*notes, _mark(scenario)]
