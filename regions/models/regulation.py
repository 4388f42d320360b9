from datetime import date
from typing import ClassVar

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _

from regions.counted_months import MonthOf
from regions.enums import ReportKind
from regions.fact_kind import NEVER, FactKind
from regions.models.fact import SourcedFact
from regions.models.institution import Institution
from regions.models.region import NATION
from regions.regulation import DraftingStage, RegulationKind, RegulationRelation, RegulationStanding
from regions.roles import Permission


@pghistory.track(pghistory.UpdateEvent(row="OLD"), pghistory.DeleteEvent())
class Regulation(SourcedFact):
    """A law, an instruction or an agreement, from its first draft on.

    It holds for its region and all below it, whose people read it too, and enters no measure. `reference`
    tells rules apart: kind, number and year, or of a draft its title.
    """

    fact = FactKind(
        name="regulation",
        listed_with=Permission.VIEW_COVERAGE,
        reaches_down=True,
        key=("reference",),
        identified_by=("region", "kind"),
        values=(
            *("number", "year", "title", "issuer", "enacted_on", "promulgated_on"),
            *("valid_from", "valid_until", "institution_id"),
        ),
        derived=("reference",),
        permission=Permission.ENTER_REGULATION,
        report=ReportKind.HEADCOUNTS,
        first=MonthOf("as_of"),
        last=MonthOf("as_of"),
        counts=NEVER,
        named=("kind", "number", "year", "title"),
    )

    reference = models.CharField(_("rujukan"), max_length=250, unique=True, editable=False)
    kind = models.CharField(_("jenis"), max_length=12, choices=RegulationKind.choices)
    number = models.CharField(_("nomor"), max_length=60, blank=True)
    year = models.PositiveSmallIntegerField(_("tahun"))
    title = models.CharField(_("tentang"), max_length=300)
    issuer = models.CharField(_("penerbit"), max_length=120, blank=True)
    enacted_on = models.DateField(_("ditetapkan"), null=True, blank=True)
    promulgated_on = models.DateField(_("diundangkan"), null=True, blank=True)
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    # The first day on which it holds no more.
    valid_until = models.DateField(_("berakhir sejak"), null=True, blank=True)
    institution = models.ForeignKey(
        Institution,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("pemrakarsa"),
    )

    class Meta:
        verbose_name = _("regulasi")
        verbose_name_plural = _("regulasi")
        ordering = ["-year", "kind", "number", "pk"]
        indexes = [models.Index(fields=["region", "kind"], name="regulation_region_kind")]
        constraints = [
            models.CheckConstraint(
                name="regulation_days",
                condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_from__lt=F("valid_until")),
            ),
        ]

    def __str__(self) -> str:
        return self.cited

    @property
    def is_draft(self) -> bool:
        """Before it has a number or a day of its own; what has a number and no day is of unknown day."""
        return not (self.number or self.enacted_on or self.promulgated_on or self.valid_from)

    @property
    def is_instruction(self) -> bool:
        return RegulationKind(self.kind).is_instruction

    @property
    def begins_on(self) -> date | None:
        return self.valid_from or self.promulgated_on or self.enacted_on

    def standing_on(self, day: date, repealed_on: date | None) -> RegulationStanding:
        """The same in Python as `with_standing` says in the database."""
        if self.is_draft:
            return RegulationStanding.DRAFT
        if self.valid_until and self.valid_until <= day:
            return RegulationStanding.ENDED
        if repealed_on and repealed_on <= day:
            return RegulationStanding.REPEALED
        if self.begins_on and self.begins_on > day:
            return RegulationStanding.SET
        return RegulationStanding.IN_FORCE

    @property
    def cited(self) -> str:
        """`Inpres 2/2021`, `SE Mendagri 842.2/5193/SJ`, `Perwal Cilegon 41/2024`; a draft by its title."""
        who = self.issuer or ("" if self.region_id == NATION else self.region.name)
        name = " ".join(part for part in (str(RegulationKind(self.kind).short), who) if part)
        if self.is_draft:
            return gettext("Rancangan %(name)s tentang %(title)s") % {"name": name, "title": self.title}
        if not self.number:
            return f"{name} {self.year}"
        return f"{name} {self.number}/{self.year}" if self.number.isdecimal() else f"{name} {self.number}"

    def settled_reference(self) -> str:
        """What it is told apart by; the same rule recorded twice is one."""
        with override("id"):
            named = self.number or f"rancangan:{self.title}"
        place = f"{self.region_id}:{self.kind}:{self.issuer}:{self.year}:{named}"
        return " ".join(place.casefold().split())[:250]


class RegulationLink(models.Model):
    """How one rule stands to another: it carries it out, amends or repeals it. Never in a circle."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    regulation = models.ForeignKey(
        Regulation, models.CASCADE, related_name="links", verbose_name=_("regulasi")
    )
    relation = models.CharField(_("hubungan"), max_length=8, choices=RegulationRelation.choices)
    other = models.ForeignKey(
        Regulation, models.PROTECT, related_name="links_here", verbose_name=_("regulasi lain")
    )

    class Meta:
        verbose_name = _("hubungan regulasi")
        verbose_name_plural = _("hubungan regulasi")
        ordering = ["relation", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["regulation", "relation", "other"], name="regulationlink_once"),
            models.CheckConstraint(name="regulationlink_not_itself", condition=~Q(regulation=F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.regulation_id} {self.relation} {self.other_id}"


class RegulationStage(models.Model):
    """A stage of a draft: when it is to be done and by whom, and when it was."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    regulation = models.ForeignKey(
        Regulation, models.CASCADE, related_name="stages", verbose_name=_("regulasi")
    )
    stage = models.CharField(_("tahap"), max_length=13, choices=DraftingStage.choices)
    planned_on = models.DateField(_("rencana"), null=True, blank=True)
    # Of the last two stages the rule's own days tell.
    done_on = models.DateField(_("selesai"), null=True, blank=True)
    owner = models.CharField(_("penanggung jawab"), max_length=150, blank=True)

    class Meta:
        verbose_name = _("tahap penyusunan")
        verbose_name_plural = _("tahap penyusunan")
        ordering = ["regulation", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["regulation", "stage"], name="regulationstage_once"),
            models.CheckConstraint(
                name="regulationstage_own_days",
                condition=Q(done_on=None) | ~Q(stage__in=[DraftingStage.ENACTED, DraftingStage.PROMULGATED]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.regulation_id} {self.stage}"


class AddresseeCount(models.Model):
    """How many of a kind of addressee a source says an instruction has; sources may differ, all are kept."""

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    regulation = models.ForeignKey(
        Regulation, models.CASCADE, related_name="addressee_counts", verbose_name=_("regulasi")
    )
    addressee = models.CharField(_("penerima instruksi"), max_length=150)
    # Which kind of addressee of the register it can be held against; empty for none.
    kind = models.CharField(_("jenis"), max_length=10, blank=True)
    count = models.PositiveIntegerField(_("jumlah"))
    as_of = models.DateField(_("per tanggal"))
    source = models.CharField(_("sumber"), max_length=250)
    source_url = models.URLField(_("alamat sumber"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("jumlah penerima instruksi")
        verbose_name_plural = _("jumlah penerima instruksi")
        ordering = ["regulation", "source", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["regulation", "addressee", "source"], name="addresseecount_once"),
        ]

    def __str__(self) -> str:
        return f"{self.addressee}: {self.count}"
