from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.enums import AlertKind


class AlertRule(models.Model):
    """From which size on something is an alert; dated, so that last year's alerts stay what they were."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    kind = models.CharField(_("peringatan"), max_length=20, choices=AlertKind.choices)
    threshold = models.DecimalField(_("ambang"), max_digits=8, decimal_places=2)
    valid_from = models.DateField(_("berlaku sejak"))
    legal_source = models.CharField(_("dasar hukum"), max_length=250)

    class Meta:
        verbose_name = _("ambang peringatan")
        verbose_name_plural = _("ambang peringatan")
        ordering = ["kind", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "valid_from"], name="alertrule_once"),
            models.CheckConstraint(name="alertrule_positive", condition=models.Q(threshold__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.threshold}"
