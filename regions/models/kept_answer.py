from typing import ClassVar

from django.db import models
from django.utils.timezone import now
from django.utils.translation import gettext_lazy as _

from regions.models.user import User


class KeptAnswer(models.Model):
    """What a program was answered to something it did once, for when it asks again with the same key.

    It is stored in the transaction that did it: an answer stands here if and only if the work is done.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset({"body"})

    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("pengguna"))
    key = models.CharField(_("kunci"), max_length=255)
    # Of the address and all that was sent.
    digest = models.CharField(_("nilai hash"), max_length=64)
    status = models.PositiveSmallIntegerField(_("status"))
    body = models.JSONField(_("isi"))
    at = models.DateTimeField(_("pada"), default=now)

    class Meta:
        verbose_name = _("jawaban yang disimpan")
        verbose_name_plural = _("jawaban yang disimpan")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="keptanswer_once")]
        indexes = [models.Index(fields=["at"], name="keptanswer_at")]

    def __str__(self) -> str:
        return f"{self.status} {self.at}"
