from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.models.category import Category
from regions.models import Institution


class InstitutionCategory(models.Model):
    """A category whose people an institution reports: its own operators enter their number."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    institution = models.ForeignKey(Institution, models.PROTECT, related_name="+", verbose_name=_("lembaga"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("kategori"))

    class Meta:
        verbose_name = _("kategori lembaga")
        verbose_name_plural = _("kategori lembaga")
        constraints = [
            models.UniqueConstraint(fields=["institution", "category"], name="institutioncategory_once")
        ]

    def __str__(self) -> str:
        return f"{self.institution_id}: {self.category_id}"
