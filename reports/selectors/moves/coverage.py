"""By what the coverage of a region changed between two months.

The order of the steps: regions that left the sum, then people (who joined, ended, lapsed, changed payer or
category by name; the rest of each segment's report; segments that came or went), then workers, then regions
that came into the sum. Of a sum each region below is one step for its people, and all are one for workers.
"""

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.enums import CountedSegment, short_segment
from reports.measures.codes import MeasureCode
from reports.measures.quantities import CoveragePair, Quantities
from reports.selectors.moves.persons import MoveCause, TwoMonths, causes_of
from reports.selectors.moves.step import Move, MoveStep, rated
from reports.selectors.moves.stored import RegionMoved

CAUSE_WORDS = {
    MoveCause.JOINED: gettext_lazy("Orang baru dalam daftar nama"),
    MoveCause.ENDED: gettext_lazy("Berakhir dengan sebab (daftar nama)"),
    MoveCause.LAPSED: gettext_lazy("Habis masanya, tidak diperpanjang (daftar nama)"),
    MoveCause.OTHER_PAYER: gettext_lazy("Pindah sumber dana (daftar nama)"),
    MoveCause.OTHER_CATEGORY: gettext_lazy("Pindah kategori (daftar nama)"),
}


def coverage_move(place: RegionMoved) -> Move:
    before, after = place.of(place.code)
    one, other = before.coverage, after.coverage
    why_not = _why_not(one, other)
    if one is None or other is None or why_not:
        return Move(MeasureCode.COVERAGE, None, None, why_not=why_not)
    if _is_sum(one) and _is_sum(other):
        steps = list(_steps_of_sum(place))
        if not any(step.kind == "members" for step in steps):
            return Move(
                MeasureCode.COVERAGE, None, None, why_not=_("tidak satu wilayah pun ikut di kedua bulan")
            )
    else:
        steps = list(_steps_of_own(before, after, place.persons))
    return rated(MeasureCode.COVERAGE, one.members.value, one.eligible.value, steps)


def _why_not(one: CoveragePair | None, other: CoveragePair | None) -> str:
    if one is None or other is None:
        return _("UCJ salah satu bulan tidak diketahui")
    if not (one.is_whole and other.is_whole):
        return _("salah satu bulan belum utuh, jadi tidak dibandingkan")
    if not (one.eligible.value and other.eligible.value):
        return _("salah satu bulan tanpa pekerja")
    return ""


def _is_sum(pair: CoveragePair) -> bool:
    return pair.members.reported is not None and pair.eligible.reported is not None


def _steps_of_sum(place: RegionMoved) -> Iterator[MoveStep]:
    names = place.names
    pairs = {code: [_whole(told) for told in place.of(code)] for code in names}
    for code, (one, other) in pairs.items():
        if one is not None and other is None:
            label = _("%(region)s tidak ikut lagi") % {"region": names[code]}
            yield MoveStep("left", label, -one.members.value, -one.eligible.value, code)
    workers = 0
    for code, (one, other) in pairs.items():
        if one is not None and other is not None:
            workers += other.eligible.value - one.eligible.value
            yield MoveStep("members", names[code], other.members.value - one.members.value, 0, code)
    yield MoveStep("workers", _("Jumlah pekerja (penyebut) wilayah-wilayah itu"), 0, workers)
    for code, (one, other) in pairs.items():
        if one is None and other is not None:
            label = _("%(region)s baru ikut") % {"region": names[code]}
            yield MoveStep("came", label, other.members.value, other.eligible.value, code)


def _whole(quantities: Quantities) -> CoveragePair | None:
    pair = quantities.coverage
    return pair if pair is not None and pair.is_whole else None


def _steps_of_own(before: Quantities, after: Quantities, persons: TwoMonths | None) -> Iterator[MoveStep]:
    one, other = _known(before), _known(after)
    was, now = _parts(before), _parts(after)
    if (CountedSegment.ALL in was) != (CountedSegment.ALL in now):
        # One month tells no segments: nothing but the whole can be compared.
        was, now = {CountedSegment.ALL: one.members.value}, {CountedSegment.ALL: other.members.value}
    both = was.keys() & now.keys()
    named = 0
    if persons is not None and both:
        told = persons if CountedSegment.ALL in both else persons.of_segments(both)
        causes = causes_of(told)
        for cause in MoveCause:
            yield MoveStep(cause, CAUSE_WORDS[cause], causes[cause])
        named = sum(causes.values())
    people = other.members.value - one.members.value - named
    for segment in CountedSegment:
        if segment in both:
            moved = now[segment] - was[segment] - (_net(persons, segment) if persons else 0)
            short = _("Laporan tanpa rincian segmen")
            label = _(
                "Perubahan peserta aktif yang dilaporkan tanpa rincian segmen, selain menurut daftar nama"
            )
            if segment != CountedSegment.ALL:
                words = _(
                    "Perubahan peserta aktif yang dilaporkan pada segmen %(segment)s, selain menurut daftar "
                    "nama"
                )
                label = words % {"segment": segment.label}
                short = _("Laporan %(segment)s") % {"segment": short_segment(segment)}
            yield MoveStep("reported", label, moved, short=short)
            people -= moved
    for segment in CountedSegment:
        if (segment in was) != (segment in now):
            moved = now.get(segment, 0) - was.get(segment, 0)
            words = (
                _("%(segment)s mulai dilaporkan")
                if segment in now
                else _("%(segment)s tidak dilaporkan lagi")
            )
            yield MoveStep("segment", words % {"segment": segment.label}, moved)
            people -= moved
    if people:
        yield MoveStep("uncounted", _("Segmen yang tidak dihitung terhadap penyebutnya"), people)
    yield MoveStep("workers", _("Jumlah pekerja (penyebut)"), 0, other.eligible.value - one.eligible.value)


def _known(quantities: Quantities) -> CoveragePair:
    if quantities.coverage is None:
        raise ValueError("no coverage")
    return quantities.coverage


def _parts(quantities: Quantities) -> dict[str, int]:
    """What the members are the sum of: one undivided number, or the segments."""
    told = {segment: amount.value for segment, amount in quantities.members.items()}
    whole = told.get(CountedSegment.ALL)
    return told if whole is None else {CountedSegment.ALL: whole}


def _net(persons: TwoMonths, segment: str) -> int:
    told = persons if segment == CountedSegment.ALL else persons.of_segments({segment})
    return sum(causes_of(told).values())
