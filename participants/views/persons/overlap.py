from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from participants.enums import ReadPage
from participants.selectors.persons.overlap import get_categories, get_overlaps, list_overlapping, spells_of
from participants.services.persons.reading import note_reading
from participants.views.asked import asked
from regions.signed_in import SignedInRequest

_PAGE = 50


@require_safe
def overlap_matrix(request: SignedInRequest) -> HttpResponse:
    """How many persons are in two categories at once, and where that is expected."""
    context = asked(request)
    context["overlaps"] = get_overlaps(request.user, context["region"].pk, context["month"])
    return render(request, "participants/overlap_matrix.html", context)


@require_safe
def overlap_persons(request: SignedInRequest) -> HttpResponse:
    """The persons behind one cell of the matrix."""
    context = asked(request)
    categories = get_categories(request.GET.getlist("kategori"))
    if len(categories) != 2:
        raise Http404
    at = (context["region"].pk, context["month"])
    people = list_overlapping(request.user, *at, [category.pk for category in categories])
    page = Paginator(people, _PAGE).get_page(request.GET.get("halaman"))
    spells = spells_of(page.object_list, *at)
    rows = [(person, spells[person.pk]) for person in page]
    seen = [person.pk for person, _spells in rows]
    note_reading(by=request.user, page=ReadPage.OVERLAPS, region_code=at[0], persons=seen)
    query = request.GET.copy()
    query.pop("halaman", None)
    context |= {"categories": categories, "page": page, "rows": rows, "query": query.urlencode()}
    return render(request, "participants/overlap_persons.html", context)
