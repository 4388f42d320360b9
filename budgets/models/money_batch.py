from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from budgets.enums import CommaMeaning, MoneyKind
from participants.enums import BatchState, RowState
from regions.models import Region, User, WaitingWork

MONEY_AT_WORK = (BatchState.WAITING, BatchState.READING)


class MoneyBatch(WaitingWork):
    """A file of contributions, claims, allocations, bills, employers or projects, and what was made of it.

    Its region is the top of all places its rows may speak of: who sees the region sees the batch.
    """

    # The file may hold columns with names that nobody asked for.
    personal_fields: ClassVar[frozenset[str]] = frozenset({"content_sealed"})
    sealed_columns: ClassVar[dict[str, str | None]] = {"content_sealed": None}

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    kind = models.CharField(_("isi"), max_length=15, choices=MoneyKind.choices)
    source = models.CharField(_("sumber"), max_length=150)
    as_of = models.DateField(_("per tanggal"))
    file_name = models.CharField(_("nama berkas"), max_length=80)
    sha256 = models.CharField(_("nilai hash berkas"), max_length=64)
    size = models.PositiveBigIntegerField(_("ukuran"))
    content_sealed = models.BinaryField(_("isi tersandi"))
    # Sheet → list of [field or empty text, index of the column, title].
    columns = models.JSONField(_("kolom"), default=dict)
    # Numbers like a NIK that were not read, and rows that the file hides: as NikLedger.as_json.
    balance = models.JSONField(_("neraca"), default=dict)
    state = models.CharField(_("status"), max_length=10, choices=BatchState.choices)
    # What somebody answered of amounts such as 1,234.
    comma = models.CharField(_("arti koma"), max_length=10, choices=CommaMeaning.choices, blank=True)
    refusal = models.CharField(_("sebab ditolak"), max_length=1000, blank=True)
    counts = models.JSONField(_("hasil"), default=dict)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("dikirim oleh"))
    entered_at = models.DateTimeField(_("dikirim pada"), auto_now_add=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("disetujui oleh")
    )
    stored_at = models.DateTimeField(_("disimpan pada"), null=True)
    undone_at = models.DateTimeField(_("ditarik pada"), null=True)

    class Meta:
        verbose_name = _("berkas keuangan")
        verbose_name_plural = _("berkas keuangan")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"#{self.pk} {self.file_name}"

    @property
    def is_at_work(self) -> bool:
        return self.state in MONEY_AT_WORK

    @property
    def good(self) -> int:
        """Rows that are stored on confirmation, and those that say what is stored already."""
        return sum(self.counts.get(state, 0) for state in (RowState.NEW, RowState.CHANGED, RowState.SAME))

    @property
    def to_store(self) -> int:
        return sum(self.counts.get(state, 0) for state in (RowState.NEW, RowState.CHANGED))

    @property
    def refused(self) -> int:
        return int(self.counts.get(RowState.REFUSED, 0))


class MoneyRow(models.Model):
    """One row of such a file: what its cells said, what they mean, and the fact it became."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    batch = models.ForeignKey(MoneyBatch, models.CASCADE, related_name="rows", db_index=False)
    sheet = models.CharField(_("lembar"), max_length=60, blank=True)
    number = models.PositiveIntegerField(_("baris"))
    state = models.CharField(_("status"), max_length=8, choices=RowState.choices)
    # Field → the text of its cell; only columns that were understood are kept.
    cells = models.JSONField(_("isi"), default=dict)
    # Column of the fact → what the row says of it; columns about which it is silent are not there.
    told = models.JSONField(_("terbaca"), default=dict)
    # List of [field, sentence].
    faults = models.JSONField(_("kesalahan"), default=list)
    fact_pk = models.BigIntegerField(_("nomor fakta"), null=True)
    # What the row replaced, for undoing, and the revision that it made.
    before = models.JSONField(_("sebelumnya"), null=True)
    revision = models.PositiveIntegerField(_("revisi"), null=True)

    class Meta:
        verbose_name = _("baris berkas keuangan")
        verbose_name_plural = _("baris berkas keuangan")
        ordering = ["batch", "pk"]
        constraints = [models.UniqueConstraint(fields=["batch", "sheet", "number"], name="moneyrow_once")]
        indexes = [models.Index(fields=["fact_pk"], condition=Q(fact_pk__isnull=False), name="moneyrow_fact")]

    def __str__(self) -> str:
        return f"#{self.batch_id} {self.sheet} {self.number}"
