from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _g
from django.utils.translation import gettext_lazy as _

from participants.forms.category_term import CategoryTermForm
from participants.models import CategoryTerm
from participants.selectors.category_term import list_category_terms
from participants.services.category_term import CATEGORY_TERMS
from regions.models import SourcedFact
from regions.views.fact import FactCorrectView, FactListView, FactPages, FactRecordView


class CategoryTermPages(FactPages):
    store = CATEGORY_TERMS
    form = CategoryTermForm
    title = _("Masa tugas kategori")

    def list_rows(self, region_code: str, month: Any) -> QuerySet[CategoryTerm]:
        return list_category_terms(self.request.user, region_code=region_code)

    def saved(self, row: SourcedFact) -> HttpResponse:
        """No figure is computed anew; whose cover ends is seen on the page of the endings."""
        messages.success(self.request, _g("Tersimpan."), extra_tags="stored")
        return redirect("cover_endings", row.region_id)


class CategoryTermList(CategoryTermPages, FactListView):
    template = "participants/category_term_list.html"
    sorted_by = {
        "kategori": ("category__name",),
        "mulai": ("starts_on",),
        "akhir": ("ends_on",),
    }
    searched = (*FactListView.searched, "category__name", "document", "legal_basis")


class CategoryTermRecord(CategoryTermPages, FactRecordView):
    pass


class CategoryTermCorrect(CategoryTermPages, FactCorrectView):
    pass
