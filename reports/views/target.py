from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from participants.enums import TargetFrame
from participants.selectors.category_target import list_own_category_targets
from participants.selectors.target import by_year, list_own_targets, list_targets_above
from regions.access import get_region, scope_of
from regions.roles import Permission
from regions.signed_in import SignedInRequest
from reports.selectors.target_outlook import get_outlook


@require_safe
def target_page(request: SignedInRequest, code: str) -> HttpResponse:
    """The targets of a region side by side, what they ask of the months that remain, and those above it."""
    region = get_region(request.user, code, Permission.VIEW_COVERAGE)
    targets, above = list_own_targets(code), list_targets_above(code)
    of_categories = list_own_category_targets(code)
    may_record = scope_of(request.user).holds(Permission.ENTER_WORKFORCE, code)
    context = {
        "region": region,
        "frames": [label for _value, label in TargetFrame.choices],
        "years": by_year(targets),
        "above": by_year(above),
        "outlook": get_outlook(request.user, region, targets),
        "may_record": may_record,
        "correctable": {row.pk for row in targets} if may_record else set(),
        "category_targets": of_categories,
        "category_correctable": {row.pk for row in of_categories} if may_record else set(),
    }
    return render(request, "reports/target_page.html", context)
