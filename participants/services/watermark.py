"""The line under files that hold data of persons: who took them, when and why."""

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from regions.models import User


def watermark(*, by: User, reason: str, document: str = "") -> str:
    """`document` is what the file was made of, where it is one document."""
    line = _("Memuat data pribadi. Diunduh oleh %(who)s pada %(when)s. Alasan: %(reason)s") % {
        "who": by,
        "when": f"{localtime():%d/%m/%Y %H.%M}",
        "reason": reason,
    }
    return f"{document}. {line}" if document else line
