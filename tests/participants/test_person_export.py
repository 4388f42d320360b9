"""Lists of persons that are taken out: masked or whole, with what stands in the ledger about it."""

from io import BytesIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from participants.person_columns import further_columns
from regions.models import Act
from tests.factories import nik_of
from tests.pages import streamed_text
from tests.participants.listed_people import august, listed, people

__all__ = ["august", "people"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast_once", "august")]


def sheet(response):
    book = CalamineWorkbook.from_filelike(BytesIO(b"".join(response.streaming_content)))
    return book.get_sheet_by_name("Peserta").to_python()


def test_the_masked_list_goes_out_with_its_filters_and_a_trace(people, cast, client_of):
    response = client_of(cast.wayan).get(reverse("person_export") + "?kategori=linmas&bentuk=csv")
    # Columns without a place of their own would stand behind these.
    behind = "".join(f",{column.title}" for column in further_columns()), "," * len(further_columns())
    assert streamed_text(response).splitlines() == [
        "Nama,NIK,Tanggal lahir,Kecamatan,Kategori,Sumber dana,Lembaga pembayar,Sejak,Sampai,Status,Wilayah"
        + behind[0],
        "Asep Rukmana,367201******0001,07/04/1965,Cibeber,Anggota Linmas,APBD kabupaten/kota,,"
        "01/2025,–,aktif,Kota Cilegon" + behind[1],
    ]
    act = Act.objects.get(verb="exported")
    assert act.region_code == "36.72"
    assert act.detail == {
        "filters": "kategori=linmas",
        "count": 1,
        "format": "csv",
        "whole_nik": False,
        "reason": "",
    }


def test_the_stranger_takes_out_his_own_only(people, cast, client_of):
    client = client_of(cast.budi)
    for query in ("", "?wilayah=36.72", "?wilayah=36&bentuk=xlsx"):
        response = client.get(reverse("person_export") + query)
        rows = sheet(response) if "xlsx" in query else streamed_text(response).splitlines()
        assert "Asep Rukmana" not in str(rows)
        assert "Euis" not in str(rows)
        assert len(rows) == (1 if query == "?wilayah=36.72" else 3)
    assert client.post(reverse("person_export"), {"alasan": "surat 1/2025"}).status_code == 403
    assert [act.detail["count"] for act in Act.objects.filter(verb="exported").order_by("pk")] == [2, 0, 2]


def test_whole_nik_go_out_with_a_reason_a_watermark_and_a_trace(people, cast, client_of):
    client, address = client_of(cast.siti), reverse("person_export") + "?kategori=linmas"
    assert client.post(address, {"alasan": ""}).status_code == 302
    rows = sheet(client.post(address, {"alasan": "Permintaan BPJS 5/2025", "bentuk": "xlsx"}))
    assert rows[0][0] == (
        "Memuat data pribadi. Diunduh oleh Siti pada 20/08/2025 10.00. Alasan: Permintaan BPJS 5/2025"
    )
    assert rows[2][:3] == ["Asep Rukmana", nik_of(1), "07/04/1965"]
    lines = streamed_text(client.post(address, {"alasan": "Permintaan BPJS 5/2025"})).splitlines()
    assert lines[0] == rows[0][0]
    assert lines[2].startswith(f"Asep Rukmana,'{nik_of(1)},07/04/1965")
    acts = Act.objects.filter(verb="exported")
    assert [(act.detail["whole_nik"], act.detail["count"]) for act in acts] == [(True, 1), (True, 1)]


@pytest.mark.parametrize("live", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_of_a_list_is_run_by_a_spreadsheet(cast, client_of, live):
    listed(cast.wayan, live, district_name=live)
    client = client_of(cast.wayan)
    rows = streamed_text(client.get(reverse("person_export")))
    assert f"'{live}" in rows
    assert f",{live}" not in rows.replace(f"'{live}", "")
    content = b"".join(client.get(reverse("person_export") + "?bentuk=xlsx").streaming_content)
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    cell = book.get_sheet_by_name("Peserta").to_python()[1][0]
    assert cell.strip() == live.strip()
    assert b"<f>" not in content
