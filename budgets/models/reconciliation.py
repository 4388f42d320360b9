from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.enums import Match, ReconciliationState, Side
from participants.models import Category, FundingSource
from regions.models import Region, User, WaitingWork

RECONCILIATION_AT_WORK = (ReconciliationState.WAITING, ReconciliationState.READING)


class Reconciliation(WaitingWork):
    """Three ledgers of a month set against each other: who is listed, what was due, billed and paid.

    Nothing of it changes after both sides have signed; a newer one takes its place.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    month = models.DateField(_("bulan"))
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kategori")
    )
    funding = models.ForeignKey(
        FundingSource, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("sumber dana")
    )
    state = models.CharField(_("status"), max_length=10, choices=ReconciliationState.choices)
    # Match → persons; and which of the sums are known: due, unpriced, billed, paid, in whole rupiah.
    counts = models.JSONField(_("hitungan orang"), default=dict)
    sums = models.JSONField(_("rupiah"), default=dict)
    # Why a file could not be read.
    refusal = models.CharField(_("sebab ditolak"), max_length=1000, blank=True)
    agreement = models.TextField(_("yang disepakati"), max_length=2000, blank=True)
    # SHA-256 over all that the document says, except who signed it.
    code = models.CharField(_("kode dokumen"), max_length=64, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("dibuat oleh"))
    made_at = models.DateTimeField(_("dibuat pada"), auto_now_add=True)
    pemda_signer = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("disetujui Pemda")
    )
    pemda_signed_at = models.DateTimeField(_("disetujui Pemda pada"), null=True)
    bpjs_signer = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("disetujui BPJS")
    )
    bpjs_signed_at = models.DateTimeField(_("disetujui BPJS pada"), null=True)
    superseded_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="supersedes")

    class Meta:
        verbose_name = _("rekonsiliasi")
        verbose_name_plural = _("rekonsiliasi")
        ordering = ["-month", "region", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="reconciliation_agreed_by_both",
                condition=~Q(state=ReconciliationState.AGREED)
                | Q(pemda_signer__isnull=False, bpjs_signer__isnull=False),
            ),
            models.CheckConstraint(
                name="reconciliation_signers_differ",
                condition=Q(pemda_signer=None) | Q(bpjs_signer=None) | ~Q(pemda_signer=F("bpjs_signer")),
            ),
            models.CheckConstraint(name="reconciliation_month", condition=Q(month__day=1)),
            models.UniqueConstraint(
                fields=["region", "month", "category", "funding", "state"],
                condition=Q(state__in=[ReconciliationState.DRAFT, ReconciliationState.AGREED]),
                nulls_distinct=False,
                name="reconciliation_one_of_each_state",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk} {self.region_id} {self.month:%Y-%m}"

    @property
    def is_at_work(self) -> bool:
        return self.state in RECONCILIATION_AT_WORK

    @property
    def short_code(self) -> str:
        return f"{self.code[:4]}-{self.code[4:8]}-{self.code[8:12]}".upper()


class ReconciliationFile(models.Model):
    """A file that a side gave, sealed, known by its hash."""

    personal_fields: ClassVar[frozenset[str]] = frozenset({"content_sealed"})
    sealed_columns: ClassVar[dict[str, str | None]] = {"content_sealed": None}

    reconciliation = models.ForeignKey(Reconciliation, models.CASCADE, related_name="files")
    side = models.CharField(_("pihak"), max_length=5, choices=Side.choices)
    file_name = models.CharField(_("nama berkas"), max_length=80)
    sha256 = models.CharField(_("nilai hash berkas"), max_length=64)
    size = models.PositiveBigIntegerField(_("ukuran"))
    rows = models.PositiveIntegerField(_("baris terbaca"), default=0)
    unread = models.PositiveIntegerField(_("baris tak terbaca"), default=0)
    # Numbers like a NIK that were not read, and rows that the file hides: as NikLedger.as_json.
    balance = models.JSONField(_("neraca"), default=dict)
    content_sealed = models.BinaryField(_("isi tersandi"))

    class Meta:
        verbose_name = _("berkas rekonsiliasi")
        verbose_name_plural = _("berkas rekonsiliasi")
        constraints = [
            models.UniqueConstraint(fields=["reconciliation", "side"], name="reconciliationfile_once")
        ]

    def __str__(self) -> str:
        return f"{self.side}: {self.file_name}"


class ReconciledPerson(models.Model):
    """One person and on whose list they stand."""

    personal_fields: ClassVar[frozenset[str]] = frozenset(
        {"nik_digest", "nik_sealed", "kpj_digest", "kpj_sealed", "name_sealed", "bpjs_name_sealed"}
    )
    sealed_columns: ClassVar[dict[str, str | None]] = {
        "nik_sealed": "nik_digest",
        "kpj_sealed": "kpj_digest",
        "name_sealed": None,
        "bpjs_name_sealed": None,
    }

    reconciliation = models.ForeignKey(Reconciliation, models.CASCADE, related_name="persons")
    match = models.CharField(_("hasil"), max_length=15, choices=Match.choices)
    nik_digest = models.BinaryField(null=True)
    nik_sealed = models.BinaryField(null=True)
    kpj_digest = models.BinaryField(null=True)
    kpj_sealed = models.BinaryField(null=True)
    name_sealed = models.BinaryField(null=True)
    bpjs_name_sealed = models.BinaryField(null=True)
    # Of that person's contributions; None where the price is not known or nothing was said.
    due = models.BigIntegerField(_("terutang"), null=True)
    billed = models.BigIntegerField(_("dibukukan BPJS"), null=True)
    sheet = models.CharField(_("lembar"), max_length=60, blank=True)
    number = models.PositiveIntegerField(_("baris"), null=True)

    class Meta:
        verbose_name = _("orang dalam rekonsiliasi")
        verbose_name_plural = _("orang dalam rekonsiliasi")
        ordering = ["reconciliation", "match", "pk"]
        indexes = [models.Index(fields=["reconciliation", "match"], name="reconciledperson_match")]

    def __str__(self) -> str:
        return f"#{self.reconciliation_id}: {self.get_match_display()}"


class ReconciledPayment(models.Model):
    """One payment order (SP2D) that the bank's side shows for the month."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    reconciliation = models.ForeignKey(Reconciliation, models.CASCADE, related_name="payments")
    number = models.CharField(_("nomor"), max_length=80, blank=True)
    paid_on = models.DateField(_("tanggal"), null=True)
    amount = models.BigIntegerField(_("rupiah"))
    note = models.CharField(_("asal"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("pembayaran dalam rekonsiliasi")
        verbose_name_plural = _("pembayaran dalam rekonsiliasi")
        ordering = ["reconciliation", "paid_on", "pk"]

    def __str__(self) -> str:
        return f"#{self.reconciliation_id}: {self.number}"
