"""The sentence on which segments moved coverage most."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from participants.enums import CountedSegment
from reports.measures.codes import MeasureCode
from reports.pack.content import Cell, Sentence
from reports.pack.figure_book import subtracted
from reports.pack.place import PackPlace
from reports.pack.sentence import sentence, unsigned

_MOST_MOVERS = 2


def movers(place: PackPlace, *, is_up: bool) -> Iterator[Sentence]:
    """The segments that moved the whole most, where every one of them is known in both months."""
    found = [
        (subtracted(place.now(key), place.then(key)), str(CountedSegment(key[1]).label))
        for key in place.keys(MeasureCode.SEGMENT_COVERAGE)
    ]
    if len(found) < 2 or any(change.value is None for change, _label in found):
        return
    sign = 1 if is_up else -1
    moved = sorted((-sign * (change.value or 0), label, change) for change, label in found)
    told = [(change, label) for size, label, change in moved if size < 0][:_MOST_MOVERS]
    if not told:
        return
    cells: dict[str, Cell] = {}
    named = []
    for at, (change, label) in enumerate(told):
        # Without the letters in brackets: the number stands in some, too.
        cells |= {f"label{at}": label.partition(" (")[0], f"change{at}": unsigned(change)}
        named.append(_("{label} ({change} orang)").format(label=f"{{label{at}}}", change=f"{{change{at}}}"))
    words = _most_moved(is_up=is_up, is_everywhere=_all_tell_segments(place))
    yield sentence(words.replace("{named}", _(" dan ").join(named)), **cells)


def _all_tell_segments(place: PackPlace) -> bool:
    stored = [
        place.book.stored(place.code, month, key)
        for month in (place.period.before, place.month)
        for key in place.keys(MeasureCode.SEGMENT_COVERAGE)
    ]
    return all(one is not None and one.reported == one.expected for one in stored)


def _most_moved(*, is_up: bool, is_everywhere: bool) -> str:
    """Of some regions only, the sizes are no parts of the change of the whole."""
    if is_everywhere:
        return (
            _("Peserta bertambah paling banyak pada segmen {named}.")
            if is_up
            else _("Peserta berkurang paling banyak pada segmen {named}.")
        )
    return (
        _("Di wilayah yang merinci segmen, peserta bertambah paling banyak pada segmen {named}.")
        if is_up
        else _("Di wilayah yang merinci segmen, peserta berkurang paling banyak pada segmen {named}.")
    )
