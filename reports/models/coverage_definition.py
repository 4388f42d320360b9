from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.enums import Segment


class CoverageDefinition(models.Model):
    """What counts as covered from a day on; no formula of UCJ is laid down by law, so ours is dated."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    code = models.SlugField(_("kode"), max_length=30, unique=True)
    label = models.CharField(_("nama"), max_length=150)
    segments = ArrayField(
        models.CharField(max_length=5, choices=Segment.choices),
        verbose_name=_("segmen yang dihitung"),
    )
    valid_from = models.DateField(_("berlaku sejak"), unique=True)
    legal_source = models.CharField(_("dasar"), max_length=300)

    class Meta:
        verbose_name = _("definisi cakupan")
        verbose_name_plural = _("definisi cakupan")
        ordering = ["valid_from"]

    def __str__(self) -> str:
        return self.label
