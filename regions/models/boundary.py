from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models.region import Region


class Boundary(models.Model):
    """The outline of a region, simplified: for drawing, not for measuring. It is loaded, never shipped."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.OneToOneField(
        Region, models.CASCADE, primary_key=True, related_name="+", verbose_name=_("wilayah")
    )
    geometry = models.JSONField(_("bentuk (GeoJSON)"))
    source = models.CharField(_("sumber"), max_length=300)
    loaded_at = models.DateTimeField(_("dimuat pada"), auto_now_add=True)

    class Meta:
        verbose_name = _("batas wilayah")
        verbose_name_plural = _("batas wilayah")

    def __str__(self) -> str:
        return self.region_id
