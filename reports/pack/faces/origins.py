"""Where the numbers on a slide are from, in words that a speaker can read out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from regions.month import parse_month
from reports.measures.catalogue import MEASURES
from reports.pack.content import Identity, Number, PackContent
from reports.value_words import dimension_words

_BY_CATEGORY = {"categories", "budget"}


@dataclass(frozen=True)
class Origins:
    """`places` and `names` are what regions, categories and sources of funds are called in the pack."""

    places: Mapping[str, str]
    names: Mapping[str, str]

    @classmethod
    def of(cls, content: PackContent) -> "Origins":
        pages = {page.code: page.label for page in content.pages}
        return cls({content.region_code: content.region_label, **pages}, dict(_names(content)))

    def words(self, number: Number) -> str:
        """`UCJ, Kota Cilegon, Desember 2025 (COV-01)`; of a difference both sides."""
        if not number.made_of:
            return _("dicatat")
        told = ""
        for sign, one in number.made_of:
            if told or sign < 0:
                told += _(" ditambah ") if sign > 0 else _(" dikurangi ")
            told += self._figure(one)
        return told.strip()

    def _figure(self, one: Identity) -> str:
        dimensions = dimension_words(one, self.names)
        words = [_part(one), *([dimensions] if dimensions else [])]
        words += [self.places.get(one.region, one.region), date_format(parse_month(one.month), "F Y")]
        return f"{', '.join(words)} ({one.measure})"


def _part(one: Identity) -> str:
    measure = MEASURES[one.measure]
    label = {"label": measure.label}
    if one.part == "denominator":
        return _("penyebut %(label)s") % label
    if measure.unit.is_quotient and one.part == "numerator":
        return _("pembilang %(label)s") % label
    return str(measure.label)


def _names(content: PackContent) -> Iterator[tuple[str, str]]:
    """From the tables whose lines begin with a category and a source of funds."""
    for table in content.all_tables:
        for category, funding, number, *_rest in table.rows if table.key in _BY_CATEGORY else ():
            if isinstance(number, Number) and number.made_of:
                one = number.made_of[0][1]
                yield one.category, str(category)
                yield one.funding, str(funding)
