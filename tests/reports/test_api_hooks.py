"""A client reads its own addresses that are told what happened, and what came of telling them; no secrets."""

import pytest
from django.urls import reverse

from regions.models import HookAttempt, HookDelivery
from regions.services.hook import send_test
from tests.programs import program_of
from tests.regions.hooks import make

pytestmark = pytest.mark.django_db
HOOKS = reverse("api_hooks")


@pytest.fixture(autouse=True)
def _own_machine(settings):
    settings.WEBHOOK_ALLOW = ["127.0.0.1"]


def test_the_own_addresses_are_told_and_nobody_elses(cast):
    made = make(cast.wayan, url="http://127.0.0.1:9/rahasia")
    answer = program_of(cast.wayan).get(HOOKS)
    (told,) = answer.json()["data"]
    assert {name: told[name] for name in ("id", "name", "url", "region", "end_cause")} == {
        **{"id": made.row.pk, "name": "Dasbor", "url": "http://127.0.0.1:9/rahasia"},
        **{"region": None, "end_cause": ""},
    }
    assert made.secret not in answer.content.decode()
    assert program_of(cast.wayan).get(f"{HOOKS}{made.row.pk}/").json() == told
    assert program_of(cast.siti).get(HOOKS).json()["data"] == []
    for address in (f"{HOOKS}{made.row.pk}/", f"{HOOKS}{made.row.pk}/deliveries/"):
        assert program_of(cast.siti).get(address).status_code == 404


def test_deliveries_are_told_with_their_calls_page_by_page(cast):
    hook = make(cast.wayan).row
    first, second = (send_test(pk=hook.pk, by=cast.wayan) for _time in range(2))
    HookAttempt.objects.create(delivery=first, status=503)
    HookAttempt.objects.create(delivery=first, cause="timeout")
    HookDelivery.objects.filter(pk=first.pk).update(state="given_up")
    address = f"{HOOKS}{hook.pk}/deliveries/?limit=1"
    newest = program_of(cast.wayan).get(address).json()
    assert [(one["id"], one["state"], one["calls"]) for one in newest["data"]] == [(second.pk, "waiting", [])]
    (told,) = program_of(cast.wayan).get(newest["next"]).json()["data"]
    assert (told["message_id"], told["state"]) == (first.message.message_id, "given_up")
    assert [(call["status"], call["cause"]) for call in told["calls"]] == [(503, ""), (None, "timeout")]
