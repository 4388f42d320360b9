"""Addresses of other programs: given, tried, given a new secret, switched off, told once more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from regions.access import scope_of
from regions.cipher import seal
from regions.enums import DeliveryState, Happened, HookEnd, Verb
from regions.errors import AccountRefused, OutsideScope
from regions.hook_signature import new_secret
from regions.hook_target import find_target
from regions.models import Assignment, Hook, HookDelivery, OutboxMessage, Region, User
from regions.models.region import common_code
from regions.one_role import in_one_role
from regions.personal_numbers import masked_numbers
from regions.roles import Permission
from regions.services.act import record_act

MOST_HOOKS = 10
BOTH_SIGN_FOR = timedelta(days=1)
TEST = "test"


@dataclass(frozen=True)
class MadeHook:
    """`secret` is shown once, to the owner."""

    row: Hook
    secret: str


@dataclass(frozen=True)
class WishedHook:
    name: str
    url: str
    events: tuple[Happened, ...]
    assignment_id: int
    # Empty: wherever the role reaches.
    region_code: str = ""


@transaction.atomic
def make_hook(wish: WishedHook, *, by: User) -> MadeHook:
    """For one of the person's own roles of today. Raises OutsideScope, AccountRefused or TargetRefused."""
    assignment = next((one for one in by.current_assignments if one.pk == wish.assignment_id), None)
    if assignment is None:
        raise OutsideScope(wish.assignment_id)
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if Hook.objects.filter(owner=by, ended_at=None).count() >= MOST_HOOKS:
        told = _("Anda sudah mempunyai %(most)s alamat. Hentikan yang tidak dipakai, lalu tambah yang baru.")
        raise AccountRefused(told % {"most": MOST_HOOKS})
    _check_place(by, assignment, wish.region_code)
    find_target(wish.url)
    secret = new_secret()
    hook = Hook.objects.create(
        owner=by,
        assignment=assignment,
        region_id=wish.region_code or None,
        name=masked_numbers(wish.name)[:80],
        url=wish.url,
        events=sorted(wish.events),
        secret_sealed=seal(secret),
    )
    _note(hook, Verb.RECORDED, by=by)
    return MadeHook(hook, secret)


def _check_place(by: User, assignment: Assignment, region_code: str) -> None:
    """Raises AccountRefused unless the role reaches all of the region."""
    if not region_code:
        return
    # Asked of another copy of the person: this one goes on with all roles.
    owner = in_one_role(User.objects.get(pk=by.pk), assignment.pk)
    is_held = owner is not None and scope_of(owner).holds(Permission.VIEW_COVERAGE, region_code)
    if not is_held or not Region.objects.filter(code=region_code).exists():
        raise AccountRefused(_("Wilayah ini di luar jangkauan peran itu. Kosongkan, atau pilih yang lain."))


@transaction.atomic
def change_secret(*, pk: int, by: User) -> MadeHook:
    """For a day both secrets sign. Raises OutsideScope or AccountRefused."""
    hook, secret = _own(pk, by), new_secret()
    hook.earlier_sealed, hook.earlier_until = hook.secret_sealed, now() + BOTH_SIGN_FOR
    hook.secret_sealed = seal(secret)
    hook.save(update_fields=["earlier_sealed", "earlier_until", "secret_sealed"])
    _note(hook, Verb.CORRECTED, by=by, secret=_("diganti"))
    return MadeHook(hook, secret)


@transaction.atomic
def stop_hook(*, pk: int, by: User) -> None:
    """Nothing is sent there any more, nor what waits. Raises OutsideScope or AccountRefused."""
    end_hook(_own(pk, by), HookEnd.OWNER, by=by)


def end_hook(hook: Hook, cause: HookEnd, *, by: User | None) -> None:
    """Within a transaction; once."""
    if not Hook.objects.filter(pk=hook.pk, ended_at=None).update(ended_at=now(), end_cause=cause):
        return
    HookDelivery.objects.filter(hook=hook, state=DeliveryState.WAITING).update(state=DeliveryState.WITHHELD)
    _note(hook, Verb.ENDED, by=by, cause=str(cause.label))


@transaction.atomic
def send_test(*, pk: int, by: User) -> HookDelivery:
    """A message of no meaning, to see whether one arrives. Raises OutsideScope or AccountRefused."""
    hook = _own(pk, by)
    code = hook.region_id or min(hook.assignment.codes_today_and_later(), default="")
    message = OutboxMessage.objects.create(
        kind=TEST,
        region_code=code,
        needs=Permission.VIEW_COVERAGE,
        data={"region": code},
        spread_at=now(),
    )
    Hook.objects.filter(pk=hook.pk).update(quiet_until=None)
    _note(hook, Verb.RECORDED, by=by, sent=message.message_id)
    return HookDelivery.objects.create(hook=hook, message=message)


@transaction.atomic
def send_once_more(*, pk: int, delivery_id: int, by: User) -> HookDelivery:
    """The same message under the same number, from the first attempt on. Raises what `send_test` raises."""
    hook = _own(pk, by)
    delivery = HookDelivery.objects.select_for_update().filter(pk=delivery_id, hook=hook).first()
    if delivery is None:
        raise OutsideScope(delivery_id)
    delivery.state, delivery.attempts, delivery.next_at = DeliveryState.WAITING, 0, now()
    delivery.save(update_fields=["state", "attempts", "next_at"])
    Hook.objects.filter(pk=hook.pk).update(quiet_until=None)
    _note(hook, Verb.RECORDED, by=by, sent=delivery.message.message_id)
    return delivery


def _own(pk: int, by: User) -> Hook:
    rows = Hook.objects.select_for_update(of=("self",)).select_related("assignment__office")
    hook = rows.filter(pk=pk, owner=by).first()
    if hook is None:
        raise OutsideScope(pk)
    if not hook.is_on:
        raise AccountRefused(_("Alamat ini sudah dihentikan. Tambahkan alamat baru."))
    return hook


def _note(hook: Hook, verb: Verb, *, by: User | None, **more: str) -> None:
    codes: Iterable[str] = hook.assignment.codes_today_and_later()
    record_act(
        by=by,
        verb=verb,
        subject=_("pemberitahuan ke program %s") % hook.host,
        region_code=hook.region_id or common_code(codes),
        detail={"hook": hook.pk, "name": hook.name, "events": ", ".join(hook.events), **more},
        actor_name="" if by else "sistem",
    )
