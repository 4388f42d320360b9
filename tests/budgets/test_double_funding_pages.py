"""Who asks whom about double funding, its pages, and its list as a file."""

import csv
from datetime import date
from io import BytesIO, StringIO

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from budgets.selectors.double_funding import double_funding_of
from budgets.selectors.double_funding_steps import steps_of
from participants.models import FundingSource, PersonReading
from regions.enums import Verb
from regions.models import Act
from tests.budgets.double_funding import JANUARY, JULY, KOTA_C, SECRET, person, spell
from tests.cast import KOTA_A

__all__ = ["person", "spell"]

pytestmark = pytest.mark.usefixtures("cast_once")


def steps_in_words(user, row, *, may_enter=True):
    doubled = double_funding_of(user, row, JULY)
    return [(step.words, step.url) for step in steps_of(row, doubled, may_enter=may_enter)]


def test_the_steps_say_who_asks_whom_and_what_follows(person, spell, cast):
    row = person(1)
    spell(row, "apbd_kabkota", category_id="nelayan")
    spell(row, "pemberi_kerja", category_id="pekerja_swasta", segment="pu", first_month=date(2025, 4, 1))
    expected = [
        (
            "Pastikan kedua kepesertaan benar milik orang yang sama dan bulannya benar.",
            f"/peserta/{row.pk}/#masa",
        ),
        (
            "Kota Cilegon meminta APBD kabupaten/kota, Kota Cilegon berhenti membayar iurannya; "
            "Pemberi kerja tetap membayar.",
            "",
        ),
        (
            "Setelah disetujui, akhiri kepesertaan Nelayan yang dibayar dari APBD kabupaten/kota.",
            f"/peserta/{row.pk}/peristiwa/",
        ),
        (
            "Tanyakan kepada kantor cabang BPJS Ketenagakerjaan apakah Rp67.200 yang terlanjur dibayar dapat "
            "diperhitungkan pada tagihan berikutnya.",
            "",
        ),
    ]
    assert steps_in_words(cast.siti, row) == expected
    assert steps_in_words(cast.lestari, row, may_enter=False)[2] == (expected[2][0], "")


def test_a_payer_elsewhere_is_asked_through_the_branch_and_not_named(person, spell, cast):
    here, there = person(1), person(1, region=KOTA_C, name=SECRET)
    spell(there, "apbd_kabkota", category_id="nelayan", first_month=date(2025, 3, 1))
    spell(here, "apbd_kabkota", category_id="linmas", first_month=JANUARY)
    words = [step for step, _url in steps_in_words(cast.siti, here)]
    assert words[1:3] == [
        "Kota Cilegon meminta pemerintah daerah lain melalui kantor cabang BPJS Ketenagakerjaan berhenti "
        "membayar iurannya; APBD kabupaten/kota tetap membayar.",
        "Pihak di wilayah lain mengakhiri datanya sendiri. Setelah itu bulan gandanya berhenti.",
    ]
    page = " ".join(words)
    assert "Tangerang" not in page
    assert SECRET not in page


def test_the_page_of_one_person_stands_alone_and_in_theirs(person, spell, cast, client_of):
    row, alone = person(1), person(2)
    spell(row, "apbd_kabkota")
    spell(row, "add")
    spell(alone, "apbd_kabkota")
    client = client_of(cast.lestari)
    own = client.get(reverse("person_detail", args=[row.pk])).content.decode()
    address = reverse("double_funding_person", args=[row.pk])
    assert f'hx-get="{address}"' in own
    assert f'<a href="{address}">' in own
    page = client.get(f"{address}?periode=2025-07").content.decode()
    assert "<strong>7 bulan</strong>" in page
    assert "<strong>Rp117.600</strong>" in page
    assert "Buat surat" not in page
    assert "Buat surat" in client_of(cast.siti).get(f"{address}?periode=2025-07").content.decode()
    nothing = client.get(f"{reverse('double_funding_person', args=[alone.pk])}?periode=2025-07")
    assert "tidak ada bulan yang iurannya ditanggung lebih dari satu pihak" in nothing.content.decode()
    assert PersonReading.objects.filter(page="double_funding", reader=cast.lestari).count() == 2


@pytest.fixture
def doubled_list(person, spell):
    row = person(1, name="=Orang Dibayar Dua")
    spell(row, "apbd_kabkota")
    spell(row, "add", first_month=date(2025, 5, 1))
    return row


def rows_of(answer):
    body = b"".join(answer.streaming_content)
    if answer["Content-Type"].startswith("text/csv"):
        return list(csv.reader(StringIO(body.decode("utf-8-sig"))))
    return CalamineWorkbook.from_filelike(BytesIO(body)).get_sheet_by_index(0).to_python()


WHERE = f"/pendanaan-ganda/unduh/?wilayah={KOTA_A}&periode=2025-07"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_list_as_a_file_is_masked_and_an_act(doubled_list, cast, client_of, kind):
    head, row = rows_of(client_of(cast.lestari).get(f"{WHERE}&bentuk={kind}"))
    assert head[:5] == ["Nama", "NIK", "Wilayah", "Seharusnya berhenti", "Tetap membayar"]
    assert row[0].lstrip("'") == "=Orang Dibayar Dua"
    assert row[1:] == [
        *(doubled_list.nik.masked, "Kota Cilegon"),
        "APBD kabupaten/kota, Anggota Linmas, Kota Cilegon",
        f"{FundingSource.objects.get(pk='add')}, Anggota Linmas, Kota Cilegon",
        *("2025-05", "2025-07", "3", "50400", "", "ya"),
    ]
    act = Act.objects.order_by("-pk").first()
    assert (act.verb, act.subject, act.region_code) == (
        Verb.EXPORTED,
        "daftar pendanaan ganda 2025-07",
        KOTA_A,
    )
    assert act.detail == {"count": 1, "format": kind, "whole_nik": False, "reason": "", "months": ["2025-07"]}


def test_whole_numbers_need_the_permission_and_a_reason(doubled_list, cast, client_of):
    assert client_of(cast.wayan).post(WHERE, {"alasan": "Surat nomor 1"}).status_code == 403
    before = Act.objects.count()
    assert client_of(cast.siti).post(WHERE, {"alasan": "x"}).status_code == 302
    assert Act.objects.count() == before
    told_ = rows_of(client_of(cast.siti).post(WHERE, {"alasan": "Surat nomor 1"}))
    assert "Alasan: Surat nomor 1" in told_[0][0]
    assert told_[2][1].lstrip("'") == doubled_list.nik.digits
    assert Act.objects.order_by("-pk").first().detail["reason"] == "Surat nomor 1"
