"""The grids of figures: what is typed is stored, nobody is overwritten unseen, nothing leaks."""

import json
from datetime import UTC, date, datetime

import pytest
from django.urls import reverse

from participants.enums import EmptyReason
from participants.models import Comment, EmptyCell, Headcount, MembershipCount
from participants.month_entry_key import MonthEntryKey
from participants.selectors.month_entry.cells import CellCounts, count_cells, list_empty_cells
from participants.services.headcount import record_headcounts
from participants.services.membership_count import correct_membership_count, record_membership_counts
from participants.services.month_entry.empty_cell import leave_empty
from regions.enums import MonthState
from regions.errors import FactRefused, NotPermitted, OutsideScope
from regions.models import Act, Change, ReportingMonth
from tests.cast import KOTA_A, KOTA_B
from tests.factories import HeadcountFactory, MembershipCountFactory

pytestmark = pytest.mark.usefixtures("cast_once")

JULY, JUNE = date(2025, 7, 1), date(2025, 6, 1)
PU, BPU = MonthEntryKey.members("pu"), MonthEntryKey.members("bpu")
LINMAS = MonthEntryKey.headcount("linmas", "apbd_kabkota")
TERMS = {"source": "Surat 12/2025", "as_of": "2025-07-31"}
GRID = reverse("month_entry_grid", args=[KOTA_A, "2025-07"])
ROW = reverse("month_entry_grid_row", args=[KOTA_A, "2025-07"])
UNDO = reverse("month_entry_grid_undo", args=[KOTA_A, "2025-07"])
REGIONS = reverse("month_entry_regions", args=["2025-07"])


@pytest.fixture
def past(cast, system):
    """June of both cities; Kota B's numbers must never be seen in Kota A, nor those of A in B."""
    record_membership_counts(
        [
            MembershipCountFactory(month=JUNE, segment="pu", members=1_531),
            MembershipCountFactory(month=JUNE, segment="pu", members=44_444, region_id=KOTA_B),
        ],
        by=cast.admin,
    )
    record_headcounts(
        [
            HeadcountFactory(month=JUNE, people=1_593),
            HeadcountFactory(month=JUNE, people=77_777, region_id=KOTA_B),
        ],
        by=cast.admin,
    )
    Change.objects.all().delete()


def send(client, by, key, text, revision=0, url=ROW, **more):
    data = {
        "typist": by.pk,
        "enrolment": str(key),
        "revision": json.dumps({"value": revision}),
        "value": text,
        **TERMS,
        **more,
    }
    return client.post(url, data, headers={"accept": "application/json"})


def stored():
    return {
        (row.region_id, f"{row.month:%Y-%m}", row.segment): row.members
        for row in MembershipCount.objects.all()
    }


@pytest.mark.parametrize("text", ["1.600", "1600", "1 600"])
def test_a_number_is_stored_however_it_is_grouped(past, cast, client_of, text):
    client = client_of(cast.wayan)
    answer = send(client, cast.wayan, PU, text)
    assert answer.status_code == 200
    told = answer.json()
    assert told["row"] == {
        "enrolment": "members:pu",
        "revision": '{"value": 1}',
        "cells": {"value": "1.600"},
        "doubts": [],
    }
    assert told["counts"] == "Terisi 1 · kosong beralasan 0 · belum diisi 2"
    row = MembershipCount.objects.get(month=JULY)
    assert (row.region_id, row.members, row.source, row.as_of, row.entered_by) == (
        KOTA_A,
        1_600,
        "Surat 12/2025",
        date(2025, 7, 31),
        cast.wayan,
    )
    assert [(c.region_id, c.first_month, c.last_month) for c in Change.objects.all()] == [
        (KOTA_A, JULY, JULY)
    ]


def test_a_changed_number_needs_a_reason_and_keeps_its_history(past, cast, client_of):
    client = client_of(cast.wayan)
    send(client, cast.wayan, LINMAS, "1.600")
    refused = send(client, cast.wayan, LINMAS, "1.700", 1)
    assert refused.status_code == 422
    assert refused.json()["sentence"].startswith("Angka yang sudah tersimpan berubah. Tulis alasannya")
    saved = send(client, cast.wayan, LINMAS, "1.700", 1, reason="susulan desa")
    assert saved.json()["row"]["cells"] == {"value": "1.700"}
    row = Headcount.objects.get(region_id=KOTA_A, month=JULY)
    assert (row.people, row.revision) == (1_700, 2)
    act = Act.objects.order_by("-pk").first()
    assert (act.verb, act.detail) == (
        "corrected",
        {
            "reason": "susulan desa",
            "changed": {"people": ["1600", "1700"]},
            "of": {
                **{"month": "2025-07", "region_id": KOTA_A},
                **{"category_id": "linmas", "funding_id": "apbd_kabkota"},
            },
            "months": ["2025-07"],
        },
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("seribu", "“seribu” bukan bilangan bulat"),
        ("1,5", "“1,5” bukan bilangan bulat"),
        ("-3", "tidak boleh negatif"),
        ("99999999999", "terlalu besar"),
        ("", "Ketik HAPUS"),
    ],
)
def test_what_is_no_number_gets_its_sentence_at_its_cell(past, cast, client_of, text, sentence):
    answer = send(client_of(cast.wayan), cast.wayan, PU, text)
    assert answer.status_code == 422
    assert sentence in answer.json()["faults"]["value"]
    assert (KOTA_A, "2025-07", "pu") not in stored()


def test_a_colleague_is_not_overwritten(past, cast, client_of):
    send(client_of(cast.siti), cast.siti, PU, "1.600")
    mine = send(client_of(cast.wayan), cast.wayan, PU, "1.700")
    assert mine.status_code == 409
    told = mine.json()
    assert told["sentence"].startswith("Siti mengubah baris ini (")
    assert told["row"]["cells"] == {"value": "1.600"}
    assert stored()[KOTA_A, "2025-07", "pu"] == 1_600
    again = send(
        client_of(cast.wayan),
        cast.wayan,
        PU,
        "1.700",
        json.loads(told["row"]["revision"])["value"],
        reason="r",
    )
    assert again.status_code == 200
    assert stored()[KOTA_A, "2025-07", "pu"] == 1_700
    # The same number as somebody else's is no conflict.
    assert send(client_of(cast.siti), cast.siti, PU, "1.700").status_code == 200


def test_what_was_saved_is_taken_back(past, cast, client_of):
    client = client_of(cast.wayan)
    first = send(client, cast.wayan, PU, "1.600").json()["undo"]
    second = send(client, cast.wayan, PU, "1.700", 1, reason="r").json()["undo"]
    assert client.post(UNDO, {"mark": first}).status_code == 409
    assert client_of(cast.siti).post(UNDO, {"mark": second}).status_code == 403
    assert client_of(cast.budi).post(UNDO, {"mark": second}).status_code == 404
    back = client.post(UNDO, {"mark": second})
    assert back.json()["row"]["cells"] == {"value": "1.600"}
    assert stored()[KOTA_A, "2025-07", "pu"] == 1_600
    third = send(client, cast.wayan, BPU, "5").json()["undo"]
    assert client.post(UNDO, {"mark": third}).json()["row"]["cells"] == {"value": ""}
    assert (KOTA_A, "2025-07", "bpu") not in stored()
    assert client.post(UNDO, {"mark": "x"}).status_code == 404


def test_a_number_in_the_wrong_place_is_removed_by_the_word(past, cast, client_of):
    client = client_of(cast.wayan)
    send(client, cast.wayan, PU, "1.600")
    gone = send(client, cast.wayan, PU, "hapus", 1, reason="salah tempat")
    assert gone.json()["row"]["cells"] == {"value": ""}
    assert (KOTA_A, "2025-07", "pu") not in stored()
    event = MembershipCount.pgh_event_model.objects.get(month=JULY)
    assert (event.members, event.pgh_context.metadata["reason"]) == (1_600, "salah tempat")
    assert client.post(UNDO, {"mark": gone.json()["undo"]}).json()["row"]["cells"] == {"value": "1.600"}


def test_empty_on_purpose_until_a_number_arrives(past, cast, client_of):
    assert count_cells(KOTA_A, JULY) == CellCounts(0, 0, 3)
    row = leave_empty(
        by=cast.wayan,
        region_code=KOTA_A,
        month=JULY,
        key=LINMAS,
        reason=EmptyReason.OTHER,
        note="SK belum terbit",
    )
    assert str(row) == "sebab lain: SK belum terbit"
    assert [(one.cell, one.note) for one in list_empty_cells(KOTA_A, JULY)] == [
        (str(LINMAS), "SK belum terbit")
    ]
    assert count_cells(KOTA_A, JULY) == CellCounts(0, 1, 2)
    # August expects it still, by the reason in July.
    assert count_cells(KOTA_A, date(2025, 8, 1)) == CellCounts(0, 0, 3)
    assert count_cells(KOTA_B, JULY) == CellCounts(0, 0, 3)
    send(client_of(cast.wayan), cast.wayan, LINMAS, "5", because="dibubarkan")
    assert not EmptyCell.objects.exists()
    assert count_cells(KOTA_A, JULY) == CellCounts(1, 0, 2)
    with pytest.raises(FactRefused, match="Sel ini berisi 5"):
        leave_empty(by=cast.wayan, region_code=KOTA_A, month=JULY, key=LINMAS, reason=EmptyReason.NOBODY)


@pytest.mark.parametrize(("person", "refusal"), [("budi", OutsideScope), ("ratna", NotPermitted)])
def test_nobody_else_says_why_something_is_empty(past, cast, person, refusal):
    with pytest.raises(refusal):
        leave_empty(
            by=getattr(cast, person), region_code=KOTA_A, month=JULY, key=PU, reason=EmptyReason.NOBODY
        )
    assert not EmptyCell.objects.exists()


def test_the_stranger_reaches_no_page_and_saves_nothing(past, cast, client_of):
    client, before = client_of(cast.budi), stored()
    for name in ("month_entry_grid", "month_entry_repeat", "month_entry_print"):
        address = reverse(name, args=[KOTA_A, "2025-07"])
        assert (client.get(address).status_code, client.post(address).status_code) == (404, 404), name
    cell = reverse("month_entry_cell", args=[KOTA_A, "2025-07", PU])
    for act in ("kosong", "tidak-kosong", "sama", "komentar", "selesai"):
        data = {"perbuatan": act, "reason": "nobody", "text": "x", "expected": "1531"}
        assert client.post(cell, data).status_code == 404, act
    assert send(client, cast.budi, PU, "1").status_code == 404
    regions_row = reverse("month_entry_regions_row", args=["2025-07"])
    data = {"typist": cast.budi.pk, "enrolment": KOTA_A, "revision": "{}", str(PU): "1", **TERMS}
    assert client.post(regions_row, data).status_code == 404
    assert (stored(), EmptyCell.objects.count(), Comment.objects.count()) == (before, 0, 0)
    for shown in (
        client.get(REGIONS).content.decode(),
        client.get(reverse("month_entry_index"), follow=True).content.decode(),
    ):
        assert "1.531" not in shown
        assert "Cilegon" not in shown
    assert "44.444" in client.get(REGIONS).content.decode()


def test_many_regions_in_one_grid(past, cast, client_of):
    client = client_of(cast.admin)
    shown = client.get(f"{REGIONS}?segmen=pu").content.decode()
    assert "Kota Cilegon" in shown
    assert "Kota Serang" in shown
    row = f"{reverse('month_entry_regions_row', args=['2025-07'])}?segmen=pu"
    data = {"typist": cast.admin.pk, "enrolment": KOTA_B, "revision": "{}", str(PU): "50.000", **TERMS}
    answer = client.post(row, data)
    assert answer.status_code == 200
    assert answer.json()["row"]["cells"] == {"members:pu": "50.000"}
    assert stored() == {
        (KOTA_A, "2025-06", "pu"): 1_531,
        (KOTA_B, "2025-06", "pu"): 44_444,
        (KOTA_B, "2025-07", "pu"): 50_000,
    }
    # The paper is remembered; that of an example or a publication would not be.
    assert client.get(f"{REGIONS}?segmen=pu").context["terms"]["source"].value() == "Surat 12/2025"
    people = client.get(f"{REGIONS}?kategori=linmas&sumber=apbd_kabkota").content.decode()
    assert "77.777" in people
    assert "44.444" not in people


def test_the_month_before_is_taken_over_once_confirmed(past, cast, client_of):
    client = client_of(cast.wayan)
    address = reverse("month_entry_repeat", args=[KOTA_A, "2025-07"])
    leave_empty(by=cast.wayan, region_code=KOTA_A, month=JULY, key=LINMAS, reason=EmptyReason.STOPPED)
    page = client.get(address)
    assert page.context["figures"] == [("Penerima Upah (PU)", 1_531)]
    assert client.post(address, {"expected": "members:pu=1"}).status_code == 409
    assert (KOTA_A, "2025-07", "pu") not in stored()
    assert client.post(address, {"expected": page.context["expected"]}).status_code == 302
    row = MembershipCount.objects.get(month=JULY)
    assert (row.region_id, row.members, row.source) == (KOTA_A, 1_531, "sama dengan bulan Juni 2025")
    assert not Headcount.objects.filter(month=JULY).exists()
    assert client.get(address).context["figures"] == []


def test_one_figure_by_itself(past, cast, client_of):
    client = client_of(cast.wayan)
    address = reverse("month_entry_cell", args=[KOTA_A, "2025-07", PU])
    shown = client.get(address).content.decode()
    assert "Sama dengan bulan lalu: 1.531" in shown
    assert client.post(address, {"perbuatan": "kosong", "reason": "other"}).status_code == 422
    assert client.post(address, {"perbuatan": "kosong", "reason": "not_reported"}).status_code == 302
    assert EmptyCell.objects.get().reason == "not_reported"
    text = {"perbuatan": "komentar", "text": "Tanya cabang", "is_follow_up": "on"}
    assert client.post(address, text).status_code == 302
    comment = Comment.objects.get()
    assert (comment.region_id, comment.segment, comment.is_follow_up, comment.text) == (
        KOTA_A,
        "pu",
        True,
        "Tanya cabang",
    )
    grid = client.get(GRID).content.decode()
    assert "Kosong: belum dilaporkan, menyusul." in grid
    assert "Perlu ditindaklanjuti." in grid
    client.post(address, {"perbuatan": "selesai", "komentar": comment.pk})
    comment.refresh_from_db()
    assert comment.settled_by == cast.wayan
    panel = client.post(address, {"perbuatan": "sama", "expected": "1.531"}, headers={"hx-request": "true"})
    assert "Sama dengan bulan lalu: tersimpan." in panel.content.decode()
    assert stored()[KOTA_A, "2025-07", "pu"] == 1_531
    assert not EmptyCell.objects.exists()
    assert client.post(address, {"perbuatan": "lain"}).status_code == 422


def test_a_correction_elsewhere_is_a_conflict_here(past, cast, client_of):
    send(client_of(cast.wayan), cast.wayan, PU, "1.600")
    row = MembershipCount.objects.get(month=JULY)
    correct_membership_count(pk=row.pk, revision=1, by=cast.siti, reason="r", new={"members": 1_610})
    assert send(client_of(cast.wayan), cast.wayan, PU, "1.620", 1, reason="r").status_code == 409
    assert stored()[KOTA_A, "2025-07", "pu"] == 1_610


def test_the_form_on_paper(past, cast, client_of):
    client = client_of(cast.wayan)
    send(client, cast.wayan, PU, "1.600")
    address = reverse("month_entry_print", args=[KOTA_A, "2025-07"])
    blank, filled = (client.get(f"{address}?isi={one}").content.decode() for one in "01")
    assert ("1.600" in blank, "1.600" in filled) == (False, True)
    for shown in (blank, filled):
        for words in ("1.531", "1.593", "Petugas", "Kepala Bidang", "NIP", "Linmas"):
            assert words in shown
        assert "77.777" not in shown


def test_somebody_elses_typing_is_not_sent(past, cast, client_of):
    assert send(client_of(cast.wayan), cast.siti, PU, "1.600").status_code == 403
    assert (KOTA_A, "2025-07", "pu") not in stored()


def test_all_segments_in_one_number_leave_none_missing(past, cast, client_of):
    undivided = MonthEntryKey.members("all")
    send(client_of(cast.wayan), cast.wayan, undivided, "76.062")
    # Only Linmas is still missing.
    assert count_cells(KOTA_A, JULY) == CellCounts(1, 0, 1)
    august = reverse("month_entry_grid_row", args=[KOTA_A, "2025-08"])
    assert count_cells(KOTA_A, date(2025, 8, 1)) == CellCounts(0, 0, 4)
    send(client_of(cast.wayan), cast.wayan, PU, "1.531", url=august)
    assert count_cells(KOTA_A, date(2025, 8, 1)) == CellCounts(1, 0, 2)


def test_a_locked_month_takes_nothing_and_says_why(past, cast, client_of):
    ReportingMonth.objects.create(
        region_id=KOTA_A,
        month=JULY,
        state=MonthState.SUBMITTED,
        changed_by=cast.siti,
        changed_at=datetime(2025, 8, 5, tzinfo=UTC),
    )
    client, before = client_of(cast.wayan), stored()
    shown = client.get(GRID).content.decode()
    assert "Juli 2025 terkunci sejak 5 Agustus 2025" in shown
    assert "data-grid" not in shown
    refused = send(client, cast.wayan, PU, "1.600")
    assert refused.status_code == 422
    assert refused.json()["sentence"].startswith("Juli 2025 terkunci sejak 5 Agustus 2025")
    cell = reverse("month_entry_cell", args=[KOTA_A, "2025-07", PU])
    for data in ({"perbuatan": "kosong", "reason": "nobody"}, {"perbuatan": "sama", "expected": "1531"}):
        answer = client.post(cell, data)
        assert answer.status_code == 422
        assert "terkunci sejak 5 Agustus 2025" in answer.content.decode()
    expected = "members:pu=1531;headcount:linmas:apbd_kabkota=1593"
    answer = client.post(reverse("month_entry_repeat", args=[KOTA_A, "2025-07"]), {"expected": expected})
    assert answer.status_code in {409, 422}
    assert (stored(), EmptyCell.objects.count()) == (before, 0)
