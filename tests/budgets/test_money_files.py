"""Files of money: what a cell says is stored to the rupiah, once, and can be taken back."""

import os
import random
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from budgets.enums import MoneyKind
from budgets.models import Allocation, Claim, Contribution, MoneyBatch, MoneyRow, Realisation
from budgets.selectors.money_batch import file_rows_of
from budgets.services.contribution import record_contributions
from budgets.services.money_batch import confirm_money_batch
from budgets.services.money_read import work_on_money_files
from budgets.services.money_undo import undo_money_batch
from participants.errors import BatchRefused
from regions.enums import Origin
from regions.errors import NotPermitted, OutsideScope
from regions.models import Change
from tests.budgets.money_files import JULY, PAID, paid, send, store, stored, take_marked, wayan, workbook
from tests.cast import KOTA_A, KOTA_B
from tests.factories import ContributionFactory
from tests.participants.any_file import mutate
from tests.participants.made_files import csv, ods

__all__ = ["wayan"]

TITLE = ["REKAP PENERIMAAN IURAN"]
ROWS = [
    paid(1, "Rp1.000.000"),
    paid(2, 2_000_000, month="Agustus 2025"),
    ["", "JUMLAH", "", "", "", 3_000_000],
]
AUGUST = date(2025, 8, 1)
BOTH = [
    (KOTA_A, "jkk_jkm", 1_000_000, date(2025, 7, 10), JULY, JULY, "apbd_kabkota", "linmas", "file"),
    (KOTA_A, "jkk_jkm", 2_000_000, date(2025, 7, 10), AUGUST, AUGUST, "apbd_kabkota", "linmas", "file"),
]


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (workbook(ROWS, above=[TITLE, []]), "rekap.xlsx"),
        (ods([TITLE, PAID, *ROWS]), "rekap.ods"),
        (csv([TITLE, PAID, *ROWS]), "rekap.csv"),
        (csv([TITLE, PAID, *ROWS], ",", "utf-8-sig"), "rekap.csv"),
        (csv([["Rekap – Kota"], PAID, *ROWS], ";", "cp1252"), "rekap.csv"),
        (
            (
                "<table>"
                + "".join(f"<tr>{''.join(f'<td>{c}</td>' for c in row)}</tr>" for row in [PAID, *ROWS])
                + "</table>"
            ).encode(),
            "rekap.xls",
        ),
    ],
    ids=["xlsx", "ods", "csv", "csv bom", "csv cp1252", "html"],
)
@pytest.mark.django_db
def test_a_file_becomes_facts_whatever_its_form(wayan, content, name):
    batch = send(content, wayan, name=name)
    assert (batch.state, batch.counts, batch.refusal) == ("checked", {"new": 2}, "")
    assert stored() == []
    confirm_money_batch(pk=batch.pk, by=wayan)
    assert stored() == BOTH
    fact = Contribution.objects.get(amount=2_000_000)
    row = file_rows_of([fact])[fact.pk]
    assert (row.batch_id, row.batch.sha256, row.sheet != "") == (batch.pk, batch.sha256, True)
    assert row.cells["number"] == "SP2D-2"
    assert fact.source == f"Rekap uji nomor 1 (berkas {name})"
    assert fact.note == "Nomor bukti SP2D-2."
    assert {type(fact.amount), type(row.told["amount"])} == {int}


@pytest.mark.django_db
def test_sent_again_it_says_the_same_and_changes_nothing(wayan):
    content = workbook([*ROWS, paid(3, 5, proof=" ")])
    store(content, wayan)
    before = list(Contribution.objects.order_by("pk").values())
    Change.objects.all().delete()
    again = store(content, wayan, as_of=date(2025, 8, 2))
    assert again.counts == {"same": 3}
    assert list(Contribution.objects.order_by("pk").values()) == before
    assert not Change.objects.exists()


@pytest.mark.django_db
def test_an_empty_cell_leaves_what_is_stored_and_hapus_empties_it(wayan):
    store(workbook([paid(1, 1_000)]), wayan)
    silent = store(workbook([paid(1, 2_000, category="", funding="")]), wayan)
    assert silent.counts == {"changed": 1}
    row = Contribution.objects.get()
    assert (row.amount, row.category_id, row.funding_id, row.revision) == (2_000, "linmas", "apbd_kabkota", 2)
    store(workbook([paid(1, 2_000, category="HAPUS", funding="")]), wayan)
    row.refresh_from_db()
    assert (row.amount, row.category_id, row.funding_id) == (2_000, None, "apbd_kabkota")


@pytest.mark.django_db
def test_good_rows_go_in_and_bad_ones_say_where_and_why(cast, client_of):
    rows = [
        paid(1, "1.000.000"),
        paid(2, 2_000.5),
        paid(3, "3.000", day="31/02/2025"),
        paid(4, "4.000", region="Kota Tangerang Raya"),
        paid(5, "5.000", category="raja", day="10/07/2999"),
        paid(6, "1.000.000", proof="SP2D-1"),
        paid(7, "", programme="JKZ"),
        paid(8, "8.000", region="Kabupaten Lebak"),
    ]
    client = client_of(cast.wayan)
    batch = send(workbook(rows), cast.wayan)
    assert batch.counts == {"new": 1, "refused": 7}
    page = client.get(reverse("money_batch_detail", args=[batch.pk])).content.decode()
    for words in (
        "Lembar &quot;Rekap&quot;, baris 3, kolom F &quot;Iuran (Rp)&quot;",
        "Bilangan Excel ini bukan bilangan bulat",
        "“31/02/2025” bukan tanggal",
        "Kota Tangerang Raya",
        "Kategori “raja” tidak dikenal",
        "Sama dengan baris 2",
        "Kosong. Isi Rupiah.",
        "tidak dikenal di dalam wilayah unggahan ini",
    ):
        assert words in page, words
    client.post(reverse("money_batch_confirm", args=[batch.pk]))
    assert [row[2] for row in stored()] == [1_000_000]
    marked = take_marked(client, batch)
    book = CalamineWorkbook.from_filelike(BytesIO(marked.content))
    lines = book.get_sheet_by_name("Rekap").to_python()
    assert lines[0] == PAID + ([""] if len(lines[0]) > len(PAID) else [])
    assert lines[1][:9] == rows[0]
    assert [str(line[-1]).startswith("Perlu diperbaiki:") for line in lines[1:9]] == [False] + [True] * 7


@pytest.mark.django_db
def test_what_somebody_typed_is_not_stored_a_second_time(cast):
    typed = ContributionFactory(
        amount=7_000,
        programme="jkk_jkm",
        funding_id="apbd_kabkota",
        category_id="linmas",
        origin=Origin.FORM,
    )
    record_contributions([typed], by=cast.siti)
    batch = send(workbook([paid(1, 7_000, proof=" ")]), cast.wayan)
    assert batch.counts == {"refused": 1}
    assert "sudah dicatat oleh Siti lewat formulir" in batch.rows.get().faults[0][1]
    numbered = send(workbook([paid(1, 7_000)]), cast.wayan)
    assert numbered.counts == {"new": 1}
    assert "sudah dicatat oleh Siti" in numbered.rows.get().faults[0][1]


@pytest.mark.django_db
def test_what_changed_since_the_preview_is_shown_before_it_is_stored(cast):
    one, two = (send(workbook([paid(1, 1_000)]), cast.wayan) for _time in range(2))
    confirm_money_batch(pk=one.pk, by=cast.wayan)
    with pytest.raises(BatchRefused, match="berubah sejak pemeriksaan"):
        confirm_money_batch(pk=two.pk, by=cast.wayan)
    two.refresh_from_db()
    assert (two.state, two.counts) == ("checked", {"same": 1})
    confirm_money_batch(pk=two.pk, by=cast.wayan)
    assert Contribution.objects.count() == 1


PLAN = ["Tahun", "Kode Sub Kegiatan", "Kode Rekening", "Kategori", "Sumber Dana", "Tahap", "Pagu", "Tanggal"]
LINE = [2025, "2.07.05.02.01.0003", "510202020006", "Linmas", "apbd_kabkota"]


@pytest.mark.django_db
def test_allocations_and_bills_come_in_by_file(cast):
    stages = [
        [*LINE, "Murni", "480.457.660", "02/01/2025"],
        [*LINE, "Pergeseran 2", 500_000_000, "02/06/2025"],
    ]
    batch = store(workbook(stages, PLAN), cast.wayan, kind=MoneyKind.ALLOCATION)
    assert batch.counts == {"new": 2}
    rows = Allocation.objects.order_by("amount").values_list("account", "phase", "sequence", "amount")
    assert list(rows) == [
        ("5.1.02.02.02.0006", "murni", 1, 480_457_660),
        ("5.1.02.02.02.0006", "pergeseran", 2, 500_000_000),
    ]
    head = ["Untuk Bulan", "Kode Rekening", "No Tagihan", "Tagihan", "Tgl Tagihan", "Jumlah SP2D", "Tgl SP2D"]
    bill = ["Juli 2025", "5.1.02.02.02.0006", "T-1", "1.000.000", "05/07/2025", "", ""]
    store(workbook([bill], head), cast.wayan, kind=MoneyKind.REALISATION)
    row = Realisation.objects.get()
    assert (row.allocation.phase, row.category_id, row.billed_amount) == ("pergeseran", "linmas", 1_000_000)
    settled = store(
        workbook([[*bill[:5], 900_000, "20/07/2025"]], head), cast.wayan, kind=MoneyKind.REALISATION
    )
    assert settled.counts == {"changed": 1}
    row.refresh_from_db()
    assert (row.billed_amount, row.paid_amount, row.paid_on) == (1_000_000, 900_000, date(2025, 7, 20))
    # Lines on which bills stand stay; the other stage goes.
    undone = undo_money_batch(pk=batch.pk, by=cast.wayan, reason="uji")
    assert (undone.restored, undone.kept) == (1, 1)
    undo_money_batch(pk=settled.pk, by=cast.wayan, reason="uji")
    row.refresh_from_db()
    assert (row.billed_amount, row.paid_amount, row.paid_on) == (1_000_000, None, None)


@pytest.mark.django_db
def test_claims_are_counted_without_persons(cast, client_of):
    head = ["NIK", "Nama Peserta", "Program", "Kasus", "Nominal", "Tgl Bayar", "Bentuk manfaat", "Keterangan"]
    row = [
        "3672010704650001",
        "Orang Rahasia",
        "JKM",
        1,
        "42.000.000",
        "10/07/2025",
        "Natura",
        "Orang Rahasia",
    ]
    batch = store(workbook([row, [*row[:3], 2, *row[4:]]], head), cast.wayan, kind=MoneyKind.CLAIM)
    assert batch.counts == {"new": 2}
    claim = Claim.objects.order_by("cases").first()
    assert (claim.programme, claim.kind, claim.cases, claim.amount) == ("jkm", "in_kind", 1, 42_000_000)
    assert "Rahasia" not in str(list(MoneyRow.objects.values()))
    assert "367201" not in str(list(MoneyRow.objects.values()))
    marked = take_marked(client_of(cast.wayan), batch).content
    lines = CalamineWorkbook.from_filelike(BytesIO(marked)).get_sheet_by_name("Rekap").to_python()
    assert "Rahasia" not in str([line[:2] for line in lines])


@pytest.mark.django_db
def test_a_file_without_a_needed_column_is_refused_by_name(wayan):
    batch = send(workbook([["Juli 2025", "1.000", "x"]], ["Bulan", "Iuran", "Program"]), wayan)
    assert (batch.state, 'tidak memiliki kolom "Tanggal bayar"' in batch.refusal) == ("refused", True)
    assert not batch.rows.exists()
    for content in (b"", b"PK\x03\x04", b"%PDF-1.4", b"<html>", b"a;b\n1;2", b"Jumlah" * 1000):
        assert send(content, wayan).state == "refused"


@pytest.mark.django_db
def test_places_are_told_by_code_or_by_a_name_with_its_kind(cast):
    codes = ["3672", "36.72", 36.72, "Kota Cilegon", "Pemkot Cilegon", "CILEGON", ""]
    rows = [paid(number, 1_000 + number, region=code) for number, code in enumerate(codes)]
    rows.append(paid(9, 9_999, region="Serang"))
    batch = send(workbook(rows), cast.admin, code="36")
    refused = batch.rows.filter(state="refused")
    assert [row.cells.get("region") for row in refused] == ["Serang"]
    assert "Tulis dengan jenisnya" in refused.get().faults[0][1]
    places = batch.rows.exclude(state="refused").order_by("pk").values_list("told__region_id", flat=True)
    assert list(places) == [KOTA_A] * 6 + ["36"]


@pytest.mark.django_db
def test_the_stranger_gets_nothing(cast, client_of):
    batch = store(workbook([paid(1, 123_456), paid(2, "x")]), cast.wayan)
    budi = client_of(cast.budi)
    for name in ("detail", "marked"):
        address = reverse(f"money_batch_{name}", args=[batch.pk])
        answer = budi.post(address, {"alasan": "surat 12"}) if name == "marked" else budi.get(address)
        assert answer.status_code == 404
    for name in ("confirm", "cancel", "undo"):
        assert budi.post(reverse(f"money_batch_{name}", args=[batch.pk])).status_code == 404
    assert "rekap.xlsx" not in budi.get(reverse("money_batch_list")).content.decode()
    for act in (confirm_money_batch, lambda **what: undo_money_batch(reason="x", **what)):
        with pytest.raises(OutsideScope):
            act(pk=batch.pk, by=cast.budi)
        with pytest.raises(NotPermitted):
            act(pk=batch.pk, by=cast.ratna)
    with pytest.raises(OutsideScope):
        send(workbook([paid(1, 1)]), cast.budi)
    # A row that names another's place in one's own file is refused.
    own = send(workbook([paid(1, 1)]), cast.budi, code=KOTA_B)
    assert own.counts == {"refused": 1}
    form = {"region": KOTA_A, "source": "x", "as_of": "2025-07-31"}
    file = SimpleUploadedFile("a.xlsx", workbook([paid(1, 1)]))
    answer = budi.post(reverse("money_batch_send", args=["iuran"]), {**form, "file": file})
    assert (answer.status_code, MoneyBatch.objects.count()) == (422, 2)


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(2))
def test_no_file_gives_an_error_or_half_a_batch(cast, client_of, seed):
    """FUZZ_MONEY_FILES=1000 for two thousand."""
    chance, client = random.Random(500 + seed), client_of(cast.wayan)
    seeds = [
        workbook(ROWS),
        csv([PAID, *ROWS]),
        ods([PAID, *ROWS]),
        workbook([paid(n, n) for n in range(40)]),
    ]
    url = reverse("money_batch_send", args=["iuran"])
    for _file in range(int(os.environ.get("FUZZ_MONEY_FILES", "100"))):
        file = SimpleUploadedFile("a.xlsx", mutate(chance.choice(seeds), chance) or b"x")
        form = {"region": KOTA_A, "source": "x", "as_of": "2025-07-31", "file": file}
        assert client.post(url, form).status_code == 302
        assert work_on_money_files() == 1
        batch = MoneyBatch.objects.latest("pk")
        assert client.get(reverse("money_batch_detail", args=[batch.pk])).status_code == 200
        assert (batch.state == "refused") == bool(batch.refusal)
        before = Contribution.objects.count()
        assert sum(batch.counts.values()) == batch.rows.count()
        if batch.state == "refused":
            continue
        confirm_money_batch(pk=batch.pk, by=cast.wayan)
        assert Contribution.objects.count() - before == batch.counts.get("new", 0)
        undo_money_batch(pk=batch.pk, by=cast.wayan, reason="uji")
        assert Contribution.objects.count() == before


@pytest.mark.django_db
def test_a_bill_paid_above_what_was_billed_waits_for_its_reason_and_one_without_a_line_says_so(cast):
    head = ["Untuk Bulan", "No Tagihan", "Tagihan", "Tgl Tagihan", "Jumlah SP2D", "Tgl SP2D"]
    more = ["Juli 2025", "T-1", "1.000.000", "05/07/2025", "1.250.000", "20/07/2025"]
    even = ["Juli 2025", "T-2", "2.000.000", "05/07/2025", "2.000.000", "20/07/2025"]
    batch = send(workbook([more, even], head), cast.wayan, kind=MoneyKind.REALISATION)
    over, fits = batch.rows.order_by("number")
    assert (over.state, fits.state) == ("refused", "new")
    assert over.faults[-1][1].startswith("Dibayar Rp250.000 lebih banyak daripada yang ditagih")
    assert ["tidak tertaut ke baris anggaran" in sentence for _field, sentence in fits.faults] == [True]
    reasoned = workbook([[*more, "denda dua bulan"], [*even, ""]], [*head, "Alasan melampaui pagu"])
    store(reasoned, cast.wayan, kind=MoneyKind.REALISATION)
    row = Realisation.objects.get(bill_number="T-1")
    assert (row.paid_amount, row.over_reason) == (1_250_000, "denda dua bulan")
