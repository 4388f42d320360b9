from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgets.models import Reconciliation
from regions.models import Region, User, WaitingWork
from reports.models.pack import Document, Pack
from reports.pack.period import Period, PeriodKind


class JobState(models.TextChoices):
    WAITING = "waiting", _("menunggu giliran")
    WORKING = "working", _("sedang dikerjakan")
    READY = "ready", _("selesai")
    FAILED = "failed", _("gagal")
    CANCELLED = "cancelled", _("dibatalkan")


class JobPhase(models.TextChoices):
    GATHERING = "gathering", _("mengumpulkan angka")
    PDF = "pdf", _("menyusun PDF")
    XLSX = "xlsx", _("menyusun Excel")
    DOCX = "docx", _("menyusun Word")
    PPTX = "pptx", _("menyusun PowerPoint")
    STORING = "storing", _("menyimpan")
    PARTS = "parts", _("menunggu paket wilayah")


JOB_AT_WORK = (JobState.WAITING, JobState.WORKING)


class PackJob(WaitingWork):
    """Somebody's request for a pack, and the record of the work on it; a worker may die at any moment."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    document = models.CharField(_("dokumen"), max_length=20, choices=Document.choices)
    reconciliation = models.ForeignKey(
        Reconciliation, models.PROTECT, null=True, related_name="+", verbose_name=_("rekonsiliasi")
    )
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    kind = models.CharField(_("jenis periode"), max_length=10, choices=PeriodKind.choices)
    first_month = models.DateField(_("bulan pertama"))
    language = models.CharField(
        _("bahasa"), max_length=5, choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE
    )
    state = models.CharField(_("status"), max_length=10, choices=JobState.choices, default=JobState.WAITING)
    phase = models.CharField(_("tahap"), max_length=10, choices=JobPhase.choices, blank=True)
    done = models.PositiveSmallIntegerField(_("selesai"), default=0)
    total = models.PositiveSmallIntegerField(_("seluruhnya"), default=0)
    finished_at = models.DateTimeField(_("selesai pada"), null=True)
    cancel_asked = models.BooleanField(_("minta batal"), default=False)
    failure = models.CharField(_("sebab gagal"), max_length=400, blank=True)
    pack = models.ForeignKey(Pack, models.PROTECT, null=True, related_name="jobs", verbose_name=_("paket"))
    parts = models.ManyToManyField("self", symmetrical=False, related_name="bundles")
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("diminta oleh"))
    asked_at = models.DateTimeField(_("diminta pada"))
    # Where the site was reached when it was asked for; empty where that is the configured address.
    origin = models.CharField(_("alamat situs"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("pembuatan paket")
        verbose_name_plural = _("pembuatan paket")
        ordering = ["-pk"]
        constraints = [
            # Asked twice while it waits, it is made once.
            models.UniqueConstraint(
                fields=["document", "region", "kind", "first_month", "reconciliation", "language"],
                nulls_distinct=False,
                condition=Q(state__in=["waiting", "working"]),
                name="packjob_one_at_work",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(state__in=["waiting", "working"]), name="packjob_at_work")
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def period(self) -> Period:
        return Period(PeriodKind(self.kind), self.first_month)

    @property
    def is_at_work(self) -> bool:
        return self.state in JOB_AT_WORK

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0
