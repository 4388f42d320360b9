from typing import ClassVar

from django.db import models
from django.db.models import F
from django.db.models.functions import Cast, NullIf, Round
from django.utils.translation import gettext_lazy as _

from reports.models.run import Run


class MeasureValue(models.Model):
    """One figure of a run. Numerator and denominator are kept; the rate is what they make.

    `reported` of `expected` regions below were summed; both are empty where the region itself
    reported the figure. Dimensions that do not apply are empty strings.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    # Written with its run and thrown away with it, by the same statements. The database need not look the
    # run up again for each of millions of values, nor keep an index beside that of the constraint below.
    run = models.ForeignKey(
        Run,
        models.CASCADE,
        related_name="values",
        verbose_name=_("perhitungan"),
        db_constraint=False,
        db_index=False,
    )
    measure = models.CharField(_("indikator"), max_length=10)
    segment = models.CharField(_("segmen"), max_length=5, blank=True)
    category = models.CharField(_("kategori"), max_length=40, blank=True)
    funding = models.CharField(_("sumber dana"), max_length=40, blank=True)
    target = models.CharField(_("penetap target"), max_length=10, blank=True)
    # What else divides a measure: the month of arrears, the basis of a balance, a programme, a payer.
    variant = models.CharField(_("rincian"), max_length=30, blank=True)
    numerator = models.BigIntegerField(_("pembilang"))
    denominator = models.BigIntegerField(_("penyebut"), null=True)
    # Cast first: two integers would be divided as integers and 24,286 of 47,010 be 51 flat.
    rate = models.GeneratedField(
        expression=Round(
            Cast("numerator", models.DecimalField(max_digits=38, decimal_places=0))
            * 100
            / NullIf(F("denominator"), 0),
            precision=2,
        ),
        output_field=models.DecimalField(max_digits=22, decimal_places=2),
        db_persist=True,
        verbose_name=_("persen"),
    )
    reported = models.PositiveIntegerField(_("wilayah yang melapor"), null=True)
    expected = models.PositiveIntegerField(_("wilayah seluruhnya"), null=True)
    # How whole it is (reports.enums.Grade; empty in what was closed before figures were graded), which
    # segments it lacks, and how many regions below were left out because theirs is no whole.
    grade = models.CharField(_("mutu kelengkapan"), max_length=1, blank=True)
    missing = models.CharField(_("segmen yang belum dilaporkan"), max_length=30, blank=True)
    partial = models.PositiveIntegerField(_("wilayah yang belum utuh"), default=0)
    definition = models.CharField(_("definisi"), max_length=300)

    class Meta:
        verbose_name = _("nilai indikator")
        verbose_name_plural = _("nilai indikator")
        ordering = ["run", "measure", "segment", "category", "funding", "target", "variant"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "measure", "segment", "category", "funding", "target", "variant"],
                name="measurevalue_once",
            )
        ]

    @property
    def missing_segments(self) -> list[str]:
        return self.missing.split()

    def __str__(self) -> str:
        return f"{self.measure} {self.numerator}/{self.denominator}"
