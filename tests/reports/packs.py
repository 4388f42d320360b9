"""Packs in tests: asked for and made at once, as a worker would."""

from datetime import date

from reports.models import Document, Pack, PackJob
from reports.pack.period import Period, PeriodKind, period_of
from reports.services.pack import ask_pack
from reports.services.pack_work import work_on_packs
from tests.cast import KOTA_A

JULY_MONTH = Period(PeriodKind.MONTH, date(2025, 7, 1))
THIRD_QUARTER = period_of(PeriodKind.QUARTER, date(2025, 7, 1))


def made(by, period=JULY_MONTH, code=KOTA_A, document=Document.PACK) -> Pack:
    job = ask_pack(region_code=code, period=period, by=by, document=document)
    work_on_packs()
    job = PackJob.objects.get(pk=job.pk)
    assert job.state == "ready", (job.state, job.failure)
    return job.pack


def file_of(pack, face) -> bytes:
    return bytes(pack.files.get(face=face).content)
