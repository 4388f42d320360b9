from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.head import PRINTED_DIGITS


class Leaf(models.Model):
    """At which place of the tree an act stands, in the order of committing.

    Written by a trigger of the database at the end of the transaction that recorded the act, never by the
    application: its role may only read here.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    position = models.BigIntegerField(_("tempat"), primary_key=True)
    # No foreign key: what is missing here or there is for the check to tell, not for a cascade to mend.
    act_id = models.BigIntegerField(_("nomor catatan"), unique=True)
    chain = models.CharField(_("rantai"), max_length=64)

    class Meta:
        verbose_name = _("daun pohon catatan")
        verbose_name_plural = _("daun pohon catatan")

    def __str__(self) -> str:
        return f"{self.position}: {self.act_id}"


class TreeNode(models.Model):
    """The hash of 2^level neighbouring leaves, once all of them are there; numbered as `Subtree.number`."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    number = models.BigIntegerField(_("nomor"), primary_key=True)
    hash = models.BinaryField(_("nilai hash"), max_length=32)

    class Meta:
        verbose_name = _("simpul pohon catatan")
        verbose_name_plural = _("simpul pohon catatan")

    def __str__(self) -> str:
        return str(self.number)


class Checkpoint(models.Model):
    """A signed head of the ledger; the same note stands in a file outside the database."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    at = models.DateTimeField(_("waktu"))
    size = models.BigIntegerField(_("banyak catatan"))
    root = models.CharField(_("akar"), max_length=64)
    note = models.TextField(_("catatan bertanda tangan"))

    class Meta:
        verbose_name = _("segel log aktivitas")
        verbose_name_plural = _("segel log aktivitas")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.size}-{self.root[:PRINTED_DIGITS]}"


class LedgerCheck(models.Model):
    """What the nightly check of the whole ledger found."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    at = models.DateTimeField(_("waktu"))
    acts = models.BigIntegerField(_("banyak catatan"))
    # Sentences; none where everything fits.
    faults = models.JSONField(_("yang tidak sesuai"), default=list)

    class Meta:
        verbose_name = _("pemeriksaan catatan")
        verbose_name_plural = _("pemeriksaan catatan")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d} {self.acts}"
