"""People × months × rates as it is written: months of one rate stand together."""

from collections.abc import Sequence
from itertools import groupby

from django.utils.translation import gettext as _

from regions.number import grouped


def formula_of(people: int, prices: Sequence[int]) -> str:
    parts = [(len(list(same)), price) for price, same in groupby(prices)]
    told = [
        _("%(months)s bulan × Rp%(price)s") % {"months": months, "price": grouped(price)}
        for months, price in parts
    ]
    inside = " + ".join(told)
    many = f"({inside})" if len(told) > 1 else inside
    return _("%(people)s orang × %(many)s") % {"people": grouped(people), "many": many}
