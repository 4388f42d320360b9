from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from regions.models.office import Office
from regions.models.region import Region
from regions.roles import Role


class User(AbstractUser):
    """An account; it may do something only where an assignment says so."""

    personal_fields: ClassVar[frozenset[str]] = frozenset(
        {"username", "first_name", "last_name", "email", "last_login"}
    )

    full_name = models.CharField(_("nama lengkap"), max_length=150, blank=True)
    is_example = models.BooleanField(_("akun contoh"), default=False)

    class Meta:
        verbose_name = _("pengguna")
        verbose_name_plural = _("pengguna")

    def __str__(self) -> str:
        return self.full_name or self.username

    @cached_property
    def current_assignments(self) -> list["Assignment"]:
        """Assignments in force today, with what their office covers today; one read per request."""
        today = localdate()
        running = Q(valid_until=None) | Q(valid_until__gt=today)
        return list(
            self.assignments.filter(running, valid_from__lte=today)
            .select_related("region", "office")
            .prefetch_related("office__coverages")
            .order_by("pk")
        )


class Assignment(models.Model):
    """A role held at a region, or at all regions of an office, from a day until a day."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments", verbose_name=_("pengguna"))
    role = models.CharField(_("peran"), max_length=20, choices=Role.choices)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("wilayah")
    )
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kantor")
    )
    title = models.CharField(_("jabatan"), max_length=120, blank=True)
    valid_from = models.DateField(_("sejak"))
    valid_until = models.DateField(_("sampai (tidak termasuk)"), null=True, blank=True)
    granted_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("diberikan oleh"),
    )

    class Meta:
        verbose_name = _("penugasan")
        verbose_name_plural = _("penugasan")
        constraints = [
            models.CheckConstraint(
                name="assignment_region_or_office",
                condition=Q(region__isnull=False, office=None) | Q(region=None, office__isnull=False),
            ),
            models.CheckConstraint(
                name="assignment_validity_order",
                condition=Q(valid_until=None) | Q(valid_from__lt=F("valid_until")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.region or self.office}"
