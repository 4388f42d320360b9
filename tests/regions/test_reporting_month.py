"""The life of a reporting month: every step, by everyone, from every state."""

from datetime import date, timedelta

import pytest
import time_machine
from django.db import InternalError, transaction
from django.utils.timezone import localdate

from participants.services.membership_count import record_membership_counts
from regions.enums import MonthState, ReportKind, Verb
from regions.errors import MonthLocked, MonthRefused, NotPermitted, OutsideScope
from regions.models import Act, MonthRule, MonthStep, Reopening, ReportingMonth
from regions.month_steps import CLOSE, COMPLETE, RETURN, SUBMIT, TRANSITIONS, UNCOMPLETE, VERIFY
from regions.month_way import USUAL_WAY
from regions.selectors.reporting_month import get_lock
from regions.services.reopening import ask_reopening, decide_reopening, relock_months
from regions.services.reporting_month import locked_row, move_month, step
from tests.cast import KOTA_A
from tests.factories import MembershipCountFactory

pytestmark = pytest.mark.usefixtures("cast_once")

JULY = date(2025, 7, 1)
PEOPLE = ("wayan", "siti", "budi", "ratna", "anton", "dewi", "lestari", "admin", "nobody")
# Verb → who may take it in Kota A where nothing else stands in the way.
MAY = {
    Verb.COMPLETED: {"wayan", "siti", "admin"},
    Verb.UNCOMPLETED: {"wayan", "siti", "admin"},
    Verb.SUBMITTED: {"siti", "admin"},
    Verb.VERIFIED: {"anton", "admin"},
    Verb.RETURNED: {"anton", "admin"},
    Verb.CLOSED: {"anton", "admin"},
}
STRANGERS = {"budi", "nobody"}
# Steps that only a rule asks for.
UNUSUAL = {Verb.RECONCILED, Verb.APPROVED}


def put(state, **signers):
    """The month in a state, whatever its way there."""
    with transaction.atomic():
        row = locked_row(KOTA_A, JULY)
        closing = 1 if state in {MonthState.CLOSED, MonthState.REOPENED} else 0
        ReportingMonth.objects.filter(pk=row.pk).update(state=state, closing=closing, **signers)
    return ReportingMonth.objects.get(pk=row.pk)


def move(transition, by, **more):
    return move_month(transition, region_code=KOTA_A, month=JULY, by=by, reason="alasan uji", **more)


def walk(cast, *, to=CLOSE):
    for transition, who in ((COMPLETE, "wayan"), (SUBMIT, "siti"), (VERIFY, "anton"), (CLOSE, "anton")):
        row = move(transition, getattr(cast, who))
        if transition is to:
            return row
    return None


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("state", list(MonthState))
@pytest.mark.parametrize("verb", list(TRANSITIONS))
def test_every_step_from_every_state_by_everyone(verb, state, person, cast):
    transition, user = TRANSITIONS[verb], getattr(cast, person)
    put(state)
    if person in STRANGERS:
        expected = OutsideScope
    elif verb in UNUSUAL:
        expected = MonthRefused
    elif person not in MAY[verb]:
        expected = NotPermitted
    else:
        expected = None if state in USUAL_WAY.sources(transition) else MonthRefused
    if expected is None:
        assert move(transition, user).state == transition.target
        assert MonthStep.objects.get().verb == verb
        return
    with pytest.raises(expected):
        move(transition, user)
    assert ReportingMonth.objects.get().state == state
    assert not MonthStep.objects.exists()


@pytest.mark.parametrize(
    ("verb", "column"),
    [
        (Verb.SUBMITTED, "completed_by"),
        (Verb.VERIFIED, "completed_by"),
        (Verb.VERIFIED, "submitted_by"),
        (Verb.CLOSED, "completed_by"),
        (Verb.CLOSED, "submitted_by"),
    ],
)
def test_who_made_it_may_not_check_it(verb, column, cast):
    transition = TRANSITIONS[verb]
    put(next(iter(USUAL_WAY.sources(transition))), **{column: cast.admin})
    with pytest.raises(MonthRefused, match="orang selain pembuatnya"):
        move(transition, cast.admin)


def test_the_whole_way_stands_in_the_timeline_and_the_ledger(cast):
    row = walk(cast)
    assert (row.state, row.closing) == (MonthState.CLOSED, 1)
    told = [(s.by.username, s.verb, s.from_state, s.to_state) for s in MonthStep.objects.all()]
    assert told == [
        ("wayan", "completed", "open", "complete"),
        ("siti", "submitted", "complete", "submitted"),
        ("anton", "verified", "submitted", "verified"),
        ("anton", "closed", "verified", "closed"),
    ]
    acts = Act.objects.filter(region_code=KOTA_A).exclude(verb=Verb.ASSIGNED).order_by("pk")
    assert list(acts.values_list("actor_name", "verb")) == [(who, verb) for who, verb, _f, _t in told]


def test_the_timeline_cannot_be_rewritten(cast):
    walk(cast, to=COMPLETE)
    with pytest.raises(InternalError), transaction.atomic():
        MonthStep.objects.update(reason="lain")


def test_a_step_sent_twice_is_one_step(cast):
    move(COMPLETE, cast.wayan)
    move(COMPLETE, cast.wayan)
    assert MonthStep.objects.count() == 1
    with pytest.raises(MonthRefused, match="Lengkap"):
        move(COMPLETE, cast.siti)


def test_a_return_needs_a_reason_and_gives_days_to_mend(cast):
    walk(cast, to=SUBMIT)
    with pytest.raises(MonthRefused, match="alasannya"):
        move_month(RETURN, region_code=KOTA_A, month=JULY, by=cast.anton)
    row = move(RETURN, cast.anton)
    assert (row.state, row.reason) == (MonthState.RETURNED, "alasan uji")
    assert row.open_until == localdate() + timedelta(days=7)
    assert (row.completed_by, row.submitted_by) == (None, None)


def test_back_to_draft_forgets_who_said_it_was_complete(cast):
    walk(cast, to=COMPLETE)
    row = move(UNCOMPLETE, cast.siti)
    assert (row.state, row.completed_by) == (MonthState.OPEN, None)


def test_a_month_to_come_and_a_district_have_no_steps(cast):
    with pytest.raises(MonthRefused, match="belum tiba"):
        move_month(COMPLETE, region_code=KOTA_A, month=date(2099, 1, 1), by=cast.wayan)
    with pytest.raises(MonthRefused, match="kabupaten"):
        move_month(COMPLETE, region_code="36.72.01", month=JULY, by=cast.wayan)


def test_a_rule_may_ask_for_another_closer(cast, system):
    MonthRule.objects.create(
        region_id="36", first_month=date(2025, 1, 1), separate_closer=True, legal_source="uji"
    )
    walk(cast, to=VERIFY)
    with pytest.raises(MonthRefused, match="penutup"):
        move(CLOSE, cast.anton)
    assert move(CLOSE, cast.admin).state == MonthState.CLOSED


class TestReopening:
    def ask(self, cast, **changes):
        wish = {
            "region_code": KOTA_A,
            "month": JULY,
            "reason": "salah ketik",
            "open_for": [ReportKind.MEMBERS],
            "open_until": localdate() + timedelta(days=5),
            "by": cast.siti,
        }
        return ask_reopening(**(wish | changes))

    @pytest.mark.parametrize(
        ("changes", "match"),
        [
            ({"reason": " "}, "alasannya"),
            ({"open_for": []}, "laporan mana"),
            ({"open_until": date(2020, 1, 1)}, "60 hari"),
            ({"open_until": localdate() + timedelta(days=61)}, "60 hari"),
            ({"month": date(2025, 6, 1)}, "tidak terkunci"),
        ],
    )
    def test_a_wish_must_make_sense(self, cast, changes, match):
        walk(cast)
        with pytest.raises(MonthRefused, match=match):
            self.ask(cast, **changes)
        assert not Reopening.objects.exists()

    @pytest.mark.parametrize("person", [p for p in PEOPLE if p not in {"siti", "admin"}])
    def test_only_supervisors_ask(self, cast, person):
        walk(cast)
        with pytest.raises(OutsideScope if person in STRANGERS else NotPermitted):
            self.ask(cast, by=getattr(cast, person))

    @pytest.mark.parametrize("person", [p for p in PEOPLE if p not in {"anton", "admin"}])
    def test_only_the_branch_decides(self, cast, person):
        walk(cast)
        wish = self.ask(cast)
        with pytest.raises(OutsideScope if person in STRANGERS else NotPermitted):
            decide_reopening(pk=wish.pk, is_granted=True, answer="", by=getattr(cast, person))

    def test_nobody_decides_their_own_wish(self, cast):
        walk(cast)
        wish = self.ask(cast, by=cast.admin)
        with pytest.raises(MonthRefused, match="orang lain"):
            decide_reopening(pk=wish.pk, is_granted=True, answer="", by=cast.admin)

    def test_granted_it_is_open_for_what_was_asked_and_nothing_else(self, cast):
        walk(cast)
        decide_reopening(pk=self.ask(cast).pk, is_granted=True, answer="", by=cast.anton)
        row = ReportingMonth.objects.get()
        assert (row.state, row.open_for, row.reason) == (MonthState.REOPENED, ["members"], "salah ketik")
        assert get_lock(KOTA_A, JULY, ReportKind.MEMBERS) is None
        lock = get_lock(KOTA_A, JULY, ReportKind.CLAIMS)
        assert "hanya dibuka kembali untuk peserta aktif" in lock.sentence

    def test_refused_it_stays_closed_with_the_answer(self, cast):
        walk(cast)
        wish = self.ask(cast)
        with pytest.raises(MonthRefused, match="penolakan"):
            decide_reopening(pk=wish.pk, is_granted=False, answer="", by=cast.anton)
        decide_reopening(pk=wish.pk, is_granted=False, answer="bukti kurang", by=cast.anton)
        assert ReportingMonth.objects.get().state == MonthState.CLOSED
        with pytest.raises(MonthRefused, match="sudah diputuskan"):
            decide_reopening(pk=wish.pk, is_granted=True, answer="", by=cast.admin)
        assert self.ask(cast).pk != wish.pk

    def test_one_wish_at_a_time(self, cast):
        walk(cast)
        self.ask(cast)
        with pytest.raises(MonthRefused, match="sudah ada"):
            self.ask(cast)

    def test_it_locks_again_by_itself(self, cast):
        walk(cast)
        decide_reopening(pk=self.ask(cast).pk, is_granted=True, answer="", by=cast.anton)
        assert relock_months() == 0
        with time_machine.travel(localdate() + timedelta(days=6)):
            # Locked at once, even while no worker lives; handed in as soon as one does.
            assert "sudah lewat" in get_lock(KOTA_A, JULY, ReportKind.MEMBERS).sentence
            assert relock_months() == 1
            assert relock_months() == 0
        row = ReportingMonth.objects.get()
        assert (row.state, row.changed_by, row.submitted_by) == (MonthState.SUBMITTED, None, None)
        assert MonthStep.objects.last().verb == Verb.RELOCKED

    def test_reopened_corrected_and_closed_again(self, cast):
        walk(cast)
        decide_reopening(pk=self.ask(cast).pk, is_granted=True, answer="", by=cast.anton)
        row = walk(cast)
        assert (row.state, row.closing, row.open_for, row.open_until) == (MonthState.CLOSED, 2, [], None)


class TestDeadline:
    def rule(self, code="36", **changes):
        values = {"first_month": date(2025, 1, 1), "lock_days": 40, "legal_source": "uji"}
        return MonthRule.objects.create(region_id=code, **(values | changes))

    def test_the_nearest_rule_in_force_holds(self, cast):
        self.rule("ID", lock_days=20)
        self.rule("36", first_month=date(2025, 6, 1), lock_days=40)
        self.rule(KOTA_A, first_month=date(2025, 8, 1), lock_days=60)
        with time_machine.travel(date(2025, 9, 15)):
            locked = {month for month in range(1, 10) if get_lock(KOTA_A, date(2025, month, 1))}
        assert locked == {1, 2, 3, 4, 5, 6, 7}
        assert get_lock(KOTA_A, JULY).since == date(2025, 9, 10)

    def test_a_month_locks_the_day_after(self, cast, system):
        self.rule()
        rows = [MembershipCountFactory()]
        with time_machine.travel(date(2025, 9, 9)):
            record_membership_counts(rows, by=cast.wayan)
        with time_machine.travel(date(2025, 9, 10)), pytest.raises(MonthLocked, match="9 September 2025"):
            record_membership_counts([MembershipCountFactory(members=1)], by=cast.wayan, overwrite=True)

    def test_without_a_rule_no_month_locks_by_itself(self, cast):
        assert get_lock(KOTA_A, date(2014, 1, 1)) is None

    def test_a_locked_draft_can_still_be_handed_in(self, cast):
        self.rule()
        assert walk(cast).state == MonthState.CLOSED


def test_a_step_without_a_person_is_told_as_the_systems(cast):
    with transaction.atomic():
        step(locked_row(KOTA_A, JULY), Verb.RELOCKED, MonthState.SUBMITTED, by=None)
    assert "oleh sistem" in get_lock(KOTA_A, JULY).sentence
