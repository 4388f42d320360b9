from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from budgets.enums import BalanceBasis
from participants.enums import Segment
from participants.models.programme_rule import ProgrammeRule
from regions.models import User
from reports.enums import DefinitionState


class CoverageDefinition(ProgrammeRule):
    """What counts as covered from a month on, and which balance is the official one.

    No formula of UCJ is laid down by law, so ours is dated. A definition is proposed by one person and
    decided on by another; only those in force count.
    """

    code = models.SlugField(_("kode"), max_length=30, unique=True)
    label = models.CharField(_("nama"), max_length=150)
    segments = ArrayField(
        models.CharField(max_length=5, choices=Segment.choices),
        verbose_name=_("segmen yang dihitung"),
    )
    # Tells which of the balances counted is meant when none is named; it changes no figure.
    balance_basis = models.CharField(
        _("basis saldo resmi"),
        max_length=30,
        choices=BalanceBasis.choices,
        default=BalanceBasis.CASH,
    )
    legal_source = models.CharField(_("dasar hukum"), max_length=300)
    state = models.CharField(
        _("status"),
        max_length=8,
        choices=DefinitionState.choices,
        default=DefinitionState.PROPOSED,
    )
    reason = models.CharField(_("alasan"), max_length=500, blank=True)
    # Empty for what the application starts with.
    proposed_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("diusulkan oleh")
    )
    proposed_at = models.DateTimeField(_("diusulkan pada"), null=True)
    decided_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", verbose_name=_("diputuskan oleh")
    )
    decided_at = models.DateTimeField(_("diputuskan pada"), null=True)
    answer = models.CharField(_("jawaban"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("definisi cakupan")
        verbose_name_plural = _("definisi cakupan")
        ordering = ["valid_from"]
        constraints = [
            models.CheckConstraint(
                name="coveragedefinition_some_programme", condition=Q(programmes__len__gt=0)
            ),
            models.UniqueConstraint(
                fields=["valid_from"],
                condition=Q(state=DefinitionState.IN_FORCE),
                name="coveragedefinition_one_from_a_day",
            ),
            models.CheckConstraint(name="coveragedefinition_first_of_month", condition=Q(valid_from__day=1)),
            models.CheckConstraint(
                name="coveragedefinition_four_eyes",
                condition=Q(decided_by=None) | ~Q(decided_by=F("proposed_by")),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @classmethod
    def in_force(cls) -> models.QuerySet["CoverageDefinition"]:
        return cls._default_manager.filter(state=DefinitionState.IN_FORCE).order_by("valid_from")

    @property
    def is_proposed(self) -> bool:
        return self.state == DefinitionState.PROPOSED
