from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from regions.enums import LinkKind, LinkState
from regions.models.mandate import ACTING_IS_LIMITED, BOUND_IS_TO_AN_INSTITUTION, Mandate
from regions.models.user import User


class Invitation(Mandate):
    """A link that opens once: to an account of one's own with the role it carries, or to a new password.

    Only the digest of its token is stored; who reads the table can use none of them.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset({"email", "full_name"})

    kind = models.CharField(_("jenis"), max_length=10, choices=LinkKind.choices)
    token_digest = models.CharField(max_length=64, unique=True)
    full_name = models.CharField(_("nama lengkap"), max_length=150, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    # Of a new password from the beginning, of an invitation once it was accepted.
    user = models.ForeignKey(
        User, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("akun")
    )
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("dibuat oleh"))
    made_at = models.DateTimeField(_("dibuat pada"))
    expires_at = models.DateTimeField(_("berlaku sampai"))
    used_at = models.DateTimeField(_("dipakai pada"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("dibatalkan pada"), null=True, blank=True)
    mailed_at = models.DateTimeField(_("surel terkirim pada"), null=True, blank=True)
    mail_failure = models.CharField(_("kegagalan surel"), max_length=100, blank=True)

    class Meta:
        verbose_name = _("undangan")
        verbose_name_plural = _("undangan")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="invitation_carries_a_role",
                condition=Q(kind=LinkKind.RESET, user__isnull=False, role="", region=None, office=None)
                | Q(kind=LinkKind.INVITATION, region__isnull=False, office=None)
                | Q(kind=LinkKind.INVITATION, region=None, office__isnull=False),
            ),
            models.CheckConstraint(name="invitation_acting_is_limited", condition=ACTING_IS_LIMITED),
            models.CheckConstraint(
                name="invitation_bound_to_an_institution", condition=BOUND_IS_TO_AN_INSTITUTION
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.pk}"

    @property
    def state(self) -> LinkState:
        if self.used_at:
            return LinkState.USED
        if self.revoked_at:
            return LinkState.REVOKED
        return LinkState.OPEN if now() < self.expires_at else LinkState.EXPIRED

    @property
    def may_be_sent_again(self) -> bool:
        return self.state in {LinkState.OPEN, LinkState.EXPIRED}
