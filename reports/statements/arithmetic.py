"""Every sum that a text claims, each once, in the order of the text."""

from reports.statements.changes import change_sums
from reports.statements.differences import difference_sums
from reports.statements.figure import TextReading
from reports.statements.parts import part_sums
from reports.statements.products import product_sums
from reports.statements.shares import share_sums
from reports.statements.sum_found import SumFound
from reports.statements.verdicts import UNKNOWN


def sums_in(reading: TextReading) -> list[SumFound]:
    """Of two over the same figures the one that says more counts; a sum that is not settled gives way."""
    found: list[SumFound] = []
    for kind in (product_sums, part_sums, change_sums, share_sums, difference_sums):
        for one in kind(reading):
            if not any(one.used <= other.used and other.verdict != UNKNOWN for other in found):
                found = [
                    other for other in found if not (other.used <= one.used and other.verdict == UNKNOWN)
                ]
                found.append(one)
    return sorted(found, key=lambda one: one.key)


def text_of(reading: TextReading, raw: str, one: SumFound) -> str:
    """What of the text the sum is about, on one line; long stretches lose their middle."""
    said = " ".join(raw[one.start : one.end].split())
    return said if len(said) <= 300 else f"{said[:180]} … {said[-100:]}"
