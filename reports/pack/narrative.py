"""Sentences made only of computed figures. What is not known is said to be unknown, never guessed."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from participants.enums import TargetFrame
from regions.month import add_months
from reports.measures.codes import MeasureCode
from reports.pack.category_gaps import of_gaps
from reports.pack.content import Cell, Kind, Number, Sentence
from reports.pack.figure_book import StoredValue, key_of, subtracted
from reports.pack.grading import lacking_words
from reports.pack.movers import movers
from reports.pack.place import PackPlace
from reports.pack.sentence import about, sentence, unsigned
from reports.workers_words import workers_words

_DECEMBER = 12
_UCJ = key_of(MeasureCode.COVERAGE)


def of_place(place: PackPlace, percents: Sequence[tuple[str, int, Number]] = ()) -> Iterator[Sentence]:
    yield from about("coverage", _coverage(place))
    yield from about("targets", _targets(place, percents))
    yield from about("categories", _people(place))
    yield from about("category_gaps", of_gaps(place))
    yield from about("budget", _budget(place))
    yield from about("balance", _money(place))


def of_rank(below: Sequence[PackPlace]) -> Iterator[Sentence]:
    """The highest, the lowest, and who has not reported."""
    return about("rank", _rank(below))


def _rank(below: Sequence[PackPlace]) -> Iterator[Sentence]:
    known = [(place.now(_UCJ, Kind.PERCENT, "rate"), place) for place in below]
    told = sorted(
        ((rate, place) for rate, place in known if rate.value is not None),
        key=lambda pair: (pair[0].value, pair[1].code),
    )
    silent = len(known) - len(told)
    if len(told) > 1:
        (lowest, low), (highest, high) = told[0], told[-1]
        yield sentence(
            _(
                "UCJ tertinggi adalah {highest} di {high} dan yang terendah {lowest} di {low}, dengan "
                "selisih {spread}."
            ),
            highest=highest,
            high=high.label,
            lowest=lowest,
            low=low.label,
            spread=unsigned(subtracted(highest, lowest)),
        )
    if silent:
        yield sentence(
            _("{silent} dari {all} wilayah belum melapor."),
            silent=Number(silent, Kind.PLACE),
            all=Number(len(known), Kind.PLACE),
        )


def _coverage(place: PackPlace) -> Iterator[Sentence]:
    month = date_format(place.month, "F Y")
    rate = place.now(_UCJ, Kind.PERCENT, "rate")
    stored = place.book.stored(place.code, place.month, _UCJ)
    if rate.value is None and stored is not None:
        yield from _partial(place, stored)
        return
    if rate.value is None:
        yield sentence(
            _(
                "UCJ {place} bulan {month} belum dapat dihitung karena peserta aktif atau jumlah pekerja "
                "belum dilaporkan."
            ),
            place=place.label,
            month=month,
        )
        return
    yield sentence(
        _(
            "Pada {month}, {members} dari {workers} {kind} di {place} terlindungi sebagai peserta "
            "aktif sehingga UCJ mencapai {rate}."
        ),
        month=month,
        members=place.now(_UCJ),
        workers=place.now(_UCJ, part="denominator"),
        kind=workers_words(stored.definition if stored else ""),
        place=place.label,
        rate=rate,
    )
    yield from _change(place, rate)
    if stored and stored.reported is not None and stored.reported != stored.expected:
        yield sentence(
            _(
                "Angka {month} baru mencakup {reported} dari {expected} wilayah; wilayah lainnya belum "
                "melapor."
            ),
            month=month,
            **_reporting(stored),
        )


_BACK = 12


def _partial(place: PackPlace, stored: StoredValue) -> Iterator[Sentence]:
    """What is known of a month that is no whole, and the last one that was."""
    yield sentence(
        _("UCJ {place} bulan {month} belum utuh. Baru diketahui {members} peserta aktif. {lacking}"),
        place=place.label,
        month=date_format(place.month, "F Y"),
        members=place.now(_UCJ),
        lacking=lacking_words(stored, place),
    )
    for month in (add_months(place.month, -back) for back in range(1, _BACK + 1)):
        rate = place.book.rate(place.code, month, _UCJ)
        if rate.value is not None:
            words = _("Bulan terakhir yang utuh adalah {month}, dengan UCJ {rate}.")
            yield sentence(words, month=date_format(month, "F Y"), rate=rate)
            return


def _change(place: PackPlace, rate: Number) -> Iterator[Sentence]:
    before = place.then(_UCJ, Kind.PERCENT, "rate")
    earlier = date_format(place.period.before, "F Y")
    if before.value is None:
        yield sentence(
            _("Perubahan sejak {earlier} tidak disebut karena UCJ bulan itu tidak ada atau belum ditutup."),
            earlier=earlier,
        )
        return
    change = place.change(_UCJ, Kind.PERCENT, "rate")
    people = place.change(_UCJ)
    if change.value is None:
        yield sentence(
            _(
                "Perubahan sejak {earlier} ({before}) tidak dihitung karena wilayah yang dijumlahkan "
                "tidak sama."
            ),
            earlier=earlier,
            before=before,
        )
        return
    told: dict[str, Cell] = {
        "earlier": earlier,
        "before": before,
        "change": unsigned(change),
        "people": unsigned(people),
    }
    if not change.value:
        words = _("Dibandingkan dengan {earlier} ({before}), UCJ tidak berubah; {moved}.")
    elif change.value > 0:
        words = _("Dibandingkan dengan {earlier} ({before}), UCJ naik {change}; {moved}.")
    else:
        words = _("Dibandingkan dengan {earlier} ({before}), UCJ turun {change}; {moved}.")
    yield sentence(words.replace("{moved}", _moved(people)), **told)
    if people.value:
        yield from movers(place, is_up=people.value > 0)


def _moved(people: Number) -> str:
    if not people.value:
        return _("jumlah peserta aktif tetap")
    if people.value > 0:
        return _("peserta aktif bertambah {people} orang")
    return _("peserta aktif berkurang {people} orang")


def _reporting(stored: StoredValue) -> dict[str, Cell]:
    return {"reported": Number(stored.reported, Kind.PLACE), "expected": Number(stored.expected, Kind.PLACE)}


def _targets(place: PackPlace, percents: Sequence[tuple[str, int, Number]]) -> Iterator[Sentence]:
    for frame, year, percent in percents:
        gap = place.now(key_of(MeasureCode.GAP_TO_TARGET, target=frame))
        if gap.value is None:
            continue
        label = _("daerah") if frame == TargetFrame.DAERAH else str(TargetFrame(frame).label)
        is_over = place.month.month == _DECEMBER
        stored = place.book.stored(place.code, place.month, key_of(MeasureCode.GAP_TO_TARGET, target=frame))
        told: dict[str, Cell] = {"frame": label, "year": str(year), "percent": percent, "gap": unsigned(gap)}
        if stored and stored.reported != stored.expected and (is_over or gap.value <= 0):
            words = _(
                "Capaian target {frame} tahun {year} ({percent}) belum dinilai karena baru {reported} dari "
                "{expected} wilayah yang melapor."
            )
            yield sentence(words, **told, **_reporting(stored))
        else:
            yield sentence(_target_words(gap, is_over=is_over), **told)


def _target_words(gap: Number, *, is_over: bool) -> str:
    """The year of a target ends with December: afterwards nobody can still reach it."""
    missing: Any = gap.value
    if missing > 0 and is_over:
        return _("Target {frame} tahun {year} ({percent}) tidak tercapai, kurang {gap} peserta.")
    if missing > 0:
        return _("Untuk mencapai target {frame} tahun {year} ({percent}) masih diperlukan {gap} peserta.")
    if missing < 0:
        return _("Target {frame} tahun {year} ({percent}) telah tercapai dan terlampaui {gap} orang.")
    return _("Target {frame} tahun {year} ({percent}) tepat tercapai.")


def _people(place: PackPlace) -> Iterator[Sentence]:
    people = place.now(key_of(MeasureCode.FUNDED))
    if people.value is not None:
        yield sentence(
            _(
                "Menurut laporan per kategori, sebanyak {people} peserta ditanggung iurannya oleh pemerintah "
                "daerah atau pihak lain."
            ),
            people=people,
        )


def _budget(place: PackPlace) -> Iterator[Sentence]:
    ceiling, paid = (
        place.now(key_of(code), Kind.RUPIAH) for code in (MeasureCode.ALLOCATED, MeasureCode.REALISED)
    )
    if ceiling.value is None:
        return
    if paid.value is None:
        yield sentence(
            _("Dari pagu anggaran iuran sebesar {ceiling} belum ada realisasi yang dicatat."), ceiling=ceiling
        )
        return
    rate = place.now(key_of(MeasureCode.ABSORPTION), Kind.PERCENT, "rate")
    yield sentence(
        _("Dari pagu anggaran iuran sebesar {ceiling}, telah direalisasikan {paid} ({rate})."),
        ceiling=ceiling,
        paid=paid,
        rate=rate,
    )


def _money(place: PackPlace) -> Iterator[Sentence]:
    came, went, left = (
        place.now(key_of(code), Kind.RUPIAH)
        for code in (MeasureCode.CONTRIBUTIONS, MeasureCode.CLAIMS, MeasureCode.BALANCE)
    )
    if came.value is None and went.value is None:
        return
    if left.value is None:
        missing = _("iuran") if came.value is None else _("klaim")
        yield sentence(
            _("Saldo iuran dan klaim belum dapat dihitung, karena {missing} belum dilaporkan."),
            missing=missing,
        )
        return
    words = _(
        "Sejak Januari sampai dengan {month}, iuran yang diterima berjumlah {came} dan klaim yang dibayarkan "
        "berjumlah {went}; {verdict}."
    )
    words = words.replace("{month}", date_format(place.month, "F Y"))
    if left.value > 0:
        verdict = _("iuran melebihi klaim sebesar {left}")
    elif left.value < 0:
        verdict = _("klaim melebihi iuran sebesar {left}")
    else:
        verdict = _("keduanya sama")
    if left.value != subtracted(came, went).value:
        verdict = _("di wilayah yang melaporkan keduanya, {verdict}").replace("{verdict}", verdict)
    yield sentence(words.replace("{verdict}", verdict), came=came, went=went, left=unsigned(left))
