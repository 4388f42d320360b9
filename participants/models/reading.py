from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.enums import LookUpOutcome, ReadPage
from regions.models import User


class PersonReading(models.Model):
    """A page on which somebody saw persons; it waits here to be folded into one act with its neighbours."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    reader = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("pembaca"))
    page = models.CharField(_("halaman"), max_length=20, choices=ReadPage.choices)
    region_code = models.CharField(_("wilayah"), max_length=13)
    at = models.DateTimeField(_("pada"), auto_now_add=True)
    # The list or comparison whose rows were shown, where they are no persons yet.
    document = models.BigIntegerField(_("nomor kiriman"), null=True)
    rows = models.PositiveIntegerField(_("baris"), default=0)
    persons = ArrayField(models.BigIntegerField(), verbose_name=_("peserta"), default=list)

    class Meta:
        verbose_name = _("pembacaan")
        verbose_name_plural = _("pembacaan")
        indexes = [models.Index(fields=["at"], name="personreading_at")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.page}"


class LookUp(models.Model):
    """A NIK that somebody looked for, kept for a day so that trying numbers out is noticed."""

    personal_fields: ClassVar[frozenset[str]] = frozenset({"nik_digest", "stem_digest"})

    reader = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("pencari"))
    region_code = models.CharField(_("wilayah"), max_length=13)
    at = models.DateTimeField(_("pada"), auto_now_add=True)
    outcome = models.CharField(_("hasil"), max_length=10, choices=LookUpOutcome.choices)
    nik_digest = models.BinaryField(_("sidik NIK"), max_length=32)
    # Of the district and day of birth: the same for numbers that differ in the serial only.
    stem_digest = models.BinaryField(_("sidik awal NIK"), max_length=32)

    class Meta:
        verbose_name = _("pencarian NIK")
        verbose_name_plural = _("pencarian NIK")
        indexes = [models.Index(fields=["reader", "at"], name="lookup_reader_at")]

    def __str__(self) -> str:
        return f"#{self.pk} {self.outcome}"
