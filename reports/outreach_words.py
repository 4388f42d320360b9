"""What a year's outreach comes to, in sentences that claim no more than the figures do."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from regions.formats import rupiah, signed, whole
from reports.outreach.inference import Estimate
from reports.selectors.outreach.board import OutreachBoard
from reports.selectors.outreach.yields import EventYield


def conclusion_of(board: OutreachBoard) -> list[str]:
    told = [_done(board)]
    if board.overdue:
        told.append(
            ngettext(
                "%(count)s kegiatan lewat tanggal rencananya tanpa laporan.",
                "%(count)s kegiatan lewat tanggal rencananya tanpa laporan.",
                len(board.overdue),
            )
            % {"count": whole(len(board.overdue))}
        )
    if board.held:
        told.append(_estimate_of(board))
    return told


def _done(board: OutreachBoard) -> str:
    if not board.held:
        return _("Belum ada sosialisasi yang terlaksana dalam %(year)s; %(count)s direncanakan.") % {
            "year": board.year,
            "count": whole(len(board.coming)),
        }
    return _(
        "%(count)s kegiatan terlaksana dalam %(year)s, dihadiri %(people)s orang, biayanya %(cost)s."
    ) % {
        "count": whole(len(board.held)),
        "year": board.year,
        "people": whole(board.attended),
        "cost": rupiah(board.cost),
    }


def _estimate_of(board: OutreachBoard) -> str:
    if board.estimate:
        return estimate_words(board.estimate)
    return _(
        "Hasilnya belum dapat dinilai: belum ada kegiatan yang tempat dan kategorinya ditetapkan sebelum "
        "pelaksanaan, yang sudah lewat 90 hari, dan yang memiliki tempat pembanding."
    )


def estimate_words(told: Estimate) -> str:
    numbers = {
        "count": whole(told.events),
        "people": whole(abs(told.per_event)),
        "difference": signed(told.per_event),
        "low": signed(told.low),
        "high": signed(told.high),
    }
    if not told.can_tell:
        return (
            _(
                "Dari %(count)s kegiatan belum dapat disimpulkan apa pun: tempat pembandingnya terlalu "
                "sedikit untuk membedakan hasil dari kebetulan."
            )
            % numbers
        )
    if not told.is_found:
        sentence = _(
            "Dari %(count)s kegiatan tidak terlihat hasil di luar kebetulan: selisihnya dengan tempat serupa "
            "%(difference)s peserta baru per kegiatan, dengan rentang 95%% dari %(low)s sampai %(high)s."
        )
    elif told.is_more:
        sentence = _(
            "Sesudah %(count)s kegiatan, peserta baru di tempatnya sekitar %(people)s orang per kegiatan "
            "lebih banyak daripada di tempat serupa (rentang 95%%: %(low)s sampai %(high)s). Ini hubungan, "
            "bukan sebab."
        )
    else:
        sentence = _(
            "Sesudah %(count)s kegiatan, peserta baru di tempatnya sekitar %(people)s orang per kegiatan "
            "lebih sedikit daripada di tempat serupa (rentang 95%%: %(low)s sampai %(high)s). Ini hubungan, "
            "bukan sebab."
        )
    return sentence % numbers


def compared_words(one: EventYield) -> str:
    """How the place of an event stands among places like it, over the longest window."""
    told = one.long
    if not told.is_over:
        return _("Jendela 90 hari masih berjalan; perbandingannya menyusul.")
    if not told.compared:
        return _(
            "Tidak ada tempat pembanding: kegiatannya untuk seluruh wilayah, atau semua tempat lain juga "
            "didatangi dalam bulan-bulan itu."
        )
    if told.is_silent:
        return _(
            "Tidak ada peserta baru dalam daftar dengan nama untuk bulan-bulan ini, di sini maupun di tempat "
            "serupa, sehingga tidak ada yang dapat dibandingkan."
        )
    changes = [place.change for place in told.compared]
    return _(
        "Peserta baru di sini berubah %(own)s dari bulan-bulan sebelumnya; di %(count)s tempat serupa "
        "berubah %(low)s sampai %(high)s, dan %(more)s di antaranya naik lebih banyak."
    ) % {
        "own": signed(told.change),
        "count": whole(len(changes)),
        "low": signed(min(changes)),
        "high": signed(max(changes)),
        "more": whole(sum(change > told.change for change in changes)),
    }
