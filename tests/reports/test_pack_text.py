"""Words typed for a pack: tables cell by cell, carried over to the next period, one person at a time."""

import re
from datetime import date

import pytest
from django.http import QueryDict

from reports.forms.written_rows import RowsWidget
from reports.models import PackJob, PackText
from reports.pack.period import PeriodKind, period_of
from tests.cast import KOTA_A
from tests.reports.packs import THIRD_QUARTER, file_of, made, pdf_text

WIDGET = RowsWidget(["Kendala", "Tindak lanjut", "Penanggung jawab"])
NEXT_QUARTER = period_of(PeriodKind.QUARTER, date(2025, 10, 1))


def typed(*rows):
    data = QueryDict(mutable=True)
    for at, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            data[f"obstacles-{at}-{column}"] = cell
    return data


@pytest.mark.parametrize(
    ("rows", "lines"),
    [
        ([["data", "didata", "Dinas"]], ["data | didata | Dinas"]),
        ([["", "", ""], ["a", "", "c"], ["", "", ""]], ["a |  | c"]),
        ([["satu | dua", "baris\r\nbaru", ""]], ["satu / dua | baris baru | "]),
        ([[" ", "\t", ""]], []),
    ],
)
def test_cells_become_lines_and_come_back(rows, lines):
    assert WIDGET.value_from_datadict(typed(*rows), {}, "obstacles").split("\n") == (lines or [""])
    shown = WIDGET.render("obstacles", "\n".join(lines))
    assert shown.count("<tr>") == len(lines) + 4
    again = [line.split(" | ") for line in lines]
    for at, cells in enumerate(again):
        for column, cell in enumerate(cells):
            assert f'name="obstacles-{at}-{column}"' in shown
            assert f">{cell.strip()}</textarea>" in shown


def test_what_is_typed_stays_text():
    assert "<script>" not in WIDGET.render("obstacles", "<script>alert(1)</script> | b")


@pytest.mark.django_db
def test_typed_stored_printed_and_carried_to_the_next_period(figures, cast, client_of):
    client = client_of(cast.siti)
    address = f"/paket/teks/{KOTA_A}/{{}}/"
    form = {"revision": 0, "overview": "Hanya triwulan ini.", "office_head_name": "Nama Kepala"}
    form |= typed(["Data nelayan kurang", "Didata ulang", "Dinas Perikanan"]).dict()
    assert client.post(address.format(THIRD_QUARTER.key), form).status_code == 302
    assert PackText.objects.get().obstacles == "Data nelayan kurang | Didata ulang | Dinas Perikanan |"
    text = pdf_text(file_of(made(cast.siti, THIRD_QUARTER), "pdf"))
    assert "DatanelayankurangDidataulangDinasPerikanan" in text
    page = client.get(address.format(NEXT_QUARTER.key)).content.decode()
    assert "diisikan dari Triwulan III Tahun 2025" in page
    assert ">Didata ulang</textarea>" in page
    assert 'value="Nama Kepala"' in page
    assert "Hanya triwulan ini." not in page
    assert PackText.objects.count() == 1
    assert "diisikan dari" not in client.get(address.format(THIRD_QUARTER.key)).content.decode()


@pytest.mark.django_db
def test_two_who_write_at_once_lose_nothing(figures, cast, client_of):
    first, second = client_of(cast.siti), client_of(cast.anton)
    address = f"/paket/teks/{KOTA_A}/{THIRD_QUARTER.key}/"
    first.post(address, {"revision": 0, "overview": "dari Siti"})
    late = second.post(address, {"revision": 0, "overview": "dari Anton"})
    assert late.status_code == 422
    assert "dari Anton" in late.content.decode()
    assert PackText.objects.get().overview == "dari Siti"


@pytest.mark.django_db
@pytest.mark.parametrize(("who", "is_asked"), [("siti", False), ("ratna", True)])
def test_packs_of_regions_below_are_offered_where_there_are_some(figures, cast, client_of, who, is_asked):
    page = client_of(getattr(cast, who)).get("/paket/buat/").content.decode()
    assert ('name="all_below"' in page) == is_asked


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "id"])
def test_the_language_of_the_files_is_kept_while_the_words_are_written(figures, cast, client_of, language):
    """Whatever the language of the pages: that is another."""
    client = client_of(cast.siti)
    chosen = {"region": KOTA_A, "period": THIRD_QUARTER.key, "language": language}
    page = client.get("/paket/buat/", chosen).content.decode()
    assert f'name="language" value="{language}"' in page
    assert "bahasa berkas:" in page
    sent = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert client.post("/paket/buat/", {**sent, "revision": 0}).status_code == 302
    assert PackJob.objects.get().language == language


@pytest.mark.django_db
def test_the_words_are_asked_before_a_pack_is_made(figures, cast, client_of):
    client = client_of(cast.siti)
    chosen = {"region": KOTA_A, "period": THIRD_QUARTER.key}
    earlier = {"revision": 0, "branch_head_name": "Nama Cabang"} | typed(["Data", "Didata", "Dinas"]).dict()
    client.post(f"/paket/teks/{KOTA_A}/quarter-2025-04/", earlier)
    first = client.get("/paket/buat/").content.decode()
    assert "Lanjut ke isi teks" in first
    assert 'name="obstacles-0-0"' not in first
    # Without the words nothing is made; they are shown, filled in as before.
    for shown in (client.get("/paket/buat/", chosen), client.post("/paket/buat/", chosen)):
        page = shown.content.decode()
        assert (shown.status_code, PackJob.objects.count()) == (200, 0)
        assert "diisikan dari Triwulan II Tahun 2025" in " ".join(page.split())
        assert ">Didata</textarea>" in page
        assert 'value="Nama Cabang"' in page
    sent = chosen | {"revision": 0, "office_head_name": "Nama Dinas"} | typed(["Satu", "Dua", "Tiga"]).dict()
    asked = client.post("/paket/buat/", sent)
    assert asked.url == f"/paket/pembuatan/{PackJob.objects.get().pk}/"
    row = PackText.objects.get(first_month=THIRD_QUARTER.first)
    assert (row.obstacles, row.office_head_name, row.revision) == ("Satu | Dua | Tiga |", "Nama Dinas", 1)


@pytest.mark.django_db
def test_nothing_typed_leaves_no_row(figures, cast, client_of):
    sent = {"region": KOTA_A, "period": THIRD_QUARTER.key, "revision": 0}
    assert client_of(cast.siti).post("/paket/buat/", sent).status_code == 302
    assert not PackText.objects.exists()


@pytest.mark.django_db
def test_words_changed_by_another_meanwhile_make_no_pack(figures, cast, client_of):
    sent = {"region": KOTA_A, "period": THIRD_QUARTER.key, "revision": 0, "overview": "Catatan"}
    assert client_of(cast.siti).post("/paket/buat/", sent).status_code == 302
    PackJob.objects.all().delete()
    late = client_of(cast.anton).post("/paket/buat/", sent | {"overview": "Lain"})
    assert late.status_code == 422
    assert "Orang lain baru saja mengubah teks ini" in late.content.decode()
    assert not PackJob.objects.exists()
