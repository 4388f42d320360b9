import json
import secrets
from datetime import datetime
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from regions.enums import AttemptCause, DeliveryState, Happened, HookEnd
from regions.hook_target import LONGEST_ADDRESS, host_of
from regions.models.region import Region
from regions.models.user import Assignment, User
from regions.models.waiting_work import WaitingWork


def _message_id() -> str:
    return f"msg_{secrets.token_hex(16)}"


class Hook(models.Model):
    """An address of another program that is told what happened, as far as one role of its owner reaches."""

    personal_fields: ClassVar[frozenset[str]] = frozenset({"name", "url"})
    sealed_columns: ClassVar[dict[str, None]] = {"secret_sealed": None, "earlier_sealed": None}

    owner = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("pemilik"))
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+", verbose_name=_("penugasan"))
    # None: wherever the role reaches.
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("wilayah")
    )
    name = models.CharField(_("untuk apa"), max_length=80)
    # The path may hold a secret of the receiver: others than the owner are told the host alone.
    url = models.CharField(_("alamat"), max_length=LONGEST_ADDRESS)
    events = ArrayField(models.CharField(max_length=20, choices=Happened.choices), verbose_name=_("kejadian"))
    secret_sealed = models.BinaryField(_("rahasia, tersandi"))
    # The secret before the last change signs beside the new one until then.
    earlier_sealed = models.BinaryField(_("rahasia sebelumnya, tersandi"), null=True)
    earlier_until = models.DateTimeField(_("rahasia sebelumnya berlaku sampai"), null=True)
    made_at = models.DateTimeField(_("dibuat pada"), default=now)
    ended_at = models.DateTimeField(_("dihentikan pada"), null=True)
    end_cause = models.CharField(_("sebab berhenti"), max_length=10, choices=HookEnd.choices, blank=True)
    failing_since = models.DateTimeField(_("gagal sejak"), null=True)
    # After a failure the address is left alone until then, whatever waits for it.
    quiet_until = models.DateTimeField(_("dibiarkan sampai"), null=True)

    class Meta:
        verbose_name = _("pemberitahuan ke program")
        verbose_name_plural = _("pemberitahuan ke program")
        ordering = ["ended_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.pk} {self.host}"

    @property
    def host(self) -> str:
        return host_of(self.url)

    @property
    def is_on(self) -> bool:
        return self.ended_at is None

    @property
    def place(self) -> Region | None:
        """Where it is told of: of an office's role one of the regions that the office serves."""
        office = self.assignment.office
        served = [one.region for one in office.coverages.all()] if office else []
        return self.region or self.assignment.region or next(iter(served), None)

    @property
    def event_labels(self) -> list[str]:
        return [str(Happened(one).label) for one in self.events]


class OutboxMessage(models.Model):
    """Something that happened, written by the transaction in which it did. Nothing in it is of a person."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    message_id = models.CharField(_("nomor pesan"), max_length=40, unique=True, default=_message_id)
    kind = models.CharField(_("kejadian"), max_length=20)
    region_code = models.CharField(_("kode wilayah"), max_length=13)
    # The permission without which nobody is told.
    needs = models.CharField(_("izin"), max_length=30)
    data = models.JSONField(_("isi"))
    at = models.DateTimeField(_("terjadi pada"), default=now)
    spread_at = models.DateTimeField(_("dibagikan pada"), null=True)

    class Meta:
        verbose_name = _("pesan keluar")
        verbose_name_plural = _("pesan keluar")
        indexes = [
            models.Index(fields=["id"], name="outbox_waiting", condition=Q(spread_at=None)),
            models.Index(fields=["at"], name="outbox_at"),
        ]

    def __str__(self) -> str:
        return self.message_id

    @property
    def label(self) -> str:
        return str(Happened(self.kind).label) if self.kind in Happened.values else str(_("uji kirim"))

    @property
    def body(self) -> bytes:
        """The same bytes whenever it is sent."""
        told: dict[str, Any] = {"type": self.kind, "timestamp": self.at.isoformat(), "data": self.data}
        return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


class HookDelivery(WaitingWork):
    """One message on its way to one address."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    hook = models.ForeignKey(Hook, models.CASCADE, related_name="deliveries", verbose_name=_("tujuan"))
    message = models.ForeignKey(
        OutboxMessage, models.CASCADE, related_name="deliveries", verbose_name=_("pesan")
    )
    state = models.CharField(
        _("status"), max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    next_at = models.DateTimeField(_("dicoba lagi pada"), default=now)

    class Meta:
        verbose_name = _("pengiriman")
        verbose_name_plural = _("pengiriman")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["hook", "message"], name="hookdelivery_once")]
        indexes = [models.Index(fields=["next_at"], name="hookdelivery_due", condition=Q(state="waiting"))]

    def __str__(self) -> str:
        return f"{self.message_id} → {self.hook_id}"

    @property
    def retried_at(self) -> datetime | None:
        return self.next_at if self.state == DeliveryState.WAITING and self.attempts else None


class HookAttempt(models.Model):
    """One call: when, and what came of it. Of the answer the status alone is kept."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    delivery = models.ForeignKey(
        HookDelivery, models.CASCADE, related_name="calls", verbose_name=_("pengiriman")
    )
    at = models.DateTimeField(_("pada"), default=now)
    status = models.PositiveSmallIntegerField(_("status HTTP"), null=True)
    cause = models.CharField(_("sebab"), max_length=12, choices=AttemptCause.choices, blank=True)

    class Meta:
        verbose_name = _("percobaan kirim")
        verbose_name_plural = _("percobaan kirim")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.status or self.cause} {self.at}"
