from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.enums import BenefitUnit, ProgrammeGroup, RuleCode
from budgets.models.contribution_rate import DatedRule
from participants.enums import Segment


class Benefit(DatedRule):
    """What a programme pays, and on which condition; rupiah, a multiple of the wage, or neither."""

    code = models.SlugField(_("kode"), max_length=60)
    programme = models.CharField(_("program"), max_length=10, choices=ProgrammeGroup.choices)
    # Empty: for every segment that has the programme.
    segment = models.CharField(_("segmen"), max_length=5, choices=Segment.choices, blank=True)
    event = models.CharField(_("bila"), max_length=120)
    name = models.CharField(_("manfaat"), max_length=120)
    rupiah = models.BigIntegerField(_("rupiah"), null=True, blank=True)
    is_limit = models.BooleanField(_("paling banyak"), default=False)
    wage_multiple = models.DecimalField(_("kali upah"), max_digits=7, decimal_places=4, null=True, blank=True)
    wage_ceiling = models.BigIntegerField(_("upah tertinggi"), null=True, blank=True)
    unit = models.CharField(_("satuan"), max_length=15, choices=BenefitUnit.choices)
    times = models.PositiveSmallIntegerField(
        _("paling lama"), null=True, blank=True, help_text=_("Dalam satuan itu, misalnya 24 bulan.")
    )
    min_months = models.PositiveSmallIntegerField(_("kepesertaan sejak bulan ke-"), default=0)
    below_months = models.PositiveSmallIntegerField(
        _("kepesertaan kurang dari (bulan)"), null=True, blank=True
    )
    condition = models.CharField(_("syarat"), max_length=250, blank=True)
    sequence = models.PositiveSmallIntegerField(_("urutan"), default=0)

    class Meta:
        verbose_name = _("manfaat")
        verbose_name_plural = _("manfaat")
        ordering = ["sequence", "code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="benefit_once"),
            models.CheckConstraint(
                name="benefit_validity_order",
                condition=Q(valid_until=None) | Q(valid_from__lt=F("valid_until")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_programme_display()}: {self.name}"


class MembershipRule(DatedRule):
    """A number of months that decides about membership or benefits, such as those until it lapses.

    The day of payment is a `day` of the month that comes `months` after the one paid for.
    """

    code = models.CharField(_("aturan"), max_length=30, choices=RuleCode.choices)
    segment = models.CharField(_("segmen"), max_length=5, choices=Segment.choices, blank=True)
    months = models.PositiveSmallIntegerField(_("bulan"))
    day = models.PositiveSmallIntegerField(_("tanggal"), null=True, blank=True)

    class Meta:
        verbose_name = _("aturan kepesertaan")
        verbose_name_plural = _("aturan kepesertaan")
        ordering = ["code", "segment", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "segment", "valid_from"], name="membershiprule_once"),
            models.CheckConstraint(
                name="membershiprule_day_of_payment",
                condition=Q(code=RuleCode.DUE_DAY, day__range=(1, 31))
                | (~Q(code=RuleCode.DUE_DAY) & Q(day=None)),
            ),
            models.CheckConstraint(
                name="membershiprule_validity_order",
                condition=Q(valid_until=None) | Q(valid_from__lt=F("valid_until")),
            ),
        ]

    def __str__(self) -> str:
        day = "" if self.day is None else f", {self.day}"
        return f"{self.get_code_display()}: {self.months}{day}"
