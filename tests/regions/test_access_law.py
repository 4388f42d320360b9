from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.utils.timezone import localdate

from regions.access import (
    Scope,
    codes_today,
    get_region,
    get_regions,
    home_codes,
    leading_role,
    scope_of,
    visible_regions,
)
from regions.errors import NotPermitted, OutsideScope
from regions.models import Assignment, OfficeCoverage, Region, User
from regions.roles import ROLE_PERMISSIONS, Permission, Role
from regions.services.user import assign_role
from tests.cast import A_DISTRICT_OF_B, KOTA_A, KOTA_B, NATION

pytestmark = pytest.mark.usefixtures("cast_once")

VIEW = Permission.VIEW_COVERAGE


def codes(user, prefix="36"):
    return set(
        visible_regions(user).filter(code__startswith=prefix, level__lte=2).values_list("code", flat=True)
    )


def test_an_operator_sees_the_own_city_and_what_lies_in_it_only(cast):
    assert codes(cast.wayan) == {KOTA_A}
    assert visible_regions(cast.wayan).filter(code=f"{KOTA_A}.01").exists()
    assert not visible_regions(cast.wayan).exclude(code__startswith=KOTA_A).exists()


def test_a_provincial_viewer_sees_the_province_and_all_its_regencies_but_no_other(cast):
    assert codes(cast.ratna) == {
        "36",
        *(f"36.0{n}" for n in range(1, 5)),
        "36.71",
        KOTA_A,
        KOTA_B,
        "36.74",
    }
    assert not visible_regions(cast.ratna).filter(code__startswith="32").exists()


def test_a_prefix_is_a_subtree_and_not_a_beginning_of_text():
    scope = Scope({VIEW: frozenset({"36.7"})})
    assert not scope.holds(VIEW, KOTA_A)
    assert Scope({VIEW: frozenset({KOTA_A})}).holds(VIEW, f"{KOTA_A}.01")


def test_what_one_person_holds_cannot_be_changed_for_all_who_hold_the_same(cast):
    scope = scope_of(cast.wayan)
    assert scope_of(User.objects.get(pk=cast.wayan.pk)) == scope
    for held in (scope.codes, scope.roles, scope.bound):
        with pytest.raises(TypeError):
            held[VIEW] = frozenset({NATION})
    assert scope_of(cast.wayan).codes[VIEW] == {KOTA_A}


def test_a_branch_head_sees_what_the_office_covers_even_a_part_of_a_regency(cast):
    seen = set(visible_regions(cast.anton).values_list("code", flat=True))
    assert {KOTA_A, A_DISTRICT_OF_B} <= seen
    assert KOTA_B not in seen


def test_coverage_of_an_office_that_ended_gives_nothing(cast):
    OfficeCoverage.objects.filter(region_id=KOTA_A).update(valid_until=localdate())
    assert KOTA_A not in set(visible_regions(cast.anton).values_list("code", flat=True))


@pytest.mark.parametrize(("start", "end"), [(1, None), (-10, 0)])
def test_an_assignment_holds_from_its_first_day_until_before_its_last(cast, system, start, end):
    user = User.objects.create_user(username="timed")
    today = localdate()
    assign_role(
        user=user,
        role=Role.VIEWER,
        by=system,
        region_code=KOTA_A,
        valid_from=today + timedelta(days=start),
        valid_until=None if end is None else today + timedelta(days=end),
    )
    assert not visible_regions(User.objects.get(pk=user.pk)).exists()


@pytest.mark.parametrize("who", ["anonymous", "unassigned", "inactive", "unknown role"])
def test_whoever_is_not_positively_known_sees_nothing(cast, who):
    user = {"anonymous": AnonymousUser(), "unassigned": cast.nobody}.get(who)
    if who == "inactive":
        User.objects.filter(pk=cast.admin.pk).update(is_active=False)
        user = User.objects.get(pk=cast.admin.pk)
    if who == "unknown role":
        Assignment.objects.filter(user=cast.admin).update(role="raja")
        user = User.objects.get(pk=cast.admin.pk)
        with pytest.raises(ValueError, match="raja"):
            scope_of(user)
        return
    assert not visible_regions(user).exists()
    assert home_codes(user) == []


def test_outside_is_not_found_and_inside_without_permission_is_forbidden(cast):
    assert get_region(cast.wayan, KOTA_A, VIEW).code == KOTA_A
    with pytest.raises(Http404):
        get_region(cast.budi, KOTA_A, VIEW)
    with pytest.raises(NotPermitted):
        get_region(cast.ratna, KOTA_A, Permission.ENTER_MEMBERSHIP)
    with pytest.raises(Http404):
        get_region(cast.ratna, "32", Permission.ENTER_MEMBERSHIP)


def test_every_role_is_listed_and_no_reader_may_write():
    assert set(ROLE_PERMISSIONS) == set(Role)
    writing = {p for p in Permission if p.value.startswith(("enter", "manage"))}
    for role in (Role.VIEWER, Role.AUDITOR):
        assert not ROLE_PERMISSIONS[role] & writing


def test_a_code_of_no_region_is_refused_even_where_it_would_be_ones_own(cast):
    """Below what somebody holds, a made-up code opens nothing: alone, or among others."""
    with pytest.raises(OutsideScope):
        get_region(cast.wayan, f"{KOTA_A}.99", VIEW)
    with pytest.raises(OutsideScope):
        get_regions(cast.wayan, [KOTA_A, f"{KOTA_A}.99"], VIEW)
    (found,) = get_regions(cast.wayan, [KOTA_A], VIEW)
    assert found.code == KOTA_A


def test_a_role_of_neither_region_nor_office_reaches_nothing():
    assert codes_today(Assignment()) == frozenset()


@pytest.mark.parametrize(("days", "holds"), [(-1, False), (0, False), (1, True)])
def test_an_office_covers_until_before_the_last_day(cast, days, holds):
    OfficeCoverage.objects.filter(region_id=KOTA_A).update(valid_until=localdate() + timedelta(days=days))
    assert (KOTA_A in codes_today(cast.anton.assignments.get())) is holds


@pytest.mark.parametrize(("days", "holds"), [(-1, True), (0, True), (1, False)])
def test_an_office_covers_from_its_first_day_on(cast, days, holds):
    OfficeCoverage.objects.filter(region_id=KOTA_A).update(valid_from=localdate() + timedelta(days=days))
    assert (KOTA_A in codes_today(cast.anton.assignments.get())) is holds


def test_the_nation_stands_for_every_region(cast):
    seen = visible_regions(cast.dewi)
    assert {NATION, "36", "32", KOTA_A, f"{KOTA_B}.01"} <= set(seen.values_list("code", flat=True))
    assert seen.count() == Region.objects.count()


def test_one_region_outside_refuses_them_all(cast):
    with pytest.raises(OutsideScope):
        get_regions(cast.wayan, [KOTA_A, KOTA_B], VIEW)
    with pytest.raises(NotPermitted):
        get_regions(cast.wayan, [KOTA_A], Permission.MANAGE_USERS)
    assert [one.code for one in get_regions(cast.ratna, [KOTA_B, KOTA_A], VIEW)] == [KOTA_B, KOTA_A]


def more_of(user, by, *codes):
    """The same person with a role at more places."""
    for code in codes:
        assign_role(user=user, role=Role.VIEWER, by=by, region_code=code)
    return User.objects.get(pk=user.pk)


def test_pages_start_at_the_tops_the_shortest_code_first(cast, system):
    assert home_codes(cast.anton) == [KOTA_A, A_DISTRICT_OF_B]
    assert home_codes(cast.dewi) == [NATION]
    assert home_codes(more_of(cast.wayan, system, f"{KOTA_A}.01", KOTA_B, "32")) == ["32", KOTA_A, KOTA_B]
    assert home_codes(more_of(cast.wayan, system, NATION)) == [NATION]


def test_the_first_role_assigned_leads(cast, system):
    assert leading_role(AnonymousUser()) is None
    assert leading_role(cast.nobody) is None
    assert leading_role(cast.wayan) == Role.OPERATOR
    assert leading_role(more_of(cast.wayan, system, KOTA_B)) == Role.OPERATOR
