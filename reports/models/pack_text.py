from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import Region, User
from reports.pack.period import Period, PeriodKind


class PackText(models.Model):
    """What people write into the next version of a pack: remarks, three tables of words, who signs."""

    personal_fields: ClassVar[frozenset[str]] = frozenset(
        {"branch_head_name", "office_head_name", "overview", "regulations", "projects", "obstacles"}
    )

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    kind = models.CharField(_("jenis periode"), max_length=10, choices=PeriodKind.choices)
    first_month = models.DateField(_("bulan pertama"))
    overview = models.TextField(_("catatan penyusun"), max_length=4000, blank=True)
    regulations = models.TextField(_("regulasi"), max_length=4000, blank=True)
    projects = models.TextField(_("proyek jasa konstruksi"), max_length=4000, blank=True)
    obstacles = models.TextField(_("kendala dan tindak lanjut"), max_length=4000, blank=True)
    signed_at = models.CharField(_("tempat dan tanggal tanda tangan"), max_length=100, blank=True)
    branch_head_acting = models.CharField(_("Plt./Plh. Kepala Cabang"), max_length=10, blank=True)
    branch_head_name = models.CharField(_("nama Kepala Cabang"), max_length=120, blank=True)
    office_head_acting = models.CharField(_("Plt./Plh. Kepala Dinas"), max_length=10, blank=True)
    office_head_name = models.CharField(_("nama Kepala Dinas"), max_length=120, blank=True)
    revision = models.PositiveIntegerField(_("revisi"), default=1)
    changed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("diubah oleh"))
    changed_at = models.DateTimeField(_("diubah pada"))

    class Meta:
        verbose_name = _("teks paket")
        verbose_name_plural = _("teks paket")
        constraints = [
            models.UniqueConstraint(fields=["region", "kind", "first_month"], name="packtext_once")
        ]

    @property
    def period(self) -> Period:
        return Period(PeriodKind(self.kind), self.first_month)

    def __str__(self) -> str:
        return f"{self.region_id} {self.kind} {self.first_month:%Y-%m}"
