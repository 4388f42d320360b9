from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from budgets.enums import PayerCondition, ProgrammeGroup, RateBase, RuleStatus, Sector
from participants.enums import Segment

_MOST_DAYS_UNCHECKED = 365


class DatedRule(models.Model):
    """A rule of law with the days on which it is in force, and where it is written."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    valid_from = models.DateField(_("berlaku sejak"))
    valid_until = models.DateField(_("berlaku sampai (tidak termasuk)"), null=True, blank=True)
    legal_source = models.CharField(_("dasar hukum"), max_length=250)
    source_url = models.URLField(_("alamat sumber"), max_length=500, blank=True)
    note = models.CharField(_("catatan"), max_length=500, blank=True)
    status = models.CharField(
        _("kekuatan"), max_length=10, choices=RuleStatus.choices, default=RuleStatus.IN_FORCE
    )
    began_earlier = models.BooleanField(
        _("sudah berlaku sebelumnya"),
        default=False,
        help_text=_("Hari mulainya yang sebenarnya belum dipastikan."),
    )
    # When somebody last saw that the row still says what the law says, and who.
    checked_on = models.DateField(_("diperiksa pada"), null=True, blank=True)
    checked_by = models.CharField(_("diperiksa oleh"), max_length=80, blank=True)

    class Meta:
        abstract = True

    @property
    def is_doubtful(self) -> bool:
        """Whether nobody has looked for more than a year."""
        return self.checked_on is None or (localdate() - self.checked_on).days > _MOST_DAYS_UNCHECKED

    def is_in_force(self, month: date) -> bool:
        return self.valid_from <= month and (self.valid_until is None or month < self.valid_until)


class ContributionRate(DatedRule):
    """What one programme of a segment costs while it is in force; the price of a set is the sum of its rows.

    Where several rows of the same condition are in force, the one that began last counts. A programme
    without a row in force has no known price, and pages say so.
    """

    segment = models.CharField(_("segmen"), max_length=5, choices=Segment.choices)
    programme = models.CharField(_("program"), max_length=10, choices=ProgrammeGroup.choices)
    base = models.CharField(_("dihitung dari"), max_length=10, choices=RateBase.choices)
    payer = models.CharField(
        _("pembayar"), max_length=20, choices=PayerCondition.choices, default=PayerCondition.ANY
    )
    risk_class = models.PositiveSmallIntegerField(
        _("tingkat risiko lingkungan kerja"),
        null=True,
        blank=True,
        help_text=_("1 (sangat rendah) sampai 5 (sangat tinggi)."),
    )
    percent = models.DecimalField(_("persen"), max_digits=7, decimal_places=4, null=True, blank=True)
    employer_percent = models.DecimalField(
        _("bagian pemberi kerja (persen)"),
        max_digits=7,
        decimal_places=4,
        null=True,
        blank=True,
        help_text=_("Kosong: seluruhnya, kecuali peserta yang membayar sendiri."),
    )
    rupiah = models.BigIntegerField(_("rupiah"), null=True, blank=True)
    # Income of a band, wage, or slice of a contract: above `over`, up to and with `up_to`.
    over = models.BigIntegerField(_("di atas (rupiah)"), default=0)
    up_to = models.BigIntegerField(_("sampai dengan (rupiah)"), null=True, blank=True)
    band_base = models.BigIntegerField(_("dasar lapisan"), null=True, blank=True)
    wage_floor = models.BigIntegerField(_("upah terendah"), null=True, blank=True)
    wage_ceiling = models.BigIntegerField(_("upah tertinggi"), null=True, blank=True)
    # Of packages: the months of the contract; 0 for the time before work.
    contract_months = models.PositiveSmallIntegerField(_("lama perjanjian (bulan)"), null=True, blank=True)

    class Meta:
        verbose_name = _("tarif iuran")
        verbose_name_plural = _("tarif iuran")
        ordering = ["segment", "programme", "base", "risk_class", "over", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "segment",
                    "programme",
                    "base",
                    "payer",
                    "risk_class",
                    "over",
                    "contract_months",
                    "valid_from",
                ],
                name="contributionrate_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="contributionrate_base_has_its_amount",
                condition=Q(base__in=["flat", "package", "excess"], rupiah__gte=0, percent=None)
                | Q(base__in=["wage", "contract", "recomposed"], percent__gte=0, rupiah=None)
                | Q(base="band", percent__gte=0, band_base__gt=0, rupiah=None),
            ),
            models.CheckConstraint(
                name="contributionrate_validity_order",
                condition=Q(valid_until=None) | Q(valid_from__lt=F("valid_until")),
            ),
            models.CheckConstraint(
                name="contributionrate_employer_share",
                condition=Q(employer_percent=None) | Q(employer_percent__lte=F("percent")),
            ),
            models.CheckConstraint(
                name="contributionrate_risk_class",
                condition=Q(risk_class=None) | Q(risk_class__range=(1, 5)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_segment_display()}, {self.get_programme_display()}, {self.valid_from}"


class ContributionRelief(DatedRule):
    """A part of a contribution that the law remits for a time."""

    segment = models.CharField(_("segmen"), max_length=5, choices=Segment.choices)
    programme = models.CharField(_("program"), max_length=10, choices=ProgrammeGroup.choices)
    payer = models.CharField(_("pembayar"), max_length=20, choices=PayerCondition.choices)
    sector = models.CharField(_("sektor"), max_length=10, choices=Sector.choices)
    # Which of the project's categories work in that sector; empty for all the others.
    categories = ArrayField(
        models.SlugField(max_length=40), verbose_name=_("kategori"), default=list, blank=True
    )
    percent_off = models.DecimalField(_("keringanan (persen)"), max_digits=7, decimal_places=4)

    class Meta:
        verbose_name = _("keringanan iuran")
        verbose_name_plural = _("keringanan iuran")
        ordering = ["segment", "programme", "sector", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["segment", "programme", "payer", "sector", "valid_from"],
                name="contributionrelief_once",
            ),
            models.CheckConstraint(
                name="contributionrelief_percent", condition=Q(percent_off__gt=0, percent_off__lte=100)
            ),
            models.CheckConstraint(
                name="contributionrelief_validity_order",
                condition=Q(valid_until=None) | Q(valid_from__lt=F("valid_until")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_segment_display()}, {self.get_programme_display()}, {self.get_sector_display()}"
