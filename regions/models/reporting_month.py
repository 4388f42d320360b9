from typing import ClassVar

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regions.enums import MonthState, ReportKind, Verb
from regions.models.region import Region
from regions.models.user import User


class ReportingMonth(models.Model):
    """Where the month of a region stands on its way from draft to closed; without a row it is a draft.

    `completed_by` and the other signers are those of the present round: they tell makers from checkers and
    are emptied when the month goes back.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    month = models.DateField(_("bulan"))
    state = models.CharField(_("status"), max_length=10, choices=MonthState.choices, default=MonthState.OPEN)
    # Overrides the deadline of the rule while the month was returned or reopened.
    open_until = models.DateField(_("terbuka sampai"), null=True, blank=True)
    # Empty: everything may be entered while the month is open.
    open_for = ArrayField(
        models.CharField(max_length=15, choices=ReportKind.choices),
        verbose_name=_("terbuka untuk"),
        default=list,
        blank=True,
    )
    # The further steps as the rule had them when the month was submitted; empty: the usual ones.
    steps = models.JSONField(_("langkah"), default=list, blank=True)
    # How often it has been closed; the figures of a closing carry its number.
    closing = models.PositiveSmallIntegerField(_("penutupan ke-"), default=0)
    completed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("dinyatakan lengkap oleh")
    )
    submitted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("diajukan oleh")
    )
    verified_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("diverifikasi oleh")
    )
    reconciled_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("dicocokkan oleh")
    )
    approved_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("disetujui oleh")
    )
    changed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("diubah oleh")
    )
    changed_at = models.DateTimeField(_("sejak"))
    reason = models.CharField(_("alasan"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("bulan laporan")
        verbose_name_plural = _("bulan laporan")
        ordering = ["-month", "region"]
        constraints = [
            models.UniqueConstraint(fields=["region", "month"], name="reportingmonth_once"),
            models.CheckConstraint(name="reportingmonth_first_of_month", condition=Q(month__day=1)),
            models.CheckConstraint(
                name="reportingmonth_closed_is_counted",
                condition=~Q(state=MonthState.CLOSED) | Q(closing__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.month:%Y-%m}: {self.get_state_display()}"


class MonthStep(models.Model):
    """One step of a reporting month: its timeline, never changed."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    month = models.DateField(_("bulan"))
    at = models.DateTimeField(_("waktu"))
    by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+", verbose_name=_("oleh"))
    verb = models.CharField(_("aktivitas"), max_length=20, choices=Verb.choices)
    from_state = models.CharField(_("dari"), max_length=10, choices=MonthState.choices)
    to_state = models.CharField(_("menjadi"), max_length=10, choices=MonthState.choices)
    reason = models.CharField(_("alasan"), max_length=500, blank=True)
    closing = models.PositiveSmallIntegerField(_("penutupan ke-"), default=0)

    class Meta:
        verbose_name = _("langkah bulan laporan")
        verbose_name_plural = _("langkah bulan laporan")
        ordering = ["pk"]
        indexes = [models.Index(fields=["region", "month"], name="monthstep_region_month")]
        triggers = [
            pgtrigger.Protect(name="monthstep_append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.month:%Y-%m} {self.get_verb_display()}"


class Reopening(models.Model):
    """A request to open a locked month again: for what, until when and why; another person decides."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    month = models.DateField(_("bulan"))
    reason = models.CharField(_("alasan"), max_length=500)
    open_for = ArrayField(
        models.CharField(max_length=15, choices=ReportKind.choices), verbose_name=_("terbuka untuk")
    )
    open_until = models.DateField(_("terbuka sampai"))
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("diminta oleh"))
    asked_at = models.DateTimeField(_("diminta pada"))
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("diputuskan oleh")
    )
    decided_at = models.DateTimeField(_("diputuskan pada"), null=True)
    is_granted = models.BooleanField(_("dikabulkan"), null=True)
    answer = models.CharField(_("jawaban"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("permintaan buka kembali")
        verbose_name_plural = _("permintaan buka kembali")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "month"], condition=Q(decided_at=None), name="reopening_one_undecided"
            ),
            models.CheckConstraint(
                name="reopening_decided_by_another",
                condition=Q(decided_by=None) | ~Q(decided_by=models.F("asked_by")),
            ),
            models.CheckConstraint(name="reopening_for_something", condition=Q(open_for__len__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.month:%Y-%m}"


class MonthRule(models.Model):
    """When the months of a region and all below are due and lock, and which steps they take.

    The nearest region's rule holds.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    first_month = models.DateField(_("berlaku sejak bulan"))
    due_days = models.PositiveSmallIntegerField(_("jatuh tempo (hari sesudah akhir bulan)"), default=10)
    lock_days = models.PositiveSmallIntegerField(
        _("terkunci otomatis (hari sesudah akhir bulan)"),
        null=True,
        blank=True,
        help_text=_("Kosong: bulan tidak terkunci dengan sendirinya."),
    )
    return_days = models.PositiveSmallIntegerField(_("lama perbaikan sesudah dikembalikan (hari)"), default=7)
    # From submitting to closing, each with the role that takes it; empty: the usual ones.
    steps = models.JSONField(_("langkah"), default=list, blank=True)
    separate_closer = models.BooleanField(_("penutup harus orang lain daripada pemverifikasi"), default=False)
    legal_source = models.CharField(_("dasar hukum"), max_length=250)

    class Meta:
        verbose_name = _("aturan bulan laporan")
        verbose_name_plural = _("aturan bulan laporan")
        ordering = ["region", "first_month"]
        constraints = [
            models.UniqueConstraint(fields=["region", "first_month"], name="monthrule_once"),
            models.CheckConstraint(name="monthrule_first_of_month", condition=Q(first_month__day=1)),
            models.CheckConstraint(
                name="monthrule_lock_after_due",
                condition=Q(lock_days=None) | Q(lock_days__gte=models.F("due_days")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.first_month:%Y-%m}"
