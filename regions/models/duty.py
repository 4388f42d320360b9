from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from regions.duty import AddresseeKind, DueKind, DutyRule, EvidenceState
from regions.models.institution import Institution
from regions.models.region import Region
from regions.models.regulation import Regulation
from regions.models.user import User


class Duty(models.Model):
    """What a rule asks of its addressees, by when, and from which data it is seen whether they did it.

    Without a `rule` it is seen from evidence that a second person checks.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    reference = models.CharField(_("rujukan"), max_length=160, unique=True, editable=False)
    regulation = models.ForeignKey(
        Regulation, models.PROTECT, related_name="duties", verbose_name=_("regulasi")
    )
    clause = models.CharField(_("bunyi atau butir"), max_length=300, blank=True)
    title = models.CharField(_("kewajiban"), max_length=200)
    addressees = ArrayField(
        models.CharField(max_length=10, choices=AddresseeKind.choices), verbose_name=_("ditujukan kepada")
    )
    due_kind = models.CharField(_("tenggat"), max_length=10, choices=DueKind.choices, default=DueKind.NONE)
    due_on = models.DateField(_("tanggal tenggat"), null=True, blank=True)
    rule = models.CharField(_("status dari data"), max_length=10, choices=DutyRule.choices, blank=True)
    # What the rule looks for: the code of a category of workers.
    argument = models.CharField(_("kategori"), max_length=40, blank=True)
    source = models.CharField(_("sumber"), max_length=250)
    source_url = models.URLField(_("alamat sumber"), max_length=500, blank=True)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("diubah oleh"))
    changed_at = models.DateTimeField(_("diubah pada"), auto_now=True)
    # From this day on it is asked no more.
    ended_on = models.DateField(_("berakhir sejak"), null=True, blank=True)

    class Meta:
        verbose_name = _("kewajiban")
        verbose_name_plural = _("kewajiban")
        ordering = ["regulation", "pk"]
        constraints = [
            models.CheckConstraint(
                name="duty_day_where_due_by_one",
                condition=Q(due_kind__in=[DueKind.NONE, DueKind.QUARTERLY], due_on=None)
                | Q(due_kind__in=[DueKind.ONCE, DueKind.YEARLY], due_on__isnull=False),
            ),
            models.CheckConstraint(
                name="duty_argument_of_its_rule",
                condition=Q(rule__in=[DutyRule.BUDGETED, DutyRule.ENROLLED]) & ~Q(argument="")
                | ~Q(rule__in=[DutyRule.BUDGETED, DutyRule.ENROLLED]) & Q(argument=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class DutyEvidence(models.Model):
    """That an addressee did a duty, as one person says and another one checks.

    `region` is the addressee's own: a district head's is the district. `period` is the first day of the
    quarter or year of a duty that comes again.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="evidence", verbose_name=_("kewajiban"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lembaga")
    )
    period = models.DateField(_("periode"), null=True, blank=True)
    statement = models.CharField(_("keterangan"), max_length=1000)
    state = models.CharField(
        _("status"), max_length=8, choices=EvidenceState.choices, default=EvidenceState.FILED
    )
    filed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("diajukan oleh"))
    filed_at = models.DateTimeField(_("diajukan pada"), auto_now_add=True)
    checked_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("diperiksa oleh")
    )
    checked_at = models.DateTimeField(_("diperiksa pada"), null=True)
    reason = models.CharField(_("alasan"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("bukti kewajiban")
        verbose_name_plural = _("bukti kewajiban")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["region", "duty"], name="dutyevidence_region_duty")]
        constraints = [
            models.UniqueConstraint(
                fields=["duty", "region", "institution", "period"],
                name="dutyevidence_one_at_a_time",
                condition=~Q(state=EvidenceState.RETURNED),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="dutyevidence_second_person",
                condition=Q(state=EvidenceState.FILED, checked_by=None)
                | Q(checked_by__isnull=False) & ~Q(checked_by=F("filed_by")),
            ),
            models.CheckConstraint(
                name="dutyevidence_returned_with_reason",
                condition=~Q(state=EvidenceState.RETURNED) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty_id} {self.region_id}"
