"""A scenario as pages show it: names in place of codes, sentences for what binds and what clashes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from budgets.models import Scenario
from budgets.planning.answer import PlanAnswer, Status
from budgets.planning.asked import PlanAsked
from budgets.planning.codec import read_answer
from budgets.planning.question import WHOLE, Goal
from budgets.selectors.planning.scenario import PlanLine, PlanResult, result_of
from participants.models import Category, FundingSource
from regions.formats import month_name, percent, points, rupiah, signed_percent, whole
from regions.models import Region
from regions.month import first_of, parse_month
from reports.selectors.plans.left_out import PeopleLeftOut, left_out
from reports.selectors.plans.swings import ShownSwing, planned_month, shown_swings
from reports.selectors.plans.years import ShownYears, shown_years

# Lines of fewer people are explained.
_FEW = 10


@dataclass(frozen=True)
class ShownLine:
    line: PlanLine
    region: str
    category: str
    source: str
    first: str


@dataclass(frozen=True)
class ShownMonth:
    """Coverage without the plan, with the optimum, and as edited; None where it is not known."""

    month: str
    people: int
    nothing: Decimal | None
    optimum: Decimal | None
    edited: Decimal | None


@dataclass(frozen=True)
class ShownCeiling:
    """`left` may be negative: more was planned by hand than there is. `code` is empty for all sources."""

    code: str
    source: str
    ceiling: int | None
    spent: int
    binds: bool
    more: int | None
    law: str

    @property
    def left(self) -> int | None:
        return None if self.ceiling is None else self.ceiling - self.spent

    @property
    def over(self) -> int:
        return max(0, -(self.left or 0))


@dataclass(frozen=True)
class ShownPlan:
    result: PlanResult
    answer: PlanAnswer
    headline: str
    lines: list[ShownLine]
    months: list[ShownMonth]
    ceilings: list[ShownCeiling]
    clashes: list[str]
    assumptions: list[str]
    unpriced: list[str]
    left_out: list[PeopleLeftOut]
    swings: list[ShownSwing]
    staged: ShownYears | None
    is_edited: bool

    @property
    def has_small_lines(self) -> bool:
        """Lines of a few people beside larger ones: what the others left of the money."""
        return len(self.lines) > 1 and any(0 < line.line.people < _FEW for line in self.lines)

    @property
    def people_left_out(self) -> int:
        return sum(one.people for one in self.left_out)

    @property
    def rupiah_left_out(self) -> int:
        return sum(one.rupiah for one in self.left_out)

    @property
    def is_saturated(self) -> bool:
        """Whether money is not what limits the plan: every ceiling that was tried gives the same."""
        return len({point.value for point in self.answer.curve}) == 1


class _Names:
    """What categories, sources and regions are called."""

    def __init__(self, codes: Sequence[str]) -> None:
        self.categories = {row.pk: str(row) for row in Category.objects.all()}
        self.sources = {row.pk: str(row) for row in FundingSource.objects.all()}
        rows = Region.objects.filter(code__in=codes)
        self.regions = {row.code: row.full_label for row in rows}

    def source(self, code: str) -> str:
        return _("Semua sumber dana") if code == WHOLE else self.sources.get(code, code)


def shown_plan(scenario: Scenario) -> ShownPlan | None:
    """None until it is solved."""
    result = result_of(scenario)
    if result is None or scenario.answer is None:
        return None
    answer = read_answer(scenario.answer)
    names = _Names(list({told["region"] for told in scenario.inputs["lines"]}))
    return ShownPlan(
        result=result,
        answer=answer,
        headline=_headline(scenario, result, answer),
        lines=[
            ShownLine(
                line,
                names.regions.get(line.region, line.region),
                names.categories[line.category],
                names.source(line.source),
                planned_month(scenario.year, line.first),
            )
            for line in result.lines
        ],
        months=_months(scenario, result),
        ceilings=_ceilings(scenario, result, answer, names),
        clashes=_clashes(scenario, result.asked, answer, names),
        assumptions=_assumptions(scenario, result.asked),
        swings=shown_swings(scenario, result.asked),
        staged=shown_years(scenario, result.asked, names.regions, names.categories, names.sources),
        unpriced=sorted({names.categories[told["category"]] for told in scenario.inputs["unpriced"]}),
        left_out=left_out(scenario, result, names.regions, names.categories),
        is_edited=bool(scenario.edited),
    )


def _headline(scenario: Scenario, result: PlanResult, answer: PlanAnswer) -> str:
    if not result.lines:
        return _("Dengan pagu dan syarat ini tidak seorang pun dapat ditambahkan.")
    told = {
        "people": whole(result.edited.people),
        "year": scenario.year,
        "rupiah": rupiah(result.edited.rupiah),
    }
    sentence = _("%(people)s orang terlindungi sampai akhir %(year)s dengan %(rupiah)s") % told
    last, before = result.edited.coverage[-1], result.nothing[-1]
    if last is not None and before is not None:
        gained = {"ucj": percent(last, 2), "points": points(last - before, 2)}
        sentence += _("; UCJ menjadi %(ucj)s (%(points)s)") % gained
    return f"{sentence}."


def _months(scenario: Scenario, result: PlanResult) -> list[ShownMonth]:
    rows = zip(
        result.edited.by_month, result.nothing, result.optimum.coverage, result.edited.coverage, strict=True
    )
    return [
        ShownMonth(planned_month(scenario.year, place), people, nothing, optimum, edited)
        for place, (people, nothing, optimum, edited) in enumerate(rows)
    ]


def _ceilings(
    scenario: Scenario, result: PlanResult, answer: PlanAnswer, names: _Names
) -> list[ShownCeiling]:
    laws: dict[str, str] = scenario.inputs["laws"]
    more = answer.more or {}
    return [
        ShownCeiling(
            code=code,
            source=names.source(code),
            ceiling=most if most >= 0 else None,
            spent=result.edited.rupiah if code == WHOLE else result.edited.spent.get(code, 0),
            # What the solver says of its own plan holds for no other.
            binds=code in answer.binding and not scenario.edited,
            more=None if scenario.edited else more.get(code),
            law=laws.get(code, ""),
        )
        for code, most in sorted(result.asked.ceilings.items(), key=lambda pair: (pair[0] == WHOLE, pair[0]))
    ]


def _clashes(scenario: Scenario, asked: PlanAsked, answer: PlanAnswer, names: _Names) -> list[str]:
    """What cannot be met together, the nearest plan, and what meeting it would cost."""
    if answer.status != Status.INFEASIBLE:
        return []
    found = []
    if answer.conflict:
        wishes = ", ".join(_wish(asked, key, names) for key in answer.conflict.wishes)
        # Each alone may not help where several are too low.
        limits = answer.conflict.ceilings or tuple(code for code, most in asked.ceilings.items() if most >= 0)
        ceilings = ", ".join(names.source(code) for code in limits)
        if answer.conflict.rupiah is not None:
            found.append(
                _("%(wishes)s tidak tercapai dengan pagu %(ceilings)s.")
                % {"wishes": wishes, "ceilings": ceilings}
            )
        else:
            found.append(
                _("%(wishes)s tidak tercapai: orang atau bulannya tidak cukup, bukan uangnya.")
                % {"wishes": wishes}
            )
    found += [
        _("%(wish)s: diminta %(wanted)s orang, rencana terdekat memberi %(given)s, kurang %(short)s.")
        % {
            "wish": _wish(asked, short.wish, names),
            "wanted": whole(short.wanted),
            "given": whole(short.given),
            "short": whole(short.wanted - short.given),
        }
        for short in answer.shortfalls
    ]
    if answer.conflict and answer.conflict.rupiah is not None:
        found.append(
            _("Memenuhi semuanya memerlukan %(needed)s, %(more)s lebih banyak daripada rencana ini.")
            % {
                "needed": rupiah(answer.conflict.rupiah),
                "more": rupiah(answer.conflict.rupiah - answer.rupiah),
            }
        )
    return found


def _wish(asked: PlanAsked, key: str, names: _Names) -> str:
    kind, _sep, rest = key.partition("|")
    if kind == "target":
        return _("Target UCJ %(percent)s") % {"percent": percent(asked.target, 2)}
    if kind == "floor":
        return _("Paling sedikit %(people)s orang %(category)s") % {
            "people": whole(asked.floors[rest]),
            "category": names.categories[rest],
        }
    region, _sep, category = rest.partition("|")
    return _("Kategori wajib %(category)s di %(region)s") % {
        "category": names.categories[category],
        "region": names.regions.get(region, region),
    }


def _assumptions(scenario: Scenario, asked: PlanAsked) -> list[str]:
    found = [
        _("Program %(programmes)s.") % {"programmes": ", ".join(code.upper() for code in asked.programmes)},
        _("Mulai paling awal %(month)s, paling singkat %(months)s bulan, dibayar sampai Desember.")
        % {"month": planned_month(scenario.year, asked.first), "months": asked.least_months},
        _("Iuran Rp%(rate)s per orang per bulan (asumsi, bukan tarif).") % {"rate": whole(asked.rate)}
        if asked.rate is not None
        else _("Iuran menurut tarif yang berlaku setiap bulan."),
        _("Yang sudah terlindungi ikut dibiayai.")
        if asked.renews
        else _("Yang sudah terlindungi tetap dibayar dari baris anggaran yang ada, di luar rencana ini."),
    ]
    if asked.price_change:
        found.append(_("Semua iuran berubah %(percent)s.") % {"percent": signed_percent(asked.price_change)})
    if asked.churn:
        found.append(
            _("Peserta berhenti sendiri %(percent)s setahun.") % {"percent": percent(asked.churn, 2)}
        )
    if asked.growth:
        found.append(
            _("Jumlah pekerja bertambah %(percent)s setahun.") % {"percent": percent(asked.growth, 2)}
        )
    if asked.goal == Goal.PEOPLE:
        found.append(_("Sesudah orang sebanyak-banyaknya, sisa pagu dipakai untuk bulan sebanyak-banyaknya."))
    months = sorted({told["month"] for told in scenario.inputs["bases"].values()})
    if months:
        named = ", ".join(month_name(parse_month(month)) for month in months)
        found.append(_("Cakupan awal: data bulan %(months)s.") % {"months": named})
    made = localdate(scenario.made_at)
    if date(scenario.year, asked.first + 1, 1) <= first_of(made):
        found.append(_("Bulan mulainya sudah lewat ketika rencana ini dibuat."))
    return found
