from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import Region, User
from regions.roles import Role
from reports.models.pack_job import PackJob


class PackSchedule(models.Model):
    """A pack made by itself on the tenth after each quarter, told by e-mail to these roles."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.OneToOneField(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    roles = ArrayField(models.CharField(max_length=20, choices=Role.choices), verbose_name=_("penerima"))
    # The quarter of which a pack was asked last, and the work on it.
    last_month = models.DateField(_("triwulan terakhir"), null=True)
    job = models.ForeignKey(
        PackJob, models.PROTECT, null=True, related_name="+", verbose_name=_("pembuatan terakhir")
    )
    told_at = models.DateTimeField(_("diberitahukan pada"), null=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("diatur oleh"))
    at = models.DateTimeField(_("diatur pada"))

    class Meta:
        verbose_name = _("jadwal paket")
        verbose_name_plural = _("jadwal paket")
        ordering = ["region"]

    def __str__(self) -> str:
        return self.region_id
