"""What a board concludes: how many are protected, against what, what changed, what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from participants.selectors.membership_count import counted_otherwise
from regions.addresses import address
from regions.enums import Level
from regions.formats import month_name, percent, points, rupiah, signed, whole
from reports.models import MeasureValue
from reports.selectors.boards.board import Board
from reports.selectors.boards.category_target import CategoryTargetRow
from reports.selectors.boards.rank import worst_gaps
from reports.selectors.boards.target import TargetRow
from reports.value_words import explain_url, reporting_flag
from reports.workers_words import share_words

_MOST_STEPS = 3


@dataclass(frozen=True)
class NextStep:
    """Something to do next, and the page where it is done."""

    words: str
    url: str


@dataclass(frozen=True)
class Headline:
    claim: str
    changes: tuple[str, ...] = ()
    steps: tuple[NextStep, ...] = ()


def headline_of(board: Board) -> Headline:
    """Only from computed figures; of a month that is no whole nothing is concluded."""
    steps = tuple(_steps(board))[:_MOST_STEPS]
    return Headline(_claim(board), tuple(_changes(board)), steps)


def _claim(board: Board) -> str:
    ucj = board.coverage
    if ucj is None:
        words = _(
            "UCJ %(month)s belum dapat dihitung karena peserta aktif atau jumlah pekerja belum dilaporkan."
        )
        # Above the regencies the counts are those of the regions below.
        is_own = board.region.level == Level.REGENCY
        if is_own and counted_otherwise(board.region.code, board.period):
            words = _(
                "UCJ %(month)s belum dapat dihitung karena laporan peserta aktif tidak menyebut program yang "
                "harus lengkap; catat angkanya untuk program itu."
            )
        return words % {"month": month_name(board.period)}
    if ucj.rate is None:
        words = _("UCJ %(month)s belum utuh; baru diketahui %(known)s peserta aktif.")
        return words % {"month": month_name(board.period), "known": whole(ucj.numerator)}
    told = {
        "rate": percent(ucj.rate, 2),
        "kind": share_words(ucj.definition),
        "people": whole((ucj.denominator or 0) - ucj.numerator),
        "reported": whole(ucj.reported),
        "expected": whole(ucj.expected),
    }
    target = binding_target(board)
    if target is None or target.value is None:
        return _without_target(is_whole(ucj)) % told
    wanted = target.target.percent
    told |= {"target": target.in_a_sentence, "percent": percent(wanted, 0 if wanted % 1 == 0 else 2)}
    return _against(target.value, is_whole(ucj)) % (told | {"gap": whole(abs(target.value.numerator))})


def _without_target(is_complete: bool) -> str:
    if is_complete:
        return _("%(rate)s %(kind)s terlindungi; %(people)s orang belum terlindungi.")
    return _(
        "Baru %(reported)s dari %(expected)s wilayah yang melapor; di %(reported)s wilayah itu, %(rate)s "
        "%(kind)s terlindungi dan %(people)s orang belum terlindungi."
    )


def binding_target(board: Board) -> TargetRow | None:
    """The region's own target: the first that is not reached, else the first."""
    own = [row for row in board.targets if not row.is_comparison and row.value is not None]
    missed = [row for row in own if row.value and row.value.numerator > 0]
    return next(iter([*missed, *own]), None)


def _against(gap: MeasureValue, is_complete: bool) -> str:
    if gap.numerator > 0:
        return _("%(rate)s %(kind)s terlindungi; kurang %(gap)s orang dari %(target)s (%(percent)s).")
    if not is_complete:
        return _(
            "Baru %(reported)s dari %(expected)s wilayah yang melapor; di %(reported)s wilayah itu, %(rate)s "
            "%(kind)s terlindungi, sedangkan %(target)s adalah %(percent)s."
        )
    if gap.numerator < 0:
        return _("%(rate)s %(kind)s terlindungi; %(target)s (%(percent)s) terlampaui %(gap)s orang.")
    return _("%(rate)s %(kind)s terlindungi; %(target)s (%(percent)s) tepat tercapai.")


def is_whole(value: MeasureValue) -> bool:
    """Every region below has reported; what a region reported itself is whole."""
    return value.rate is not None and value.reported == value.expected


def _changes(board: Board) -> Iterator[str]:
    ucj = board.coverage
    if ucj is None:
        return
    if ucj.rate is None:
        if flag := reporting_flag(ucj):
            yield _("Baru %(flag)s.") % {"flag": flag}
        last = board.last_whole
        if last is not None:
            words = {"month": month_name(last.run.period), "rate": percent(last.rate, 2)}
            yield _("Bulan terakhir yang utuh adalah %(month)s, dengan UCJ %(rate)s.") % words
        return
    told = [
        *_moved(ucj, board.previous, board.month_verdict),
        *_moved(ucj, board.year_before, board.year_verdict),
    ]
    yield from told
    if not told and board.month_verdict:
        why = {"month": month_name(board.month_before), "verdict": board.month_verdict}
        yield _("Perubahan sejak %(month)s %(verdict)s.") % why


def _moved(now: MeasureValue, then: MeasureValue | None, verdict: str) -> Iterator[str]:
    if then is None or verdict or now.rate is None or then.rate is None:
        return
    moved = now.rate - then.rate
    told = {
        "points": points(abs(moved), 2).lstrip("+"),
        "people": signed(now.numerator - then.numerator),
        "month": month_name(then.run.period),
    }
    yield _direction(moved) % told


def _direction(moved: Decimal) -> str:
    if moved > 0:
        return _("Naik %(points)s dari %(month)s (%(people)s peserta aktif).")
    if moved < 0:
        return _("Turun %(points)s dari %(month)s (%(people)s peserta aktif).")
    return _("Tidak berubah dari %(month)s (%(people)s peserta aktif).")


def _steps(board: Board) -> Iterator[NextStep]:
    """What is missing first, then where most people can be reached."""
    reports = board.completeness
    if reports is not None and reports.numerator < (reports.denominator or 0):
        words = _("Melengkapi laporan: %(missing)s dari %(all)s laporan belum masuk.")
        missing = (reports.denominator or 0) - reports.numerator
        told = {"missing": whole(missing), "all": whole(reports.denominator)}
        yield NextStep(words % told, explain_url(reports))
    missed = _missed_categories(board.category_targets)
    if missed:
        widest = missed[0]
        words = (
            _("Menindaklanjuti target kategori yang belum tercapai: %(name)s kurang %(gap)s orang.")
            if len(missed) == 1
            else _(
                "Menindaklanjuti %(count)s target kategori yang belum tercapai, terutama %(name)s yang "
                "kurang "
                "%(gap)s orang."
            )
        )
        told = {
            "count": whole(len(missed)),
            "name": widest.name,
            "gap": whole(widest.value.numerator if widest.value else None),
        }
        url = address("region_tab", board.region.code, "kategori", month=board.period, per=board.per)
        yield NextStep(words % told, f"{url}#target-kategori")
    if short := board.money_board.short:
        words = _("Memeriksa selisih iuran: %(amount)s sejak Januari %(year)s belum diterima.")
        url = address("arrears", board.region.code, month=board.period)
        # Who is told of closed months only has no page of arrears, which counts those that are open too.
        if board.sees_drafts:
            yield NextStep(words % {"amount": rupiah(short), "year": board.period.year}, url)
    for row in worst_gaps(board.rank, 1) if board.region.level < Level.REGENCY else ():
        words = _("Mendahulukan %(region)s: %(gap)s orang belum terlindungi, terbanyak di %(place)s.")
        told = {"region": row.region.label, "gap": whole(row.gap), "place": board.region.label}
        url = address("region_board", row.region.code, month=board.period, per=board.per)
        yield NextStep(words % told, url)
    if board.month_verdict and not board.per:
        words = _("Melihat apa yang mengubah UCJ sejak %(month)s, juga karena wilayah yang melapor berbeda.")
        url = address("what_moved", board.region.code, first=board.month_before, last=board.period)
        yield NextStep(words % {"month": month_name(board.month_before)}, url)


def _missed_categories(rows: list[CategoryTargetRow]) -> list[CategoryTargetRow]:
    """The one with most people missing first."""
    missed = [row for row in rows if row.value is not None and row.value.numerator > 0]
    return sorted(missed, key=lambda row: -(row.value.numerator if row.value else 0))
