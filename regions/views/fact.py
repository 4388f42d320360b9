"""The three pages that every kind of fact has: list, record, correct."""

from typing import Any, ClassVar

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from regions.access import require, require_anywhere, scope_of, within
from regions.errors import ChangedMeanwhile, FactRefused, OutsideScope
from regions.fact_kind import FactKind
from regions.forms.fact import FactForm
from regions.models import SourcedFact
from regions.models.region import common_code
from regions.month import parse_month
from regions.roles import Permission
from regions.search_words import every_word, may_be_of_a_person, words_of
from regions.selectors.fact import get_fact, list_history
from regions.selectors.region import list_entry_regions
from regions.services.fact import FactStore
from regions.signed_in import SignedInRequest, SignedInView
from regions.sorting import SortColumns, Sorting
from regions.views.fact_file import fact_cells, fact_header, related_names
from regions.views.table_file import asked_file, table_file

_PAGE = 50
_AT_ONCE = 2000
_MOST_WORDS = 60
# What every list can be ordered by.
_SORTED_BY: SortColumns = {
    "wilayah": ("region__name", "region__kind"),
    "sumber": ("source",),
    "dicatat": ("changed_at",),
}


class FactPages(SignedInView):
    """What the pages of one kind of fact know of it."""

    store: ClassVar[FactStore[Any]]
    form: ClassVar[type[FactForm[Any]]]
    title: ClassVar[Any]

    @property
    def kind(self) -> FactKind:
        return self.store.kind

    def list_rows(self, region_code: str, month: Any) -> QuerySet[Any]:
        raise NotImplementedError

    def page(self, **context: Any) -> dict[str, Any]:
        return {
            "title": self.title,
            "fact_kind": self.kind.name,
            "list_url": reverse(self.kind.url_name("list")),
            "record_url": reverse(self.kind.url_name("record")),
            "may_record": scope_of(self.request.user).holds_anywhere(self.kind.permission),
            **context,
        }

    def saved(self, row: SourcedFact) -> HttpResponse:
        """Back to the region's board, where the new figure will appear."""
        sentence = _("Tersimpan. Angka wilayah ini dihitung ulang dalam beberapa detik.")
        messages.success(self.request, sentence, extra_tags="stored")
        return redirect(f"{reverse('region_board', args=[row.region_id])}{self.period_query(row)}")

    def period_query(self, row: Any) -> str:
        return ""


class FactListView(FactPages):
    """Ordered by `sorted_by` too; `searched` are columns of words, none where a list has its own search."""

    template: ClassVar[str]
    sorted_by: ClassVar[SortColumns] = {}
    searched: ClassVar[tuple[str, ...]] = ("region__name", "source", "note")

    def get(self, request: SignedInRequest) -> HttpResponseBase:
        for needed in {self.kind.seen_with, self.kind.listed_with} - {Permission.VIEW_COVERAGE}:
            require_anywhere(request.user, needed)
        code = request.GET.get("wilayah", "")
        try:
            month = parse_month(request.GET.get("periode", ""))
        except ValueError:
            month = None
        columns = {**_SORTED_BY, **self.sorted_by}
        sort = Sorting.of(request.GET, columns)
        words = self._words()
        rows = sort.ordered(self.list_rows(code, month), columns).filter(every_word(words, *self.searched))
        if asked_file(request):
            return self._file(rows, code)
        page = Paginator(rows, _PAGE).get_page(request.GET.get("halaman"))
        query = request.GET.copy()
        query.pop("halaman", None)
        context = self.page(
            page=page,
            region_code=code,
            month=month,
            query=query.urlencode(),
            sort=sort,
            words=" ".join(words),
            is_searched=bool(self.searched),
            correctable=self._correctable(page.object_list),
        )
        return render(request, self.template, context)

    def _file(self, rows: QuerySet[Any], code: str) -> HttpResponseBase:
        """The list as it is asked for, all its pages."""
        told = rows.select_related(*related_names(self.kind))
        # Once more by the database: the rows themselves are read while they are written.
        codes = set(rows.order_by().values_list("region_id", flat=True).distinct())
        return table_file(
            self.request,
            name=slugify(self.title),
            subject=str(self.title),
            header=fact_header(self.kind),
            rows=fact_cells(self.kind, told.iterator(chunk_size=_AT_ONCE)),
            region_code=common_code(codes) if codes else code,
        )

    def _words(self) -> list[str]:
        """What is looked for in the columns of words; never the number of a person."""
        text = self.request.GET.get("cari", "")[:_MOST_WORDS] if self.searched else ""
        return [] if may_be_of_a_person(text) else words_of(text)

    def _correctable(self, rows: Any) -> set[int]:
        scope = scope_of(self.request.user)
        return {row.pk for row in rows if scope.holds(self.kind.permission, row.region_id)}


class FactRecordView(FactPages):
    template: ClassVar[str] = "regions/fact_form.html"

    def get(self, request: SignedInRequest) -> HttpResponse:
        require_anywhere(request.user, self.kind.permission)
        given = {name: value for name, value in request.GET.items() if name in self.form.base_fields}
        return self._show(self._form(initial=given))

    def post(self, request: SignedInRequest) -> HttpResponse:
        require_anywhere(request.user, self.kind.permission)
        form = self._form(request.POST)
        if form.is_valid():
            try:
                return self.saved(self.store.record([form.build()], by=request.user).rows[0])
            except FactRefused as refused:
                form.add_problems(refused.problems)
        return self._show(form, status=422)

    def _form(self, *args: Any, **kwargs: Any) -> FactForm[Any]:
        regions = list_entry_regions(self.request.user, self.kind.permission)
        return self.form(*args, regions=regions, **kwargs)

    def _show(self, form: FactForm[Any], status: int = 200) -> HttpResponse:
        return render(self.request, self.template, self.page(form=form), status=status)


class FactCorrectView(FactPages):
    template: ClassVar[str] = "regions/fact_form.html"

    def get(self, request: SignedInRequest, pk: int) -> HttpResponse:
        row = self._row(pk)
        return self._show(self._form(row), row)

    def post(self, request: SignedInRequest, pk: int) -> HttpResponse:
        row = self._row(pk)
        form = self._form(row, request.POST)
        meanwhile = None
        if form.is_valid():
            try:
                return self.saved(
                    self.store.correct(
                        pk=pk,
                        by=request.user,
                        revision=form.cleaned_data["revision"],
                        reason=form.cleaned_data["reason"],
                        new=form.corrected(),
                    )
                )
            except FactRefused as refused:
                form.add_problems(refused.problems)
            except ChangedMeanwhile as changed:
                meanwhile, form = changed.current, self._with_revision(row, changed.current)
        return self._show(form, row, meanwhile=meanwhile, status=409 if meanwhile else 422)

    def _row(self, pk: int) -> SourcedFact:
        row: SourcedFact | None = get_fact(self.kind.model, pk, self._seen())
        if row is None:
            raise OutsideScope(pk)
        require(self.request.user, self.kind.permission, row.region_id)
        return row

    def _seen(self) -> Q:
        return within(self.request.user, permission=self.kind.seen_with)

    def _form(self, row: SourcedFact, *args: Any) -> FactForm[Any]:
        regions = list_entry_regions(self.request.user, self.kind.permission)
        return self.form(*args, regions=regions, row=row)

    def _with_revision(self, row: SourcedFact, current: Any) -> FactForm[Any]:
        """The same typing again, now against the row as it is: sending it once more replaces it."""
        data = self.request.POST.copy()
        data["revision"] = str(current.revision)
        return self._form(row, data)

    def _show(
        self, form: FactForm[Any], row: SourcedFact, meanwhile: Any = None, status: int = 200
    ) -> HttpResponse:
        context = self.page(form=form, row=row, meanwhile=meanwhile, history=list_history(row))
        return render(self.request, self.template, context, status=status)
