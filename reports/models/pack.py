from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgets.models import Reconciliation
from regions.models import Region, User
from reports.pack.code import grouped_code
from reports.pack.period import Period, PeriodKind


class Document(models.TextChoices):
    PACK = "pack", _("Paket monev")
    CLOSING = "closing", _("Berita acara penutupan")
    RECONCILIATION = "reconciliation", _("Berita acara rekonsiliasi")
    # All packs of the regions below, in one archive.
    BUNDLE = "bundle", _("Kumpulan paket")


class Face(models.TextChoices):
    PDF = "pdf", "PDF"
    XLSX = "xlsx", "Excel"
    DOCX = "docx", "Word"
    PPTX = "pptx", "PowerPoint"


class Pack(models.Model):
    """A report as it was issued, with its files; it never changes. Other content is another version."""

    personal_fields: ClassVar[frozenset[str]] = frozenset({"content"})

    code = models.CharField(_("kode dokumen"), max_length=12, unique=True)
    document = models.CharField(_("dokumen"), max_length=20, choices=Document.choices)
    # What a record of reconciliation is about; of nothing else.
    reconciliation = models.ForeignKey(
        Reconciliation, models.PROTECT, null=True, related_name="+", verbose_name=_("rekonsiliasi")
    )
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    kind = models.CharField(_("jenis periode"), max_length=10, choices=PeriodKind.choices)
    first_month = models.DateField(_("bulan pertama"))
    # Each language has versions of its own.
    language = models.CharField(
        _("bahasa"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    version = models.PositiveSmallIntegerField(_("versi"))
    is_draft = models.BooleanField(_("draf"))
    sha256 = models.CharField(_("nilai hash isi"), max_length=64, unique=True)
    # As `reports.pack.content.to_json` writes it; the names of who signs are in it.
    content = models.JSONField(_("isi"))
    made_at = models.DateTimeField(_("dibuat pada"))
    # Printed on every page of its files, so that each copy is a witness of the ledger.
    ledger_head = models.CharField(_("segel log aktivitas"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("paket monev")
        verbose_name_plural = _("paket monev")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["document", "region", "kind", "first_month", "reconciliation", "language", "version"],
                nulls_distinct=False,
                name="pack_version_once",
            ),
            models.CheckConstraint(name="pack_first_of_month", condition=Q(first_month__day=1)),
        ]

    def __str__(self) -> str:
        return self.printed_code

    @property
    def printed_code(self) -> str:
        return grouped_code(self.code)

    @property
    def period(self) -> Period:
        return Period(PeriodKind(self.kind), self.first_month)


class PackFile(models.Model):
    """One face of a pack, as it is handed out."""

    personal_fields: ClassVar[frozenset[str]] = frozenset({"content"})

    pack = models.ForeignKey(Pack, models.CASCADE, related_name="files", verbose_name=_("paket"))
    face = models.CharField(_("bentuk"), max_length=5, choices=Face.choices)
    sha256 = models.CharField(_("nilai hash berkas"), max_length=64, db_index=True)
    size = models.PositiveIntegerField(_("ukuran"))
    content = models.BinaryField(_("isi"))

    class Meta:
        verbose_name = _("berkas paket")
        verbose_name_plural = _("berkas paket")
        ordering = ["pack", "pk"]
        constraints = [models.UniqueConstraint(fields=["pack", "face"], name="packfile_once")]

    def __str__(self) -> str:
        return f"{self.pack_id} {self.face}"


class PackDownload(models.Model):
    """Who took which file, and when."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    file = models.ForeignKey(PackFile, models.CASCADE, related_name="downloads", verbose_name=_("berkas"))
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    at = models.DateTimeField(_("pada"))

    class Meta:
        verbose_name = _("unduhan paket")
        verbose_name_plural = _("unduhan paket")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.file_id} {self.at:%Y-%m-%d}"
