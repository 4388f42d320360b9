"""The pages of lists by file, from sending to taking back."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from participants.models import Batch, BatchRow, Enrolment, Participant
from participants.services.batches.work import work_on_batches
from regions.models import Act
from tests.participants.batches import people, send, store, workbook
from tests.participants.made_files import HEADER, person, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast_once")]


def form(content, **changes):
    file = SimpleUploadedFile("Daftar Linmas.xlsx", content)
    values = {
        "region": "36.72",
        "category": "linmas",
        "funding": "apbd_kabkota",
        "first_month": "2025-01",
        "programmes": ["jkk", "jkm"],
        "source": "SK 1/2025",
        "as_of": "2025-01-31",
        "file": file,
    }
    return values | changes


def page(client, batch, query=""):
    return client.get(reverse("batch_detail", args=[batch.pk]) + query).content.decode()


def test_the_whole_way_of_a_list(cast, client_of):
    client = client_of(cast.wayan)
    rows = [*people(3), person(4, nik="36720107046500"), person(5, birth="31/02/1980")]
    response = client.post(reverse("batch_send"), form(workbook(rows)))
    batch = Batch.objects.get()
    assert (response.status_code, response.url) == (302, reverse("batch_detail", args=[batch.pk]))
    assert "menunggu dibaca" in page(client, batch).lower()
    work_on_batches()
    checked = page(client, batch)
    assert "3 baris baik, 2 perlu diperbaiki" in checked
    assert (
        "Lembar &quot;Linmas&quot;, baris 5, kolom B &quot;NIK&quot;: NIK tidak 16 angka. "
        "Periksa KTP, lalu tulis 16 angka." in checked
    )
    assert "kolom D &quot;Tanggal Lahir&quot;" in checked
    assert "3672010704650001" not in checked and "367201******0001" in checked
    client.post(reverse("batch_confirm", args=[batch.pk]))
    client.post(reverse("batch_confirm", args=[batch.pk]))
    work_on_batches()
    assert "3 baris tersimpan, 2 menunggu perbaikan" in page(client, batch)
    first, second = BatchRow.objects.filter(state="refused").order_by("pk")
    address = reverse("batch_row", args=[batch.pk, first.pk])
    assert "36720107046500" in client.get(address).content.decode()
    wrong = client.post(address, {"nik": "367201070465", "name": "Budi e", "address": "Jalan Baru"})
    assert wrong.status_code == 422
    assert "NIK tidak 16 angka" in wrong.content.decode()
    assert 'value="367201070465"' in wrong.content.decode()
    again = BatchRow.objects.get(batch=batch, number=first.number)
    mended = client.post(
        reverse("batch_row", args=[batch.pk, again.pk]), {"nik": "3672010704650004", "name": "Budi e"}
    )
    assert mended.url == reverse("batch_row", args=[batch.pk, second.pk])
    assert Participant.objects.filter(name="Budi e").count() == 1
    skipped = client.post(reverse("batch_row_skip", args=[batch.pk, second.pk]))
    assert skipped.url == reverse("batch_detail", args=[batch.pk])
    batch.refresh_from_db()
    assert batch.counts["state"] == {"new": 4, "skipped": 1}
    client.post(reverse("batch_undo", args=[batch.pk]), {"alasan": "salah bulan"})
    batch.refresh_from_db()
    assert (batch.state, Enrolment.objects.count(), Participant.objects.count()) == ("undone", 0, 0)
    for act in Act.objects.all():
        assert "367201070465" not in f"{act.subject}{act.detail}"


def test_what_changes_is_shown_before_and_after(cast, client_of):
    store([person(1)], cast.wayan)
    batch = send([person(1, district="Jombang"), person(2)], cast.wayan)
    shown = page(client_of(cast.wayan), batch, "?keadaan=changed")
    assert "kecamatan: <del>Cibeber</del> → <ins>Jombang</ins>" in " ".join(shown.split())
    store([person(1, district="Jombang")], cast.wayan)
    assert "Budi c" not in shown


def test_a_reason_shared_by_most_rows_is_said_once(cast, client_of):
    rows = [person(serial, nik=3672010704650000 + serial) for serial in range(1, 31)]
    shown = page(client_of(cast.wayan), send([*rows, person(40)], cast.wayan))
    assert "lebih baik minta ulang kolom ini" in shown
    assert shown.count("Sebabnya sama untuk sebagian besar daftar") == 1


def test_the_marked_workbook_is_the_one_sent_with_reasons(cast, client_of):
    rows = [person(1), person(2, nik="12"), person(3, name="=HYPERLINK(1)")]
    batch = send(rows, cast.wayan)
    response = client_of(cast.wayan).post(reverse("batch_marked", args=[batch.pk]), {"alasan": "surat 1"})
    book = CalamineWorkbook.from_filelike(BytesIO(response.content))
    got = book.get_sheet_by_name("Linmas").to_python()[:4]
    masked = person(1, nik="367201******0001")
    assert [row[:6] for row in got] == [HEADER, *([float(row[0]), *row[1:]] for row in [masked, *rows[1:]])]
    assert got[1][6] == ""
    assert got[2][6].startswith("Perlu diperbaiki: NIK tidak 16 angka")
    assert "bukan nama orang" in got[3][6]


def test_the_template_is_read_back_by_ourselves(cast, client_of):
    query = "?wilayah=36.72&kategori=linmas&bulan=2025-07"
    content = client_of(cast.wayan).get(reverse("list_template") + query).content
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    header = book.get_sheet_by_name("Daftar").to_python()[3]
    assert header[:6] == ["No", "NIK", "Nama Lengkap", "Tempat Lahir", "Tanggal Lahir", "L/P"]
    assert "Cibeber" in {row[0] for row in book.get_sheet_by_name("Kecamatan").to_python()}
    batch = send([[1, "3672010704650001", "Budi", "Cilegon", "07/04/1965", "L"]], cast.wayan, header[:6])
    assert batch.counts["state"] == {"new": 1}


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\xff" * 100, b"NIK;Nama\r\n", b"<html>"])
def test_no_file_gives_an_error_page(cast, client_of, content):
    client = client_of(cast.wayan)
    assert client.post(reverse("batch_send"), form(content)).status_code == 302
    work_on_batches()
    batch = Batch.objects.get()
    assert batch.state == "refused"
    assert client.get(reverse("batch_detail", args=[batch.pk])).status_code == 200


def test_a_form_that_lacks_something_keeps_what_was_typed(cast, client_of):
    response = client_of(cast.wayan).post(
        reverse("batch_send"), form(b"x", category="", last_month="2024-01")
    )
    text = response.content.decode()
    assert response.status_code == 422
    assert 'value="SK 1/2025"' in text
    assert "Bulan terakhir mendahului bulan pertama" in text


def test_the_stranger_sees_no_row_of_it(cast, client_of):
    batch = send([*people(2), person(3, nik="12")], cast.wayan)
    client = client_of(cast.budi)
    row = batch.rows.get(state="refused")
    for address in (
        reverse("batch_detail", args=[batch.pk]),
        reverse("batch_row", args=[batch.pk, row.pk]),
    ):
        assert client.get(address).status_code == 404
    for name, args in (
        ("batch_confirm", [batch.pk]),
        ("batch_cancel", [batch.pk]),
        ("batch_undo", [batch.pk]),
        ("batch_marked", [batch.pk]),
        ("batch_row_unmask", [batch.pk, row.pk]),
        ("batch_columns", [batch.pk]),
        ("batch_row", [batch.pk, row.pk]),
        ("batch_row_skip", [batch.pk, row.pk]),
    ):
        assert client.post(reverse(name, args=args), {"nik": "1"}).status_code == 404
    batch.refresh_from_db()
    assert (batch.state, batch.counts["state"]) == ("checked", {"new": 2, "refused": 1})
    refused = client.post(reverse("batch_send"), form(workbook(people(1))))
    assert refused.status_code == 422
    assert "di luar wewenang Anda" in refused.content.decode()
    assert Batch.objects.count() == 1


def test_a_huge_file_is_refused_in_words_and_never_kept_whole(cast, client_of):
    response = client_of(cast.wayan).post(reverse("batch_send"), form(b"x" * (40 * 2**20)))
    assert response.status_code == 422
    assert "Berkas lebih besar dari 25 MB" in response.content.decode()
    assert not Batch.objects.exists()


def test_a_hidden_sheet_is_read_only_when_chosen(cast, client_of):
    sheets = {"Linmas": [HEADER, *people(2)], "Lama": [HEADER, *people(3, first=50)]}
    batch = send(xlsx(sheets, hidden=("Lama",)), cast.wayan)
    assert batch.counts["state"] == {"new": 2}
    client = client_of(cast.wayan)
    assert "Lama (tersembunyi)" in page(client, batch)
    fields = ["order", "nik", "name", "birth_date", "sex", "district"]
    meant = {f"kolom_{number}": field for number, field in enumerate(fields)}
    client.post(reverse("batch_columns", args=[batch.pk]), {"sheets": ["Linmas", "Lama"], **meant})
    work_on_batches()
    batch.refresh_from_db()
    assert batch.counts["state"] == {"new": 5}
