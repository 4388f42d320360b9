"""Values as SDMX-CSV 2.0, read by the tools of statistical offices.

Columns in a fixed order, ACTION always said. Areas are Kemendagri codes, the code of BPS is an attribute;
`_T` is the whole of a dimension. The value is the rate where the measure has a denominator, else the count.
"""

from collections.abc import Sequence
from typing import Any

from reports.enums import Unit
from reports.measures.catalogue import MEASURES

SDMX = "application/vnd.sdmx.data+csv; version=2.0.0; charset=utf-8"
STRUCTURE_ID = "JAMSOSTEK:DF_VALUES(1.0)"
_TOTAL = "_T"
# SDMX knows a percentage as PT and a number of persons as PS; what has no code there keeps our word.
_UNITS = {Unit.PERCENT: "PT", Unit.PEOPLE: "PS", Unit.RUPIAH: "IDR"}
_DIMENSIONS = {
    "SEGMENT": "segment",
    "CATEGORY": "category",
    "FUNDING": "funding",
    "TARGET": "target",
    "VARIANT": "variant",
}
_READ = (
    *("run__region", "run__period", "measure", *_DIMENSIONS.values()),
    *("rate", "numerator", "denominator", "run__region__bps_code", "run__closing"),
)


def sdmx_columns() -> tuple[list[str], tuple[str, ...]]:
    """Titles, and what is read of a value for them."""
    names = [
        *("STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "REF_AREA", "TIME_PERIOD", "INDICATOR"),
        *_DIMENSIONS,
        *("OBS_VALUE", "NUMERATOR", "DENOMINATOR", "UNIT_MEASURE", "OBS_STATUS", "REF_AREA_BPS"),
    ]
    return names, _READ


def sdmx_row(read: Sequence[Any]) -> list[Any]:
    area, period, measure, *rest = read
    dimensions = [one or _TOTAL for one in rest[: len(_DIMENSIONS)]]
    rate, numerator, denominator, bps, closing = rest[len(_DIMENSIONS) :]
    unit = MEASURES[measure].unit if measure in MEASURES else None
    return [
        *("dataflow", STRUCTURE_ID, "R", "M", area, f"{period:%Y-%m}", measure),
        *dimensions,
        *(numerator if denominator is None else rate, numerator, denominator),
        _UNITS.get(unit, str(unit.value) if unit else "") if unit else "",
        # Normal where the month was closed, provisional before.
        "A" if closing else "P",
        bps,
    ]
