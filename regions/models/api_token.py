from typing import ClassVar

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from regions.models.user import Assignment, User


class ApiToken(models.Model):
    """With it a program reads, and writes where that is said, what a person may in one of their roles.

    Nobody keeps the secret: `prefix` is the part of the token that may be shown, of the rest there is a
    digest.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset({"name"})

    user = models.ForeignKey(User, models.PROTECT, related_name="api_tokens", verbose_name=_("pengguna"))
    assignment = models.ForeignKey(Assignment, models.PROTECT, related_name="+", verbose_name=_("penugasan"))
    name = models.CharField(_("untuk apa"), max_length=80)
    prefix = models.CharField(_("awalan"), max_length=12, unique=True)
    digest = models.CharField(_("nilai hash"), max_length=64)
    made_at = models.DateTimeField(_("dibuat pada"), default=now)
    # Without it, the token reads only.
    may_write = models.BooleanField(_("boleh menulis"), default=False)
    expires_at = models.DateTimeField(_("berlaku sampai"))
    revoked_at = models.DateTimeField(_("dicabut pada"), null=True, blank=True)
    last_used_at = models.DateTimeField(_("terakhir dipakai"), null=True, blank=True)

    class Meta:
        verbose_name = _("token API")
        verbose_name_plural = _("token API")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.prefix

    @property
    def is_alive(self) -> bool:
        return self.revoked_at is None and self.expires_at > now()
