"""The drawings of a plan; the tables beside them say the same."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from budgets.planning.answer import CurvePoint
from budgets.planning.question import Goal
from regions.formats import percent, rupiah, short_rupiah, whole
from reports.drawing.bars import NARROW_BARS, WIDE_BARS, NamedBar, bars_svg
from reports.drawing.plan_lines import PlanSeries, plan_lines, ticks_of
from reports.drawing.style import INK, LINE, TARGET
from reports.selectors.plans.shown import ShownPlan

Pictures = dict[str, Any]


def plan_pictures(plan: ShownPlan) -> Pictures:
    """None for a drawing that would say nothing."""
    return {
        "months": _months(plan),
        "curve": _curve(plan),
        "swings": _swings(plan),
        "years": _years(plan),
    }


def compared_pictures(plans: Sequence[tuple[str, ShownPlan]]) -> Pictures:
    """People and rupiah of plans side by side."""
    people = [
        NamedBar(name, plan.result.edited.people, whole(plan.result.edited.people)) for name, plan in plans
    ]
    money = [
        NamedBar(name, plan.result.edited.rupiah, rupiah(plan.result.edited.rupiah)) for name, plan in plans
    ]
    return {
        "people": _bars(people, _("Orang terlindungi pada Desember, menurut rencana")),
        "rupiah": _bars(money, _("Biaya setahun, menurut rencana")),
    }


def _bars(bars: Sequence[NamedBar], title: str) -> tuple[Any, Any] | None:
    if len(bars) < 2:
        return None
    return bars_svg(bars, title, WIDE_BARS), bars_svg(bars, title, NARROW_BARS)


def _percents(values: Sequence[Decimal | None]) -> list[str]:
    return ["" if value is None else percent(value, 2) for value in values]


def _axis_percent(value: Decimal) -> str:
    return percent(value, 0 if value % 1 == 0 else 2)


def _months(plan: ShownPlan) -> tuple[Any, Any] | None:
    rows = plan.months
    nothing, optimum = [row.nothing for row in rows], [row.optimum for row in rows]
    series = [
        PlanSeries(_("tanpa rencana"), nothing, _percents(nothing), "whole", INK),
        PlanSeries(_("rencana terbaik"), optimum, _percents(optimum), "dashed", LINE),
    ]
    if plan.is_edited:
        edited = [row.edited for row in rows]
        series.append(PlanSeries(_("rencana dipakai"), edited, _percents(edited), "dotted", TARGET))
    title = _("Perkiraan UCJ setiap bulan menurut rencana, bukan angka laporan")
    return plan_lines(series, [row.month[:3] for row in rows], ticks_of(series, _axis_percent), title)


def _curve(plan: ShownPlan) -> tuple[Any, Any] | None:
    points = _even(plan.answer.curve)
    if plan.is_saturated or len(points) < 2:
        return None
    values = [point.value for point in points]
    name = _("orang × bulan") if plan.result.asked.goal == Goal.MONTHS else _("orang")
    series = [
        PlanSeries(name, values, [f"{rupiah(point.ceiling)}: {whole(point.value)}" for point in points])
    ]
    places = [short_rupiah(point.ceiling) for point in points]
    return plan_lines(series, places, ticks_of(series, whole), _("Hasil rencana dengan pagu yang berbeda"))


def _even(points: Sequence[CurvePoint]) -> list[CurvePoint]:
    """Those that are equally far apart: a line over uneven steps would bend where nothing bends."""
    kept = list(points[:2])
    for point in points[2:]:
        if abs((point.ceiling - kept[-1].ceiling) - (kept[1].ceiling - kept[0].ceiling)) > len(points):
            break
        kept.append(point)
    return kept


def _swings(plan: ShownPlan) -> tuple[Any, Any] | None:
    """How wide each assumption swings the result, the widest first."""
    write = rupiah if plan.result.asked.goal == Goal.COST else whole
    bars = [NamedBar(one.words, one.span, write(one.span)) for one in plan.swings]
    return _bars(bars, _("Rentang hasil bila asumsinya berubah"))


def _years(plan: ShownPlan) -> tuple[Any, Any] | None:
    if plan.staged is None:
        return None
    rows = plan.staged.years
    without, rates = [row.without for row in rows], [row.rate for row in rows]
    series = [
        PlanSeries(_("tanpa rencana"), without, _percents(without), "whole", INK),
        PlanSeries(_("dengan rencana"), rates, _percents(rates), "dashed", LINE),
    ]
    target = plan.result.asked.target
    if target is not None:
        aim = [target] * len(rows)
        series.append(PlanSeries(_("target"), aim, _percents(aim), "dotted", TARGET))
    title = _("Perkiraan UCJ akhir tahun menurut rencana bertahap, bukan angka laporan")
    drawn = plan_lines(series, [str(row.year) for row in rows], ticks_of(series, _axis_percent), title)
    if drawn is not None:
        return drawn
    return _bars(
        [NamedBar(str(row.year), row.people, whole(row.people)) for row in rows],
        _("Orang terlindungi pada Desember setiap tahun"),
    )
