from typing import ClassVar

import pghistory
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _

from participants.enums import MatchResult
from participants.models.batch import Batch
from participants.models.person_details import PersonDetails
from participants.nik import Nik, mask_phone
from participants.person_columns import further_columns
from regions.cipher import unseal
from regions.models import Region, User


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class Participant(PersonDetails):
    """A person as one regency knows them; the same NIK elsewhere is another row with an equal digest.

    One regency never sees what another wrote of a person; both are found to be one by the digest.
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
        }
    )

    # Region and recorder come from a batch that the database guards, see Enrolment.
    region = models.ForeignKey(
        Region,
        models.PROTECT,
        related_name="+",
        verbose_name=_("wilayah"),
        db_constraint=False,
        db_index=False,
    )
    nik_digest = models.BinaryField(_("sidik NIK"), max_length=32)
    nik_sealed = models.BinaryField(_("NIK tersandi"))
    kpj_digest = models.BinaryField(_("sidik KPJ"), max_length=32, null=True)
    kpj_sealed = models.BinaryField(_("KPJ tersandi"), null=True)
    phone_digest = models.BinaryField(_("sidik telepon"), max_length=32, null=True)
    phone_sealed = models.BinaryField(_("telepon tersandi"), null=True)
    name = models.CharField(_("nama"), max_length=120)
    match_result = models.CharField(
        _("hasil pemadanan"), max_length=15, choices=MatchResult.choices, blank=True
    )
    matched_on = models.DateField(_("tanggal pemadanan"), null=True)
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        related_name="merged",
        db_index=False,
        verbose_name=_("digabung ke"),
    )
    # The batch that first named the person; taken back with it unless somebody else named them since.
    batch = models.ForeignKey(
        Batch,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("unggahan"),
        db_constraint=False,
        db_index=False,
    )
    entered_by = models.ForeignKey(
        User,
        models.PROTECT,
        related_name="+",
        verbose_name=_("dicatat oleh"),
        db_constraint=False,
        db_index=False,
    )
    entered_at = models.DateTimeField(_("dicatat pada"), auto_now_add=True)
    changed_at = models.DateTimeField(_("diubah pada"), auto_now=True)
    revision = models.PositiveIntegerField(_("revisi"), default=1)

    class Meta:
        verbose_name = _("peserta")
        verbose_name_plural = _("peserta")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["nik_digest", "region"], name="participant_once_per_region"),
            models.CheckConstraint(
                name="participant_not_merged_into_itself",
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
            ),
            models.CheckConstraint(
                name="participant_kpj_pair",
                condition=Q(kpj_digest=None, kpj_sealed=None)
                | Q(kpj_digest__isnull=False, kpj_sealed__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["region", "birth_date"], name="participant_born"),
            # Any part of a name, as searches by name compare it.
            GinIndex(OpClass(Upper("name"), name="gin_trgm_ops"), name="participant_name_part"),
            models.Index(
                # Counting reads all that were merged, without going to their rows.
                fields=["merged_into"],
                include=["id"],
                condition=Q(merged_into__isnull=False),
                name="participant_merged",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def nik(self) -> Nik:
        """The NIK opened; it shows itself masked."""
        return Nik(unseal(self.nik_sealed))

    @property
    def kpj(self) -> str:
        return unseal(self.kpj_sealed) if self.kpj_sealed else ""

    @property
    def masked_kpj(self) -> str:
        kpj = self.kpj
        return f"{kpj[:2]}{'*' * (len(kpj) - 5)}{kpj[-3:]}" if kpj else ""

    @property
    def phone(self) -> str:
        return unseal(self.phone_sealed) if self.phone_sealed else ""

    @property
    def further_details(self) -> list[tuple[str, str]]:
        """Label and text of the columns for which the page of a person has no place of their own."""
        return [(str(one.label).capitalize(), one.text_of(self)) for one in further_columns()]

    @property
    def masked_phone(self) -> str:
        return mask_phone(self.phone)
