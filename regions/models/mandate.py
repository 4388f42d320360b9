from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from regions.enums import Acting
from regions.models.institution import Institution
from regions.models.office import Office
from regions.models.region import Region
from regions.roles import Role


class Mandate(models.Model):
    """A role at a region or an office, as it is held or as an invitation promises it.

    The institution says where the person works. It limits what they see and enter where `is_bound` says so:
    to lists and persons that the institution sends or pays for.
    """

    personal_fields: ClassVar[frozenset[str]] = frozenset()

    role = models.CharField(_("peran"), max_length=20, choices=Role.choices)
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("wilayah")
    )
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("kantor")
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("lembaga")
    )
    is_bound = models.BooleanField(_("hanya lembaga ini"), default=False)
    title = models.CharField(_("jabatan"), max_length=120, blank=True)
    acting = models.CharField(_("sebagai"), max_length=3, choices=Acting.choices, blank=True)
    reason = models.CharField(_("alasan"), max_length=250, blank=True)
    valid_until = models.DateField(_("berlaku sebelum tanggal"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def place(self) -> str:
        """Where the role is held, in words."""
        return self.region.full_label if self.region else str(self.office or "")

    @property
    def role_words(self) -> str:
        """`Plt. Kepala Cabang`: the role, with how it is held."""
        return f"{_short(self.acting)}{Role(self.role).label}" if self.role in Role.values else self.role

    def codes_today_and_later(self) -> frozenset[str]:
        """For whoever gives or ends it: what an office is to serve later counts as well."""
        if self.region_id:
            return frozenset({self.region_id})
        if self.office is None:
            return frozenset()
        today = localdate()
        return frozenset(
            coverage.region_id
            for coverage in self.office.coverages.all()
            if coverage.valid_until is None or today < coverage.valid_until
        )


# Only who enters is bound to an institution; whoever checks or plans looks at all of a place.
BOUND_IS_TO_AN_INSTITUTION = Q(is_bound=False) | Q(role=Role.OPERATOR, institution__isnull=False)
# Whoever acts for another does so for a time and for a reason.
ACTING_IS_LIMITED = Q(acting="") | Q(valid_until__isnull=False) & ~Q(reason="")


def _short(acting: str) -> str:
    return f"{acting.capitalize()}. " if acting else ""
