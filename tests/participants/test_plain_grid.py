"""The grids of figures without scripts: one form whose good rows are stored and whose bad rows come back."""

import pytest
from django.http import QueryDict
from django.urls import reverse

from budgets.models import Claim, Contribution
from participants.models import Headcount, MembershipCount
from participants.plain_rows import changed_rows
from participants.services.headcount import record_headcounts
from participants.services.membership_count import record_membership_counts
from regions.enums import MonthState, Verb
from regions.services.reporting_month import locked_row, step
from tests.cast import KOTA_A
from tests.factories import HeadcountFactory, MembershipCountFactory
from tests.forms_in_pages import forms_of
from tests.months import JULY
from tests.reports.test_pages import text_of

PEOPLE = reverse("month_entry_grid", args=[KOTA_A, "2025-07"])
MONEY = reverse("money_month", args=[KOTA_A, "2025-07"])
LINMAS, BPU = "isi|headcount:linmas:apbd_kabkota|value", "isi|members:bpu|value"
CONTRIBUTION, DEATHS = "isi|contributions:linmas:apbd_kabkota:jkk_jkm|value", "isi|claims:::jkm:cash|value"

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(cast):
    record_headcounts([HeadcountFactory(people=100)], by=cast.admin)
    record_membership_counts([MembershipCountFactory(segment="bpu", members=500)], by=cast.admin)


def fields_of(answer):
    """What the grid's form holds: the one that says whose typing it is."""
    forms = forms_of(answer.content.decode(), "/")
    return next(dict(form.fields) for form in forms if "typist" in form.fields)


def form_of(client, page):
    return fields_of(client.get(page)) | {"source": "Surat 7/2025"}


def test_only_changed_fields_are_rows_each_with_the_common_ones():
    data = QueryDict(mutable=True)
    data.update({"source": "Surat", "isi|a:b|value": "7", "dulu|a:b|value": "5", "versi|a:b": "2"})
    data.update({"isi|c|value": "1.000", "dulu|c|value": "1.000", "isi|a:b|cases": "", "dulu|a:b|cases": ""})
    ((row, sent),) = changed_rows(data)
    assert row == "a:b"
    assert sent.dict() == {
        "source": "Surat",
        "value": "7",
        "enrolment": "a:b",
        "revision": "2",
        "because": "",
    }


def test_a_page_shows_what_is_stored_in_its_fields(known, cast, client_of):
    form = form_of(client_of(cast.wayan), PEOPLE)
    assert (form[LINMAS], form[BPU]) == ("100", "500")
    assert form["typist"] == str(cast.wayan.pk)


def test_changed_rows_are_stored_and_others_left_alone(known, cast, client_of):
    client = client_of(cast.wayan)
    form = form_of(client, PEOPLE) | {LINMAS: "104", "reason": "Surat baru"}
    answer = client.post(PEOPLE, form, follow=True)
    assert "1 baris tersimpan." in text_of(answer)
    assert (Headcount.objects.get().people, Headcount.objects.get().source) == (104, "Surat 7/2025")
    assert MembershipCount.objects.get().revision == 1


def test_what_is_wrong_comes_back_as_it_was_typed_and_the_rest_is_stored(known, cast, client_of):
    client = client_of(cast.wayan)
    form = form_of(client, PEOPLE) | {LINMAS: "banyak", BPU: "505", "reason": "Surat baru"}
    answer = client.post(PEOPLE, form)
    assert answer.status_code == 422
    shown, again = text_of(answer), fields_of(answer)
    assert "1 baris tersimpan." in shown
    assert "1 baris belum tersimpan" in shown
    assert (again[LINMAS], again["dulu" + LINMAS[3:]], again[BPU]) == ("banyak", "100", "505")
    assert again["source"] == "Surat 7/2025"
    assert MembershipCount.objects.get().members == 505
    # Mended and sent again, it is stored.
    client.post(PEOPLE, again | {LINMAS: "101"})
    assert Headcount.objects.get().people == 101


def test_a_jump_asks_why_and_is_stored_with_the_answer(known, cast, client_of):
    client = client_of(cast.wayan)
    record_headcounts([HeadcountFactory(people=100, month=JULY.replace(month=6))], by=cast.admin)
    answer = client.post(PEOPLE, form_of(client, PEOPLE) | {LINMAS: "9000", "reason": "Surat baru"})
    assert answer.status_code == 422
    again = fields_of(answer)
    because = "sebab|headcount:linmas:apbd_kabkota"
    assert again[because] == ""
    stored = client.post(PEOPLE, again | {because: "Benar, Linmas baru dilantik"}, follow=True)
    assert "1 baris tersimpan." in text_of(stored)
    assert Headcount.objects.get(month=JULY).people == 9000


def test_what_somebody_else_changed_is_shown_before_it_is_replaced(known, cast, client_of):
    client = client_of(cast.wayan)
    mine = form_of(client, PEOPLE) | {LINMAS: "103", "reason": "Surat baru"}
    other = client_of(cast.siti)
    other.post(PEOPLE, form_of(other, PEOPLE) | {LINMAS: "102", "reason": "Surat lain"})
    answer = client.post(PEOPLE, mine)
    assert answer.status_code == 422
    assert "Siti mengubah baris ini" in text_of(answer)
    assert Headcount.objects.get().people == 102
    client.post(PEOPLE, fields_of(answer))
    assert Headcount.objects.get().people == 103


def test_a_locked_month_has_no_fields(known, cast, system, client_of):
    step(locked_row(KOTA_A, JULY), Verb.CLOSED, MonthState.CLOSED, by=system)
    page = client_of(cast.wayan).get(PEOPLE).content.decode()
    assert "isi|" not in page
    sent = {LINMAS: "1", "typist": cast.wayan.pk, "source": "x", "as_of": "2025-07-31"}
    assert client_of(cast.wayan).post(PEOPLE, sent).status_code == 422
    assert Headcount.objects.get().people == 100


def test_another_person_does_not_send_what_was_typed_before(known, cast, client_of):
    form = form_of(client_of(cast.wayan), PEOPLE) | {LINMAS: "104", "reason": "Surat baru"}
    assert client_of(cast.siti).post(PEOPLE, form).status_code == 403
    assert client_of(cast.budi).post(PEOPLE, form).status_code == 404
    assert Headcount.objects.get().people == 100


def test_contributions_and_claims_are_stored_the_same_way(known, cast, client_of):
    client = client_of(cast.wayan)
    form = form_of(client, MONEY)
    assert CONTRIBUTION in form
    form |= {CONTRIBUTION: "1.680.000", DEATHS: "abc"}
    answer = client.post(MONEY, form)
    assert answer.status_code == 422
    assert Contribution.objects.get().amount == 1_680_000
    assert not Claim.objects.exists()
    again = fields_of(answer)
    assert (again[DEATHS], again[CONTRIBUTION]) == ("abc", "1.680.000")
    cases = DEATHS.replace("value", "cases")
    client.post(MONEY, again | {DEATHS: "42.000.000", cases: "1"})
    assert (Claim.objects.get().amount, Claim.objects.get().cases) == (42_000_000, 1)
