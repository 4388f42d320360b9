from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import User


class HeldFile(models.Model):
    """A file that somebody dropped, until it is said for whom and for which months it is; for a few days.

    `words` are what its first lines say, numbers of persons made unreadable.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset({"content_sealed", "words"})
    sealed_columns: ClassVar[dict[str, str | None]] = {"content_sealed": None}

    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("dikirim oleh"))
    file_name = models.CharField(_("nama berkas"), max_length=150)
    content_sealed = models.BinaryField(_("isi tersandi"))
    words = models.JSONField(_("judul"), default=list)
    at = models.DateTimeField(_("waktu"), auto_now_add=True)

    class Meta:
        verbose_name = _("berkas yang menunggu keterangan")
        verbose_name_plural = _("berkas yang menunggu keterangan")
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.file_name
