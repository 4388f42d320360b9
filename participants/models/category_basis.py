from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.models.category import Category
from regions.models import Region, Regulation, User


class CategoryBasis(models.Model):
    """On which rule a region has workers of a category covered; it holds for all below the region."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("kategori"))
    basis = models.ForeignKey(Regulation, models.PROTECT, related_name="+", verbose_name=_("dasar hukum"))
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("dicatat oleh"))
    changed_at = models.DateTimeField(_("diubah pada"), auto_now=True)

    class Meta:
        verbose_name = _("dasar hukum kategori")
        verbose_name_plural = _("dasar hukum kategori")
        ordering = ["region", "category"]
        constraints = [
            models.UniqueConstraint(fields=["region", "category"], name="categorybasis_once"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.category_id}"
