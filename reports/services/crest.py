"""The crest of a region: taken in when it can be drawn, replaced, taken away."""

from pathlib import Path

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

import reports.pack
from regions.access import get_region
from regions.alone import run_alone
from regions.enums import Level, Verb
from regions.errors import OutsideScope
from regions.models import User
from regions.personal_numbers import masked_file_name
from regions.roles import Permission
from regions.services.act import record_act
from reports.models import Crest

MOST_BYTES = 2_000_000
_PROGRAM = Path(reports.pack.__file__).parent / "crest_drawing.py"
# As the program says it; it is run, never imported.
_REFUSED, _MOST_SECONDS = 3, 20


class CrestRefused(Exception):
    """The file cannot be a crest; `sentence` says why and what to do."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


def store_crest(*, region_code: str, file_name: str, content: bytes, by: User) -> Crest:
    """In place of the one before. Raises OutsideScope, NotPermitted or CrestRefused."""
    region = get_region(by, region_code, Permission.MANAGE_REFERENCE)
    if region.level > Level.REGENCY:
        raise OutsideScope(region_code)
    drawn = _drawn(content)
    with transaction.atomic():
        row, _made = Crest.objects.update_or_create(
            region=region,
            defaults={
                "content": drawn,
                "file_name": masked_file_name(file_name, 150),
                "by": by,
                "at": now(),
            },
        )
        _record(row, _("diunggah"), by)
    return row


@transaction.atomic
def remove_crest(*, region_code: str, by: User) -> None:
    """Packs made from now on have none. Raises OutsideScope or NotPermitted."""
    get_region(by, region_code, Permission.MANAGE_REFERENCE)
    row = Crest.objects.select_for_update().filter(region=region_code).first()
    if row is None:
        raise OutsideScope(region_code)
    _record(row, _("dihapus"), by)
    row.delete()


def _drawn(content: bytes) -> bytes:
    if len(content) > MOST_BYTES:
        raise CrestRefused(_("Gambarnya lebih besar dari 2 MB. Perkecil, lalu unggah lagi."))
    try:
        code, made = run_alone(_PROGRAM, {}, content, _MOST_SECONDS)
    except TimeoutError as error:
        raise CrestRefused(_sentence("broken")) from error
    if code or not made:
        raise CrestRefused(_sentence(made.decode() if code == _REFUSED else "broken"))
    return made


def _sentence(reason: str) -> str:
    return {
        "kind": _("Isi berkas ini bukan gambar PNG, JPEG, atau SVG. Simpan lambangnya sebagai PNG."),
        "outside": _("SVG ini memuat skrip, gambar, atau rujukan ke luar. Simpan lambangnya sebagai PNG."),
        "large": _("Gambarnya lebih dari 40 juta titik. Perkecil, lalu unggah lagi."),
    }.get(reason, _("Gambar ini rusak atau tidak dapat digambar. Simpan lambangnya sebagai PNG."))


def _record(row: Crest, what: str, by: User) -> None:
    record_act(
        by=by,
        verb=Verb.CORRECTED,
        subject=_("lambang wilayah"),
        region_code=row.region_id,
        detail={"changed": what, "file": row.file_name},
    )
