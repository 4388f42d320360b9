from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from participants.enums import BatchState, Programme, Remedy, RowState, Segment
from participants.models.category import Category
from participants.models.funding_source import FundingSource
from participants.models.person_details import PersonDetails
from regions.enums import Origin
from regions.models import Institution, Region, Regulation, User, WaitingWork


class Batch(WaitingWork):
    """Rows about persons that came together: a file of a hundred thousand, or one line of a form.

    The terms (category, source of funds, months) hold for all its rows. It is also the record of the
    work on it: who reads this row sees how far a worker has come and whether one still lives.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    category = models.ForeignKey(Category, models.PROTECT, related_name="+", verbose_name=_("kategori"))
    funding = models.ForeignKey(
        FundingSource, models.PROTECT, related_name="+", verbose_name=_("sumber dana")
    )
    segment = models.CharField(_("segmen"), max_length=5, choices=Segment.choices)
    programmes = ArrayField(
        models.CharField(max_length=3, choices=Programme.choices), verbose_name=_("program")
    )
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lembaga pengirim"),
    )
    # Of all rows that name no payer of their own.
    payer = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("lembaga pembayar"),
    )
    # The decree or rule on which all its rows rest.
    basis = models.ForeignKey(
        Regulation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("dasar hukum"),
    )
    first_month = models.DateField(_("bulan pertama"))
    last_month = models.DateField(_("bulan terakhir"), null=True, blank=True)
    is_proposal = models.BooleanField(_("usulan"), default=False)
    source = models.CharField(_("sumber"), max_length=250)
    as_of = models.DateField(_("per tanggal"))
    origin = models.CharField(_("masuk lewat"), max_length=10, choices=Origin.choices)

    file_name = models.CharField(_("nama berkas"), max_length=150, blank=True)
    sha256 = models.CharField(_("nilai hash berkas"), max_length=64, blank=True)
    size = models.PositiveBigIntegerField(_("ukuran"), default=0)
    # Sheet → list of [field, index of the column, title], as the header was understood.
    columns = models.JSONField(_("kolom"), default=dict)
    # List of [name, hidden]: what the file offers; read are the chosen ones, or all that are not hidden.
    sheets = models.JSONField(_("lembar"), default=list)
    # Title as written → field, where a person said what a column is.
    titles = models.JSONField(_("judul kolom"), default=dict)
    chosen_sheets = ArrayField(
        models.CharField(max_length=60), verbose_name=_("lembar yang dibaca"), default=list
    )

    state = models.CharField(_("status"), max_length=10, choices=BatchState.choices)
    done = models.PositiveIntegerField(_("selesai"), default=0)
    total = models.PositiveIntegerField(_("seluruhnya"), default=0)
    # Which version of the reader laid the rows down; an equal file read by the same need not be read again.
    reader = models.PositiveSmallIntegerField(_("versi pembaca"), default=0)
    cancel_asked = models.BooleanField(_("minta batal"), default=False)
    refusal = models.CharField(_("sebab ditolak"), max_length=400, blank=True)
    # What opens a refused file: its password, or unpacking the lists that it holds.
    remedy = models.CharField(_("cara membuka"), max_length=10, choices=Remedy.choices, blank=True)
    inside = models.JSONField(_("daftar di dalam berkas"), default=list)
    # The account of all numbers of the file: `numbered` rows that bear one, `left_out` those not read.
    balance = models.JSONField(_("neraca nomor"), default=dict)
    # State of a row → how many; reason of a warning → how many. Of the dry run, then of what was stored.
    counts = models.JSONField(_("hasil"), default=dict)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("dikirim oleh"))
    entered_at = models.DateTimeField(_("dikirim pada"), auto_now_add=True)
    confirmed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("disetujui oleh")
    )
    stored_at = models.DateTimeField(_("disimpan pada"), null=True)
    undone_at = models.DateTimeField(_("ditarik pada"), null=True)
    # The list whose unmended rows these are, since their month was locked; it keeps the file.
    carried_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="carried", verbose_name=_("dibawa dari")
    )

    class Meta:
        verbose_name = _("unggahan daftar peserta")
        verbose_name_plural = _("unggahan daftar peserta")
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                name="batch_months",
                condition=Q(first_month__day=1)
                & (Q(last_month=None) | Q(last_month__day=1, last_month__gte=F("first_month"))),
            ),
        ]
        indexes = [
            models.Index(fields=["region", "-id"], name="batch_region"),
            models.Index(
                fields=["id"],
                condition=Q(state__in=["waiting", "reading", "confirmed", "storing"]),
                name="batch_at_work",
            ),
        ]

    def __str__(self) -> str:
        return self.file_name or str(self.category)

    @property
    def file_batch(self) -> int:
        """The list that keeps the file."""
        return self.carried_from_id or self.pk

    @property
    def good(self) -> int:
        """Rows that are or would be facts."""
        counts = self.counts.get("state", {})
        return sum(counts.get(state, 0) for state in (RowState.NEW, RowState.CHANGED, RowState.SAME))

    @property
    def parked(self) -> int:
        """Rows that wait to be mended."""
        return int(self.counts.get("state", {}).get(RowState.REFUSED, 0))


class BatchFile(models.Model):
    """The file itself, sealed, so that any number's source can be shown and the marked copy made."""

    personal_fields: ClassVar[frozenset[str]] = frozenset({"content_sealed"})

    batch = models.OneToOneField(Batch, models.CASCADE, primary_key=True, related_name="file")
    content_sealed = models.BinaryField(_("isi tersandi"))

    class Meta:
        verbose_name = _("berkas unggahan")
        verbose_name_plural = _("berkas unggahan")

    def __str__(self) -> str:
        return f"#{self.batch_id}"


class BatchRow(PersonDetails):
    """One row of a batch as it was read, what was made of it, and what it replaced.

    Refused rows keep their cells, sealed, until somebody mends them here or in the file.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset(
        {
            "nik_digest",
            "nik_sealed",
            "kpj_digest",
            "kpj_sealed",
            "phone_digest",
            "phone_sealed",
            "name",
            "birth_place",
            "birth_date",
            "sex",
            "address",
            "extra",
            "extra_sealed",
            "cells_sealed",
            "payer_name",
            "before",
        }
    )

    # A hundred thousand rows at once: the batch is there, the writer of its rows holds it locked.
    batch = models.ForeignKey(Batch, models.CASCADE, related_name="rows", db_constraint=False, db_index=False)
    sheet = models.CharField(_("lembar"), max_length=60, blank=True)
    number = models.PositiveIntegerField(_("baris"))
    # Tables of one sheet: side by side a row of the sheet holds several persons.
    block = models.PositiveSmallIntegerField(_("tabel"), default=0, db_default=0)
    state = models.CharField(_("status"), max_length=8, choices=RowState.choices)
    reasons = ArrayField(models.CharField(max_length=40), verbose_name=_("sebab"), default=list)
    # The words of the file that ask something of an officer; empty where nothing is asked.
    asked = models.CharField(_("kata yang ditanyakan"), max_length=60, blank=True, db_default="")
    doubts = ArrayField(models.CharField(max_length=40), verbose_name=_("keraguan"), default=list)
    nik_digest = models.BinaryField(null=True)
    nik_sealed = models.BinaryField(null=True)
    kpj_digest = models.BinaryField(null=True)
    kpj_sealed = models.BinaryField(null=True)
    phone_digest = models.BinaryField(null=True)
    phone_sealed = models.BinaryField(null=True)
    name = models.CharField(_("nama"), max_length=120, blank=True)
    # The payer as the row names it, and the institution of that name.
    payer_name = models.CharField(_("pembayar"), max_length=150, blank=True, db_default="")
    payer = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("lembaga pembayar"),
        db_constraint=False,
        db_index=False,
    )
    # Fields whose cell holds the word HAPUS: they are emptied, while blank cells leave things alone.
    erased = ArrayField(models.CharField(max_length=20), verbose_name=_("dihapus"), default=list)
    cells_sealed = models.BinaryField(_("isi baris tersandi"), null=True)
    # What the row replaced, for undoing: columns of the person, and of the spell that was widened.
    before = models.JSONField(_("sebelumnya"), null=True)

    class Meta:
        verbose_name = _("baris unggahan")
        verbose_name_plural = _("baris unggahan")
        ordering = ["batch", "sheet", "number"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "number", "sheet", "block"], name="batchrow_once")
        ]

    def __str__(self) -> str:
        return f"#{self.batch_id} {self.sheet} {self.number}"


class TitleMemory(models.Model):
    """What an institution calls a column in its own lists, as somebody once explained it."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, related_name="+", verbose_name=_("lembaga")
    )
    title = models.CharField(_("judul kolom"), max_length=60)
    field = models.CharField(_("isi"), max_length=20)
    entered_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("dicatat oleh"))
    entered_at = models.DateTimeField(_("dicatat pada"), auto_now=True)

    class Meta:
        verbose_name = _("judul kolom yang diingat")
        verbose_name_plural = _("judul kolom yang diingat")
        constraints = [
            models.UniqueConstraint(
                fields=["region", "institution", "title"], nulls_distinct=False, name="titlememory_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} → {self.field}"
