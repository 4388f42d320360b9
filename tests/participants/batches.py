"""Sending lists in tests: files written by `made_files`, read and stored as a worker would."""

from datetime import date

from participants.models import Batch
from participants.services.batches.batch import BatchTerms, confirm_batch, send_file
from participants.services.batches.work import work_on_batches
from tests.participants.made_files import HEADER, person, xlsx

# As the form above a grid of persons sends them.
GRID_TERMS = {
    "segment": "bpu",
    "programmes": ["jkk", "jkm"],
    "until": "open",
    "source": "SK 12",
    "as_of": "2025-07-31",
}


def terms(**changes):
    values = {
        "region_code": "36.72",
        "category": "linmas",
        "funding": "apbd_kabkota",
        "segment": "bpu",
        "programmes": ("jkk", "jkm"),
        "first_month": date(2025, 1, 1),
        "source": "SK Wali Kota 1/2025",
        "as_of": date(2025, 1, 31),
    }
    return BatchTerms(**(values | changes))


def workbook(rows, header=None):
    return xlsx({"Linmas": [header or HEADER, *rows]})


def send(rows, by, header=None, **changes):
    """The batch, read and compared."""
    content = rows if isinstance(rows, bytes) else workbook(rows, header)
    batch = send_file(terms=terms(**changes), file_name="daftar.xlsx", content=content, by=by)
    work_on_batches()
    return Batch.objects.get(pk=batch.pk)


def store(rows, by, header=None, **changes):
    batch = send(rows, by, header, **changes)
    confirm_batch(pk=batch.pk, by=by)
    work_on_batches()
    return Batch.objects.get(pk=batch.pk)


def people(count, first=1):
    return [person(serial) for serial in range(first, first + count)]
