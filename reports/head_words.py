"""The verdict on one head of the ledger in a sentence, for the page and the command."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from regions.formats import day_name
from regions.head import Head
from regions.number import grouped
from regions.selectors.ledger_check import HeadCheck, HeadState


@dataclass(frozen=True)
class HeadVerdict:
    is_good: bool
    sentence: str


def verdict_words(check: HeadCheck) -> HeadVerdict:
    words = {
        "size": grouped(check.size),
        "now": grouped(check.now),
        "after": _day(check.after),
        "before": _day(check.before),
        "reason": check.reason,
    }
    sentences = {
        HeadState.FITS: _(
            "Sesuai: %(now)s catatan sekarang berawal dari %(size)s catatan itu, tanpa perubahan."
        ),
        HeadState.SHORTENED: _(
            "Dipendekkan: pada %(before)s ada %(size)s catatan yang ditandatangani, sekarang tinggal %(now)s."
        ),
        HeadState.REWRITTEN: _(
            "Ditulis ulang: sesuai sampai %(after)s, tidak lagi sesuai dengan yang ditandatangani %(before)s."
        ),
        HeadState.FORKED: _(
            "Sebelum pemulihan: pada %(before)s dinyatakan bahwa basis data dipulihkan dari cadangan "
            "(%(reason)s). Catatan yang lebih baru daripada cadangan itu tidak ada lagi."
        ),
        HeadState.UNREADABLE: _(
            "Tidak dapat diperiksa: segel atau isi log aktivitas di sini rusak. Beri tahu administrator."
        ),
        HeadState.UNKNOWN: _("Tidak dikenal: segel ini tidak pernah dibuat di sini. Periksa ketikannya."),
    }
    return HeadVerdict(check.state == HeadState.FITS, sentences[check.state] % words)


def _day(head: Head | None) -> str:
    return day_name(head.day if head else None)
