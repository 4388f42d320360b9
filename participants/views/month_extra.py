"""The fields that an office added to its months: filled beside the figures, and read as a table."""

from datetime import date

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from participants.enums import ExtraAbout
from participants.forms.month_extra import MonthExtraForm
from participants.selectors.extra_field import (
    get_month_extra,
    list_fields,
    month_extra_table,
)
from participants.services.month_extra import save_month_extra
from regions.access import get_region, require_anywhere, scope_of
from regions.enums import Level
from regions.errors import ChangedMeanwhile, FactRefused, MonthLocked, OutsideScope
from regions.month import add_months, first_of, iso_month, parse_month
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from regions.views.asked import month_of
from regions.views.table_file import asked_file, table_file


@require_http_methods(["GET", "HEAD", "POST"])
def month_extra(request: SignedInRequest, code: str, month: str) -> HttpResponse:
    region, at = get_region(request.user, code, Permission.ENTER_HEADCOUNT), month_of(month)
    if region.level > Level.REGENCY:
        raise OutsideScope(code)
    form = month_extra_form(request, code, at)
    if request.method == "POST" and form.is_valid():
        try:
            save_month_extra(
                region_code=code,
                month=at,
                cells=form.cells(),
                revision=form.cleaned_data["revision"],
                by=request.user,
            )
        except MonthLocked as locked:
            form.add_error(None, locked.sentence)
        except FactRefused as refused:
            for problem in refused.problems:
                form.add_error(problem.field if problem.field in form.fields else None, problem.message)
        except ChangedMeanwhile:
            messages.warning(request, _("Isian ini baru saja diubah orang lain. Periksa, lalu ulangi."))
            return redirect("month_extra", code, month)
        else:
            messages.success(request, _("Tersimpan."), extra_tags="stored")
            return redirect("month_entry_grid", code, month)
    status = 422 if form.is_bound and form.errors else 200
    context = {"region": region, "month": at, "form": form, "row": get_month_extra(code, at)}
    return render(request, "participants/month_extra.html", context, status=status)


@require_safe
def month_extra_list(request: SignedInRequest) -> HttpResponseBase:
    """What was filled in a month, a region a row; `bulan` in the address, or the month before this one."""
    require_anywhere(request.user, Permission.VIEW_DRAFTS)
    try:
        at = parse_month(request.GET.get("bulan", ""))
    except ValueError:
        at = add_months(first_of(localdate()), -1)
    table = month_extra_table(request.user, at)
    if asked_file(request):
        return table_file(
            request,
            name=f"isian-tambahan-{iso_month(at)}",
            subject=_("isian tambahan bulan"),
            header=[_("Kode"), _("Wilayah"), _("Bulan"), *table.titles],
            rows=([code, label, iso_month(at), *cells] for code, label, cells in table.rows),
        )
    context = {
        "month": at,
        "table": table,
        "query": f"bulan={iso_month(at)}",
        "previous_month": add_months(at, -1),
        "next_month": add_months(at, 1),
        "may_enter": scope_of(request.user).holds_anywhere(Permission.ENTER_HEADCOUNT),
    }
    return render(request, "participants/month_extra_list.html", context)


def month_extra_form(request: SignedInRequest, code: str, at: date) -> MonthExtraForm:
    fields = list_fields(request.user, code, ExtraAbout.MONTH, at)
    return MonthExtraForm(
        request.POST or None, extras=[one.spec for one in fields], row=get_month_extra(code, at)
    )
