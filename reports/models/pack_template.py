from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import Region, User
from reports.models.pack import Face


class PackTemplate(models.Model):
    """A region's own layout of a face; the newest one in use replaces our own, there and below."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    face = models.CharField(_("bentuk"), max_length=5, choices=[(Face.PDF, "Typst"), (Face.DOCX, "Word")])
    content = models.BinaryField(_("isi"))
    file_name = models.CharField(_("nama berkas"), max_length=150)
    in_use = models.BooleanField(_("dipakai"), default=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("diunggah oleh"))
    at = models.DateTimeField(_("diunggah pada"))

    class Meta:
        verbose_name = _("templat paket")
        verbose_name_plural = _("templat paket")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "face"], condition=models.Q(in_use=True), name="packtemplate_one_in_use"
            )
        ]

    def __str__(self) -> str:
        return self.file_name
