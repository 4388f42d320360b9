"""Notices to other programs in tests: an address given, something announced, a signature verified."""

import base64
import hmac

from regions.enums import Happened
from regions.models import HookDelivery
from regions.services.hook import WishedHook, make_hook
from regions.services.outbox import announce
from tests.cast import KOTA_A

ALL = tuple(Happened)


def make(user, url="http://127.0.0.1:9/", events=ALL, **more):
    wish = WishedHook(name="Dasbor", url=url, events=events, assignment_id=user.assignments.get().pk, **more)
    return make_hook(wish, by=user)


def told(region=KOTA_A, kind=Happened.MONTH_CLOSED, **more):
    return announce(kind, region_code=region, data={"month": "2025-07"}, **more)


def verified(secret, headers, body):
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.digest(key, signed, "sha256")).decode()
    return f"v1,{expected}" in headers["webhook-signature"].split(" ")


def states():
    return list(HookDelivery.objects.order_by("pk").values_list("state", flat=True))
