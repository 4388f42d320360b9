"""Storing and correcting how many workers of a category live in a region."""

from collections.abc import Iterable, Sequence

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from participants.models import CategoryPopulation
from participants.selectors.workforce import official_workers
from regions.errors import Problem
from regions.number import grouped
from regions.services.fact import FactStore


class CategoryPopulationStore(FactStore[CategoryPopulation]):
    kind = CategoryPopulation.fact

    def problems(self, rows: Sequence[CategoryPopulation]) -> Iterable[Problem]:
        workers = official_workers({(row.region_id, row.year) for row in rows})
        for index, row in enumerate(rows):
            if row.year > localdate().year:
                yield Problem(
                    index,
                    "year",
                    _("Tahun ini belum tiba. Isi tahun berjalan atau tahun yang sudah lewat."),
                )
            if row.people < 0:
                yield Problem(index, "people", _("Jumlah pekerja tidak boleh kurang dari 0."))
            known = workers.get((row.region_id, row.year))
            if known is not None and row.people > known:
                yield Problem(
                    index,
                    "people",
                    _(
                        "%(people)s orang lebih dari seluruh pekerja wilayah ini (%(workers)s). "
                        "Periksa apakah kelebihan angka nol."
                    )
                    % {"people": grouped(row.people), "workers": grouped(known)},
                )


CATEGORY_POPULATIONS = CategoryPopulationStore()
record_category_populations = CATEGORY_POPULATIONS.record
correct_category_population = CATEGORY_POPULATIONS.correct
