"""Tables of pages taken as files: what is on screen, all pages of it, in its order, and nothing beyond."""

from datetime import date

import pytest
from django.urls import reverse

from budgets.services.allocation import record_allocations
from budgets.services.realisation import record_realisations
from participants.models import Headcount
from participants.services.headcount import record_headcounts
from regions.dead_cells import dead
from regions.models import Act
from tests.budgets.money_files import paid
from tests.budgets.money_files import store as store_money
from tests.budgets.money_files import workbook as money_workbook
from tests.cast import KOTA_A, KOTA_B
from tests.factories import AllocationFactory, HeadcountFactory, RealisationFactory
from tests.participants.batches import people
from tests.participants.batches import store as store_list
from tests.table_files import cells_in, told_in

pytestmark = pytest.mark.django_db
TITLES = [
    *("nomor", "kode_wilayah", "wilayah", "bulan", "kode_kategori", "kategori", "kode_sumber_dana"),
    *("sumber_dana", "orang", "sumber", "alamat_sumber", "per_tanggal", "catatan", "masuk_lewat"),
    *("dicatat_oleh", "dicatat_pada", "diubah_pada", "revisi"),
]


@pytest.fixture
def headcounts(cast):
    """Of Kota A sixty months, more than a page holds; of Kota B one."""
    months = [date(2020 + place // 12, place % 12 + 1, 1) for place in range(60)]
    rows = [HeadcountFactory(month=month, people=place) for place, month in enumerate(months)]
    rows[7].note = "=1+1"
    record_headcounts(rows, by=cast.wayan)
    record_headcounts([HeadcountFactory(region_id=KOTA_B, people=9_999)], by=cast.budi)


def test_a_list_of_facts_is_taken_whole_in_its_order(headcounts, cast, client_of):
    page = reverse("headcount_list")
    rows = told_in(client_of(cast.wayan).get(f"{page}?urut=-orang&unduh=csv"))
    assert list(rows[0]) == TITLES
    assert [row["orang"] for row in rows] == [str(59 - place) for place in range(60)]
    row = next(row for row in rows if row["orang"] == "7")
    stored = Headcount.objects.get(people=7)
    told = {
        **{"nomor": str(stored.pk), "kode_wilayah": KOTA_A, "wilayah": stored.region.full_label},
        **{"bulan": "2020-08", "kode_kategori": "linmas", "kategori": str(stored.category)},
        **{"kode_sumber_dana": "apbd_kabkota", "sumber_dana": str(stored.funding), "sumber": stored.source},
        **{"per_tanggal": stored.as_of.isoformat(), "catatan": dead("=1+1"), "dicatat_oleh": "Wayan"},
        **{"masuk_lewat": stored.get_origin_display(), "revisi": "1", "alamat_sumber": stored.source_url},
    }
    assert {name: row[name] for name in told} == told
    noted = Act.objects.get(verb="exported")
    assert (noted.actor_name, noted.region_code, noted.subject, noted.detail) == (
        *("wayan", KOTA_A, "tabel Orang per kategori"),
        {"rows": 60},
    )


def test_the_workbook_holds_the_same_with_numbers_as_numbers(headcounts, cast, client_of):
    asked = f"{reverse('headcount_list')}?periode=2020-08&unduh="
    (row,) = told_in(client_of(cast.wayan).get(f"{asked}csv"))
    head, cells = cells_in(client_of(cast.wayan).get(f"{asked}xlsx"))
    numbers = {"nomor", "orang", "revisi"}
    whole = {
        title: str(int(cell)) if title in numbers else cell for title, cell in zip(head, cells, strict=True)
    }
    assert whole == row
    assert cells[head.index("orang")] == 7


def test_filters_and_scope_are_those_of_the_page(headcounts, cast, client_of):
    page = reverse("headcount_list")

    def taken(user, asked=""):
        return [row["orang"] for row in told_in(client_of(user).get(f"{page}?unduh=csv{asked}"))]

    assert taken(cast.budi) == ["9999"]
    assert taken(cast.budi, f"&wilayah={KOTA_A}") == []
    assert taken(cast.admin, f"&wilayah={KOTA_A}&periode=2024-12") == ["59"]
    assert taken(cast.wayan, "&cari=tidak+ada") == []
    answer = client_of(cast.wayan).get(f"{page}?unduh=csv")
    assert len(told_in(answer)) == 60
    assert answer.headers["Cache-Control"] == "no-store, private"
    assert client_of(cast.ratna).get(f"{page}?unduh=csv").status_code == 403
    # A kind that is none shows the page.
    assert client_of(cast.wayan).get(f"{page}?unduh=exe").headers["Content-Type"].startswith("text/html")


def test_budget_lines_stand_with_each_stage_and_their_money_once(cast, client_of):
    stages = [
        AllocationFactory(amount=300, heads=None),
        AllocationFactory(amount=500, phase="perubahan", heads=None),
    ]
    stages[1].decided_on = date(2025, 6, 1)
    first = record_allocations(stages[:1], by=cast.wayan).rows[0]
    record_allocations(stages[1:], by=cast.wayan)
    record_realisations([RealisationFactory(allocation=first, billed_amount=200)], by=cast.wayan)
    page = f"{reverse('allocation_list')}?wilayah={KOTA_A}&periode=2025-12&unduh=csv"
    rows = told_in(client_of(cast.wayan).get(page))
    columns = ("tahap", "pagu", "berlaku", "ditagih", "sisa_pagu")
    assert [tuple(row[name] for name in columns) for row in rows] == [
        ("murni", "300", "tidak", "", ""),
        ("perubahan", "500", "ya", "200", "500"),
    ]


def test_lists_and_files_that_were_sent_are_taken_without_their_persons(cast, client_of):
    batch = store_list(people(2), cast.wayan)
    file = store_money(money_workbook([paid(1, 444_444)]), cast.wayan)
    client = client_of(cast.wayan)
    (row,) = told_in(client.get(f"{reverse('batch_list')}?unduh=csv"))
    columns = ("nomor", "kode_wilayah", "kategori", "bulan_pertama", "status", "baris_baik", "dikirim_oleh")
    assert [row[name] for name in columns] == [
        *(str(batch.pk), KOTA_A, str(batch.category), "2025-01", "tersimpan", "2", "Wayan"),
    ]
    (row,) = told_in(client.get(f"{reverse('money_batch_list')}?unduh=csv"))
    assert [row[name] for name in ("nomor", "isi", "baris_baik", "perlu_diperbaiki")] == [
        *(str(file.pk), "Iuran", "1", "0"),
    ]
    assert told_in(client_of(cast.budi).get(f"{reverse('batch_list')}?unduh=csv")) == []


def test_months_and_tasks_are_taken_as_they_are_listed(cast, client_of):
    record_headcounts([HeadcountFactory()], by=cast.wayan)
    client = client_of(cast.wayan)
    rows = told_in(client.get(f"{reverse('month_matrix')}?wilayah={KOTA_A}&periode=2025-07&unduh=csv"))
    assert [row["bulan"] for row in rows][:2] == ["2025-07", "2025-06"]
    assert len(rows) == 12
    assert {row["kode_wilayah"] for row in rows} == {KOTA_A}
    assert (rows[0]["status"], rows[0]["terkunci"], rows[0]["laporan_belum_masuk"]) == (
        *("Sebelum mulai", "tidak", "3"),
    )
    tasks = told_in(client.get(f"{reverse('inbox')}?unduh=csv"))
    shown = client.get(reverse("inbox")).content.decode()
    assert tasks
    assert all(task["tugas"] in shown for task in tasks)
