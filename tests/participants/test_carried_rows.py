"""Rows that nobody mended before their month was locked: carried on, dropped, never out of reach."""

from datetime import date

import pytest
from django.urls import reverse

from participants.enums import BatchState, RowState
from participants.errors import BatchRefused
from participants.models import Batch, Enrolment
from participants.selectors.batches.waiting import carries_to, list_waiting
from participants.services.batches.batch import confirm_batch
from participants.services.batches.carry import carry_batch, settle_waiting
from participants.services.batches.mend import skip_row
from participants.services.batches.work import work_on_batches
from regions.enums import MonthState
from regions.errors import MonthRefused, NotPermitted, OutsideScope
from regions.models import Act, ReportingMonth
from regions.month_steps import CLOSE, COMPLETE, SUBMIT, VERIFY
from regions.services.reporting_month import move_month
from reports.services.handing_in import WaitingRows, take_step
from tests.cast import KOTA_A
from tests.months import JULY
from tests.participants.batches import send, store
from tests.participants.made_files import person

JUNE, AUGUST = date(2025, 6, 1), date(2025, 8, 1)
# Three good rows and two whose NIK is no NIK.
ROWS = [person(1), person(2), person(3), person(4, nik="12"), person(5, nik="34")]

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(cast):
    """A list of June to August of which two rows wait."""
    return store(ROWS, cast.wayan, first_month=JUNE, last_month=AUGUST)


def verified(cast, month=JULY):
    for step, who in ((COMPLETE, cast.wayan), (SUBMIT, cast.siti), (VERIFY, cast.anton)):
        move_month(step, region_code=KOTA_A, month=month, by=who)


def close(cast, waiting=None, month=JULY):
    return take_step(CLOSE, region_code=KOTA_A, month=month, by=cast.anton, waiting=waiting)


def counts(batch):
    batch.refresh_from_db()
    return batch.counts.get("state", {})


def acts(verb):
    return [act.detail for act in Act.objects.filter(verb=verb).order_by("pk")]


def mend(client, batch, row):
    data = {"nik": "3672010704650099", "name": "Budi Baru", "birth_date": "07/04/1965"}
    return client.post(reverse("batch_row", args=[batch.pk, row.pk]), data)


def page_of(client, batch):
    return client.get(reverse("batch_detail", args=[batch.pk])).content.decode()


def test_what_waits_is_known_by_month(stored, cast):
    (one,) = list_waiting([KOTA_A], JULY)[KOTA_A]
    assert (one.batch, one.parked, one.unapproved, one.is_busy) == (stored, 2, 0, False)
    assert list_waiting([KOTA_A], date(2025, 9, 1)) == {}
    send(ROWS, cast.wayan, category="rt_rw", first_month=JULY)
    assert [(one.parked, one.unapproved) for one in list_waiting([KOTA_A], JULY)[KOTA_A]] == [(2, 0), (2, 3)]
    assert list_waiting(["36.73"], JULY) == {}


@pytest.mark.usefixtures("stored")
def test_a_month_is_not_closed_over_waiting_rows(cast):
    verified(cast)
    with pytest.raises(MonthRefused, match="Masih ada baris daftar yang menunggu"):
        close(cast)
    with pytest.raises(MonthRefused, match="Tulis mengapa baris yang menunggu dibuang"):
        close(cast, WaitingRows("buang", "  "))
    assert ReportingMonth.objects.get(month=JULY).state == MonthState.VERIFIED


def test_carried_they_are_mended_and_counted_from_the_first_open_month(stored, cast, client_of):
    verified(cast)
    close(cast, WaitingRows("bawa"))
    rest = Batch.objects.get(carried_from=stored)
    assert (rest.first_month, rest.last_month, rest.state) == (AUGUST, AUGUST, BatchState.STORED)
    assert (counts(stored), counts(rest)) == ({"new": 3}, {"refused": 2})
    assert acts("carried") == [
        {"rows": 2, "from": "2025-08", "carried_to": f"#{rest.pk}", "months": ["2025-06"]}
    ]
    row = rest.rows.order_by("pk").first()
    client = client_of(cast.wayan)
    assert mend(client, rest, row).status_code == 302
    spell = Enrolment.objects.get(batch=rest)
    assert (spell.first_month, spell.last_month) == (AUGUST, AUGUST)
    assert counts(rest) == {"new": 1, "refused": 1}
    # Each page names the other; the marked file is made of the file that the first list keeps.
    assert reverse("batch_detail", args=[stored.pk]) in page_of(client, rest)
    assert reverse("batch_detail", args=[rest.pk]) in page_of(client, stored)
    marked = client.post(reverse("batch_marked", args=[rest.pk]), {"alasan": "dikirim ke kelurahan"})
    assert (marked.status_code, marked.headers["Content-Type"].startswith("application/")) == (200, True)


def test_dropped_they_leave_with_their_reason(stored, cast):
    verified(cast)
    close(cast, WaitingRows("buang", "orangnya tidak dikenal, NIK 3672010704650051"))
    assert counts(stored) == {"new": 3, "skipped": 2}
    assert acts("dropped") == [
        {"rows": 2, "reason": "orangnya tidak dikenal, NIK 367201******0051", "months": ["2025-06"]}
    ]
    assert not Batch.objects.filter(carried_from=stored).exists()
    assert ReportingMonth.objects.get(month=JULY).state == MonthState.CLOSED


def test_a_list_that_nobody_approved_goes_as_a_whole(cast):
    batch = send(ROWS, cast.wayan, first_month=JULY, last_month=None)
    verified(cast)
    close(cast, WaitingRows("bawa"))
    batch.refresh_from_db()
    assert (batch.first_month, batch.last_month, batch.state) == (AUGUST, None, BatchState.CHECKED)
    confirm_batch(pk=batch.pk, by=cast.wayan)
    work_on_batches()
    assert set(Enrolment.objects.values_list("first_month", flat=True)) == {AUGUST}
    other = send([person(9)], cast.wayan, category="rt_rw", first_month=AUGUST)
    verified(cast, AUGUST)
    close(cast, WaitingRows("buang", "salah kirim"), AUGUST)
    other.refresh_from_db()
    assert (other.state, other.refusal, other.rows.count()) == (BatchState.CANCELLED, "salah kirim", 0)


def test_a_closing_waits_for_the_worker(cast):
    batch = send(ROWS, cast.wayan, first_month=JULY)
    confirm_batch(pk=batch.pk, by=cast.wayan)
    verified(cast)
    with pytest.raises(MonthRefused, match="masih dikerjakan"):
        close(cast, WaitingRows("bawa"))


def test_who_comes_too_late_keeps_what_was_typed_and_carries_the_rows(stored, cast, client_of):
    """Another door locked the month: the rows are not out of reach."""
    verified(cast)
    row = stored.rows.filter(state=RowState.REFUSED).first()
    client = client_of(cast.wayan)
    refused = mend(client, stored, row)
    page = refused.content.decode()
    assert refused.status_code == 409
    assert "Juli 2025 terkunci" in page
    assert 'value="Budi Baru"' in page
    assert carries_to(stored) == AUGUST
    assert "Bawa ke Agustus 2025" in page_of(client, stored)
    assert client.post(reverse("batch_carry", args=[stored.pk])).status_code == 302
    rest = Batch.objects.get(carried_from=stored)
    assert mend(client, rest, rest.rows.first()).status_code == 302
    assert carries_to(rest) is None
    with pytest.raises(BatchRefused, match="masih terbuka"):
        carry_batch(pk=rest.pk, by=cast.wayan)


def test_a_later_month_that_is_locked_carries_nothing(cast):
    """July is still open: its rows are mended where they are."""
    batch = store(ROWS, cast.wayan, first_month=JULY, last_month=JULY)
    verified(cast, AUGUST)
    assert carries_to(batch) is None
    with pytest.raises(BatchRefused, match="masih terbuka"):
        carry_batch(pk=batch.pk, by=cast.wayan)


def test_a_list_of_which_nothing_is_left_waits_for_nobody(cast):
    batch = send([person(4, nik="12")], cast.wayan, first_month=JULY)
    skip_row(batch_id=batch.pk, row_id=batch.rows.get().pk, by=cast.wayan)
    assert list_waiting([KOTA_A], JULY) == {}
    verified(cast)
    assert close(cast).state == MonthState.CLOSED


def test_whose_it_is_not_carries_nothing(stored, cast):
    with pytest.raises(OutsideScope):
        carry_batch(pk=stored.pk, by=cast.budi)
    with pytest.raises(NotPermitted):
        carry_batch(pk=stored.pk, by=cast.ratna)
    for who, error in ((cast.budi, OutsideScope), (cast.wayan, NotPermitted)):
        with pytest.raises(error):
            settle_waiting(region_code=KOTA_A, month=JULY, answer="buang", reason="x", by=who)
