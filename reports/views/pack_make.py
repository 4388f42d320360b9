"""Asking for a pack: which one, then the words in it, then the work."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from regions.access import get_region, require_anywhere
from regions.enums import Level
from regions.errors import ChangedMeanwhile, MonthNotClosed
from regions.models import Region
from regions.month import last_day
from regions.roles import Permission
from regions.selectors.meeting import told_in_period
from regions.selectors.region import list_entry_regions
from regions.signed_in import SignedInRequest
from reports.forms.pack import PackForm, PackTextForm
from reports.models import Document, PackJob
from reports.pack.period import Period, PeriodKind, parse_period, period_of
from reports.quarter import quarter_before
from reports.selectors.packs.content import find_earlier_text, find_text
from reports.selectors.run import newest_period
from reports.services.pack import ask_pack, write_text


def origin_of(request: HttpRequest) -> str:
    """Where the browser reached the site; empty where its address was configured and says so itself.

    A forwarded host or scheme counts only where the settings trust them.
    """
    return "" if settings.PUBLIC_URL_IS_SET else f"{request.scheme}://{request.get_host()}"


@require_http_methods(["GET", "HEAD", "POST"])
def pack_make(request: SignedInRequest) -> HttpResponse:
    """Without a region and period the question which; with them the words of that pack, to be looked over."""
    require_anywhere(request.user, Permission.MAKE_PACK)
    regions = list_entry_regions(request.user, Permission.MAKE_PACK)
    sent = request.POST if request.method == "POST" else request.GET
    is_chosen = "region" in sent and "period" in sent
    chosen = PackForm(sent if is_chosen else None, regions=regions, initial={"period": _offered(request).key})
    if is_chosen and chosen.is_valid():
        return _words_then_pack(request, chosen)
    return render(request, "reports/pack_make.html", {"form": chosen}, status=422 if is_chosen else 200)


def _words_then_pack(request: SignedInRequest, chosen: PackForm) -> HttpResponse:
    region, period = chosen.cleaned_data["region"], chosen.period_chosen()
    # Who sends no words has not seen them yet.
    is_sent = request.method == "POST" and "revision" in request.POST
    form, context = _text_form(request, region, period, is_sent=is_sent)
    if is_sent and form.is_valid() and _written(request, form, region.code, period):
        try:
            return redirect("pack_job", _asked(request, chosen).pk)
        except MonthNotClosed as refused:
            form.add_error(None, refused.sentence)
    promised = told_in_period(region.code, period.first, last_day(period.last))
    context |= {
        "all_below": chosen.cleaned_data.get("all_below"),
        # `language` is that of the page, as every page has it.
        "file_language": chosen.cleaned_data["language"],
        "file_language_name": dict(settings.LANGUAGES).get(chosen.cleaned_data["language"], ""),
        "promised": len(promised),
    }
    return render(request, "reports/pack_make_words.html", context, status=422 if is_sent else 200)


def _text_form(
    request: SignedInRequest, region: Region, period: Period, *, is_sent: bool
) -> tuple[PackTextForm, dict[str, Any]]:
    """With what was written for this period, or mostly still holds of one before."""
    row = find_text(region, period)
    earlier = None if row else find_earlier_text(region, period)
    start: dict[str, Any] = {"revision": row.revision if row else 0}
    if earlier:
        start |= {name: getattr(earlier, name) for name in PackTextForm.CARRIED}
    form = PackTextForm(request.POST if is_sent else None, instance=row, initial=start)
    return form, {"form": form, "region": region, "period": period, "row": row, "earlier": earlier}


def _written(request: SignedInRequest, form: PackTextForm, code: str, period: Period) -> bool:
    """Nothing typed and nothing stored stays nothing."""
    words, revision = form.words(), form.cleaned_data["revision"]
    if not revision and not any(words.values()):
        return True
    try:
        write_text(region_code=code, period=period, words=words, revision=revision, by=request.user)
    except ChangedMeanwhile:
        form.add_error(
            None, _("Orang lain baru saja mengubah teks ini. Buka ulang halaman ini, lalu gabungkan.")
        )
        return False
    return True


def _asked(request: SignedInRequest, chosen: PackForm) -> PackJob:
    region, period = chosen.cleaned_data["region"], chosen.period_chosen()
    every = chosen.cleaned_data.get("all_below") and region.level < Level.REGENCY
    return ask_pack(
        region_code=region.code,
        period=period,
        by=request.user,
        document=Document.BUNDLE if every else Document.PACK,
        origin=origin_of(request),
        language=chosen.cleaned_data["language"] or settings.LANGUAGE_CODE,
    )


def _offered(request: SignedInRequest) -> Period:
    """The last quarter that is over, or the newest of which anything was computed."""
    last = quarter_before(localdate()).first
    newest = newest_period(request.user)
    return period_of(PeriodKind.QUARTER, min(last, newest) if newest else last)


@require_http_methods(["GET", "HEAD", "POST"])
def pack_text(request: SignedInRequest, code: str, period: str) -> HttpResponse:
    """The words that people write into the next version."""
    region, at = get_region(request.user, code, Permission.MAKE_PACK), _period(period)
    is_sent = request.method == "POST"
    form, context = _text_form(request, region, at, is_sent=is_sent)
    if is_sent and form.is_valid() and _written(request, form, code, at):
        sentence = _("Teks tersimpan; terbit bersama versi berikutnya.")
        messages.success(request, sentence, extra_tags="stored")
        return redirect("pack_text", code, period)
    return render(request, "reports/pack_text.html", context, status=422 if form.is_bound else 200)


def _period(text: str) -> Period:
    try:
        return parse_period(text)
    except ValueError as error:
        raise Http404(text) from error
