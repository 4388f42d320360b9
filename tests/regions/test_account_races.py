"""Two who change accounts at the same moment: the second sees what the first did."""

from threading import Thread

import pytest
from django.db import connection, transaction

from regions.errors import AccountRefused, OutsideScope
from regions.models import Assignment, Invitation, User
from regions.roles import Role
from regions.services.account import deactivate
from regions.services.assignment import end_assignment, grant_role
from regions.services.invitation import Acceptance, accept, invite, offer_reset, send_again, use_reset
from regions.services.user import ensure_system_user
from tests.administrators import administrator, grant_at, invited
from tests.cast import KOTA_A, NATION, make_cast
from tests.conftest import load_test_reference
from tests.regions.days import TODAY

pytestmark = [pytest.mark.usefixtures("on_that_day"), pytest.mark.django_db(transaction=True)]

WAITS_FOR_US = (
    "SELECT EXISTS"
    " (SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
)


def outcome_of(change):
    try:
        return change()
    except (AccountRefused, OutsideScope) as error:
        return type(error)


def in_the_midst(first, second):
    """The outcomes of both, where the second begins after the first has changed all, before it commits."""
    outcomes = []

    def run():
        try:
            outcomes.append(outcome_of(second))
        finally:
            connection.close()

    thread = Thread(target=run)
    with transaction.atomic():
        done = outcome_of(first)
        thread.start()
        while thread.is_alive() and not waits_for_us():
            thread.join(0.02)
    thread.join()
    return done, outcomes[0]


def waits_for_us():
    with connection.cursor() as cursor:
        cursor.execute(WAITS_FOR_US)
        return cursor.fetchone()[0]


@pytest.fixture
def people(db):
    load_test_reference()
    return make_cast()


@pytest.fixture
def arif(people):
    return administrator("arif", KOTA_A)


def end_role(person, by):
    return end_assignment(
        user_id=person.pk, assignment_id=person.assignments.get().pk, until=TODAY, reason="x", by=by
    )


def test_the_same_role_is_given_once(people, arif):
    def give(by):
        return grant_role(user_id=people.wayan.pk, grant=grant_at(role=Role.VIEWER), by=by)

    given, refused = in_the_midst(lambda: give(arif), lambda: give(people.admin))
    assert refused is AccountRefused
    assert list(people.wayan.assignments.filter(role=Role.VIEWER)) == [given]


def test_of_two_links_to_a_password_one_lives(people, arif):
    def offer(by):
        return offer_reset(user_id=people.wayan.pk, by=by)

    first, second = in_the_midst(lambda: offer(arif), lambda: offer(people.admin))
    assert list(Invitation.objects.filter(revoked_at=None)) == [second.link]
    assert use_reset(token=first.token, password="sawah-hijau-luas-77") is None


def test_the_same_person_is_invited_once(people, arif):
    def ask(by):
        return invite(full_name="Joko", email="joko@contoh.go.id", grant=grant_at(), by=by)

    made, refused = in_the_midst(lambda: ask(arif), lambda: ask(people.admin))
    assert refused is AccountRefused
    assert list(Invitation.objects.all()) == [made.link]


@pytest.mark.parametrize("act", ["give", "invite", "reset", "send again", "accept"])
def test_who_loses_the_right_in_the_midst_gives_nothing_more(people, arif, act):
    """The roles held when the act began are not those that count."""
    waiting = invited(arif)
    acting = User.objects.get(pk=arif.pk)
    assert acting.current_assignments
    acts = {
        "give": lambda: grant_role(user_id=people.wayan.pk, grant=grant_at(role=Role.VIEWER), by=acting),
        "invite": lambda: invited(acting, full_name="Lain"),
        "reset": lambda: offer_reset(user_id=people.wayan.pk, by=acting),
        "send again": lambda: send_again(link_id=waiting.link.pk, by=acting),
        "accept": lambda: accept(token=waiting.token, acceptance=Acceptance("J", "joko", "sawah-hijau-77")),
    }
    before = (Assignment.objects.count(), list(Invitation.objects.values_list("token_digest", flat=True)))
    _ended, refused = in_the_midst(lambda: end_role(arif, people.admin), acts[act])
    assert refused in {AccountRefused, OutsideScope, None}
    after = (Assignment.objects.count(), list(Invitation.objects.values_list("token_digest", flat=True)))
    assert after == before


def test_an_account_is_judged_as_the_other_change_leaves_it(people, arif):
    """No link to a password of an account that is being switched off."""
    _off, refused = in_the_midst(
        lambda: deactivate(user_id=people.wayan.pk, reason="mutasi", by=people.admin),
        lambda: offer_reset(user_id=people.wayan.pk, by=arif),
    )
    assert refused is AccountRefused
    assert not Invitation.objects.exists()


def test_two_administrators_who_end_each_other_leave_one(people):
    second = administrator("kedua", NATION)
    _ended, refused = in_the_midst(
        lambda: end_role(people.admin, second), lambda: end_role(second, people.admin)
    )
    assert refused in {AccountRefused, OutsideScope}
    left = Assignment.objects.filter(role=Role.ADMINISTRATOR, region=NATION, valid_until=None)
    assert [one.user for one in left.exclude(user=ensure_system_user())] == [second]
    assert people.admin.assignments.get().valid_until == TODAY
