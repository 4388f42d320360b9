from collections.abc import Iterator
from datetime import date
from itertools import islice

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participants.enums import ReadPage
from participants.models import Participant
from participants.selectors.persons.overlap import (
    Overlaps,
    get_categories,
    get_overlaps,
    list_overlapping,
    spells_of,
)
from participants.services.persons.reading import note_reading
from participants.views.asked import asked
from regions.fresh_signin import fresh_sign_in
from regions.month import iso_month
from regions.signed_in import SignedInRequest
from regions.views.table_file import asked_file, table_file

_PAGE = 50
_AT_ONCE = 1000


@require_safe
def overlap_matrix(request: SignedInRequest) -> HttpResponseBase:
    """How many persons are in two categories at once, and where that is expected."""
    context = asked(request)
    overlaps = get_overlaps(request.user, context["region"].pk, context["month"])
    if asked_file(request):
        return _file(request, overlaps, context["region"].pk, iso_month(context["month"]))
    context |= {"overlaps": overlaps, "query": request.GET.urlencode()}
    return render(request, "participants/overlap_matrix.html", context)


def _file(request: SignedInRequest, overlaps: Overlaps, code: str, month: str) -> HttpResponseBase:
    """A row for each pair of categories: a matrix of them is no table that a sheet could filter."""
    head = [_("kode_wilayah"), _("periode"), _("kategori"), _("kategori_lain"), _("orang"), _("wajar_karena")]
    return table_file(
        request,
        name=f"tumpang-tindih-{code}-{month}",
        subject=_("tumpang tindih kategori"),
        header=head,
        rows=(
            [code, month, str(pair.first), str(pair.second), pair.persons, pair.expected]
            for pair in overlaps.pairs
        ),
        region_code=code,
    )


@require_safe
def overlap_persons(request: SignedInRequest) -> HttpResponseBase:
    """The persons behind one cell of the matrix."""
    context = asked(request)
    categories = get_categories(request.GET.getlist("kategori"))
    if len(categories) != 2:
        raise Http404
    at = (context["region"].pk, context["month"])
    people = list_overlapping(request.user, *at, [category.pk for category in categories])
    if asked_file(request):
        return _persons_file(request, people, *at)
    page = Paginator(people, _PAGE).get_page(request.GET.get("halaman"))
    spells = spells_of(page.object_list, *at)
    rows = [(person, spells[person.pk]) for person in page]
    seen = [person.pk for person, _spells in rows]
    note_reading(by=request.user, page=ReadPage.OVERLAPS, region_code=at[0], persons=seen)
    query = request.GET.copy()
    query.pop("halaman", None)
    context |= {"categories": categories, "page": page, "rows": rows, "query": query.urlencode()}
    return render(request, "participants/overlap_persons.html", context)


@fresh_sign_in
def _persons_file(
    request: SignedInRequest, people: QuerySet[Participant], code: str, month: date
) -> HttpResponseBase:
    """All of them, with masked NIK, as lists of persons leave without a reason."""
    return table_file(
        request,
        name=f"tumpang-tindih-peserta-{code}-{iso_month(month)}",
        subject=_("peserta di dua kategori"),
        header=[_("Nama"), _("NIK"), _("Tanggal lahir"), _("Wilayah"), _("Kecamatan"), _("Kepesertaan")],
        rows=_person_rows(people, code, month),
        region_code=code,
    )


def _person_rows(people: QuerySet[Participant], code: str, month: date) -> Iterator[list[object]]:
    rest = people.iterator(chunk_size=_AT_ONCE)
    while chunk := list(islice(rest, _AT_ONCE)):
        spells = spells_of(chunk, code, month)
        for person in chunk:
            held = "; ".join(f"{spell.category}, {spell.funding}" for spell in spells[person.pk])
            born = person.birth_date.isoformat() if person.birth_date else ""
            place = [person.region.full_label, person.district_name]
            yield [person.name, person.nik.masked, born, *place, held]
