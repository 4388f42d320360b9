"""People × rate × months against the money of a budget line, said in a sentence."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from regions.number import grouped


@dataclass(frozen=True)
class CostCheck:
    """`needed` is None where heads, months or rate were not told. `words` say it all."""

    needed: int | None
    difference: int | None
    words: str

    @property
    def exceeds(self) -> bool:
        return self.difference is not None and self.difference < 0


def check_cost(*, amount: int, heads: int | None, months: int | None, rate: int | None) -> CostCheck:
    """Whether the amount pays for what the line says, and what it would pay for if it does not."""
    if rate and heads and months:
        return _whole_check(amount, heads, months, rate)
    if rate and heads:
        words = _("%(heads)s orang × Rp%(rate)s = Rp%(month)s sebulan. %(buys)s") % {
            "heads": grouped(heads),
            "rate": grouped(rate),
            "month": grouped(heads * rate),
            "buys": _months_bought(amount, heads, rate),
        }
        return CostCheck(None, None, words)
    if rate and months:
        words = _("Cukup untuk %(heads)s orang selama %(months)s bulan dengan iuran Rp%(rate)s.") % {
            "heads": grouped(amount // (rate * months)),
            "months": months,
            "rate": grouped(rate),
        }
        return CostCheck(None, None, words)
    return CostCheck(
        None, None, _("Belum dapat diperiksa: isi jumlah orang, bulan, dan iuran per orang per bulan.")
    )


def _whole_check(amount: int, heads: int, months: int, rate: int) -> CostCheck:
    needed = heads * rate * months
    difference = amount - needed
    values = {
        "heads": grouped(heads),
        "rate": grouped(rate),
        "months": months,
        "needed": grouped(needed),
        "amount": grouped(amount),
        "difference": grouped(abs(difference)),
    }
    product = _("%(heads)s orang × Rp%(rate)s × %(months)s bulan = Rp%(needed)s") % values
    if difference == 0:
        return CostCheck(needed, 0, _("%(product)s: sama dengan pagu.") % {"product": product})
    if difference > 0:
        sentence = _("%(product)s: pagu Rp%(amount)s lebih Rp%(difference)s. %(buys)s")
    else:
        sentence = _("%(product)s: pagu Rp%(amount)s kurang Rp%(difference)s. %(buys)s")
    buys = f"{_months_bought(amount, heads, rate)} {_heads_bought(amount, months, rate)}"
    words = sentence % {**values, "product": product, "buys": buys}
    return CostCheck(needed, difference, words)


def _months_bought(amount: int, heads: int, rate: int) -> str:
    months, left = divmod(amount, heads * rate)
    missing = heads * rate - left
    if left == 0:
        return _("Pagu tepat mencukupi untuk %(months)s bulan bagi %(heads)s peserta.") % {
            "months": grouped(months),
            "heads": grouped(heads),
        }
    return _(
        "Bagi %(heads)s peserta, pagu cukup untuk %(months)s bulan penuh dengan sisa Rp%(left)s; "
        "untuk %(next)s bulan kurang Rp%(missing)s."
    ) % {
        "heads": grouped(heads),
        "months": grouped(months),
        "left": grouped(left),
        "next": grouped(months + 1),
        "missing": grouped(missing),
    }


def _heads_bought(amount: int, months: int, rate: int) -> str:
    return _("Selama %(months)s bulan uangnya cukup untuk %(heads)s orang.") % {
        "months": months,
        "heads": grouped(amount // (rate * months)),
    }
