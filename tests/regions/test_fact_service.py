from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils.timezone import localdate

from participants.models import MembershipCount, Workforce
from participants.services.membership_count import (
    correct_membership_count,
    record_membership_counts,
)
from participants.services.workforce import correct_workforce, record_workforces
from regions.advisory_lock import AdvisoryLock
from regions.enums import Origin, Verb
from regions.errors import ChangedMeanwhile, FactRefused, NotPermitted, OutsideScope
from regions.models import Act, Change
from regions.month import add_months, first_of
from regions.selectors.fact import list_history
from regions.services.fact import store_of
from tests.cast import KOTA_A, KOTA_B
from tests.factories import MembershipCountFactory, WorkforceFactory

pytestmark = pytest.mark.usefixtures("cast_once")


def refused(problems, **expected):
    with pytest.raises(FactRefused) as caught:
        problems()
    found = {(problem.field, problem.message) for problem in caught.value.problems}
    (field, words), *_ = expected.items()
    assert any(name == field and words in message for name, message in found), found
    assert not MembershipCount.objects.exists()
    assert not Change.objects.exists()


def test_recording_stores_notes_the_change_and_writes_the_ledger(cast):
    outcome = record_membership_counts([MembershipCountFactory()], by=cast.wayan)
    row = MembershipCount.objects.get()
    assert (row.region_id, row.members, row.entered_by, row.revision) == (
        KOTA_A,
        76_062,
        cast.wayan,
        1,
    )
    assert outcome.created == (row,)
    assert list(Change.objects.values_list("region_id", "first_month", "last_month")) == [
        (KOTA_A, date(2025, 7, 1), date(2025, 7, 1))
    ]
    act = Act.objects.first()
    assert (act.verb, act.actor_name, act.region_code) == (Verb.RECORDED, "wayan", KOTA_A)


def test_sending_the_same_again_changes_nothing(cast):
    record_membership_counts([MembershipCountFactory()], by=cast.wayan)
    acts, changes = Act.objects.count(), Change.objects.count()
    outcome = record_membership_counts([MembershipCountFactory()], by=cast.wayan)
    assert (outcome.created, outcome.changed, len(outcome.unchanged)) == ((), (), 1)
    assert (Act.objects.count(), Change.objects.count()) == (acts, changes)


def test_another_number_for_the_same_month_is_refused_with_the_way_out(cast):
    record_membership_counts([MembershipCountFactory()], by=cast.wayan)
    with pytest.raises(FactRefused, match="Koreksi"):
        record_membership_counts([MembershipCountFactory(members=5)], by=cast.wayan)
    assert MembershipCount.objects.get().members == 76_062


def test_a_set_is_stored_whole_or_not_at_all(cast):
    good, bad = MembershipCountFactory(month=date(2025, 6, 1)), MembershipCountFactory(members=-1)
    refused(lambda: record_membership_counts([good, bad], by=cast.wayan), members="negatif")


def test_a_month_that_has_not_begun_is_refused(cast):
    future = add_months(first_of(localdate()), 1)
    rows = [MembershipCountFactory(month=future)]
    refused(lambda: record_membership_counts(rows, by=cast.wayan), month="belum tiba")


def test_more_than_three_times_the_workers_is_a_slip(cast, system):
    record_workforces([WorkforceFactory(workers=1000)], by=system)
    Change.objects.all().delete()
    rows = [MembershipCountFactory(members=3001)]
    refused(lambda: record_membership_counts(rows, by=cast.wayan), members="tiga kali")
    record_membership_counts([MembershipCountFactory(members=3000)], by=cast.wayan)


@pytest.mark.parametrize("code", [KOTA_B, "36", "99.99"])
def test_a_region_that_is_not_mine_is_refused_like_an_unknown_one(cast, code):
    rows = [MembershipCountFactory(region_id=code)]
    refused(lambda: record_membership_counts(rows, by=cast.wayan), region="wewenang")


def test_an_example_never_replaces_what_is_real_and_the_real_replaces_it(cast, system):
    example = {"origin": Origin.EXAMPLE, "members": 1}
    record_membership_counts([MembershipCountFactory(**example)], by=system)
    record_membership_counts([MembershipCountFactory(origin=Origin.FORM)], by=cast.wayan, overwrite=True)
    record_membership_counts([MembershipCountFactory(**example)], by=system, overwrite=True)
    row = MembershipCount.objects.get()
    assert (row.members, row.origin, row.revision) == (76_062, Origin.FORM, 2)


def test_a_correction_keeps_what_was_and_why(cast):
    row = record_membership_counts([MembershipCountFactory()], by=cast.wayan).rows[0]
    correct_membership_count(
        pk=row.pk, revision=1, by=cast.siti, reason="salah ketik", new={"members": 76_060}
    )
    row.refresh_from_db()
    assert (row.members, row.revision, row.entered_by) == (76_060, 2, cast.siti)
    (before,) = list_history(row)
    assert (before.members, before.entered_by, before.replaced_by, before.reason) == (
        76_062,
        cast.wayan,
        cast.siti,
        "salah ketik",
    )
    act = Act.objects.first()
    assert act.detail == {
        "reason": "salah ketik",
        "changed": {"members": ["76062", "76060"]},
        "of": {"month": "2025-07", "region_id": KOTA_A, "segment": "all", "programmes": "jkk, jkm"},
        "months": ["2025-07"],
    }


def test_two_people_on_one_row_the_second_is_told(cast):
    row = record_membership_counts([MembershipCountFactory()], by=cast.wayan).rows[0]
    first = {"pk": row.pk, "revision": 1, "reason": "uji"}
    correct_membership_count(by=cast.siti, new={"members": 10}, **first)
    with pytest.raises(ChangedMeanwhile) as caught:
        correct_membership_count(by=cast.wayan, new={"members": 20}, **first)
    assert caught.value.current.members == 10
    assert MembershipCount.objects.get().members == 10


def test_a_stranger_and_a_reader_cannot_correct(cast):
    row = record_membership_counts([MembershipCountFactory()], by=cast.wayan).rows[0]
    attempt = {"pk": row.pk, "revision": 1, "reason": "uji", "new": {"members": 1}}
    with pytest.raises(OutsideScope):
        correct_membership_count(by=cast.budi, **attempt)
    with pytest.raises(NotPermitted):
        correct_membership_count(by=cast.ratna, **attempt)
    assert MembershipCount.objects.get().members == 76_062


def test_the_official_mark_moves_and_an_example_does_not_take_it(cast, system):
    record_workforces([WorkforceFactory()], by=system)
    record_workforces([WorkforceFactory(kind="penduduk_bekerja", workers=160_000)], by=system)
    official = Workforce.objects.filter(is_official=True).values_list("kind", flat=True)
    assert list(official) == ["penduduk_bekerja"]
    example = WorkforceFactory(kind="target_pool", origin=Origin.EXAMPLE)
    record_workforces([example], by=system)
    assert list(official.all()) == ["penduduk_bekerja"]


@pytest.mark.parametrize(
    ("stored", "sent", "after"),
    [
        (Origin.PUBLISHED, Origin.EXAMPLE, (Origin.PUBLISHED, 10)),
        (Origin.FORM, Origin.PUBLISHED, (Origin.FORM, 10)),
        (Origin.FILE, Origin.PUBLISHED, (Origin.FILE, 10)),
        (Origin.API, Origin.PUBLISHED, (Origin.API, 10)),
        (Origin.EXAMPLE, Origin.PUBLISHED, (Origin.PUBLISHED, 20)),
        (Origin.PUBLISHED, Origin.PUBLISHED, (Origin.PUBLISHED, 20)),
        (Origin.FORM, Origin.FILE, (Origin.FILE, 20)),
        (Origin.API, Origin.FORM, (Origin.FORM, 20)),
    ],
)
def test_what_was_entered_ranks_above_what_was_published_and_that_above_examples(system, stored, sent, after):
    record_membership_counts([MembershipCountFactory(origin=stored, members=10)], by=system)
    record_membership_counts([MembershipCountFactory(origin=sent, members=20)], by=system, overwrite=True)
    row = MembershipCount.objects.get()
    assert (row.origin, row.members) == after


@pytest.mark.parametrize("origin", [Origin.FORM, Origin.FILE, Origin.API])
def test_programs_are_told_their_way_out_and_people_theirs(cast, origin):
    record_membership_counts([MembershipCountFactory()], by=cast.wayan)
    with pytest.raises(FactRefused) as caught:
        record_membership_counts([MembershipCountFactory(members=5, origin=origin)], by=cast.wayan)
    (problem,) = caught.value.problems
    assert (problem.row, problem.field) == (0, "__all__")
    assert ("PATCH" in problem.message, "Koreksi" in problem.message) == (
        origin == Origin.API,
        origin != Origin.API,
    )


def test_the_day_of_a_report_may_be_today_but_not_tomorrow_unless_it_was_published(cast, system):
    today = localdate()
    tomorrow = today + timedelta(days=1)
    refused(
        lambda: record_membership_counts([MembershipCountFactory(as_of=tomorrow)], by=cast.wayan),
        as_of="belum tiba",
    )
    assert record_membership_counts([MembershipCountFactory(as_of=today)], by=cast.wayan).created
    published = MembershipCountFactory(month=date(2025, 6, 1), as_of=tomorrow, origin=Origin.PUBLISHED)
    assert record_membership_counts([published], by=system).created


@pytest.mark.parametrize(
    ("origin", "new", "after"),
    [
        (Origin.PUBLISHED, {"workers": 5}, Origin.FORM),
        (Origin.EXAMPLE, {"workers": 5, "is_official": False}, Origin.FORM),
        # The same value again, or only which of several is preferred, is no other figure.
        (Origin.PUBLISHED, {"workers": 174_897}, Origin.PUBLISHED),
        (Origin.PUBLISHED, {"is_official": False}, Origin.PUBLISHED),
        (Origin.FILE, {"workers": 5}, Origin.FILE),
        (Origin.API, {"workers": 174_897}, Origin.API),
    ],
)
def test_whoever_corrects_a_published_figure_makes_it_their_own(system, origin, new, after):
    row = record_workforces([WorkforceFactory(workers=174_897, origin=origin)], by=system).rows[0]
    corrected = correct_workforce(pk=row.pk, revision=1, by=system, reason="uji", new=new)
    assert (corrected.origin, corrected.revision) == (after, 2)


def test_each_kind_of_fact_has_its_own_store():
    assert store_of(MembershipCount.fact).kind is MembershipCount.fact
    assert store_of(Workforce.fact).kind is Workforce.fact
    with pytest.raises(LookupError):
        store_of(replace(Workforce.fact, name="no_such_kind"))


def locked_regions():
    """Of which regions this transaction keeps other writers of facts waiting."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code FROM regions_region JOIN pg_locks ON objid::int8 = hashtext(code)::int8 & 4294967295"
            " WHERE locktype = 'advisory' AND classid = %s AND pid = pg_backend_pid() AND granted",
            [AdvisoryLock.FACTS_OF_REGION],
        )
        return {code for (code,) in cursor.fetchall()}


def test_facts_of_a_region_are_stored_by_one_at_a_time(cast, system):
    assert locked_regions() == set()
    record_membership_counts([MembershipCountFactory()], by=cast.wayan)
    assert locked_regions() == {KOTA_A}
    record_workforces([WorkforceFactory(region_id=KOTA_B)], by=system)
    assert locked_regions() == {KOTA_A, KOTA_B}
