"""What other programs are told of, each told by doing it; and that no message names anybody."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils.timezone import now

from participants.models import Participant
from regions.models import OutboxMessage
from regions.services.hook_delivery import deliver
from reports.selectors.tasks.inbox import list_tasks
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A
from tests.house.worlds import full_rows
from tests.months import close, reopen
from tests.participants.batches import people, send, store
from tests.receiver import receiving
from tests.regions.hooks import make, told
from tests.reports.packs import made
from tests.reports.test_closed_month import correct_members

pytestmark = pytest.mark.usefixtures("figures_once")


def messages():
    return {one.kind: (one.needs, one.data) for one in OutboxMessage.objects.order_by("pk")}


def test_closing_restating_and_packs(figures, cast):
    close(cast)
    recompute_stale()
    assert set(messages()) == {"month.closed"}
    reopen(cast)
    correct_members(cast.wayan, 76_100)
    pack = made(cast.siti)
    made(cast.siti)
    close(cast)
    recompute_stale()
    about = {"region": KOTA_A, "month": "2025-07"}
    assert messages() == {
        "month.closed": ("view_coverage", {**about, "closing": 2}),
        "month.restated": ("view_coverage", {**about, "closing": 2}),
        "pack.made": (
            "view_drafts",
            {
                **about,
                **{"pack": pack.code, "document": "pack", "kind": "month", "version": 1, "is_draft": True},
            },
        ),
    }
    assert OutboxMessage.objects.filter(kind="pack.made").count() == 1


def test_a_list_is_judged_or_refused(figures, cast):
    batch = send(people(3), cast.wayan)
    told = {"region": KOTA_A, "batch": batch.pk, "state": "checked", "rows": {"new": 3}}
    assert messages() == {"list.judged": ("view_persons", told)}
    refused = send(b"kein Heft", cast.wayan)
    assert messages()["list.judged"][1] == {
        **{"region": KOTA_A, "batch": refused.pk},
        **{"state": "refused", "rows": {}},
    }


def test_no_message_names_anybody(figures, cast):
    store(full_rows()[0:2], cast.wayan, None)
    made(cast.siti)
    close(cast)
    said = json.dumps([json.loads(one.body) for one in OutboxMessage.objects.all()])
    assert OutboxMessage.objects.count() == 3
    names = [*Participant.objects.values_list("name", flat=True), "daftar.xlsx", "Wayan", "Siti"]
    assert len(names) > 3
    assert [name for name in names if name in said] == []


@pytest.mark.parametrize("owner", ["wayan", "anton"])
def test_the_owner_of_a_failing_address_has_a_task(figures, cast, settings, owner):
    settings.WEBHOOK_ALLOW = ["127.0.0.0/8"]
    user = getattr(cast, owner)
    with receiving() as receiver:
        receiver.answers = [500]
        hook = make(user, receiver.url).row
        told()
        deliver()
        assert [(one.region.code, one.url) for one in troubled(user)] == [
            (KOTA_A, reverse("hook_detail", args=[hook.pk]))
        ]
        assert troubled(cast.siti) == []
        with time_machine.travel(now() + timedelta(seconds=11)):
            deliver()
        assert troubled(user) == []


def troubled(user):
    return [task for task in list_tasks(user) if "127.0.0.1" in task.title]
