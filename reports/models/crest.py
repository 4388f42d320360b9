from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import Region, User


class Crest(models.Model):
    """A region's crest as its packs show it: one at a time, small, and always PNG."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.OneToOneField(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    content = models.BinaryField(_("gambar"))
    file_name = models.CharField(_("nama berkas"), max_length=150)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("diunggah oleh"))
    at = models.DateTimeField(_("diunggah pada"))

    class Meta:
        verbose_name = _("lambang wilayah")
        verbose_name_plural = _("lambang wilayah")
        ordering = ["region"]

    def __str__(self) -> str:
        return self.file_name
