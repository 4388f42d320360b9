"""No path writes into a locked month: every service that stores facts is tried."""

from datetime import date

import pytest
from django.contrib import admin
from django.urls import reverse

from budgets.models import Claim, Contribution
from budgets.services.claim import correct_claim, record_claims
from budgets.services.contribution import correct_contribution, record_contributions
from participants.enums import EnrolmentState, Occurrence
from participants.importers.header import Field
from participants.models import (
    Batch,
    Category,
    Enrolment,
    FundingSource,
    Headcount,
    LifeEvent,
    MembershipCount,
    Participant,
)
from participants.services.batches.batch import confirm_batch
from participants.services.batches.undo import undo_batch
from participants.services.batches.work import work_on_batches
from participants.services.headcount import correct_headcount, record_headcounts
from participants.services.membership_count import correct_membership_count, record_membership_counts
from participants.services.month_entry.category_month import end_category, repeat_month
from participants.services.persons.category_change import change_category
from participants.services.persons.entry import enter_person
from participants.services.persons.grid import save_grid_row, undo_grid_row
from participants.services.persons.participant import record_life_event
from participants.services.persons.proposal import accept_proposals
from participants.services.target import record_targets
from participants.services.workforce import record_workforces
from regions.enums import ReportKind
from regions.errors import MonthLocked
from regions.models import Act, Change, SourcedFact
from tests.cast import KOTA_A
from tests.factories import (
    ClaimFactory,
    ContributionFactory,
    HeadcountFactory,
    MembershipCountFactory,
    TargetFactory,
    WorkforceFactory,
    nik_of,
)
from tests.months import JULY, close, reopen, submit
from tests.participants.batches import people, send, store, terms

pytestmark = pytest.mark.usefixtures("cast_once")

AUGUST = date(2025, 8, 1)
MODELS = (MembershipCount, Headcount, Contribution, Claim, Enrolment, Participant, LifeEvent, Change, Batch)


def everything():
    """All facts, and what was noted of them."""
    rows = {model: model.objects.order_by("pk").values_list() for model in MODELS}
    plain = {model: [[_plain(cell) for cell in row] for row in found] for model, found in rows.items()}
    return plain, Act.objects.count()


def _plain(cell):
    return bytes(cell) if isinstance(cell, memoryview) else cell


@pytest.fixture
def stored(cast, system):
    """One fact of each kind in July, and two persons from July on."""
    record_membership_counts([MembershipCountFactory()], by=system)
    record_headcounts([HeadcountFactory()], by=system)
    record_contributions([ContributionFactory()], by=system)
    record_claims([ClaimFactory()], by=system)
    store(people(2), cast.wayan, first_month=JULY)
    store(people(1, first=9), cast.wayan, first_month=JULY, is_proposal=True, category="kader")


CELLS = {Field.NIK: nik_of(77), Field.NAME: "Orang Baru"}
CELL = {"region_code": KOTA_A, "category": "linmas", "funding": "apbd_kabkota"}


def correct(service, model, **new):
    def act(by):
        service(pk=model.objects.get().pk, revision=1, by=by, reason="uji", new=new)

    return act


WRITES = {
    "membership recorded": lambda by: record_membership_counts([MembershipCountFactory(segment="pu")], by=by),
    "membership overwritten": lambda by: record_membership_counts(
        [MembershipCountFactory(members=5)], by=by, overwrite=True
    ),
    "membership corrected": correct(correct_membership_count, MembershipCount, members=5),
    "source corrected": correct(correct_membership_count, MembershipCount, source="surat lain"),
    "headcount recorded": lambda by: record_headcounts([HeadcountFactory(category_id="rt_rw")], by=by),
    "headcount corrected": correct(correct_headcount, Headcount, people=5),
    "contribution recorded": lambda by: record_contributions([ContributionFactory()], by=by),
    "contribution corrected": correct(correct_contribution, Contribution, amount=5),
    "contribution moved away": correct(correct_contribution, Contribution, paid_on=date(2025, 8, 3)),
    "claim recorded": lambda by: record_claims([ClaimFactory()], by=by),
    "claim corrected": correct(correct_claim, Claim, amount=5),
    "person typed": lambda by: enter_person(by=by, terms=terms(first_month=JULY), cells=CELLS),
    "person in the grid": lambda by: save_grid_row(by=by, terms=terms(first_month=JULY), cells=CELLS),
    "person from before": lambda by: enter_person(by=by, terms=terms(), cells=CELLS),
    "list sent": lambda by: send(people(3), by, first_month=JULY),
    "month repeated": lambda by: repeat_month(by=by, month=JULY, **CELL),
    "category ended": lambda by: end_category(
        by=by, on_date=date(2025, 6, 30), cause=Occurrence.DUTY_ENDED, reason="uji", **CELL
    ),
    "proposal accepted": lambda by: accept_proposals(
        enrolment_ids=[Enrolment.objects.get(state=EnrolmentState.PROPOSED).pk], by=by
    ),
    "batch undone": lambda by: undo_batch(pk=Batch.objects.first().pk, by=by, reason="uji"),
}


@pytest.mark.parametrize("how", [submit, close], ids=["submitted", "closed"])
@pytest.mark.parametrize("write", WRITES)
def test_nothing_is_written_into_a_locked_month(write, how, stored, cast, system):
    if write == "month repeated":
        # Something to take over: spells that ended in June.
        store(people(1, first=20), cast.wayan, first_month=date(2025, 5, 1), last_month=date(2025, 6, 1))
    how(cast)
    before = everything()
    with pytest.raises(MonthLocked, match="Juli 2025 terkunci sejak"):
        WRITES[write](cast.siti)
    assert everything() == before


@pytest.mark.parametrize("write", WRITES)
def test_the_same_is_written_into_an_open_one(write, stored, cast):
    if write == "month repeated":
        store(people(1, first=20), cast.wayan, first_month=date(2025, 5, 1), last_month=date(2025, 6, 1))
    before = everything()
    WRITES[write](cast.siti)
    assert everything() != before


def test_no_fact_is_edited_in_the_admin():
    assert not [model for model in admin.site._registry if issubclass(model, SourcedFact)]


def test_reopened_for_one_report_the_others_stay_locked(stored, cast):
    close(cast)
    reopen(cast, open_for=[ReportKind.HEADCOUNTS])
    WRITES["headcount corrected"](cast.wayan)
    with pytest.raises(MonthLocked, match="hanya dibuka kembali untuk orang per kategori"):
        WRITES["membership corrected"](cast.wayan)


def test_a_list_confirmed_before_the_closing_waits_unstored(cast):
    batch = send(people(3), cast.wayan, first_month=JULY)
    confirm_batch(pk=batch.pk, by=cast.wayan)
    close(cast)
    work_on_batches()
    batch.refresh_from_db()
    assert (batch.state, Participant.objects.count()) == ("checked", 0)
    assert "Juli 2025 terkunci sejak" in batch.refusal
    reopen(cast)
    confirm_batch(pk=batch.pk, by=cast.wayan)
    work_on_batches()
    batch.refresh_from_db()
    assert (batch.state, batch.refusal, Participant.objects.count()) == ("stored", "", 3)


def test_an_undo_mark_of_before_the_closing_is_worth_nothing_after(cast):
    saved = save_grid_row(by=cast.wayan, terms=terms(first_month=JULY), cells=CELLS)
    close(cast)
    with pytest.raises(MonthLocked):
        undo_grid_row(by=cast.wayan, mark=saved.mark)
    assert Enrolment.objects.count() == 1


def test_a_death_told_late_ends_the_spell_after_the_locked_months(cast):
    store(people(1), cast.wayan)
    close(cast)
    record_life_event(
        participant_id=Participant.objects.get().pk,
        kind=Occurrence.DIED,
        happened_on=date(2025, 3, 4),
        source="akta",
        by=cast.wayan,
    )
    assert LifeEvent.objects.get().happened_on == date(2025, 3, 4)
    # July was closed with them in it and stays so.
    assert Enrolment.objects.get().last_month == JULY


def test_a_change_of_category_begins_after_the_locked_months(cast):
    store(people(1), cast.wayan)
    close(cast)
    change_category(
        participant_id=Participant.objects.get().pk,
        from_category=Category.objects.get(pk="linmas"),
        to_category=Category.objects.get(pk="kader"),
        funding=FundingSource.objects.get(pk="apbd_kabkota"),
        happened_on=date(2025, 3, 4),
        source="SK",
        by=cast.wayan,
    )
    spells = Enrolment.objects.order_by("first_month").values_list("category_id", "first_month", "last_month")
    assert list(spells) == [("linmas", date(2025, 1, 1), JULY), ("kader", AUGUST, None)]


def test_what_is_of_a_year_binds_no_month(cast, system):
    close(cast)
    record_workforces([WorkforceFactory()], by=cast.wayan)
    record_targets([TargetFactory()], by=cast.dewi)


def test_other_regions_and_other_months_stay_open(cast):
    close(cast)
    record_membership_counts([MembershipCountFactory(month=date(2025, 6, 1))], by=cast.wayan)
    record_membership_counts([MembershipCountFactory(region_id="36.73")], by=cast.budi)
    store(people(1), cast.wayan, first_month=AUGUST)
    assert Enrolment.objects.count() == 1


def test_a_form_says_why_and_keeps_what_was_typed(stored, cast, client_of):
    close(cast)
    typed = {
        "region": KOTA_A,
        "month": "2025-07",
        "segment": "pu",
        "programmes": ["jkk", "jkm"],
        "members": "777",
        "source": "Surat 9",
        "as_of": "2025-07-31",
    }
    answer = client_of(cast.wayan).post(reverse("membership_count_record"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Juli 2025 terkunci sejak" in page
    assert "Minta dibuka kembali dengan alasannya" in page
    assert 'value="777"' in page


def test_a_row_of_the_grid_says_why(cast, client_of):
    close(cast)
    url = reverse("person_grid_row", args=[KOTA_A, "linmas", "apbd_kabkota", "2025-07"])
    typed = {
        "typist": cast.wayan.pk,
        "nik": nik_of(77),
        "name": "Orang Baru",
        "segment": "bpu",
        "programmes": ["jkk", "jkm"],
        "until": "open",
        "source": "SK",
        "as_of": "2025-07-31",
    }
    answer = client_of(cast.wayan).post(url, typed, headers={"accept": "application/json"})
    assert answer.status_code == 422
    assert "Juli 2025 terkunci sejak" in answer.json()["sentence"]
    assert not Participant.objects.exists()
