"""Contributions and claims month by month, as pairs of bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from regions.formats import short_rupiah, whole
from reports.drawing.axis import axis_of
from reports.drawing.style import INK, LETTERS, LINE, TARGET, WIDE, Size, config
from reports.drawing.svg import SCHEMA, labelled, svg_of


@dataclass(frozen=True)
class MoneyBar:
    """Whole rupiah; None where a month is not known."""

    month: date
    received: int | None
    paid: int | None


def money_svg(bars: Sequence[MoneyBar], title: str, size: Size = WIDE) -> SafeString | str:
    """Empty where fewer than two months are known."""
    if sum(bar.received is not None or bar.paid is not None for bar in bars) < 2:
        return ""
    return labelled(svg_of(_spec(bars, size)), title)


def _unit(step: Decimal) -> tuple[int, str]:
    """In which the axis counts by whole numbers, and what it says."""
    units = ((10**12, _("Rp triliun")), (10**9, _("Rp miliar")), (10**6, _("Rp juta")))
    return next((pair for pair in units if step >= pair[0]), (1, "Rp"))


def _rows(bars: Sequence[MoneyBar], names: tuple[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "month": date_format(bar.month, "M Y"),
            "kind": name,
            "amount": amount,
            "text": f"{name}, {date_format(bar.month, 'F Y')}: {short_rupiah(amount)}",
        }
        for bar in bars
        for name, amount in zip(names, (bar.received, bar.paid), strict=True)
        if amount is not None
    ]


def _spec(bars: Sequence[MoneyBar], size: Size) -> dict[str, Any]:
    names = (_("Iuran diterima"), _("Klaim dibayarkan"))
    axis = axis_of(amount for bar in bars for amount in (bar.received, bar.paid))
    unit, words = _unit(axis.step)
    y = axis.in_vega("amount", lambda tick: whole(tick / unit))
    # The unit lies above the axis, as all words do.
    y["axis"] |= {"title": words, "titleAngle": 0, "titleAlign": "left", "titleX": -36, "titleY": -12}
    months = [date_format(bar.month, "M Y") for bar in bars]
    every = 1 if size is WIDE else 3
    x_axis = {"title": None, "labelAngle": 0, "values": months[::every]}
    scale = {"domain": list(names), "range": [LINE, TARGET]}
    legend = {"title": None, "orient": "top", "labelFontSize": LETTERS, "labelColor": INK, "offset": 24}
    x = {"field": "month", "type": "ordinal", "sort": months, "axis": x_axis, "scale": {"domain": months}}
    return {
        "$schema": SCHEMA,
        "width": size.width,
        "height": size.height,
        "padding": {"left": 5, "top": 8, "right": 12, "bottom": 5},
        "background": None,
        "data": {"values": _rows(bars, names)},
        "mark": {"type": "bar"},
        "encoding": {
            "x": x,
            "xOffset": {"field": "kind", "sort": list(names)},
            "y": y,
            "color": {"field": "kind", "type": "nominal", "scale": scale, "legend": legend},
            "description": {"field": "text"},
        },
        "config": config(size.font),
    }
