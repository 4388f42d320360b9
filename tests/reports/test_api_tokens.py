"""Tokens of programs: what one opens, when it ends, and that nobody keeps it."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils.timezone import now

from regions.errors import AccountRefused, OutsideScope
from regions.models import Act, ApiToken
from regions.roles import Role
from regions.services.api_token import MOST_TOKENS, make_api_token, open_api_token, revoke_api_token
from regions.services.session import end_sessions
from regions.services.user import assign_role
from tests.cast import KOTA_A, KOTA_B, SINCE
from tests.reports.test_pages import text_of

VALUES, LIST = reverse("api_values"), reverse("api_token_list")

pytestmark = pytest.mark.usefixtures("figures_once")


def make(user, days=30):
    return make_api_token(by=user, assignment_id=user.assignments.get().pk, name="Dasbor", days=days)


def asked(text, address=VALUES, **more):
    return Client().get(address, headers={"authorization": f"Bearer {text}"}, **more)


def test_a_token_opens_what_its_person_sees(figures, cast):
    answer = asked(make(cast.wayan).text, f"{VALUES}?limit=1000")
    assert {row["region"] for row in answer.json()["data"]} == {KOTA_A}
    assert answer["X-Request-ID"]
    assert answer["RateLimit"].startswith("limit=1200, remaining=")


def test_it_opens_one_role_only(figures, cast, system):
    made = make(cast.wayan)
    assign_role(user=cast.wayan, role=Role.OPERATOR, by=system, region_code=KOTA_B, valid_from=SINCE)
    answer = asked(made.text, f"{VALUES}?limit=1000")
    assert {row["region"] for row in answer.json()["data"]} == {KOTA_A}


@pytest.mark.parametrize("wrong", ["", "x", "jm_", "jm_0123456789_falsch", "jm__", "ü" * 300])
def test_whatever_is_no_token_opens_nothing(figures, cast, wrong):
    assert open_api_token(wrong) is None
    answer = Client().get(VALUES, headers={"authorization": f"Bearer {wrong}".encode().decode("latin-1")})
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["type"] == "urn:jamsostek-monitor:not-signed-in"


def test_a_changed_letter_opens_nothing(figures, cast):
    text = make(cast.wayan).text
    assert asked(text[:-1] + ("a" if text[-1] != "a" else "b")).status_code == 401


def test_it_ends_by_time_by_revoking_with_the_role_and_with_the_account(figures, cast):
    made = make(cast.wayan, days=10)
    with time_machine.travel(now() + timedelta(days=11)):
        assert open_api_token(made.text) is None
    assert open_api_token(made.text) == cast.wayan
    for change in ("role", "account", "token"):
        text = make(cast.siti).text
        assert open_api_token(text) is not None
        if change == "role":
            row = cast.siti.assignments.get()
            row.valid_until = now().date()
            row.save()
        elif change == "account":
            cast.siti.is_active = False
            cast.siti.save()
        else:
            revoke_api_token(pk=ApiToken.objects.latest("pk").pk, by=cast.siti)
        assert open_api_token(text) is None
        row = cast.siti.assignments.get()
        row.valid_until = None
        row.save()
        cast.siti.is_active = True
        cast.siti.save()
        del cast.siti.current_assignments


def test_signed_out_everywhere_programs_are_signed_out_too(figures, cast):
    text, other = make(cast.wayan).text, make(cast.siti).text
    end_sessions(cast.wayan)
    assert open_api_token(text) is None
    assert open_api_token(other) == cast.siti


def test_nothing_that_is_kept_opens_anything(figures, cast):
    made = make(cast.wayan)
    kept = str(ApiToken.objects.values().get()) + str(list(Act.objects.values()))
    secret = made.text.rpartition("_")[2] if made.text.count("_") == 2 else made.text.split("_", 2)[2]
    assert secret not in kept
    assert made.row.prefix in kept


def test_only_ones_own_role_and_ones_own_token(figures, cast):
    with pytest.raises(OutsideScope):
        make_api_token(by=cast.budi, assignment_id=cast.wayan.assignments.get().pk, name="x", days=1)
    made = make(cast.wayan)
    with pytest.raises(OutsideScope):
        revoke_api_token(pk=made.row.pk, by=cast.budi)
    assert open_api_token(made.text) == cast.wayan


def test_nobody_has_more_than_they_can_look_after(figures, cast):
    for _number in range(MOST_TOKENS):
        make(cast.wayan)
    with pytest.raises(AccountRefused, match="20 token"):
        make(cast.wayan)


def test_made_on_the_page_shown_once_listed_with_its_use_and_revoked(figures, cast, client_of):
    client = client_of(cast.wayan)
    role = cast.wayan.assignments.get().pk
    page = client.post(LIST, {"name": "Power Query", "assignment": role, "days": 30})
    text = page.context["made"].text
    assert text in page.content.decode()
    assert "no-store" in page["Cache-Control"]
    again = client.get(LIST).content.decode()
    assert text not in again
    assert "belum pernah" in again
    assert asked(text).status_code == 200
    assert "belum pernah" not in client.get(LIST).content.decode()
    row = ApiToken.objects.get()
    shown = text_of(client.post(reverse("api_token_revoke", args=[row.pk]), follow=True))
    assert "Token dicabut" in shown
    assert asked(text).status_code == 401
    assert [act.verb for act in Act.objects.filter(subject__contains=row.prefix)] == ["ended", "recorded"]
    wrong = client.post(LIST, {"name": "", "assignment": role, "days": 9999})
    assert wrong.status_code == 422


def test_a_token_stands_in_no_log(figures, cast, caplog):
    text = make(cast.wayan).text
    with caplog.at_level(logging.DEBUG):
        asked(text)
        asked(text[:-1])
    assert text[:-1] not in caplog.text


def test_too_many_questions_are_refused_with_a_problem(figures, cast, monkeypatch):
    monkeypatch.setattr("reports.api.limit.ApiThrottle.THROTTLE_RATES", {"api": "2/min"})
    text = make(cast.wayan).text
    answers = [asked(text) for _number in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[2].json()["type"] == "urn:jamsostek-monitor:too-many-requests"
    assert answers[2]["Retry-After"]
