"""A dropped file is kept until it is said what it is of: nothing that is missing loses it."""

import json
from datetime import timedelta
from pathlib import Path

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from participants.errors import BatchRefused
from participants.models import HeldFile
from participants.services.batches.batch import demand_size
from regions.access import require_of_some
from regions.alone import run_alone
from regions.cipher import seal_bytes, unseal_bytes
from regions.models import User
from regions.personal_numbers import masked_file_name, masked_numbers
from regions.roles import Permission

# Run alone, and imported by no module.
_FIRST_WORDS = Path(__file__).parents[2] / "importers" / "first_words.py"
_MOST_SECONDS = 15
_MOST_HELD = 20
_KEPT = timedelta(days=3)


@transaction.atomic
def hold_file(*, file_name: str, content: bytes, by: User, is_read: bool = True) -> HeldFile:
    """Keep a file under the person's name, with what stands above its table where that is to be read.

    Raises NotPermitted or BatchRefused.
    """
    require_of_some(by, Permission.ENTER_PERSONS)
    demand_size(content)
    if HeldFile.objects.filter(by=by).count() >= _MOST_HELD:
        raise BatchRefused(_("Masih banyak berkas Anda yang menunggu keterangan. Kirim atau buang dahulu."))
    return HeldFile.objects.create(
        by=by,
        file_name=masked_file_name(file_name, 150),
        content_sealed=seal_bytes(content),
        words=_first_words(file_name, content) if is_read else [],
    )


def content_of(held: HeldFile) -> bytes:
    return unseal_bytes(held.content_sealed)


def forget_held(*, pk: int, by: User) -> None:
    """Sent, or not wanted any more."""
    HeldFile.objects.filter(pk=pk, by=by).delete()


def forget_old_held() -> int:
    """What nobody said anything of for days."""
    gone, _by_model = HeldFile.objects.filter(at__lt=now() - _KEPT).delete()
    return gone


def _first_words(file_name: str, content: bytes) -> list[str]:
    """Of what cannot be read there are none; the reader says why once the file is sent."""
    try:
        code, told = run_alone(_FIRST_WORDS, file_name, content, _MOST_SECONDS)
    except TimeoutError:
        return []
    if code or not told:
        return []
    return [masked_numbers(text) for text in json.loads(told)[:60]]
