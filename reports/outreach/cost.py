from decimal import ROUND_HALF_UP, Decimal


def cost_per_person(cost: int | None, people: int) -> int | None:
    """Whole rupiah; nothing where nobody began, or where the cost is not told."""
    if cost is None or people <= 0:
        return None
    return int((Decimal(cost) / people).quantize(Decimal(1), rounding=ROUND_HALF_UP))
