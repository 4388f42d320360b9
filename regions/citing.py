"""Rules that a text names, as `Inpres 2/2021` or `UU Nomor 24 Tahun 2011`."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from regions.regulation import RegulationKind

_KINDS = {
    **{kind.value: kind for kind in RegulationKind if kind not in {RegulationKind.SE, RegulationKind.LETTER}},
    "instruksi presiden": RegulationKind.INPRES,
    "undang-undang": RegulationKind.UU,
    "peraturan pemerintah": RegulationKind.PP,
}
_NAMED = re.compile(
    rf"\b({'|'.join(sorted(map(re.escape, _KINDS), key=len, reverse=True))})\b"
    r"[^\d;,.]{0,40}?(?:no(?:mor|\.)?\s*)?(\d{1,4})\s*(?:/|\s+tahun\s+)\s*(\d{4})\b",
    re.IGNORECASE,
)


class Cited(NamedTuple):
    kind: RegulationKind
    number: str
    year: int


def cited_in(text: str) -> Iterator[Cited]:
    """In the order of the text; a number without its year names nothing."""
    for found in _NAMED.finditer(text):
        kind, number, year = found.groups()
        yield Cited(_KINDS[kind.lower()], number.lstrip("0"), int(year))
