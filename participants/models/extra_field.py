from datetime import date
from typing import ClassVar

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participants.enums import ExtraAbout, ExtraKind
from participants.importers.extra import ExtraKey, ExtraSpec
from regions.models import Region, User
from regions.roles import Role


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class ExtraField(models.Model):
    """A field that an administrator added to persons or to months of a region and of all below it.

    It is ended, never deleted: values that were written keep their meaning. No measure reads it.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    about = models.CharField(_("milik"), max_length=10, choices=ExtraAbout.choices)
    name = models.CharField(_("nama isian"), max_length=60)
    kind = models.CharField(_("jenis"), max_length=10, choices=ExtraKind.choices)
    choices = ArrayField(models.CharField(max_length=80), verbose_name=_("pilihan"), default=list)
    is_required = models.BooleanField(_("wajib diisi"), default=False)
    # Sealed where it is kept, and hidden but from who opens numbers with a reason.
    is_personal = models.BooleanField(_("data pribadi"), default=False)
    seen_by = ArrayField(
        models.CharField(max_length=15, choices=Role.choices), verbose_name=_("dilihat dan diisi oleh")
    )
    first_month = models.DateField(_("sejak bulan"))
    last_month = models.DateField(_("bulan terakhir"), null=True)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("dicatat oleh"))
    entered_at = models.DateTimeField(_("dicatat pada"), auto_now_add=True)
    revision = models.PositiveIntegerField(_("revisi"), default=1)

    class Meta:
        verbose_name = _("isian tambahan")
        verbose_name_plural = _("isian tambahan")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="extrafield_months",
                condition=Q(first_month__day=1)
                & (Q(last_month=None) | Q(last_month__day=1, last_month__gte=F("first_month"))),
            ),
            models.CheckConstraint(
                name="extrafield_choices",
                condition=Q(kind=ExtraKind.CHOICE, choices__len__gt=0)
                | (~Q(kind=ExtraKind.CHOICE) & Q(choices__len=0)),
            ),
            models.CheckConstraint(
                name="extrafield_month_not_personal",
                condition=Q(about=ExtraAbout.PERSON) | Q(is_personal=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> ExtraKey:
        return ExtraKey(f"x{self.pk}")

    def runs_in(self, month: date) -> bool:
        return self.first_month <= month and (self.last_month is None or month <= self.last_month)

    @property
    def role_names(self) -> str:
        return ", ".join(str(Role(one).label) for one in self.seen_by)

    @property
    def spec(self) -> ExtraSpec:
        return ExtraSpec(
            key=self.key,
            name=self.name,
            kind=ExtraKind(self.kind),
            choices=tuple(self.choices),
            is_required=self.is_required,
            is_personal=self.is_personal,
        )


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class MonthExtra(models.Model):
    """What the fields that an office added hold of one month of a region, by their keys."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    month = models.DateField(_("bulan"))
    extra = models.JSONField(_("isian tambahan"), default=dict)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("dicatat oleh"))
    entered_at = models.DateTimeField(_("dicatat pada"), auto_now=True)
    revision = models.PositiveIntegerField(_("revisi"), default=1)

    class Meta:
        verbose_name = _("isian tambahan bulan")
        verbose_name_plural = _("isian tambahan bulan")
        ordering = ["region", "month"]
        constraints = [
            models.UniqueConstraint(fields=["region", "month"], name="monthextra_once"),
            models.CheckConstraint(name="monthextra_first_of_month", condition=Q(month__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.month:%Y-%m}"
