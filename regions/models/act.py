from typing import ClassVar

import pgtrigger
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.fields.json import KeyTransform
from django.utils.translation import gettext_lazy as _

from regions.enums import Verb


class Act(models.Model):
    """One human act in the ledger: who did what where, with a hash over all it says.

    At the end of its transaction the database gives it the next place in the tree (`Leaf`).

    No foreign keys: the ledger outlives what it speaks of.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset({"actor_name"})

    at = models.DateTimeField(_("waktu"))
    actor_id = models.BigIntegerField(_("nomor pengguna"), null=True)
    actor_name = models.CharField(_("pengguna"), max_length=150)
    verb = models.CharField(_("aktivitas"), max_length=20, choices=Verb.choices)
    region_code = models.CharField(_("kode wilayah"), max_length=13, blank=True)
    subject = models.CharField(_("yang dikerjakan"), max_length=200)
    detail = models.JSONField(_("rincian"), default=dict)
    salt = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = _("log aktivitas")
        verbose_name_plural = _("log aktivitas")
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["region_code", "-id"], name="act_region"),
            models.Index(fields=["verb", "-id"], name="act_verb"),
            models.Index(fields=["actor_name", "-id"], name="act_actor"),
            models.Index(fields=["at"], name="act_at"),
            # Who saw or took one person: asked of three kinds of acts among millions.
            GinIndex(fields=["detail"], opclasses=["jsonb_path_ops"], name="act_detail"),
            # What was done to one account.
            models.Index(KeyTransform("about", "detail"), name="act_about"),
        ]
        triggers = [pgtrigger.Protect(name="act_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.get_verb_display()} {self.subject}"
