"""Looking a person up by NIK: as often as work needs it, not as often as trying numbers out would."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from participants.enums import LookUpOutcome, ReadPage
from participants.errors import PersonRefused
from participants.models import LookUp
from participants.nik import Nik
from participants.selectors.persons.person import Found, find_by_nik
from participants.services.persons.reading import note_reading, readable_region
from regions.access import require_anywhere
from regions.cipher import digest
from regions.models import User
from regions.roles import Permission

_KEPT = timedelta(days=1)
_HOUR = timedelta(hours=1)
_SHORT = timedelta(minutes=10)
# Region of issue and day of birth.
_STEM = 12


def look_up(*, nik: Nik, by: User) -> Found:
    """Raises PersonRefused where somebody looks up too much, NotPermitted.

    The count stands in the database: it holds for all processes, and where it cannot be asked nothing is
    answered.
    """
    require_anywhere(by, Permission.VIEW_PERSONS)
    with transaction.atomic():
        # One look-up of a person at a time, so that no two of them are counted as one.
        User.objects.select_for_update(no_key=True).only("pk").get(pk=by.pk)
        refusal = _refusal(nik, by)
        found = None if refusal else find_by_nik(by, nik)
        _keep(nik, by, found)
    if found is None:
        note_reading(by=by, page=ReadPage.REFUSED_LOOK_UP, rows=1)
        raise PersonRefused(refusal)
    note_reading(by=by, page=ReadPage.LOOK_UP, persons=[person.pk for person in found.persons], rows=1)
    return found


def forget_look_ups() -> int:
    """Throw away what has become too old to say anything."""
    gone, _by_model = LookUp.objects.filter(at__lt=now() - _KEPT).delete()
    return gone


def _keep(nik: Nik, by: User, found: Found | None) -> None:
    outcome = LookUpOutcome.REFUSED
    if found is not None:
        outcome = LookUpOutcome.FOUND if found.persons else LookUpOutcome.MISSED
    LookUp.objects.create(
        reader=by,
        region_code=readable_region(by),
        outcome=outcome,
        nik_digest=digest(nik.digits),
        stem_digest=digest(nik.digits[:_STEM]),
    )


def _refusal(nik: Nik, by: User) -> str:
    """Why this number is not looked up now; empty where it is."""
    moment = now()
    answered = LookUp.objects.filter(reader=by, at__gt=moment - _HOUR).exclude(outcome=LookUpOutcome.REFUSED)
    rows = list(answered.values_list("at", "outcome", "nik_digest", "stem_digest"))
    if len(rows) >= settings.LOOK_UPS_AN_HOUR:
        return _too_often()
    misses = sum(at > moment - _SHORT and outcome == LookUpOutcome.MISSED for at, outcome, *_rest in rows)
    if misses >= settings.MISSED_LOOK_UPS:
        return _too_often()
    mine, stem = digest(nik.digits), digest(nik.digits[:_STEM])
    alike = {bytes(number) for _at, _outcome, number, begins in rows if bytes(begins) == stem}
    if mine not in alike and len(alike) >= settings.LIKE_LOOK_UPS:
        return _(
            "Anda mencari beberapa NIK yang hampir sama. Carilah NIK yang tertulis di surat, jangan "
            "mencoba-coba; verifikator dapat melihatnya. Tunggu satu jam, atau cari dengan nama."
        )
    return ""


def _too_often() -> str:
    return _(
        "Terlalu banyak NIK dicari. Tunggu beberapa menit, atau kirim daftarnya sebagai berkas: semua NIK di "
        "dalamnya diperiksa sekaligus."
    )
