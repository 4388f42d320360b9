"""What all letters have in common, whatever they ask."""

from collections.abc import Sequence
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from regions.formats import day_name
from regions.models import User
from regions.practice import data_warning

# A letter to an office is Indonesian, whatever language its writer reads.
LANGUAGE = "id"
_TO_BE_FILLED = "………………………………"


def letter_frame(
    *, title: str, sender: str, to: Sequence[str], told: dict[str, Any], by: User, caution: str = ""
) -> dict[str, Any]:
    """Head, signature and foot; `told` is what the form asked for, `caution` a sentence for the foot."""
    foot = _("Dibuat dengan Jamsostek Monitor oleh %(who)s pada %(day)s.")
    return {
        "lang": LANGUAGE,
        "title": title,
        "sender": sender,
        "place_date": told["place_date"] or _TO_BE_FILLED,
        "number": told["letter_number"] or _TO_BE_FILLED,
        "words": {"number": _("Nomor"), "subject": _("Hal"), "to": _("Kepada Yth.")},
        "to": list(to),
        "asking": _("Sehubungan dengan itu kami mohon:"),
        "signer_title": told["signer_title"],
        "signer": told["signer"],
        "foot": " ".join(filter(None, [foot % {"who": by, "day": day_name(localdate())}, caution])),
        "warning": data_warning(),
    }


def greeted(sentence: str) -> list[str]:
    return [_("Dengan hormat,"), sentence]


def thanks() -> str:
    return _("Atas kerja sama Saudara kami ucapkan terima kasih.")
