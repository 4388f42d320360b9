"""Whose cover ends: by month and category, and by name for those who may see names."""

from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participants.enums import ReadPage
from participants.selectors.persons.person import list_chosen
from participants.services.persons.reading import note_reading
from regions.access import get_region, scope_of
from regions.enums import Level
from regions.errors import OutsideScope
from regions.formats import percent
from regions.month import add_months, iso_month
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from regions.views.asked import month_of
from regions.views.table_file import asked_file, table_file
from reports.drawing.plan_lines import PlanSeries, plan_lines, ticks_of
from reports.forms.endings import AskedEndingsForm
from reports.selectors.cover_endings import CoverEndings, get_cover_endings, persons_ending
from reports.selectors.ending_names import names_of
from reports.views.requests import period_of

_PAGE = 200
# So many months of contributions are asked for the full death benefit.
_HELD = 3


@require_safe
def cover_endings(request: SignedInRequest, code: str) -> HttpResponseBase:
    """Twelve months ahead: whose cover ends, what the coverage would be, and what holding them costs."""
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    form = AskedEndingsForm({"bulan": _HELD, **request.GET.dict()})
    asked = form.cleaned_data if form.is_valid() else {}
    held, price = asked.get("bulan") or _HELD, asked.get("iuran")
    start = period_of(request)
    found = get_cover_endings(request.user, region, localdate(), month=start, price=price)
    if found and asked_file(request):
        return _file(request, found, held)
    scope = scope_of(request.user)
    context: dict[str, Any] = {
        "region": region,
        "found": found,
        "form": form,
        "start": start,
        "held": held,
        "price": price,
        "rows": [(one, one.holding(held)) for one in found.told] if found else [],
        "costs": _costs(found),
        "picture": _picture(found) if found else None,
        "may_see": region.level == Level.REGENCY and scope.holds(Permission.VIEW_PERSONS, region.pk),
        "may_write": region.level == Level.REGENCY and scope.holds(Permission.ENTER_WORKFORCE, region.pk),
        "may_record": scope.holds(Permission.ENTER_WORKFORCE, region.pk),
        "query": request.GET.urlencode(),
    }
    return render(request, "reports/cover_endings.html", context)


@require_safe
def cover_ending_people(request: SignedInRequest, code: str, month: str) -> HttpResponse:
    """The list to be called: who may see names sees those whose cover ends with a month."""
    region = get_region(request.user, code, Permission.VIEW_PERSONS)
    if region.level != Level.REGENCY:
        raise OutsideScope(code)
    at = month_of(month)
    ending = persons_ending(request.user, region, localdate(), at, start=period_of(request))
    page = Paginator(sorted(ending), _PAGE).get_page(request.GET.get("halaman"))
    people = list_chosen(request.user, page.object_list, permission=Permission.VIEW_PERSONS)
    seen = [person.pk for person in people]
    note_reading(by=request.user, page=ReadPage.ENDINGS, region_code=region.pk, persons=seen)
    names = names_of()
    context = {
        "region": region,
        "month": at,
        "next_month": add_months(at, 1),
        "page": page,
        "rows": [(person, *_words(names, ending[person.pk])) for person in people],
        "count": len(ending),
        "query": _without_page(request),
    }
    return render(request, "reports/cover_ending_people.html", context)


def _words(names: dict[str, str], told: tuple[str, str, Any]) -> tuple[str, str, str]:
    category, funding, cause = told
    return names[category], names[funding], str(cause.label)


def _without_page(request: SignedInRequest) -> str:
    query = request.GET.copy()
    query.pop("halaman", None)
    return query.urlencode()


def _costs(found: CoverEndings | None) -> list[tuple[int, int]]:
    """Of the cliff: how much one to twelve months more cost."""
    cliff = found.worst if found else None
    if cliff is None:
        return []
    return [(months, cost) for months in range(1, 13) if (cost := cliff.holding(months)) is not None]


def _picture(found: CoverEndings) -> tuple[SafeString, SafeString] | None:
    """All of it dashed: nothing of it was measured but the point from which it starts."""
    rates = {one.month: one.rate for one in found.months if one.rate is not None}
    if not rates or found.coverage is None or found.coverage.rate is None:
        return None
    before = add_months(found.month, -1)
    rates[before] = found.coverage.rate
    months = sorted(rates)
    values, texts = [rates[month] for month in months], [percent(rates[month], 2) for month in months]
    series = [PlanSeries(_("perkiraan %(rate)s") % {"rate": texts[-1]}, values, texts, "dashed")]
    places = [date_format(month, "M y") for month in months]
    ticks = ticks_of(series, lambda tick: percent(tick, 0 if tick % 1 == 0 else 2))
    return plan_lines(series, places, ticks, _("Perkiraan UCJ bila tidak ada yang menggantikan mereka"))


def _file(request: SignedInRequest, found: CoverEndings, held: int) -> HttpResponseBase:
    head = [_("bulan_terakhir"), _("kode_wilayah"), _("kategori"), _("sumber_dana"), _("sebab"), _("orang")]
    head += [_("dengan_nama"), _("tanpa_nama"), _("iuran_per_orang_per_bulan"), _("biaya_per_bulan")]
    head += [_("bulan_ditahan"), _("biaya_menahan"), _("perkiraan_ucj_sesudahnya")]
    return table_file(
        request,
        name=f"akhir-perlindungan-{found.region.pk}",
        subject=_("akhir perlindungan"),
        header=head,
        rows=_cells(found, held),
        region_code=found.region.pk,
    )


def _cells(found: CoverEndings, held: int) -> Iterable[list[object]]:
    for one in found.told:
        for line in one.lines:
            cost = None if line.monthly is None else line.monthly * held
            yield [
                *(iso_month(one.month), line.region_code, str(line.category), str(line.funding)),
                *(str(line.cause.label), line.people, line.named, line.unnamed),
                *(line.price, line.monthly, held, cost, one.rate),
            ]
