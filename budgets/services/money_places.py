"""Which region and which office the words of a row of a file of money name."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from budgets.importers.money_cells import CellRefused, text_of
from budgets.importers.money_fields import MoneyField
from budgets.selectors.money_names import MoneyNames, region_digits
from participants.importers.header import label_of
from participants.importers.workbook import Cell

F = MoneyField


def region_in(cells: Mapping[str, Cell], names: MoneyNames, region: str) -> str:
    """The code where there is one, else the name with its kind; both untold: the region of the batch."""
    code, name = cells.get(F.REGION_CODE), cells.get(F.REGION)
    if code is None and name is None:
        return region
    if code is not None:
        text = _code_text(code)
        found = {region_digits(text)} - {""}
    else:
        text = text_of(name) if name is not None else ""
        digits = region_digits(_code_text(name)) if name is not None else ""
        found = {digits} if digits else names.regions.get(label_of(text), set())
    if len(found) > 1:
        raise CellRefused(
            _("“%(said)s” ada beberapa. Tulis dengan jenisnya, misalnya Kota atau Kabupaten, atau kodenya.")
            % {"said": text[:60]}
        )
    if not found & names.inside:
        raise CellRefused(
            _("Wilayah “%(said)s” tidak dikenal di dalam wilayah unggahan ini. Periksa nama atau kodenya.")
            % {"said": text[:60]}
        )
    return next(iter(found))


def _code_text(cell: Cell) -> str:
    """Excel shows the code 32.10 as the number 32.1."""
    if isinstance(cell, float) and not cell.is_integer():
        return f"{cell:.2f}"
    return text_of(cell)


def institution_in(names: MoneyNames, region: str, text: str) -> str:
    found = names.institutions.get((region, label_of(text)), set())
    if len(found) == 1:
        return next(iter(found))
    raise CellRefused(
        _("Perangkat daerah “%(said)s” belum tercatat di wilayah ini. Samakan namanya, atau kosongkan.")
        % {"said": text[:60]}
    )
