from typing import ClassVar

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from participants.document_type import DocumentType
from regions.models import Region, User


@pghistory.track(pghistory.DeleteEvent(), exclude=["content_sealed"])
class Attachment(models.Model):
    """A document (decree, transfer slip, minutes) that stands behind a fact, a list or a month.

    `kind` and `subject` name what it belongs to, see `participants.selectors.attachment_subject`. A removed
    one leaves all but its content in the history.
    """

    # Anybody's name may stand in a document.
    personal_fields: ClassVar[frozenset[str]] = frozenset({"content_sealed"})
    sealed_columns: ClassVar[dict[str, str | None]] = {"content_sealed": None}

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    kind = models.CharField(_("jenis"), max_length=40)
    subject = models.CharField(_("milik"), max_length=40)
    title = models.CharField(_("judul dokumen"), max_length=150)
    file_name = models.CharField(_("nama berkas"), max_length=150)
    media = models.CharField(_("tipe berkas"), max_length=5, choices=DocumentType.choices)
    size = models.PositiveIntegerField(_("ukuran"))
    sha256 = models.CharField(_("nilai hash berkas"), max_length=64)
    content_sealed = models.BinaryField(_("isi tersandi"))
    added_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("dilampirkan oleh"))
    added_at = models.DateTimeField(_("dilampirkan pada"), auto_now_add=True)

    class Meta:
        verbose_name = _("dokumen")
        verbose_name_plural = _("dokumen")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "subject", "sha256"], name="attachment_once"),
        ]

    def __str__(self) -> str:
        return self.title
