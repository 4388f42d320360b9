from typing import ClassVar

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from regions.models import Region


class RunManager(models.Manager["Run"]):
    def get_queryset(self) -> models.QuerySet["Run"]:
        return super().get_queryset().defer("quantities")


class Run(models.Model):
    """One computation of all measures of a region and month. Its values never change afterwards.

    `quantities` are what it was computed from; the regions above sum those of the current runs. A run that
    was superseded keeps them only if it closed a month. `closing` is the number of that closing. `moved_at`
    is when the same facts were first found to say something else than what was closed (a new denominator, a
    rate, persons merged). `rows` says how many stored rows of each kind it rests on, `milliseconds` its share
    of the time in which it was gathered with others, and that of its own values.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    period = models.DateField(_("bulan"))
    is_current = models.BooleanField(_("yang berlaku"), default=True)
    code_version = models.CharField(_("versi perhitungan"), max_length=20)
    inputs_hash = models.CharField(_("nilai hash masukan"), max_length=64)
    computed_at = models.DateTimeField(_("dihitung pada"))
    superseded_at = models.DateTimeField(_("digantikan pada"), null=True)
    milliseconds = models.FloatField(_("lama (milidetik)"))
    closing = models.PositiveSmallIntegerField(_("penutupan ke-"), null=True)
    # Of runs of earlier versions of the application it is empty.
    rows = models.JSONField(_("banyaknya baris"), default=dict, db_default={})
    quantities = models.JSONField(_("yang dihitung"), null=True)
    moved_at = models.DateTimeField(_("masukan berubah sejak"), null=True)

    # Pages show runs by the dozen and never need their quantities.
    objects: ClassVar[models.Manager["Run"]] = RunManager()

    class Meta:
        verbose_name = _("perhitungan")
        verbose_name_plural = _("perhitungan")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["period"], condition=Q(is_current=True), name="run_current_period"),
            # Runs are appended as time goes: a few pages tell where each hour lies.
            BrinIndex(fields=["computed_at"], name="run_computed_at"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "period"], condition=Q(is_current=True), name="run_one_current"
            ),
            models.CheckConstraint(name="run_first_of_month", condition=Q(period__day=1)),
            models.CheckConstraint(
                name="run_current_or_superseded",
                condition=Q(is_current=True, superseded_at=None)
                | Q(is_current=False, superseded_at__isnull=False),
            ),
            models.CheckConstraint(
                name="run_closing_keeps_quantities",
                condition=Q(closing=None) | Q(closing__gt=0, quantities__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.period:%Y-%m} #{self.pk}"
