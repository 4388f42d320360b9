"""Notices to other programs: written with what happened, signed, sent again, within a role's reach."""

import json
import time
from datetime import timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils.timezone import localdate, now

from regions.enums import Happened
from regions.errors import AccountRefused, OutsideScope
from regions.hook_target import TargetRefused
from regions.models import Act, Hook, HookAttempt, HookDelivery, OutboxMessage
from regions.roles import Permission, Role
from regions.services import hook_delivery
from regions.services.hook import (
    MOST_HOOKS,
    WishedHook,
    change_secret,
    make_hook,
    send_once_more,
    send_test,
    stop_hook,
)
from regions.services.hook_delivery import BACKOFF, deliver
from regions.services.outbox import forget_messages
from regions.services.user import assign_role
from tests.cast import KOTA_A, KOTA_B, SINCE
from tests.months import close
from tests.regions.hooks import ALL, make, states, told, verified

pytestmark = pytest.mark.usefixtures("cast_once")


def test_a_closed_month_arrives_signed(cast, receiver):
    made = make(cast.siti, receiver.url)
    close(cast)
    assert deliver() == 1
    ((headers, body),) = receiver.calls
    message = OutboxMessage.objects.get()
    assert verified(made.secret, headers, body)
    assert not verified(made.secret, headers, body + b" ")
    assert abs(int(headers["webhook-timestamp"]) - time.time()) < 60
    assert headers["webhook-id"] == message.message_id
    assert (headers[":path"], headers["content-type"]) == ("/terima?kunci=1", "application/json")
    assert json.loads(body) == {
        "type": "month.closed",
        "timestamp": message.at.isoformat(),
        "data": {"region": KOTA_A, "month": "2025-07", "closing": 1},
    }
    assert (states(), deliver(), len(receiver.calls)) == (["delivered"], 0, 1)
    assert list(HookAttempt.objects.values_list("status", "cause")) == [(204, "")]


def test_what_was_taken_back_was_never_told(cast, receiver):
    make(cast.siti, receiver.url)
    with transaction.atomic():
        close(cast)
        assert OutboxMessage.objects.count() == 1
        transaction.set_rollback(True)
    assert (OutboxMessage.objects.count(), deliver(), receiver.calls) == (0, 0, [])


def test_it_is_tried_again_later_and_later_and_then_given_up(cast, receiver):
    make(cast.siti, receiver.url)
    told()
    receiver.answers = [500] * 20
    at, waited = now(), []
    while "waiting" in (states() or ["waiting"]) and len(waited) < 20:
        with time_machine.travel(at, tick=False):
            assert deliver() == 1
            assert deliver() == 0
        row = HookDelivery.objects.get()
        waited.append(row.next_at - at)
        at = max(row.next_at, Hook.objects.get().quiet_until)
    assert tuple(waited) == (*BACKOFF, BACKOFF[-1])
    assert (states(), len(receiver.calls)) == (["given_up"], len(BACKOFF) + 1)
    assert len({headers["webhook-id"] for headers, _body in receiver.calls}) == 1
    assert len({body for _headers, body in receiver.calls}) == 1
    assert Hook.objects.get().failing_since is not None
    assert list(HookAttempt.objects.values_list("status", flat=True)) == [500] * 8


def test_a_failing_address_is_left_alone_and_holds_nobody_else_up(cast, receiver, settings):
    make(cast.siti, receiver.url)
    make(cast.wayan, receiver.url)
    for _number in range(3):
        told()
    receiver.answers = [500]
    assert (deliver(), states().count("delivered")) == (4, 3)
    with time_machine.travel(now() + timedelta(seconds=11)):
        assert deliver() == 3
    assert states() == ["delivered"] * 6
    assert not Hook.objects.exclude(failing_since=None).exists()


def test_who_fails_for_days_is_switched_off_and_so_is_who_is_gone(cast, receiver, settings):
    first = make(cast.siti, receiver.url).row
    told()
    receiver.answers = [500] * 3
    deliver()
    with time_machine.travel(now() + timedelta(days=settings.WEBHOOK_FAILING_DAYS, minutes=1)):
        deliver()
    first.refresh_from_db()
    assert (first.end_cause, states()) == ("failing", ["withheld"])
    second = make(cast.siti, receiver.url).row
    told()
    receiver.answers = [410]
    deliver()
    second.refresh_from_db()
    assert second.end_cause == "gone"
    assert list(Act.objects.filter(verb="ended").values_list("actor_name", flat=True)) == ["sistem"] * 2


def test_a_worker_that_dies_after_sending_sends_again_under_the_same_number(cast, receiver, monkeypatch):
    make(cast.siti, receiver.url)
    told()

    def killed(*_args):
        raise KeyboardInterrupt

    with monkeypatch.context() as dying:
        dying.setattr(hook_delivery, "note_attempt", killed)
        with pytest.raises(KeyboardInterrupt):
            deliver()
    assert (states(), len(receiver.calls), HookAttempt.objects.count()) == (["waiting"], 1, 0)
    with time_machine.travel(now() + BACKOFF[0] + timedelta(seconds=1)):
        deliver()
    assert states() == ["delivered"]
    (first, body), (second, again) = receiver.calls
    assert (first["webhook-id"], body) == (second["webhook-id"], again)


def test_sent_once_more_by_hand_and_a_test_of_no_meaning(cast, receiver):
    made = make(cast.siti, receiver.url)
    told()
    deliver()
    once_more = send_once_more(pk=made.row.pk, delivery_id=HookDelivery.objects.get().pk, by=cast.siti)
    deliver()
    test = send_test(pk=made.row.pk, by=cast.siti)
    deliver()
    ids = [headers["webhook-id"] for headers, _body in receiver.calls]
    assert ids == [once_more.message.message_id] * 2 + [test.message.message_id]
    assert json.loads(receiver.calls[2][1])["type"] == "test"
    for stranger in (cast.budi, cast.admin):
        with pytest.raises(OutsideScope):
            send_test(pk=made.row.pk, by=stranger)
        with pytest.raises(OutsideScope):
            send_once_more(pk=made.row.pk, delivery_id=test.pk, by=stranger)
    other = make(cast.wayan, receiver.url)
    with pytest.raises(OutsideScope):
        send_once_more(pk=other.row.pk, delivery_id=test.pk, by=cast.wayan)


def test_while_the_secret_changes_both_sign_for_a_day(cast, receiver):
    made = make(cast.siti, receiver.url)
    changed = change_secret(pk=made.row.pk, by=cast.siti)
    told()
    deliver()
    assert [verified(one.secret, *receiver.calls[0]) for one in (made, changed)] == [True, True]
    with time_machine.travel(now() + timedelta(days=1, minutes=1)):
        told()
        deliver()
    assert [verified(one.secret, *receiver.calls[1]) for one in (made, changed)] == [False, True]


def test_an_event_of_elsewhere_never_leaves(cast, receiver):
    make(cast.wayan, receiver.url)
    told(KOTA_B)
    told(needs=Permission.VIEW_LEDGER)
    told("36")
    assert (deliver(), receiver.calls) == (0, [])
    told()
    assert deliver() == 1


def test_a_region_and_kinds_narrow_what_is_told(cast, receiver):
    make(cast.dewi, receiver.url, events=(Happened.PACK_MADE,), region_code=KOTA_B)
    told(KOTA_B)
    told(KOTA_A, Happened.PACK_MADE)
    told(f"{KOTA_B}.01", Happened.PACK_MADE)
    deliver()
    assert [json.loads(body)["data"]["region"] for _headers, body in receiver.calls] == [f"{KOTA_B}.01"]


@pytest.mark.parametrize("change", ["role", "account", "stopped"])
def test_what_waits_is_withheld_when_the_right_is_gone(cast, receiver, change):
    hook = make(cast.siti, receiver.url).row
    told()
    receiver.answers = [500]
    deliver()
    if change == "role":
        cast.siti.assignments.update(valid_until=localdate())
    elif change == "account":
        type(cast.siti).objects.filter(pk=cast.siti.pk).update(is_active=False)
    else:
        stop_hook(pk=hook.pk, by=cast.siti)
    told()
    with time_machine.travel(now() + timedelta(minutes=1)):
        deliver()
    assert (states(), len(receiver.calls)) == (["withheld"], 1)


def test_it_reaches_as_far_as_its_one_role(cast, receiver, system):
    make(cast.wayan, receiver.url)
    assign_role(user=cast.wayan, role=Role.OPERATOR, by=system, region_code=KOTA_B, valid_from=SINCE)
    told(KOTA_B)
    assert (deliver(), receiver.calls) == (0, [])


def test_a_target_is_judged_again_before_each_call(cast, receiver, settings):
    make(cast.siti, receiver.url)
    settings.WEBHOOK_ALLOW = []
    told()
    deliver()
    assert receiver.calls == []
    assert list(HookAttempt.objects.values_list("status", "cause")) == [(None, "target")]


def test_who_may_give_which_address(cast, receiver, settings):
    wish = WishedHook("x", receiver.url, ALL, cast.wayan.assignments.get().pk)
    with pytest.raises(OutsideScope):
        make_hook(wish, by=cast.budi)
    for code in (KOTA_B, "36", "99"):
        with pytest.raises(AccountRefused, match="di luar jangkauan"):
            make(cast.wayan, receiver.url, region_code=code)
    for _number in range(MOST_HOOKS):
        make(cast.wayan, receiver.url)
    with pytest.raises(AccountRefused, match=f"{MOST_HOOKS} alamat"):
        make(cast.wayan, receiver.url)
    settings.WEBHOOK_ALLOW = []
    with pytest.raises(TargetRefused):
        make(cast.siti, receiver.url)


def test_nothing_kept_signs_and_no_act_tells_the_path(cast, receiver):
    made = make(cast.siti, receiver.url)
    change_secret(pk=made.row.pk, by=cast.siti)
    stop_hook(pk=made.row.pk, by=cast.siti)
    kept = str(list(Hook.objects.values())) + str(list(Act.objects.values()))
    assert made.secret.removeprefix("whsec_") not in kept
    acts = Act.objects.filter(subject__contains="127.0.0.1").order_by("pk")
    assert [act.verb for act in acts] == ["recorded", "corrected", "ended"]
    assert "terima" not in str(list(acts.values()))
    for change in (stop_hook, change_secret, send_test):
        with pytest.raises(AccountRefused, match="sudah dihentikan"):
            change(pk=made.row.pk, by=cast.siti)


def test_messages_go_after_a_month_but_what_waits(cast, receiver):
    make(cast.siti, receiver.url)
    told()
    told(KOTA_B)
    receiver.answers = [500]
    deliver()
    with time_machine.travel(now() + timedelta(days=31)):
        assert forget_messages() == 1
        assert states() == ["waiting"]
