"""The rule of the way of a month: who lays it down, what it would change, and its steps on pages."""

from datetime import date

import pytest
import time_machine

from regions.enums import MonthState, Verb
from regions.errors import MonthRefused, NotPermitted, OutsideScope
from regions.models import Act, MonthRule, ReportingMonth
from regions.month_steps import COMPLETE, RECONCILE, SUBMIT, VERIFY
from regions.month_way import USUAL_WAY, MonthWay, Taker, WayStep, way_from
from regions.roles import Role
from regions.selectors.month_rule import get_effect, list_month_rules, list_ruled_regions
from regions.services.month_rule import lay_down_rule
from regions.services.reporting_month import move_month
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.months import JULY, close, submit
from tests.pages import page_of
from tests.regions.long_way import LONG, lay_down, rule_of, walk

pytestmark = pytest.mark.usefixtures("cast_once")


class TestRule:
    def test_it_stands_in_the_ledger_and_replaces_that_of_the_same_month(self, cast):
        lay_down(cast, due_days=5)
        lay_down(cast, due_days=7)
        rule = MonthRule.objects.get()
        assert (rule.due_days, rule.steps) == (7, LONG.stored)
        first, second = Act.objects.filter(subject__startswith="aturan bulan laporan").order_by("pk")
        assert (first.verb, second.verb) == (Verb.RECORDED, Verb.CORRECTED)
        assert second.detail == {"changed": {"due_days": [5, 7]}}
        lay_down(cast, due_days=7)
        assert Act.objects.filter(subject__startswith="aturan bulan laporan").count() == 2

    @pytest.mark.parametrize(
        "steps",
        [
            LONG.further[1:],
            LONG.further[:-1],
            (*LONG.further[:2], LONG.further[1], LONG.further[-1]),
            (LONG.further[0], WayStep(VERIFY, Taker(Role.OPERATOR)), LONG.further[-1]),
            (LONG.further[-1],),
        ],
    )
    def test_a_way_begins_with_handing_in_and_ends_with_closing(self, steps, cast):
        with pytest.raises(MonthRefused, match="Langkah dimulai"):
            lay_down(cast, MonthWay(steps))
        assert not MonthRule.objects.exists()

    def test_only_an_administrator_of_the_place(self, cast):
        for who, refusal in (("ratna", NotPermitted), ("siti", OutsideScope), ("budi", OutsideScope)):
            with pytest.raises(refusal):
                lay_down_rule(rule_of(), by=getattr(cast, who))
        assert list(list_month_rules(cast.siti)) == []
        assert list(list_ruled_regions(cast.siti)) == []

    def test_one_that_locks_before_it_is_due_is_refused(self, cast):
        with pytest.raises(MonthRefused, match="jatuh tempo"):
            lay_down(cast, due_days=10, lock_days=9)

    @time_machine.travel(date(2025, 9, 20))
    def test_what_it_would_change_is_counted_beforehand(self, cast):
        submit(cast)
        close(cast, month=date(2025, 6, 1))
        lay_down(cast, USUAL_WAY, code=KOTA_B)
        effect = get_effect(rule_of(first=date(2025, 6, 1), lock_days=40))
        told = [(one.month.month, one.follow, one.keep, one.closed, one.lock) for one in effect.months]
        # The province and its other regency, and Kota A; Kota B has a rule of its own.
        others = effect.months[-1].follow
        assert told == [
            (6, others - 1, 0, 1, others - 1),
            (7, others - 1, 1, 0, others - 1),
            (8, others, 0, 0, 0),
            (9, others, 0, 0, 0),
        ]
        assert (effect.way_before, effect.way_after, effect.idle) == (USUAL_WAY, LONG, [])
        assert not MonthRule.objects.filter(region=PROVINCE).exists()

    def test_a_step_that_nobody_could_take_is_named(self, cast):
        way = MonthWay((WayStep(SUBMIT, Taker(Role.SUPERVISOR, from_above=True)), *LONG.further[1:]))
        assert get_effect(rule_of(way)).idle == [way.further[0]]


class TestPage:
    given = {
        "region": PROVINCE,
        "first_month": "2025-01",
        "submit_by": "supervisor",
        "check_1": "verified",
        "check_1_by": "planner",
        "check_2": "approved",
        "check_2_by": "viewer+",
        "close_by": "branch_head",
        "due_days": "10",
        "return_days": "7",
        "legal_source": "SE Gubernur 1/2025",
    }

    def test_it_shows_what_changes_and_then_lays_it_down(self, cast, client_of):
        client = client_of(cast.admin)
        page = page_of(client.post("/aturan-bulan/atur/", self.given))
        assert "Setujui (Pimpinan tingkat provinsi atau nasional)" in page
        assert "Ikut langkah baru" in page
        assert not MonthRule.objects.exists()
        answer = client.post("/aturan-bulan/atur/", {**self.given, "lay_down": "1"})
        assert (answer.status_code, answer["Location"]) == (302, "/aturan-bulan/")
        assert way_from(MonthRule.objects.get().steps).words == (
            "Ajukan (Verifikator) → Verifikasi (Perencana) → "
            "Setujui (Pimpinan tingkat provinsi atau nasional) → Tutup (Kepala Cabang)"
        )
        assert "SE Gubernur 1/2025" in page_of(client.get("/aturan-bulan/"))
        again = page_of(client.get("/aturan-bulan/atur/?wilayah=36&sejak=2025-01"))
        assert 'value="SE Gubernur 1/2025"' in again
        assert '<option value="viewer+" selected>' in again

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"check_2_by": ""}, "Pilih peran yang melakukan"),
            ({"check_2": "verified"}, "sudah dipilih"),
            ({"lock_days": "3"}, "sebelum jatuh tempo"),
            ({"legal_source": ""}, "Tulis dasarnya"),
            ({"region": "36.72.01"}, "di luar wewenang"),
            ({"submit_by": "operator"}, "operator"),
        ],
    )
    def test_what_cannot_be_is_said_at_its_field(self, changes, sentence, cast, client_of):
        answer = client_of(cast.admin).post("/aturan-bulan/atur/", {**self.given, **changes})
        assert answer.status_code == 422
        assert sentence in answer.content.decode()
        assert not MonthRule.objects.exists()

    def test_an_unknown_place_is_not_found(self, cast, client_of):
        assert client_of(cast.admin).get("/aturan-bulan/atur/?wilayah=99").status_code == 404
        assert client_of(cast.siti).get("/aturan-bulan/atur/").status_code == 403


def test_board_and_month_page_show_the_steps_of_the_rule(figures, cast, client_of):
    lay_down(cast)
    walk(cast, to=RECONCILE)
    board = page_of(client_of(cast.siti).get(f"/wilayah/{KOTA_A}/?periode=2025-07"))
    assert "Dicocokkan" in board
    assert "Disetujui" in board
    page = page_of(client_of(cast.ratna).get(f"/bulan/{KOTA_A}/2025-07/"))
    assert ">Setujui</button>" in page
    assert ">Tutup</button>" not in page
    matrix = page_of(client_of(cast.ratna).get(f"/bulan/?wilayah={PROVINCE}&periode=2025-07"))
    assert ">Dicocokkan</a>" in matrix
    assert ">Setujui</button>" in matrix


def test_one_month_of_another_role_among_many_stops_the_whole(cast, client_of):
    lay_down(cast)
    lay_down(cast, USUAL_WAY, code=KOTA_B)
    walk(cast, to=RECONCILE)
    for step, who in ((COMPLETE, cast.budi), (SUBMIT, cast.admin)):
        move_month(step, region_code=KOTA_B, month=JULY, by=who)
    sent = {"cells": [f"{KOTA_A}|2025-07", f"{KOTA_B}|2025-07"], "seen": "1"}
    # The rule of Kota B has no such step: that is told, and the other month goes on.
    answer = client_of(cast.ratna).post("/bulan/langkah/", {**sent, "verb": "approved"})
    after = {KOTA_A: MonthState.APPROVED, KOTA_B: MonthState.SUBMITTED}
    assert answer.status_code == 302
    assert dict(ReportingMonth.objects.values_list("region_id", "state")) == after
    # Closing is of another role in both.
    assert client_of(cast.dewi).post("/bulan/langkah/", {**sent, "verb": "closed"}).status_code == 403
    assert dict(ReportingMonth.objects.values_list("region_id", "state")) == after
