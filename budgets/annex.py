"""A plan as lines of a budget proposal (RKA, KUA-PPAS): people, months, price, amount, and by which law."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class AnnexLine:
    """`price` is what one person costs in all months; `rate` in each, None where it changes."""

    region: str
    sub_activity: str
    account: str
    category: str
    source: str
    first: str
    people: int
    months: int
    rate: int | None
    price: int
    legal_basis: str

    @property
    def amount(self) -> int:
        return self.people * self.price


@dataclass(frozen=True)
class Annex:
    """`notes` say on what the plan rests: assumptions, sources, and that it is a plan."""

    title: str
    subtitle: str
    lines: Sequence[AnnexLine]
    notes: Sequence[str]

    @property
    def total(self) -> int:
        return sum(line.amount for line in self.lines)

    @property
    def by_source(self) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for line in self.lines:
            found[line.source] = found.get(line.source, 0) + line.amount
        return found


def annex_titles() -> list[str]:
    return [
        _("No."),
        _("Wilayah"),
        _("Sub kegiatan"),
        _("Rekening"),
        _("Kategori"),
        _("Sumber dana"),
        _("Mulai"),
        _("Orang"),
        _("Lama (bulan)"),
        _("Iuran per orang per bulan"),
        _("Iuran per orang selama masa"),
        _("Jumlah (Rp)"),
        _("Dasar hukum"),
    ]
