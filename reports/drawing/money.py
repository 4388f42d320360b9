"""Contributions and claims month by month, as pairs of bars."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from regions.formats import short_rupiah
from reports.drawing.charts import CONFIG, INK, LINE, TARGET, WIDE, Size
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


def _unit(most: int) -> tuple[int, str]:
    """In which the axis counts, and what it says."""
    units = ((10**12, _("Rp triliun")), (10**9, _("Rp miliar")), (10**6, _("Rp juta")))
    return next((pair for pair in units if most >= pair[0]), (1, "Rp"))


def _spec(bars: Sequence[MoneyBar], size: Size) -> dict[str, Any]:
    names = (_("Iuran diterima"), _("Klaim dibayarkan"))
    most = max(max(bar.received or 0, bar.paid or 0) for bar in bars)
    unit, words = _unit(most)
    rows = [
        {
            "month": date_format(bar.month, "M Y"),
            "kind": name,
            # Only the height of a bar; the amounts stand in the table.
            "amount": amount / unit,
            "text": f"{name}, {date_format(bar.month, 'F Y')}: {short_rupiah(amount)}",
        }
        for bar in bars
        for name, amount in zip(names, (bar.received, bar.paid), strict=True)
        if amount is not None
    ]
    months = [date_format(bar.month, "M Y") for bar in bars]
    every = 1 if size is WIDE else 3
    x_axis = {"title": None, "labelAngle": 0, "values": months[::every]}
    scale = {"domain": list(names), "range": [LINE, TARGET]}
    legend = {"title": None, "orient": "top", "labelFontSize": 13, "labelColor": INK}
    return {
        "$schema": SCHEMA,
        "width": size.width,
        "height": size.height,
        "padding": {"left": 5, "top": 8, "right": 12, "bottom": 5},
        "background": None,
        "data": {"values": rows},
        "mark": {"type": "bar"},
        "encoding": {
            "x": {
                "field": "month",
                "type": "ordinal",
                "sort": months,
                "axis": x_axis,
                "scale": {"domain": months},
            },
            "xOffset": {"field": "kind", "sort": list(names)},
            "y": {
                "field": "amount",
                "type": "quantitative",
                "axis": {"title": words, "tickCount": 5},
            },
            "color": {"field": "kind", "type": "nominal", "scale": scale, "legend": legend},
            "description": {"field": "text"},
        },
        "config": CONFIG,
    }
