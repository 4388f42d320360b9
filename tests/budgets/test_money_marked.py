"""The marked workbook of a file of money: with a reason, with a trace, and with no number of a person."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from regions.models import Act
from tests.budgets.money_files import PAID, paid, send, take_marked, workbook

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast_once")]
REASON = "dikembalikan ke dinas, surat 12/2025"
NIK = "3672010704650001"


def sent(by):
    """One row that is good and names a person by number, and two that are to be mended."""
    rows = [[*paid(1, 480_457_660), "Orang Uji", NIK], [*paid(2, "x"), "", ""], [*paid(3, "y"), "", ""]]
    batch = send(workbook(rows, [*PAID, "Nama", "Keterangan"]), by)
    assert batch.counts == {"new": 1, "refused": 2}
    return batch


def test_it_says_who_took_it_and_why_on_the_sheet_and_on_paper(cast, client_of):
    batch = sent(cast.wayan)
    answer = take_marked(client_of(cast.siti), batch)
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (200, True)
    lines = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_name("Rekap").to_python()
    assert lines[1][5] == 480_457_660
    assert "Orang Uji" not in str(lines)
    assert (NIK in str(lines), "367201******0001" in str(lines)) == (False, True)
    line = lines[-1][0]
    assert line.startswith(f"Berkas iuran #{batch.pk}. Memuat data pribadi. Diunduh oleh Siti pada ")
    assert line.endswith(f"Alasan: {REASON}")
    with ZipFile(BytesIO(answer.content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert sheet.count("Memuat data pribadi. Diunduh oleh Siti") == 3
    assert "<oddHeader>" in sheet
    assert "<oddFooter>" in sheet


def test_the_act_says_how_many_rows_are_to_be_mended_and_why(cast, client_of):
    take_marked(client_of(cast.wayan), sent(cast.wayan))
    act = Act.objects.latest("pk")
    assert (act.verb, act.actor_name, act.region_code) == ("exported", "wayan", "36.72")
    assert act.detail == {"rows": 2, "whole_nik": False, "reason": REASON, "format": "xlsx"}


@pytest.mark.parametrize("reason", ["", "x", "    ", "ab c"])
def test_without_a_reason_nothing_leaves(cast, client_of, reason):
    batch = sent(cast.wayan)
    acts, client = Act.objects.count(), client_of(cast.wayan)
    answer = take_marked(client, batch, reason)
    page = reverse("money_batch_detail", args=[batch.pk])
    assert (answer.status_code, answer.url, Act.objects.count()) == (302, page, acts)
    assert "Tulis alasannya, misalnya nomor surat yang memintanya." in client.get(page).content.decode()
    assert client.get(reverse("money_batch_marked", args=[batch.pk])).status_code == 405


def test_only_who_works_on_the_file_takes_it(cast, client_of):
    batch = sent(cast.wayan)
    people = ("wayan", "siti", "budi", "ratna", "dewi", "lestari")
    said = {one: take_marked(client_of(getattr(cast, one)), batch).status_code for one in people}
    assert said == {"wayan": 200, "siti": 200, "budi": 404, "ratna": 404, "dewi": 403, "lestari": 403}


def test_the_page_asks_for_the_reason_where_there_is_something_to_mend(cast, client_of):
    client = client_of(cast.wayan)
    good = send(workbook([paid(1, 1_000)]), cast.wayan)
    for batch, asks in ((sent(cast.wayan), True), (good, False)):
        page = client.get(reverse("money_batch_detail", args=[batch.pk])).content.decode()
        address = reverse("money_batch_marked", args=[batch.pk])
        assert (f'action="{address}"' in page, 'id="alasan-bertanda"' in page) == (asks, asks)
        assert f'href="{address}"' not in page
