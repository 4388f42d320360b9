"""The figures that another system may have codes for: facts that it may send, measures that it may fetch."""

from dataclasses import dataclass

from participants.enums import CountedSegment
from reports.measures.catalogue import MEASURES

HEADCOUNT, MEMBERS = "headcount", "membership_count"


@dataclass(frozen=True)
class ExchangeFigure:
    """`kind` is a kind of fact, or empty for a measure, which is only read."""

    kind: str
    category: str = ""
    funding: str = ""
    segment: str = ""
    measure: str = ""

    @property
    def is_fact(self) -> bool:
        return bool(self.kind)


def parse_figure(text: str) -> ExchangeFigure:
    """`headcount:linmas:apbd_kabkota`, `membership_count:pu`, `COV-01`, `COV-02:pu`. Raises ValueError."""
    name, *rest = text.strip().split(":")
    if name == HEADCOUNT and len(rest) == 2:
        return ExchangeFigure(HEADCOUNT, category=rest[0], funding=rest[1])
    if name == MEMBERS and len(rest) == 1 and rest[0] in CountedSegment.values:
        return ExchangeFigure(MEMBERS, segment=rest[0])
    if name in MEASURES and len(rest) <= 1:
        return ExchangeFigure("", measure=name, segment=rest[0] if rest else "")
    raise ValueError(text)
