"""Storing and correcting targets of people per category."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from participants.models import CategoryTarget
from participants.selectors.workforce import official_workers
from regions.errors import Problem
from regions.number import grouped
from regions.services.fact import FactStore


class CategoryTargetStore(FactStore[CategoryTarget]):
    kind = CategoryTarget.fact

    def problems(self, rows: Sequence[CategoryTarget]) -> Iterable[Problem]:
        workers = official_workers({(row.region_id, row.year) for row in rows})
        for index, row in enumerate(rows):
            if row.people <= 0:
                yield Problem(index, "people", _("Target harus lebih dari 0 orang."))
            eligible = workers.get((row.region_id, row.year))
            if eligible is not None and row.people > eligible:
                yield Problem(
                    index,
                    "people",
                    _(
                        "%(people)s orang lebih dari seluruh pekerja wilayah ini (%(workers)s). "
                        "Periksa apakah kelebihan angka nol."
                    )
                    % {"people": grouped(row.people), "workers": grouped(eligible)},
                )


CATEGORY_TARGETS = CategoryTargetStore()
record_category_targets = CATEGORY_TARGETS.record
correct_category_target = CATEGORY_TARGETS.correct
