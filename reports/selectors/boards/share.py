"""What is passed on of a board: three sentences for a message, and the figures of one picture."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from regions.enums import MonthState
from regions.formats import day_name, month_name, rupiah, whole
from reports.models import MeasureValue
from reports.selectors.boards.board import Board
from reports.selectors.boards.headline import binding_target, headline_of
from reports.value_words import figure_flag, is_partial, value_text
from reports.workers_words import workers_words

_SENTENCES = 3


@dataclass(frozen=True)
class ShareFigure:
    label: str
    value: str
    note: str = ""


@dataclass(frozen=True)
class Share:
    """Only computed figures; of a month that is not closed each face says so first."""

    title: str
    standing: str
    is_draft: bool
    sentences: tuple[str, ...]
    figures: tuple[ShareFigure, ...]
    origin: str

    def message(self, url: str) -> str:
        """For a messenger: plain text, the address on a line of its own."""
        first = f"*{self.title}* ({self.standing})"
        return "\n".join([first, *self.sentences, self.origin, url])


def share_of(board: Board) -> Share:
    """Of a board with figures."""
    is_draft = board.state != MonthState.CLOSED
    return Share(
        title=f"{board.region.full_label}, {month_name(board.period)}",
        standing=_("angka sementara, bulan belum ditutup") if is_draft else _("bulan sudah ditutup"),
        is_draft=is_draft,
        sentences=_sentences(board),
        figures=tuple(_figures(board)),
        origin=_origin(board),
    )


def _sentences(board: Board) -> tuple[str, ...]:
    """What is concluded, how it moved, and what came in and went out; fewer where less is known."""
    headline = headline_of(board)
    return tuple(one for one in (headline.claim, *headline.changes[:1], _money(board)) if one)[:_SENTENCES]


def _money(board: Board) -> str:
    ratio = board.claim_ratio
    if ratio is None or ratio.rate is None:
        return ""
    words = _(
        "Sejak %(month)s, iuran yang diterima %(came)s dan klaim yang dibayarkan %(went)s (rasio "
        "klaim %(rate)s)."
    )
    return words % {
        "month": month_name(board.year_start),
        "came": rupiah(ratio.denominator),
        "went": rupiah(ratio.numerator),
        "rate": value_text(ratio, 2),
    }


def _figures(board: Board) -> list[ShareFigure]:
    found = [
        _ucj(board.coverage),
        _figure(_("Belum terlindungi"), board.gap, _("orang")),
        _target(board),
        _figure(_("Peserta yang iurannya ditanggung"), board.funded, _("orang")),
        _figure(_("Rasio klaim"), board.claim_ratio, _("klaim dibagi iuran")),
    ]
    return [one for one in found if one is not None]


def _ucj(ucj: MeasureValue | None) -> ShareFigure | None:
    if ucj is None:
        return None
    label = _("Universal Coverage Jamsostek (UCJ)")
    if ucj.rate is None:
        note = _("%(known)s peserta aktif diketahui") % {"known": whole(ucj.numerator)}
        return ShareFigure(label, _("belum utuh"), note)
    words = _("%(covered)s dari %(eligible)s %(workers)s")
    told: dict[str, Any] = {"covered": whole(ucj.numerator), "eligible": whole(ucj.denominator)}
    told |= {"workers": workers_words(ucj.definition)}
    return ShareFigure(label, value_text(ucj, 2), _noted(words % told, ucj))


def _target(board: Board) -> ShareFigure | None:
    row = binding_target(board)
    if row is None or row.value is None:
        return None
    short = row.value.numerator
    label = _("Kekurangan terhadap target") if short > 0 else _("Melampaui target")
    return ShareFigure(label, whole(abs(short)), _("orang, %(target)s") % {"target": row.in_a_sentence})


def _figure(label: str, value: MeasureValue | None, note: str) -> ShareFigure | None:
    if value is None or is_partial(value):
        return None
    return ShareFigure(label, value_text(value), _noted(note, value))


def _noted(note: str, value: MeasureValue) -> str:
    """With how many regions are in it, where some are missing."""
    flag = figure_flag(value)
    return f"{note}; {flag}" if flag else note


def _origin(board: Board) -> str:
    computed = board.computed_at
    words = _("Sumber: Jamsostek Monitor, dihitung %(day)s.")
    return words % {"day": day_name(computed)} if computed else _("Sumber: Jamsostek Monitor.")
