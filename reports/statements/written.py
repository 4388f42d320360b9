"""Numbers as they stand in a sum, always in Indonesian: a sum is kept as it was made."""

from decimal import ROUND_HALF_UP, Decimal

from reports.statements.figure import PERSENT, POINTS, RUPIAH

# Beyond it no amount of rupiah goes, nor the precision of decimals.
_LARGEST = Decimal(10) ** 24
_MINUS = "\u2212"


def written(value: Decimal, unit: str = "", digits: int = 2) -> str:
    """-309542340 in rupiah → `−Rp309.542.340`; 43.4896 percent → `43,49 persen`."""
    if abs(value) >= _LARGEST:
        return f"{value:.2E}"
    rounded = value.quantize(Decimal(1).scaleb(-digits), rounding=ROUND_HALF_UP) if value % 1 else value
    whole, _point, rest = f"{abs(rounded):f}".partition(".")
    rest = rest.rstrip("0")
    shown = f"{int(whole):,}".replace(",", ".") + (f",{rest}" if rest else "")
    sign = _MINUS if rounded < 0 else ""
    if unit == RUPIAH:
        return f"{sign}Rp{shown}"
    return f"{sign}{shown} {unit}" if unit in {PERSENT, POINTS} else f"{sign}{shown}"
