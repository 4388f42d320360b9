"""Commits facts, notes times, commits more, and restores the first state, with servers of its own.

They keep their log of changes in BACKUP_DIR. `python -m jamsostek_monitor.embedded run` runs it for a test:
`python -m tests.moments SQL`. The last line of the output is what was found, as JSON.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jamsostek_monitor.settings")
django.setup()

from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils.timezone import localtime, now

from jamsostek_monitor.backup.bases import list_bases, make_base, thin_bases
from jamsostek_monitor.backup.digests import TableDigest, digest_tables
from jamsostek_monitor.backup.noted import back_up_as_scheduled
from participants.models import MembershipCount
from participants.services.membership_count import correct_membership_count
from regions.services.user import ensure_system_user
from reports.selectors.wal import wal_state
from tests.cast import KOTA_A, make_cast
from tests.conftest import load_test_reference, make_figures
from tests.own_services import make_tables

# A restore tells the ledger about itself, and its backup of the moment leaves a note.
TOLD = {"regions_act", "regions_leaf", "regions_treenode", "reports_backupnote", "reports_heartbeat"}


def digests() -> dict[str, TableDigest]:
    with transaction.atomic():
        return {name: digest for name, digest in digest_tables().items() if name not in TOLD}


def correct(cast: Any, members: int) -> None:
    row = MembershipCount.objects.get(region_id=KOTA_A)
    correct_membership_count(
        pk=row.pk, revision=row.revision, by=cast.wayan, reason="salah", new={"members": members}
    )


def noted() -> str:
    """This moment as an officer would write it down, and a moment later."""
    time.sleep(1.1)
    moment = f"{localtime(now()):%Y-%m-%d %H:%M:%S}"
    time.sleep(1.1)
    return moment


def members() -> int:
    return MembershipCount.objects.get(region_id=KOTA_A).members


def refusal(until: str) -> str:
    try:
        call_command("restore", settings.BACKUP_DIR, until=until, force=True)
    except CommandError as error:
        return str(error)
    return ""


def tried(tables: str) -> dict[str, Any]:
    make_tables(tables)
    load_test_reference()
    cast = make_cast()
    make_figures(ensure_system_user())
    too_early = noted()
    back_up_as_scheduled()
    folder = Path(settings.BACKUP_DIR)
    correct(cast, 70_001)
    first_moment, first = noted(), digests()
    correct(cast, 70_002)
    state = wal_state()
    found: dict[str, Any] = {"too_early": refusal(too_early), "later": members()}
    began = time.monotonic()
    call_command("restore", folder, until=first_moment, force=True)
    found |= {"seconds": time.monotonic() - began, "back": members()}
    now_there = digests()
    found["different"] = [name for name in first if first[name] != now_there[name]]
    found["triggers"] = _still_refuses()
    found["state"] = {
        "ok": bool(state and not state.is_bad),
        "left": sorted(p.name for p in folder.iterdir()),
    }
    make_base(folder)
    before = len(list((folder / "wal").glob("*.gz")))
    found["thinned"] = thin_bases(folder, 1) < before and len(list_bases(folder)) == 1
    return found


def _still_refuses() -> bool:
    with connection.cursor() as cursor:
        try:
            cursor.execute("DELETE FROM regions_act")
        except django.db.Error:
            return True
    return False


if __name__ == "__main__":
    print(json.dumps(tried(sys.argv[1])))
