"""What a pack asks of its reader: what the figures say is missing, and what was agreed on."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, islice
from textwrap import shorten

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from participants.enums import TargetFrame
from reports.measures.codes import MeasureCode
from reports.pack.category_gaps import widest_first
from reports.pack.content import Kind, Number, Sentence, Table
from reports.pack.figure_book import key_of, subtracted
from reports.pack.place import PackPlace
from reports.pack.sentence import about, sentence

_DECEMBER = 12
_MOST, _MOST_AGREED, _MOST_GAPS = 6, 2, 2
# Of what was written: the whole stands in its table.
_MOST_LETTERS = 160


def asked_of_reader(
    place: PackPlace,
    percents: Sequence[tuple[str, int, Number]],
    below: Sequence[PackPlace],
    obstacles: Table,
) -> tuple[Sentence, ...]:
    told = chain(
        about("targets", islice(_target(place, percents), 1)),
        about("category_gaps", _gaps(place)),
        about("budget", _budget(place)),
        about("balance", _arrears(place)),
        about("rank", _silent(below)),
    )
    agreed = list(about("obstacles", _agreed(obstacles)))
    return (*islice(told, _MOST - len(agreed)), *agreed)


def _target(place: PackPlace, percents: Sequence[tuple[str, int, Number]]) -> Iterator[Sentence]:
    """The nearest that is not reached and still can be."""
    found = []
    for frame, year, percent in percents:
        gap = place.now(key_of(MeasureCode.GAP_TO_TARGET, target=frame))
        if gap.value is not None and gap.value > 0 and place.month.month != _DECEMBER:
            found.append((gap.value, frame, year, percent, gap))
    for _size, frame, year, percent, gap in sorted(found, key=lambda one: one[0]):
        label = _("daerah") if frame == TargetFrame.DAERAH else str(TargetFrame(frame).label)
        words = _(
            "Tetapkan cara menambah {gap} peserta agar target {frame} tahun {year} ({percent}) tercapai."
        )
        yield sentence(words, gap=gap, frame=label, year=str(year), percent=percent)


def _gaps(place: PackPlace) -> Iterator[Sentence]:
    for key in widest_first(place)[:_MOST_GAPS]:
        gap = place.now(key)
        if gap.value:
            words = _("Lengkapi kategori {category}: {gap} orang lagi dari target {target}.")
            target = place.now(key, part="denominator")
            yield sentence(words, category=place.book.name(key[2]), gap=gap, target=target)


def _budget(place: PackPlace) -> Iterator[Sentence]:
    ceiling, paid = (
        place.now(key_of(code), Kind.RUPIAH) for code in (MeasureCode.ALLOCATED, MeasureCode.REALISED)
    )
    left = replace(subtracted(ceiling, paid), kind=Kind.RUPIAH)
    if left.value is not None and left.value > 0:
        words = _("Realisasikan sisa pagu iuran {left} dari {ceiling} sebelum akhir tahun {year}.")
        yield sentence(words, left=left, ceiling=ceiling, year=str(place.month.year))


def _arrears(place: PackPlace) -> Iterator[Sentence]:
    arrears = place.now(key_of(MeasureCode.ARREARS), Kind.RUPIAH)
    if arrears.value is not None and arrears.value > 0:
        words = _("Selesaikan kekurangan iuran {arrears} (terutang sampai {month}, belum diterima).")
        yield sentence(words, arrears=arrears, month=date_format(place.month, "F Y"))


def _silent(below: Sequence[PackPlace]) -> Iterator[Sentence]:
    silent = [
        one for one in below if one.now(key_of(MeasureCode.COVERAGE), Kind.PERCENT, "rate").value is None
    ]
    if silent:
        words = _("Mintakan laporan dari {silent} dari {all} wilayah yang belum melapor.")
        counts = (Number(len(one), Kind.PLACE) for one in (silent, below))
        yield sentence(words, **dict(zip(("silent", "all"), counts, strict=True)))


def _agreed(obstacles: Table) -> Iterator[Sentence]:
    """As it was written: what to do, by whom, by when."""
    told = [tuple(map(str, row)) for row in obstacles.rows]
    open_ones = [row for row in told if row[1] and (not row[4] or row[4].startswith(_("Belum selesai")))]
    for _problem, action, owner, due, *_became in open_ones[:_MOST_AGREED]:
        action = shorten(action, _MOST_LETTERS, placeholder=" …")  # noqa: PLW2901
        about_it = ", ".join(part for part in (owner, due) if part)
        yield Sentence((f"{action.rstrip('.')} ({about_it})." if about_it else f"{action.rstrip('.')}.",))
