"""Accounts of programs: who makes one, what it may hold, and what it can never do."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from participants.services.membership_count import record_membership_counts
from regions.errors import AccountRefused, MonthRefused, OutsideScope
from regions.models import Act, ApiToken, Assignment, MonthRule, User
from regions.month_steps import COMPLETE, VERIFY
from regions.roles import PROGRAM_ROLES, ROLE_PERMISSIONS, Role
from regions.selectors.dormant import list_dormant
from regions.selectors.fact_change import changers_of
from regions.selectors.people import administrators_of, people_with_role
from regions.selectors.second_factor import NEEDS_SECOND_FACTOR
from regions.selectors.user import list_people
from regions.services.account import deactivate
from regions.services.api_token import open_api_token
from regions.services.assignment import end_assignment, grant_role
from regions.services.invitation import offer_reset
from regions.services.program import (
    hand_over_program,
    make_program,
    make_program_token,
    revoke_program_token,
)
from regions.services.reporting_month import move_month
from tests.administrators import administrator, grant_at
from tests.cast import KOTA_A, KOTA_B, PASSWORD
from tests.factories import MembershipCountFactory
from tests.months import JULY, close, reopen

pytestmark = pytest.mark.usefixtures("cast_once")


def make(by, keeper, grant=None, name="Aplikasi Desa"):
    return make_program(
        name=name, purpose="kirim data", keeper_id=keeper.pk, grant=grant or grant_at(), by=by
    )


def token_of(account, by, **more):
    return make_program_token(
        user_id=account.pk, name="server", days=30, by=by, **{"may_write": True, **more}
    )


def test_a_program_with_its_one_role_and_a_token(cast):
    account = make(cast.admin, cast.wayan)
    made = token_of(account, cast.admin)
    opened = open_api_token(made.text)
    assert (opened, opened.is_program, account.username) == (account, True, "program-aplikasi-desa")
    assert (account.has_usable_password(), account.email) == (False, "")
    assert [(one.role, one.region_id) for one in opened.current_assignments] == [("operator", KOTA_A)]
    assert made.text.rpartition("_")[2] not in str(list(ApiToken.objects.values()))
    assert make(cast.admin, cast.wayan).username == "program-aplikasi-desa-2"
    told = Act.objects.get(subject=f"token API {made.row.prefix}")
    assert (told.actor_name, told.detail["program"], told.region_code) == ("admin", account.username, KOTA_A)


def test_in_the_ledger_stand_program_and_token(cast):
    account = make(cast.admin, cast.wayan)
    made = token_of(account, cast.admin)
    record_membership_counts([MembershipCountFactory()], by=open_api_token(made.text))
    act = Act.objects.latest("pk")
    assert (act.actor_name, act.detail["token"]) == (account.username, made.row.prefix)


def test_no_role_that_unmasks_checks_decides_or_administers(cast):
    assert not [role for role in PROGRAM_ROLES if ROLE_PERMISSIONS[role] & NEEDS_SECOND_FACTOR]
    for role in set(Role) - set(PROGRAM_ROLES):
        with pytest.raises(AccountRefused, match="Program hanya dapat"):
            make(cast.admin, cast.wayan, grant_at(role=role))
    assert not User.objects.exclude(keeper=None).exists()


def test_one_role_at_a_time(cast):
    account = make(cast.admin, cast.wayan)
    with pytest.raises(AccountRefused, match="satu peran"):
        grant_role(user_id=account.pk, grant=grant_at(KOTA_B), by=cast.admin)
    held = account.assignments.get()
    end_assignment(
        user_id=account.pk, assignment_id=held.pk, until=localdate(), reason="pindah", by=cast.admin
    )
    with pytest.raises(AccountRefused, match="tidak memegang peran"):
        token_of(account, cast.admin)
    grant_role(user_id=account.pk, grant=grant_at(KOTA_B), by=cast.admin)
    with pytest.raises(AccountRefused, match="Program hanya dapat"):
        grant_role(user_id=account.pk, grant=grant_at(KOTA_B, Role.BRANCH_HEAD), by=cast.admin)
    assert open_api_token(token_of(account, cast.admin).text) == account


def test_a_role_given_past_the_pages_is_worth_nothing(cast):
    account = make(cast.admin, cast.wayan)
    text = token_of(account, cast.admin).text
    Assignment.objects.filter(user=account).update(role=Role.ADMINISTRATOR)
    answer = Client().get(reverse("api_acts"), headers={"authorization": f"Bearer {text}"})
    assert answer.status_code == 403


def test_administrators_of_elsewhere_have_no_business_there(cast):
    own, foreign = administrator("arif", KOTA_A), administrator("citra", KOTA_B)
    account = make(own, cast.wayan)
    made = token_of(account, own)
    for act in (
        lambda: token_of(account, foreign),
        lambda: revoke_program_token(user_id=account.pk, token_id=made.row.pk, by=foreign),
        lambda: hand_over_program(user_id=account.pk, keeper_id=foreign.pk, purpose="x", by=foreign),
        lambda: token_of(cast.wayan, own),
    ):
        with pytest.raises(OutsideScope):
            act()
    with pytest.raises(AccountRefused, match="wilayah yang Anda kelola"):
        make(own, cast.wayan, grant_at(KOTA_B))
    for keeper in (cast.budi, account):
        with pytest.raises(AccountRefused, match="penanggung jawab"):
            make(own, keeper)
    assert open_api_token(made.text) == account
    revoke_program_token(user_id=account.pk, token_id=made.row.pk, by=own)
    assert open_api_token(made.text) is None


def test_it_stops_with_its_keeper_and_goes_on_with_another(cast):
    account = make(cast.admin, cast.wayan)
    text = token_of(account, cast.admin).text
    deactivate(user_id=cast.wayan.pk, reason="mutasi", by=cast.admin)
    assert open_api_token(text) is None
    hand_over_program(user_id=account.pk, keeper_id=cast.siti.pk, purpose="kirim data", by=cast.admin)
    assert open_api_token(text) == account
    act = Act.objects.latest("pk")
    assert (act.verb, act.detail["keeper"]) == ("corrected", "wayan → siti")


def test_it_takes_no_step_of_a_month_whatever_a_rule_says(cast):
    operator = make(cast.admin, cast.wayan)
    planner = make(cast.admin, cast.wayan, grant_at(role=Role.PLANNER), name="Dasbor")
    rule = [
        {"verb": "submitted", "role": "planner", "from_above": False},
        {"verb": "closed", "role": "planner", "from_above": False},
    ]
    MonthRule.objects.filter(region=None).update(steps=rule)
    for account, step in ((operator, COMPLETE), (planner, VERIFY)):
        with pytest.raises(MonthRefused, match="bukan oleh program"):
            move_month(
                step, region_code=KOTA_A, month=JULY, by=open_api_token(token_of(account, cast.admin).text)
            )


def test_what_it_changed_its_keeper_changed_too(cast):
    account = make(cast.admin, cast.anton)
    close(cast)
    reopen(cast)
    record_membership_counts([MembershipCountFactory()], by=account)
    assert changers_of([KOTA_A], [JULY]) == {(KOTA_A, JULY): {account.pk, cast.anton.pk}}


def test_it_never_signs_in_is_never_asked_and_gets_no_mail(cast, client_of, settings):
    account = make(cast.admin, cast.wayan)
    User.objects.filter(pk=account.pk).update(date_joined=now().replace(year=2020))
    account.refresh_from_db()
    assert account not in list_dormant()
    assert account not in list_people()
    assert account not in people_with_role(Role.OPERATOR, KOTA_A)
    assert account not in administrators_of([KOTA_A])
    with pytest.raises(AccountRefused, match="tidak mempunyai kata sandi"):
        offer_reset(user_id=account.pk, by=cast.admin)
    account.set_password(PASSWORD)
    account.save()
    client = Client()
    client.post(reverse("account_login"), {"login": account.username, "password": PASSWORD})
    assert "_auth_user_id" not in client.session
    forced = client_of(account)
    assert forced.get(reverse("home")).status_code == 302
    assert "_auth_user_id" not in forced.session
    begun = client_of(cast.admin).post(reverse("viewing_begin", args=[account.pk]))
    assert begun.url == reverse("user_detail", args=[account.pk])
    assert mail.outbox == []


def test_made_on_the_page_given_a_token_and_handed_over(cast, client_of):
    client = client_of(cast.admin)
    data = {
        **{"full_name": "Aplikasi Desa 3672010704650051", "purpose": "kirim data", "keeper": cast.wayan.pk},
        **{"role": "operator", "place": f"w:{KOTA_A}", "reason": "SK 1"},
    }
    made = client.post(reverse("program_make"), data)
    account = User.objects.exclude(keeper=None).get()
    detail = reverse("program_detail", args=[account.pk])
    assert made.url == detail
    assert "3672010704650051" not in str(User.objects.filter(pk=account.pk).values())
    page = client.post(detail, {"name": "server", "days": 30})
    text = page.context["made"].text
    assert text in page.content.decode()
    assert text not in client.get(detail).content.decode()
    assert open_api_token(text).token_reads_only
    for address in (reverse("user_list"), reverse("user_detail", args=[account.pk])):
        shown = client.get(address).content.decode()
        assert account.username in shown
    assert "Tautan kata sandi baru" not in shown
    keeper = reverse("program_keeper", args=[account.pk])
    assert client.post(keeper, {"keeper": cast.siti.pk, "purpose": "lain"}).url == detail
    account.refresh_from_db()
    assert (account.keeper, account.purpose) == (cast.siti, "lain")
    revoke = reverse("program_token_revoke", args=[account.pk, ApiToken.objects.get().pk])
    assert client.post(revoke).url == detail
    assert open_api_token(text) is None
    wrong = client.post(reverse("program_make"), {**data, "role": "branch_head"})
    assert wrong.status_code == 422
    assert client.get(reverse("program_detail", args=[cast.wayan.pk])).status_code == 404
