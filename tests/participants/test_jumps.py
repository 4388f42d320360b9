"""A figure that looks like a slip of the hand: asked about where it is typed, and before its month closes."""

import json
from datetime import date

import pytest
from django.urls import reverse

from participants.enums import EmptyReason
from participants.hints import Limits, question_of
from participants.models import Headcount, MembershipCount
from participants.month_entry_key import MonthEntryKey
from participants.selectors.month_entry.questions import count_unanswered
from participants.services.headcount import record_headcounts
from participants.services.membership_count import record_membership_counts
from participants.services.month_entry.empty_cell import leave_empty
from regions.enums import Origin
from regions.errors import MonthRefused
from regions.month import add_months
from regions.month_steps import COMPLETE
from reports.services.handing_in import take_step
from tests.cast import KOTA_A, KOTA_B
from tests.factories import HeadcountFactory, MembershipCountFactory
from tests.months import without_money

JULY, JUNE = date(2025, 7, 1), date(2025, 6, 1)
PU, BPU = MonthEntryKey.members("pu"), MonthEntryKey.members("bpu")
ROW = reverse("month_entry_grid_row", args=[KOTA_A, "2025-07"])
UNDO = reverse("month_entry_grid_undo", args=[KOTA_A, "2025-07"])


@pytest.fixture
def past(cast):
    record_membership_counts([MembershipCountFactory(month=JUNE, segment="pu", members=1_531)], by=cast.admin)
    record_headcounts([HeadcountFactory(month=JUNE, people=1_593)], by=cast.admin)


def send(client, by, text, **more):
    data = {
        "typist": by.pk,
        "enrolment": str(PU),
        "revision": json.dumps({"value": more.pop("revision", 0)}),
        "value": text,
        "source": "Surat 12/2025",
        "as_of": "2025-07-31",
        **more,
    }
    return client.post(ROW, data, headers={"accept": "application/json"})


@pytest.mark.parametrize(
    ("value", "past", "told"),
    [
        (15_280, {1: 1_528}, "Naik 900% dari bulan lalu: 1.528 menjadi 15.280 (batas 20%)."),
        (152, {1: 1_528}, "Turun 90% dari bulan lalu: 1.528 menjadi 152 (batas 20%)."),
        (1_700, {1: 1_528}, ""),
        # Few people move by large parts.
        (14, {1: 5}, ""),
        (15, {1: 5}, "Naik 200% dari bulan lalu: 5 menjadi 15 (batas 20%)."),
        (12, {1: 0}, "Bulan lalu 0, sekarang 12. Pastikan benar."),
        # After a gap the newest number before it counts, for a year.
        (15_280, {3: 1_528, 4: 15_000}, "Naik 900% dari April 2025: 1.528 menjadi 15.280 (batas 20%)."),
        (12, {5: 0}, "Pada Februari 2025 0, sekarang 12. Pastikan benar."),
        (15_280, {13: 1_528}, ""),
        (15_280, {}, ""),
        # Later months say nothing of this one.
        (15_280, {-1: 1_528}, ""),
    ],
)
def test_what_is_asked(value, past, told):
    assert (
        question_of(value, JULY, {add_months(JULY, -back): one for back, one in past.items()}, Limits())
        == told
    )


def test_a_jump_waits_for_its_reason(past, cast, client_of):
    client = client_of(cast.wayan)
    answer = send(client, cast.wayan, "15.310")
    assert answer.status_code == 422
    asked = "Naik 900% dari bulan lalu: 1.531 menjadi 15.310 (batas 20%). Bila benar, tulis sebabnya."
    assert answer.json() == {"sentence": "", "faults": {}, "asks": [asked]}
    assert not MembershipCount.objects.filter(month=JULY).exists()
    answer = send(client, cast.wayan, "15.310", because="pabrik baru, NIK 3672010704650051")
    assert answer.status_code == 200
    row = MembershipCount.objects.get(month=JULY)
    assert (row.members, row.note) == (15_310, "pabrik baru, NIK 367201******0051")
    # Another number needs a reason of its own, a usual one none.
    again = {"revision": row.revision, "reason": "salah baca"}
    assert send(client, cast.wayan, "15.300", **again).status_code == 422
    usual = send(client, cast.wayan, "1.530", **again)
    assert usual.status_code == 200
    row.refresh_from_db()
    assert (row.members, row.note) == (1_530, "")
    # Taken back, the number comes with what was said of it.
    assert client.post(UNDO, {"mark": usual.json()["undo"]}).status_code == 200
    row.refresh_from_db()
    assert (row.members, row.note) == (15_310, "pabrik baru, NIK 367201******0051")


def test_a_jump_of_a_form_waits_too(past, cast, client_of):
    client, url = client_of(cast.wayan), reverse("headcount_record")
    data = {
        "region": KOTA_A,
        "month": "2025-07",
        "category": "linmas",
        "funding": "apbd_kabkota",
        "people": "15.930",
        "source": "Surat 12/2025",
        "as_of": "2025-07-31",
    }
    refused = client.post(url, data)
    assert refused.status_code == 422
    assert "Naik 900% dari bulan lalu: 1.593 menjadi 15.930" in refused.content.decode()
    assert client.post(url, {**data, "note": "penambahan pos"}).status_code == 302
    assert Headcount.objects.get(month=JULY).note == "penambahan pos"


def test_what_a_file_brought_is_explained_before_the_month_is_complete(past, cast, client_of):
    record_membership_counts([MembershipCountFactory(month=JULY, segment="pu", members=15_310)], by=cast.siti)
    record_headcounts([HeadcountFactory(month=JULY, people=1_600)], by=cast.siti)
    without_money(cast.wayan)
    leave_empty(by=cast.wayan, region_code=KOTA_A, month=JULY, key=BPU, reason=EmptyReason.NOBODY)
    record_membership_counts(
        [MembershipCountFactory(month=JULY, segment="jakon", members=9, origin=Origin.PUBLISHED)],
        by=cast.siti,
    )
    assert count_unanswered([KOTA_A, KOTA_B], JULY) == {KOTA_A: 1, KOTA_B: 0}
    with pytest.raises(MonthRefused, match="1 angka melonjak tanpa penjelasan"):
        take_step(COMPLETE, region_code=KOTA_A, month=JULY, by=cast.wayan)
    client, url = client_of(cast.wayan), reverse("month_entry_cell", args=[KOTA_A, "2025-07", PU])
    page = client.get(url).content.decode()
    assert "Sebelum bulan ini dinyatakan lengkap" in page
    assert client.post(url, {"perbuatan": "benar", "because": " ", "revision": 1}).status_code == 422
    stale = client.post(url, {"perbuatan": "benar", "because": "pabrik baru", "revision": 9})
    assert stale.status_code == 409
    assert (
        client.post(url, {"perbuatan": "benar", "because": "pabrik baru", "revision": 1}).status_code == 302
    )
    assert "pabrik baru" in client.get(url).content.decode()
    assert count_unanswered([KOTA_A], JULY) == {KOTA_A: 0}
    take_step(COMPLETE, region_code=KOTA_A, month=JULY, by=cast.wayan)


def test_a_figure_that_came_by_file_is_asked_about_when_it_is_corrected(past, cast, client_of):
    record_membership_counts([MembershipCountFactory(month=JULY, segment="pu", members=1_533)], by=cast.admin)
    row = MembershipCount.objects.get(month=JULY)
    asked = {"revision": row.revision, "reason": "salah baca"}
    answer = send(client_of(cast.wayan), cast.wayan, "15.330", **asked)
    assert answer.status_code == 422
    assert answer.json()["asks"]
    row.refresh_from_db()
    assert row.members == 1_533
