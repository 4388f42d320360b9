"""An administrator gives and takes only what and where they hold, and never their own."""

from datetime import timedelta

import pytest

from regions.enums import Acting
from regions.errors import AccountRefused, OutsideScope
from regions.models import Act, Assignment, Institution, User
from regions.roles import Role
from regions.selectors.reach import (
    get_person,
    list_grantable_offices,
    list_grantable_regions,
    manageable_users,
)
from regions.services.account import deactivate, reactivate
from regions.services.assignment import Grant, end_assignment, grant_role
from regions.services.user import assign_role
from tests.administrators import administrator, grant_at, office_of
from tests.cast import A_DISTRICT_OF_B, KOTA_A, KOTA_B, NATION, PROVINCE, SINCE
from tests.regions.days import TODAY

pytestmark = pytest.mark.usefixtures("cast_once", "on_that_day")


@pytest.fixture
def arif(cast):
    return administrator("arif", KOTA_A)


@pytest.fixture
def pertiwi(cast):
    return administrator("pertiwi", PROVINCE)


def names(user):
    return sorted(manageable_users(user).values_list("username", flat=True))


def only_role_of(person):
    return person.assignments.get()


def test_one_looks_after_people_who_serve_nowhere_else(cast, arif, pertiwi):
    assert names(arif) == ["arif", "siti", "wayan"]
    assert names(pertiwi) == ["anton", "arif", "budi", "lestari", "pertiwi", "ratna", "siti", "wayan"]
    assert names(cast.admin) == sorted(
        User.objects.exclude(username="sistem").values_list("username", flat=True)
    )
    assert names(cast.siti) == []


def test_a_second_role_elsewhere_takes_a_person_out_of_reach_even_before_it_begins(cast, arif, system):
    later = TODAY + timedelta(days=40)
    assign_role(user=cast.wayan, role=Role.VIEWER, by=system, region_code=KOTA_B, valid_from=later)
    assert names(arif) == ["arif", "siti"]
    with pytest.raises(OutsideScope):
        get_person(arif, cast.wayan.pk)


def test_who_served_elsewhere_before_and_serves_nowhere_now_is_left_to_others(cast, arif, system):
    Assignment.objects.filter(user__in=[cast.wayan, cast.siti]).update(valid_until=TODAY)
    assert names(arif) == ["arif", "siti", "wayan"]
    assign_role(
        user=cast.siti, role=Role.VIEWER, by=system, region_code=KOTA_B, valid_from=SINCE, valid_until=TODAY
    )
    assert names(arif) == ["arif", "wayan"]
    User.objects.filter(pk=cast.siti.pk).update(invited_by=arif)
    assert names(arif) == ["arif", "siti", "wayan"]


def test_superusers_are_left_to_the_nation(cast, arif):
    User.objects.filter(pk=cast.wayan.pk).update(is_superuser=True)
    assert names(arif) == ["arif", "siti"]


def test_an_office_is_within_reach_when_all_it_serves_or_will_serve_is(cast, arif, pertiwi):
    own, mixed = office_of("dalam", KOTA_A, f"{KOTA_A}.01"), office_of("campur", KOTA_A)
    mixed.coverages.create(region_id="31.71", valid_from=TODAY + timedelta(days=30))
    office_of("kosong")
    assert set(list_grantable_offices(arif)) == {own}
    assert {office.code for office in list_grantable_offices(pertiwi)} == {"cabang-a", "dalam"}
    assert {"kosong", "campur"} <= {office.code for office in list_grantable_offices(cast.admin)}


def test_regions_to_choose_from_are_ones_own(cast, arif, pertiwi):
    assert {region.code for region in list_grantable_regions(arif) if region.level <= 2} == {KOTA_A}
    assert all(region.code.startswith(KOTA_A) for region in list_grantable_regions(arif))
    assert {region.code[:2] for region in list_grantable_regions(pertiwi)} == {"36"}
    assert not list_grantable_regions(cast.siti).exists()


@pytest.mark.parametrize("place", [NATION, PROVINCE, KOTA_B, A_DISTRICT_OF_B])
@pytest.mark.parametrize("role", list(Role))
def test_no_role_is_given_outside_ones_own_regions(cast, arif, place, role):
    before = Assignment.objects.count()
    with pytest.raises(AccountRefused, match="wilayah yang Anda kelola sendiri"):
        grant_role(user_id=cast.wayan.pk, grant=grant_at(place, role), by=arif)
    assert Assignment.objects.count() == before


def test_a_role_at_an_office_that_serves_others_too_is_not_given(cast, arif):
    grant = Grant(role=Role.BRANCH_HEAD, office=cast.anton.assignments.get().office, reason="SK")
    with pytest.raises(AccountRefused, match="wilayah yang Anda kelola sendiri"):
        grant_role(user_id=cast.wayan.pk, grant=grant, by=arif)


def test_an_institution_elsewhere_is_not_written_into_a_role(cast, arif):
    elsewhere = Institution.objects.create(code="opd-b", name="B", kind="opd", region_id=KOTA_B)
    grant = grant_at(KOTA_A, Role.SUPERVISOR, institution=elsewhere)
    with pytest.raises(AccountRefused, match="Lembaga itu di luar"):
        grant_role(user_id=cast.wayan.pk, grant=grant, by=arif)
    assert cast.wayan.assignments.count() == 1


@pytest.mark.parametrize("name", ["siti", "anton", "lestari", "dewi", "nobody"])
def test_who_is_no_administrator_changes_no_account(cast, name):
    by = getattr(cast, name)
    role = only_role_of(cast.wayan)
    for act in (
        lambda: grant_role(user_id=cast.wayan.pk, grant=grant_at(), by=by),
        lambda: end_assignment(user_id=cast.wayan.pk, assignment_id=role.pk, until=TODAY, reason="x", by=by),
        lambda: deactivate(user_id=cast.wayan.pk, reason="x", by=by),
    ):
        with pytest.raises(OutsideScope):
            act()


def test_a_role_is_given_with_its_days_and_stands_in_the_ledger(cast, arif):
    begins, ends = TODAY + timedelta(days=1), TODAY + timedelta(days=31)
    given = grant_role(
        user_id=cast.wayan.pk,
        grant=grant_at(
            KOTA_A, Role.SUPERVISOR, title="Kabid HI", acting=Acting.PLT, valid_from=begins, valid_until=ends
        ),
        by=arif,
    )
    assert (given.role_words, given.place, given.valid_from, given.last_day, given.granted_by) == (
        "Plt. Verifikator",
        "Kota Cilegon",
        begins,
        ends - timedelta(days=1),
        arif,
    )
    act = Act.objects.first()
    assert (act.actor_name, act.verb, act.subject, act.region_code, act.detail) == (
        "arif",
        "assigned",
        "wayan: Plt. Verifikator",
        KOTA_A,
        {
            "about": cast.wayan.pk,
            "office": "",
            "from": str(begins),
            "until": str(ends),
            "title": "Kabid HI",
            "institution": "",
            "reason": "SK 1/2026",
        },
    )


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"acting": Acting.PLH}, "memerlukan hari terakhir"),
        (
            {"acting": Acting.PLH, "reason": " ", "valid_until": TODAY + timedelta(days=9)},
            "memerlukan hari terakhir",
        ),
        ({"valid_until": TODAY}, "sebelum tanggal mulainya"),
        ({"valid_from": TODAY - timedelta(days=1)}, "sudah lewat"),
        ({}, "sudah memegang peran itu"),
    ],
)
def test_what_makes_no_sense_is_not_given(cast, arif, changes, sentence):
    with pytest.raises(AccountRefused, match=sentence):
        grant_role(user_id=cast.wayan.pk, grant=grant_at(KOTA_A, Role.OPERATOR, **changes), by=arif)
    assert cast.wayan.assignments.count() == 1


def test_a_role_ends_from_its_day_on_with_the_old_and_the_new_day(cast, arif):
    role, until = only_role_of(cast.wayan), TODAY + timedelta(days=5)
    end_assignment(user_id=cast.wayan.pk, assignment_id=role.pk, until=until, reason="SK mutasi 7", by=arif)
    role.refresh_from_db()
    assert (role.valid_until, role.ended_by, role.end_reason) == (until, arif, "SK mutasi 7")
    act = Act.objects.first()
    assert (act.verb, act.subject, act.detail["changed"], act.detail["reason"]) == (
        "unassigned",
        "wayan: Operator",
        {"valid_until": ["", str(until)]},
        "SK mutasi 7",
    )
    end_assignment(user_id=cast.wayan.pk, assignment_id=role.pk, until=TODAY, reason="segera", by=arif)
    assert User.objects.get(pk=cast.wayan.pk).current_assignments == []
    assert Act.objects.first().detail["changed"] == {"valid_until": [str(until), str(TODAY)]}


def test_a_role_that_ends_before_it_begins_never_holds(cast, arif):
    later = TODAY + timedelta(days=20)
    given = grant_role(
        user_id=cast.wayan.pk, grant=grant_at(KOTA_A, Role.SUPERVISOR, valid_from=later), by=arif
    )
    end_assignment(user_id=cast.wayan.pk, assignment_id=given.pk, until=TODAY, reason="batal", by=arif)
    given.refresh_from_db()
    assert (given.valid_from, given.valid_until) == (later, later)


@pytest.mark.parametrize(("until", "reason"), [(TODAY - timedelta(days=1), "x"), (TODAY, "  ")])
def test_no_role_ends_in_the_past_or_without_a_reason(cast, arif, until, reason):
    role = only_role_of(cast.wayan)
    with pytest.raises(AccountRefused):
        end_assignment(user_id=cast.wayan.pk, assignment_id=role.pk, until=until, reason=reason, by=arif)
    role.refresh_from_db()
    assert role.valid_until is None


def test_a_role_of_another_person_is_not_ended_through_this_one(cast, arif):
    with pytest.raises(OutsideScope):
        end_assignment(
            user_id=cast.wayan.pk,
            assignment_id=only_role_of(cast.budi).pk,
            until=TODAY,
            reason="x",
            by=arif,
        )


def test_nobody_changes_their_own_rights(cast):
    role, second = only_role_of(cast.admin), administrator("kedua", NATION)
    for act in (
        lambda: grant_role(user_id=cast.admin.pk, grant=grant_at(), by=cast.admin),
        lambda: end_assignment(
            user_id=cast.admin.pk, assignment_id=role.pk, until=TODAY, reason="x", by=cast.admin
        ),
        lambda: deactivate(user_id=cast.admin.pk, reason="x", by=cast.admin),
    ):
        with pytest.raises(AccountRefused, match="administrator lain"):
            act()
    assert second.is_active


def test_the_last_administrator_of_the_nation_stays(cast):
    """The one who could end it holds the role for a time only: afterwards nobody would."""
    passing = administrator("sementara", NATION)
    passing.assignments.update(valid_until=TODAY + timedelta(days=3))
    role = only_role_of(cast.admin)
    with pytest.raises(AccountRefused, match="administrator nasional terakhir"):
        end_assignment(user_id=cast.admin.pk, assignment_id=role.pk, until=TODAY, reason="x", by=passing)
    with pytest.raises(AccountRefused, match="administrator nasional terakhir"):
        deactivate(user_id=cast.admin.pk, reason="x", by=passing)
    administrator("tetap", NATION)
    end_assignment(user_id=cast.admin.pk, assignment_id=role.pk, until=TODAY, reason="x", by=passing)
    role.refresh_from_db()
    assert role.valid_until == TODAY


def test_an_account_that_is_off_holds_nothing_and_gets_it_back(cast, arif):
    deactivate(user_id=cast.wayan.pk, reason="cuti panjang", by=arif)
    assert names(arif) == ["arif", "siti", "wayan"]
    off = User.objects.get(pk=cast.wayan.pk)
    assert (off.is_active, len(off.current_assignments)) == (False, 1)
    act = Act.objects.first()
    assert (act.verb, act.subject, act.region_code, act.detail) == (
        "deactivated",
        "wayan",
        KOTA_A,
        {
            "about": cast.wayan.pk,
            "changed": {"is_active": ["aktif", "nonaktif"]},
            "reason": "cuti panjang",
        },
    )
    with pytest.raises(AccountRefused, match="sudah nonaktif"):
        deactivate(user_id=cast.wayan.pk, reason="lagi", by=arif)
    reactivate(user_id=cast.wayan.pk, reason="kembali", by=arif)
    assert User.objects.get(pk=cast.wayan.pk).is_active
    with pytest.raises(AccountRefused, match="sudah aktif"):
        reactivate(user_id=cast.wayan.pk, reason="lagi", by=arif)
