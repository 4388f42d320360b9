from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.models.contribution_rate import DatedRule


class FundingRule(DatedRule):
    """For whom a source of funds may pay. A source without a rule in force may pay for everybody."""

    # A code and no key, as rules are loaded before the sources that an office adds.
    funding = models.SlugField(_("sumber dana"), max_length=40)
    categories = ArrayField(models.SlugField(max_length=40), verbose_name=_("kategori yang boleh dibayar"))

    class Meta:
        verbose_name = _("peruntukan sumber dana")
        verbose_name_plural = _("peruntukan sumber dana")
        ordering = ["funding", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["funding", "valid_from"], name="fundingrule_once"),
            models.CheckConstraint(
                name="fundingrule_validity_order",
                condition=Q(valid_until=None) | Q(valid_from__lt=F("valid_until")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.funding}: {', '.join(self.categories)}"
