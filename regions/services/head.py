"""Signing heads of the ledger and anchoring them in a file that no role of the database reaches."""

import fcntl
import logging
import os
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.timezone import localdate, now

from regions.enums import Verb
from regions.head import Head, origin_of, signed, signing_key
from regions.models import Checkpoint, LedgerCheck, User
from regions.practice import current_room
from regions.selectors.ledger_check import anchored_heads, check_ledger, kept_until, newest_head, read_head
from regions.services.act import record_act

log = logging.getLogger(__name__)


def write_checkpoint() -> Checkpoint:
    """The head of what is committed, signed and anchored. Where nothing came since, today's stays."""
    last, (size, root) = newest_head(), read_head()
    if last is not None and (last.size, last.root) == (size, root) and localdate(last.at) == localdate():
        return last
    return _anchor(Head(origin_of(signing_key()), size, root, localdate()))


def head_to_print() -> str:
    """For papers and mails; empty where no head can be made, which keeps nobody from a paper.

    The ledger of a practice room is no ledger of the installation: its heads are signed nowhere.
    """
    if current_room() is not None:
        return ""
    try:
        return str(write_checkpoint())
    except (ImproperlyConfigured, KeyError, OSError) as error:
        log.error("no head of the ledger could be signed: %s", type(error).__name__)
        return ""


def declare_fork(*, reason: str, by: User | None) -> Checkpoint:
    """Say that the ledger goes on from a restored backup: longer heads hold no more, and here is why.

    The act about it is committed first, so that it stands in the first head that follows.
    """
    reason = " ".join(reason.split())[:200]
    if not reason:
        raise ValueError("a fork needs its reason")
    forked_at = kept_until(anchored_heads().good)
    with transaction.atomic():
        record_act(
            by=by,
            verb=Verb.FORKED,
            subject=f"{forked_at}",
            actor_name="" if by else "server",
            detail={"reason": reason},
        )
    size, root = read_head()
    return _anchor(Head(origin_of(signing_key()), size, root, localdate(), forked_at, reason))


def _anchor(head: Head) -> Checkpoint:
    """First the file, then the row: what is shown anywhere was anchored before."""
    note = signed(head)
    _append(settings.LEDGER_ANCHORS, f"{note}\n".encode())
    return Checkpoint.objects.create(at=now(), size=head.size, root=head.root, note=note)


def _append(path: Path, note: bytes) -> None:
    """Whole or not at all: half a head, as a full disk takes it, would look like a forged one."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        fcntl.flock(file, fcntl.LOCK_EX)
        before = os.fstat(file).st_size
        try:
            while note:
                note = note[os.write(file, note) :]
            os.fsync(file)
        except OSError:
            os.ftruncate(file, before)
            raise
    finally:
        os.close(file)


def check_every_night() -> LedgerCheck:
    """Everything from the first act on, against all heads that were ever signed; then today's head."""
    found = check_ledger()
    row = LedgerCheck.objects.create(at=now(), acts=found.acts, faults=found.faults)
    if not found.faults:
        write_checkpoint()
    return row
