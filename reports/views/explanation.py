from urllib.parse import urlencode

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from participants.selectors.membership_count import counted_otherwise
from regions.access import get_region, scope_of
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from regions.views.asked import month_of
from regions.views.table_file import asked_file
from reports.forms.figure_question import MessageForm
from reports.measures.catalogue import MEASURES
from reports.measures.measure import MeasureSection
from reports.selectors.boards.comparison import list_names
from reports.selectors.explanation import explain_value
from reports.selectors.figure_question import questions_about
from reports.selectors.standing import require_told
from reports.selectors.value import find_value
from reports.value_words import ASKED_AS
from reports.views.breadcrumbs import region_trail
from reports.views.explanation_file import explanation_file
from reports.views.requests import per_of


def _evidence_url(request: SignedInRequest, code: str, period: str, measure: str) -> str:
    asked = {name: request.GET[name] for name in ASKED_AS.values() if request.GET.get(name)}
    return f"{reverse('evidence', args=[code, period])}?{urlencode({'ukuran': measure, **asked})}"


def _without_day(request: SignedInRequest) -> str:
    asked = request.GET.copy()
    asked.pop("per", None)
    return f"{request.path}?{asked.urlencode()}"


@require_safe
def explanation(request: SignedInRequest, code: str, period: str, measure: str) -> HttpResponseBase:
    """Where one figure comes from, down to the stored rows and their sources."""
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    month = month_of(period)
    if measure not in MEASURES:
        raise Http404(measure)
    dimensions = {name: request.GET.get(asked, "") for name, asked in ASKED_AS.items()}
    per = per_of(request)
    require_told(request.user, region, month)
    value = find_value(request.user, region, month, measure, per, **dimensions)
    context = {
        "region": region,
        "period": month,
        "measure": MEASURES[measure],
        "per": per,
        "now_url": _without_day(request),
        "trail": region_trail(scope_of(request.user), region),
    }
    if value is None:
        is_coverage = MEASURES[measure].section == MeasureSection.COVERAGE
        context["counted_otherwise"] = is_coverage and counted_otherwise(region.code, month)
        return render(request, "reports/explanation_missing.html", context, status=404)
    told = explain_value(request.user, value, per)
    if asked_file(request):
        return explanation_file(request, told)
    scope = scope_of(request.user)
    permissions = {item for item in Permission if scope.holds(item, region.code)}
    context["permissions"] = permissions
    context["explanation"] = told
    context["query"] = request.GET.urlencode()
    may_take = Permission.VIEW_LEDGER in permissions and per is None
    context["evidence_url"] = _evidence_url(request, code, period, measure) if may_take else ""
    context["names"] = list_names().names
    context["questions"] = questions_about(request.user, value) if per is None else []
    context["ask_url"] = f"{reverse('question_ask', args=[code, period, measure])}?{request.GET.urlencode()}"
    context["question_form"] = MessageForm(label=_("Pertanyaan"))
    return render(request, "reports/explanation.html", context)
