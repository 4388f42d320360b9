"""A rule of a region says which further steps its months take, and which role takes each."""

from datetime import date

import pytest
import time_machine
from django.utils.timezone import localdate

from participants.errors import BatchRefused
from participants.services.batches.carry import settle_waiting
from regions.enums import MonthState, Verb
from regions.errors import MonthRefused, NotPermitted, OutsideScope
from regions.models import Act, MonthStep, ReportingMonth
from regions.month_steps import APPROVE, CLOSE, COMPLETE, RECONCILE, RETURN, SUBMIT, VERIFY
from regions.month_way import USUAL_WAY, MonthWay, Taker, WayStep, way_from
from regions.roles import Role
from regions.selectors.month_way import get_way, regencies_asked, require_step
from regions.selectors.reporting_month import get_lock, list_undecided
from regions.services.reopening import ask_reopening, decide_reopening
from regions.services.reporting_month import move_month
from regions.services.user import assign_role
from reports.selectors.home.entry import MonthOnWay
from reports.selectors.packs.closing_record import gather_closing
from reports.selectors.tasks.inbox import list_tasks, waiting_of
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, KOTA_B, PROVINCE, SINCE
from tests.months import JULY, submit
from tests.regions.long_way import LONG, lay_down, move, walk

pytestmark = pytest.mark.usefixtures("cast_once")


def test_what_is_stored_is_the_way(cast):
    assert way_from(LONG.stored) == LONG
    assert way_from([]) == USUAL_WAY
    assert LONG.states == [
        MonthState.OPEN,
        MonthState.COMPLETE,
        MonthState.SUBMITTED,
        MonthState.VERIFIED,
        MonthState.RECONCILED,
        MonthState.APPROVED,
        MonthState.CLOSED,
    ]
    assert LONG.words == (
        "Ajukan (Verifikator) → Verifikasi (Perencana) → Cocokkan (Kepala Cabang) → "
        "Setujui (Pimpinan tingkat provinsi atau nasional) → Tutup (Kepala Cabang)"
    )


def test_the_whole_way_is_walked_by_five(cast):
    lay_down(cast)
    walk(cast)
    row = ReportingMonth.objects.get()
    assert (row.state, row.closing) == (MonthState.CLOSED, 1)
    assert [(one.by.username, one.verb) for one in MonthStep.objects.all()] == [
        ("wayan", Verb.COMPLETED),
        ("siti", Verb.SUBMITTED),
        ("dewi", Verb.VERIFIED),
        ("anton", Verb.RECONCILED),
        ("ratna", Verb.APPROVED),
        ("anton", Verb.CLOSED),
    ]
    acts = Act.objects.filter(region_code=KOTA_A, verb__in=("reconciled", "approved"))
    assert sorted(acts.values_list("actor_name", "verb")) == [
        ("anton", "reconciled"),
        ("ratna", "approved"),
    ]


STATES = (MonthState.SUBMITTED, MonthState.VERIFIED, MonthState.RECONCILED, MonthState.APPROVED)


@pytest.mark.parametrize("step", [SUBMIT, VERIFY, RECONCILE, APPROVE, CLOSE])
def test_each_step_is_its_roles_alone(step, cast):
    allowed = {SUBMIT: "siti", VERIFY: "dewi", RECONCILE: "anton", APPROVE: "ratna", CLOSE: "anton"}[step]
    for name in ("wayan", "siti", "ratna", "anton", "dewi", "lestari", "admin"):
        if name in {allowed, "admin"}:
            require_step(getattr(cast, name), step, KOTA_A, LONG)
        else:
            with pytest.raises(NotPermitted) as refused:
                require_step(getattr(cast, name), step, KOTA_A, LONG)
            assert refused.value.args[1] == [taker.label for taker in LONG.takers(step)]
    for name in ("budi", "nobody"):
        with pytest.raises(OutsideScope):
            require_step(getattr(cast, name), step, KOTA_A, LONG)


def test_what_comes_from_above_is_nobodys_of_the_place_itself(cast, system):
    way = MonthWay(
        (LONG.further[0], WayStep(APPROVE, Taker(Role.SUPERVISOR, from_above=True)), LONG.further[-1])
    )
    with pytest.raises(NotPermitted):
        require_step(cast.siti, APPROVE, KOTA_A, way)
    assign_role(user=cast.nobody, role=Role.ADMINISTRATOR, by=system, region_code=KOTA_A, valid_from=SINCE)
    with pytest.raises(NotPermitted):
        require_step(cast.nobody, APPROVE, KOTA_A, way)
    assign_role(user=cast.budi, role=Role.SUPERVISOR, by=system, region_code=PROVINCE, valid_from=SINCE)
    require_step(cast.budi, APPROVE, KOTA_A, way)
    require_step(cast.admin, APPROVE, KOTA_A, way)


@pytest.mark.parametrize("step", [VERIFY, RECONCILE, APPROVE])
@pytest.mark.parametrize("earlier", [COMPLETE, SUBMIT, VERIFY, RECONCILE])
def test_whoever_took_a_step_takes_no_later_one(earlier, step, cast):
    order = LONG.order
    if order.index(earlier) >= order.index(step):
        return
    lay_down(cast)
    walk(cast, to=order[order.index(step) - 1])
    ReportingMonth.objects.update(**{earlier.signer: cast.admin})
    with pytest.raises(MonthRefused, match=r"orang (selain|lain)"):
        move(step, cast.admin)


def test_whoever_checked_may_close_unless_the_rule_asks_for_another(cast):
    lay_down(cast, separate_closer=True)
    walk(cast, to=APPROVE)
    with pytest.raises(MonthRefused, match="penutup"):
        move(CLOSE, cast.anton)
    move(CLOSE, cast.admin)


def test_a_step_out_of_turn_is_told_the_state_and_one_without_a_place_the_way(cast):
    lay_down(cast)
    walk(cast, to=SUBMIT)
    with pytest.raises(MonthRefused, match="Diajukan"):
        move(RECONCILE, cast.anton)
    short = MonthWay((LONG.further[0], LONG.further[-1]))
    lay_down(cast, short, code=KOTA_B)
    with pytest.raises(MonthRefused, match="tidak ada dalam aturan"):
        move_month(VERIFY, region_code=KOTA_B, month=JULY, by=cast.admin)


def test_what_was_handed_in_keeps_its_steps_and_what_came_back_takes_the_new_ones(cast):
    submit(cast)
    lay_down(cast)
    assert get_way(KOTA_A, JULY) == USUAL_WAY
    assert get_way(KOTA_A, date(2025, 8, 1)) == LONG
    move(VERIFY, cast.anton)
    move(RETURN, cast.anton)
    assert get_way(KOTA_A, JULY) == LONG
    walk(cast)
    assert ReportingMonth.objects.get().steps == LONG.stored


def test_a_month_handed_in_before_rules_had_steps_goes_the_usual_way(cast):
    submit(cast)
    ReportingMonth.objects.update(steps=[])
    lay_down(cast)
    assert get_way(KOTA_A, JULY) == USUAL_WAY
    move(VERIFY, cast.anton)
    move(CLOSE, cast.anton)


@pytest.mark.parametrize(("to", "who"), [(SUBMIT, "dewi"), (VERIFY, "anton"), (RECONCILE, "ratna")])
def test_each_checker_sends_it_back(to, who, cast):
    lay_down(cast)
    walk(cast, to=to)
    with pytest.raises(NotPermitted):
        move(RETURN, cast.siti)
    row = move(RETURN, getattr(cast, who))
    assert (row.state, row.steps) == (MonthState.RETURNED, [])
    assert {getattr(row, f"{one}_by") for one in ("completed", "submitted", "verified", "reconciled")} == {
        None
    }


def test_the_remedy_of_a_locked_month_names_who_sends_it_back(cast):
    lay_down(cast)
    walk(cast, to=SUBMIT)
    assert (
        "Minta Perencana atau Kepala Cabang atau Pimpinan tingkat provinsi" in get_lock(KOTA_A, JULY).sentence
    )


def test_whoever_closes_decides_about_opening_it_again(cast):
    way = MonthWay((*LONG.further[:-1], WayStep(CLOSE, Taker(Role.VIEWER, from_above=True))))
    lay_down(cast, way)
    walk(cast, to=APPROVE)
    move(CLOSE, cast.ratna)
    wish = ask_reopening(
        region_code=KOTA_A,
        month=JULY,
        reason="salah ketik",
        open_for=["members"],
        open_until=localdate(),
        by=cast.siti,
    )
    assert [list_undecided(one) for one in (cast.anton, cast.siti, cast.ratna)] == [[], [], [wish]]
    with pytest.raises(NotPermitted):
        decide_reopening(pk=wish.pk, is_granted=True, answer="", by=cast.anton)
    decide_reopening(pk=wish.pk, is_granted=True, answer="", by=cast.ratna)
    assert ReportingMonth.objects.get().state == MonthState.REOPENED


def test_rows_that_wait_are_settled_by_whoever_closes(cast):
    way = MonthWay((*LONG.further[:-1], WayStep(CLOSE, Taker(Role.VIEWER, from_above=True))))
    lay_down(cast, way)
    with pytest.raises(NotPermitted):
        settle_waiting(region_code=KOTA_A, month=JULY, answer="", reason="", by=cast.anton)
    try:
        assert settle_waiting(region_code=KOTA_A, month=JULY, answer="", reason="", by=cast.ratna) == 0
    except BatchRefused:
        pytest.fail("nothing waits")


@time_machine.travel(date(2025, 8, 20))
def test_tasks_and_the_way_on_the_landing_page_follow(cast):
    lay_down(cast)
    walk(cast, to=SUBMIT)

    def titles(user):
        return [one.title for one in list_tasks(user) if one.region.code == KOTA_A and one.month == JULY]

    assert titles(cast.dewi) == ["Verifikasi: Juli 2025"]
    assert titles(cast.anton) == []
    asked = {one.code for one in regencies_asked(cast.ratna)}
    assert {KOTA_A, KOTA_B} <= asked
    assert asked == {one for one in asked if one.startswith(f"{PROVINCE}.")}
    assert list(regencies_asked(cast.lestari)) == []
    (waiting,) = [one for one in waiting_of(cast.wayan) if one.month == JULY]
    on_way = MonthOnWay(waiting, None)
    assert (on_way.waits_for, [taken for _label, taken in on_way.steps]) == (
        "Perencana",
        [True, True, False, False, False, False],
    )
    move(VERIFY, cast.dewi)
    assert titles(cast.dewi) == []
    assert titles(cast.anton) == ["Cocokkan: Juli 2025"]


def test_the_record_of_the_closing_names_each_step_with_its_role(cast, figures):
    lay_down(cast)
    walk(cast)
    recompute_stale()
    (steps, *_others) = gather_closing(ReportingMonth.objects.get().region, JULY).tables
    assert [row[:3] for row in steps.rows] == [
        ("menyatakan lengkap", "Operator, Verifikator", "Wayan"),
        ("mengajukan", "Verifikator", "Siti"),
        ("memverifikasi", "Perencana", "Dewi"),
        ("mencocokkan", "Kepala Cabang", "Anton"),
        ("menyetujui", "Pimpinan tingkat provinsi atau nasional", "Ratna"),
        ("menutup", "Kepala Cabang", "Anton"),
    ]


def test_without_a_second_factor_nobody_checks(cast, client_of, settings):
    lay_down(cast)
    walk(cast, to=SUBMIT)
    settings.REQUIRE_SECOND_FACTOR = True
    answer = client_of(cast.dewi).post(f"/bulan/{KOTA_A}/2025-07/langkah/", {"verb": "verified"})
    assert (answer.status_code, answer["Location"]) == (302, "/akun/keamanan/")
    assert ReportingMonth.objects.get().state == MonthState.SUBMITTED
