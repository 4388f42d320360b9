"""Files of money in tests, written by hand as offices write them."""

from datetime import date

import pytest
from django.urls import reverse

from budgets.enums import MoneyKind
from budgets.models import Contribution, MoneyBatch
from budgets.services.money_batch import MoneyTerms, confirm_money_batch, send_money_file
from budgets.services.money_read import work_on_money_files
from tests.cast import KOTA_A
from tests.participants.made_files import xlsx

JULY = date(2025, 7, 1)
PAID = [
    "No",
    "Wilayah",
    "No. Bukti",
    "Tgl Bayar",
    "Program",
    "Iuran (Rp)",
    "Bulan Iuran",
    "Sumber Dana",
    "Kategori",
]


@pytest.fixture
def wayan(cast):
    return cast.wayan


def paid(number, amount, proof="", **changes):
    row = {"no": number, "region": "Kota Cilegon", "proof": proof or f"SP2D-{number}", "day": "10/07/2025"}
    row |= {"programme": "JKK dan JKM", "amount": amount, "month": "Juli 2025"}
    row |= {"funding": "APBD kabupaten/kota", "category": "Linmas"} | changes
    return list(row.values())


def workbook(rows, header=None, above=()):
    return xlsx({"Rekap": [*above, header or PAID, *rows]})


def send(content, by, kind=MoneyKind.CONTRIBUTION, code=KOTA_A, name="rekap.xlsx", as_of=date(2025, 7, 31)):
    terms = MoneyTerms(kind, code, "Rekap uji nomor 1", as_of)
    batch = send_money_file(terms=terms, file_name=name, content=content, by=by)
    work_on_money_files()
    return MoneyBatch.objects.get(pk=batch.pk)


def store(content, by, **more):
    batch = send(content, by, **more)
    confirm_money_batch(pk=batch.pk, by=by)
    return MoneyBatch.objects.get(pk=batch.pk)


def take_marked(client, batch, reason="dikembalikan ke dinas, surat 12/2025"):
    """The marked workbook, taken with a reason."""
    return client.post(reverse("money_batch_marked", args=[batch.pk]), {"alasan": reason})


def stored():
    """All contributions, as far as a file says them."""
    columns = ("region_id", "programme", "amount", "paid_on", "first_month", "last_month")
    rows = Contribution.objects.order_by("amount").values_list(
        *columns, "funding_id", "category_id", "origin"
    )
    return list(rows)
