from datetime import date, timedelta
from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from regions.models.mandate import ACTING_IS_LIMITED, BOUND_IS_TO_AN_INSTITUTION, Mandate
from regions.stored_text import shown

# In this account's name commands load reference data; nobody can sign in with it.
SYSTEM = "sistem"


class User(AbstractUser):
    """An account; it may do something only where an assignment says so."""

    personal_fields: ClassVar[frozenset[str]] = frozenset(
        {"username", "first_name", "last_name", "email", "last_login", "reactivated_at", "purpose"}
    )

    full_name = models.CharField(_("nama lengkap"), max_length=150, blank=True)
    is_example = models.BooleanField(_("akun contoh"), default=False)
    invited_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("diundang oleh")
    )
    # Off for whom a key alone must do nothing, such as those who speak to the machine (WCAG 2.1.4).
    search_key = models.BooleanField(_("tombol / membuka pencarian"), default=True)
    # Pages of the first days that the person has seen, and whether the first steps are put away.
    first_day = models.JSONField(_("langkah pertama"), default=dict, blank=True)
    # From here an account that was switched on again counts as in use, before its owner has signed in.
    reactivated_at = models.DateTimeField(_("diaktifkan kembali pada"), null=True, blank=True)

    # Of the account of a program: the person who answers for it. None where the account is a person's.
    keeper = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("penanggung jawab")
    )
    purpose = models.CharField(_("kegunaan"), max_length=250, blank=True)

    # The administrator who looks through this person's eyes in the present request; acts are theirs.
    viewed_by: "User | None" = None
    # The token through which a program speaks for the person, and whether it may only read.
    token_prefix: str = ""
    token_reads_only: bool = False

    class Meta:
        verbose_name = _("pengguna")
        verbose_name_plural = _("pengguna")

    def __str__(self) -> str:
        # Of the application's own account the name is ours.
        return shown(self.full_name) if self.username == SYSTEM else self.full_name or self.username

    @property
    def is_program(self) -> bool:
        """It has no password, opens no page, and takes no step that a person answers for."""
        return self.keeper_id is not None

    @cached_property
    def current_assignments(self) -> "list[Assignment]":
        """Assignments in force today, with what their office covers today; one read per request."""
        today = localdate()
        running = Q(valid_until=None) | Q(valid_until__gt=today)
        return list(
            self.assignments.filter(running, valid_from__lte=today)
            .select_related("region", "office")
            .prefetch_related("office__coverages")
            .order_by("pk")
        )


class Assignment(Mandate):
    """A role held at a region, or at all regions of an office, from a day until a day."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    user = models.ForeignKey(User, models.CASCADE, related_name="assignments", verbose_name=_("pengguna"))
    valid_from = models.DateField(_("sejak"))
    granted_by = models.ForeignKey(
        User,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("diberikan oleh"),
    )
    ended_by = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("diakhiri oleh")
    )
    end_reason = models.CharField(_("alasan berakhir"), max_length=250, blank=True)

    class Meta:
        verbose_name = _("penugasan")
        verbose_name_plural = _("penugasan")
        constraints = [
            models.CheckConstraint(
                name="assignment_region_or_office",
                condition=Q(region__isnull=False, office=None) | Q(region=None, office__isnull=False),
            ),
            # One that is ended before its first day stays as a row that never held.
            models.CheckConstraint(
                name="assignment_validity_order",
                condition=Q(valid_until=None) | Q(valid_from__lte=F("valid_until")),
            ),
            models.CheckConstraint(name="assignment_acting_is_limited", condition=ACTING_IS_LIMITED),
            models.CheckConstraint(
                name="assignment_bound_to_an_institution", condition=BOUND_IS_TO_AN_INSTITUTION
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} · {self.region or self.office}"

    @property
    def last_day(self) -> date | None:
        return self.valid_until - timedelta(days=1) if self.valid_until else None
