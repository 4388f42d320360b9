"""Persons paid for twice as rows of a file: one for each run of months, all cells text."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from budgets.selectors.double_funding import Doubled, Payer
from regions.month import iso_month


def doubled_titles() -> list[str]:
    return [
        _("Nama"),
        _("NIK"),
        _("Wilayah"),
        _("Seharusnya berhenti"),
        _("Tetap membayar"),
        _("Sejak"),
        _("Sampai"),
        _("Jumlah bulan"),
        _("Rupiah"),
        _("Bulan tanpa tarif"),
        _("Masih berjalan"),
    ]


def doubled_rows(doubled: Iterable[Doubled], *, whole: bool) -> Iterator[list[str]]:
    """Months of another region stay empty, as on the page."""
    for one in doubled:
        if one.person is None:
            continue
        nik = one.person.nik
        who = [one.person.name, nik.digits if whole else nik.masked, one.person.region.full_label]
        for line in one.lines:
            yield [
                *who,
                _words(line.drops),
                " + ".join(map(_words, line.stays)),
                iso_month(line.first_month) if line.first_month else "",
                iso_month(line.last_month) if line.last_month else "",
                str(line.months),
                "" if line.rupiah is None else str(line.rupiah),
                str(line.unpriced or ""),
                _("ya") if one.goes_on else _("tidak"),
            ]


def _words(payer: Payer) -> str:
    return ", ".join(part for part in (payer.words, payer.institution, payer.category, payer.region) if part)
