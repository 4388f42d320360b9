"""Storing and correcting coverage targets."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from participants.models import Target
from regions.errors import Problem
from regions.services.fact import FactStore


class TargetStore(FactStore[Target]):
    kind = Target.fact

    def problems(self, rows: Sequence[Target]) -> Iterable[Problem]:
        for index, row in enumerate(rows):
            if not 0 < row.percent <= 100:
                yield Problem(index, "percent", _("Target UCJ harus di atas 0 sampai 100 persen."))


TARGETS = TargetStore()
record_targets = TARGETS.record
correct_target = TARGETS.correct
