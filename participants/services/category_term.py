"""Storing and correcting terms of categories."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from participants.models import CategoryTerm
from regions.errors import Problem
from regions.services.fact import FactStore


class CategoryTermStore(FactStore[CategoryTerm]):
    kind = CategoryTerm.fact

    def problems(self, rows: Sequence[CategoryTerm]) -> Iterable[Problem]:
        for index, row in enumerate(rows):
            if row.ends_on < row.starts_on:
                yield Problem(index, "ends_on", _("Tanggal berakhir mendahului tanggal mulai."))
            if not row.legal_basis and not row.document:
                yield Problem(
                    index,
                    "document",
                    _("Sebut keputusan atau dasar hukumnya, supaya masanya dapat ditelusuri."),
                )


CATEGORY_TERMS = CategoryTermStore()
record_category_terms = CATEGORY_TERMS.record
correct_category_term = CATEGORY_TERMS.correct
