"""Example data from the beginning: everything in the database goes, where all of it is example data."""

from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.utils.timezone import localtime

from jamsostek_monitor.backup.restoring import EMPTY, demand_alone
from jamsostek_monitor.kept_settings import kept_settings
from regions.selectors.user import has_example_people, real_accounts

_SHOWN = 5


class NotExample(Exception):
    """Something here is nobody's example; the sentence says what."""


def reset_example() -> None:
    """Raises NotExample, before anything is gone, or BackupProblem where a server is at work."""
    demand_example()
    demand_alone()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(EMPTY)
    connection.close()
    cache.clear()
    # Heads of a ledger that is gone would accuse the new one; they stay beside it.
    if settings.LEDGER_ANCHORS.exists():
        stamp = f"{localtime():%Y%m%d-%H%M%S}"
        settings.LEDGER_ANCHORS.rename(settings.LEDGER_ANCHORS.with_suffix(f".{stamp}.txt"))


def demand_example() -> None:
    if not settings.EXAMPLE_DATA or kept_settings().get("EXAMPLE_DATA", "1") == "0":
        raise NotExample("Instalasi ini bukan instalasi contoh, jadi tidak ada yang dihapus.")
    if not has_example_people():
        raise NotExample("Tidak ada akun contoh di basis data ini, jadi tidak ada yang dihapus.")
    real = real_accounts()
    if real:
        names = ", ".join(real[:_SHOWN])
        raise NotExample(
            f"Ada {len(real)} akun yang bukan akun contoh ({names}), jadi tidak ada yang dihapus. Cadangkan "
            "dahulu (./script/manage backup), lalu pakai folder data lain: JAMSOSTEK_VAR=…"
        )
