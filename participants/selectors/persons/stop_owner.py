"""Who has to do something so that a person's way from proposed to active goes on."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _

from participants.enums import Stop, StopOwner
from regions.models import Institution, Region
from regions.selectors.office import branches_of

_OWNER = {
    Stop.NIK: StopOwner.INSTITUTION,
    Stop.ROW: StopOwner.INSTITUTION,
    Stop.APPROVAL: StopOwner.OPERATOR,
    Stop.OUT: StopOwner.NOBODY,
    # A list is sent to be matched by who keeps it; what does not match only its sender can mend.
    Stop.UNMATCHED: StopOwner.OPERATOR,
    Stop.DECEASED: StopOwner.OPERATOR,
    Stop.MISMATCHED: StopOwner.INSTITUTION,
    Stop.DOUBLE: StopOwner.OPERATOR,
    Stop.UNREGISTERED: StopOwner.BRANCH,
    Stop.PROPOSED: StopOwner.OPERATOR,
    Stop.PARTIAL: StopOwner.OPERATOR,
    Stop.ACTIVE: StopOwner.NOBODY,
}


class Whose(NamedTuple):
    """What decides whose task a person is; `sender` is the institution whose list named them, or empty."""

    stop: Stop
    region: str
    sender: str

    @property
    def owner(self) -> StopOwner:
        """Without an institution that sent the list it is the operator who has to ask for the data."""
        owner = _OWNER[self.stop]
        return StopOwner.OPERATOR if owner is StopOwner.INSTITUTION and not self.sender else owner


@dataclass(frozen=True)
class Owners:
    """Names of those who have to act, fetched once for many persons."""

    institutions: dict[str, str]
    regions: dict[str, str]
    branches: dict[str, list[str]]

    @classmethod
    def of(cls, tasks: Iterable[Whose]) -> "Owners":
        known = set(tasks)
        senders = {one.sender for one in known if one.owner is StopOwner.INSTITUTION}
        places = {one.region for one in known if one.owner in {StopOwner.OPERATOR, StopOwner.BRANCH}}
        registering = {one.region for one in known if one.owner is StopOwner.BRANCH}
        return cls(
            dict(Institution.objects.filter(pk__in=senders).values_list("pk", "name")) if senders else {},
            {one.pk: one.full_label for one in Region.objects.filter(pk__in=places)} if places else {},
            branches_of(registering) if registering else {},
        )

    def name(self, one: Whose) -> str:
        if one.owner is StopOwner.INSTITUTION:
            return self.institutions[one.sender]
        if one.owner is StopOwner.OPERATOR:
            return _("Operator %(region)s") % {"region": self.regions[one.region]}
        if one.owner is StopOwner.NOBODY:
            return ""
        branches = self.branches.get(one.region)
        if branches:
            return " / ".join(branches)
        return _("Kantor Cabang BPJS Ketenagakerjaan untuk %(region)s") % {"region": self.regions[one.region]}
