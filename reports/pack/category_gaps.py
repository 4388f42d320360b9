"""Targets of single categories of workers: how many were meant, are reached, are missing."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from participants.enums import TargetFrame
from reports.measures.codes import MeasureCode
from reports.pack.content import Cell, Kind, Number, Sentence, Table
from reports.pack.figure_book import Key, total
from reports.pack.place import PackPlace, columns
from reports.pack.sentence import sentence

_MOST_NAMED = 3


def category_gaps(place: PackPlace, number: str = "") -> Table:
    rows = tuple(_row(place, key) for key in widest_first(place))
    headed = columns(
        [_("Kategori"), _("Dasar target")],
        [_("Target (orang)"), _("Tercapai (orang)"), _("Kekurangan (orang)"), _("Kekurangan (persen)")],
    )
    note = _("Tercapai adalah peserta yang iurannya ditanggung dari semua sumber dana.") if rows else ""
    return Table("category_gaps", number, _("Target per kategori"), headed, rows, note=note)


def of_gaps(place: PackPlace) -> Iterator[Sentence]:
    """The categories that lack most people."""
    for key in widest_first(place)[:_MOST_NAMED]:
        told: dict[str, Cell] = {
            "category": place.book.name(key[2]),
            "gap": place.now(key),
            "target": place.now(key, part="denominator"),
            "reached": reached(place, key),
        }
        if not place.now(key).value:
            continue
        words = _("{category}: {reached} orang terlindungi dari target {target}, kurang {gap} orang.")
        if told["reached"] == Number(None, Kind.COUNT):
            words = _("{category}: belum ada yang terlindungi dari target {target}, kurang {gap} orang.")
        yield sentence(words, **told)


def reached(place: PackPlace, key: Key) -> Number:
    """Whoever is funded in the category, from whichever source."""
    funded = [one for one in place.keys(MeasureCode.FUNDED_BY_CELL) if one[2] == key[2]]
    return total(place.now(one) for one in funded)


def _row(place: PackPlace, key: Key) -> tuple[Cell, ...]:
    return (
        place.book.name(key[2]),
        str(TargetFrame(key[4]).label),
        place.now(key, part="denominator"),
        reached(place, key),
        place.now(key),
        place.now(key, Kind.PERCENT, "rate"),
    )


def widest_first(place: PackPlace) -> list[Key]:
    def order(key: Key) -> tuple[int, Key]:
        return -int(place.now(key).value or 0), key

    return sorted(place.keys(MeasureCode.GAP_TO_CATEGORY_TARGET), key=order)
