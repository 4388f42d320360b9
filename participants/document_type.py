"""Which documents may be attached, and what refuses the others; `importers/document.py` judges them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentType(models.TextChoices):
    PDF = "pdf", _("PDF")
    JPG = "jpg", _("gambar JPG")
    PNG = "png", _("gambar PNG")
    DOCX = "docx", _("dokumen Word")
    XLSX = "xlsx", _("buku kerja Excel")

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]


_OFFICE = "application/vnd.openxmlformats-officedocument"
_MEDIA_TYPES = {
    DocumentType.PDF: "application/pdf",
    DocumentType.JPG: "image/jpeg",
    DocumentType.PNG: "image/png",
    DocumentType.DOCX: f"{_OFFICE}.wordprocessingml.document",
    DocumentType.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
}


class DocumentRefused(Exception):
    """`sentence` says why this file is not taken, and what to do."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)
