"""The pages on which an administrator lays down how reporting months run."""

from contextlib import suppress

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from regions.access import get_region, require_anywhere
from regions.errors import MonthRefused
from regions.formats import month_name
from regions.forms.month_rule import MonthRuleForm
from regions.month import first_of, parse_month
from regions.month_way import USUAL_WAY, way_from
from regions.roles import Permission
from regions.selectors.month_rule import get_effect, list_month_rules, list_ruled_regions, rule_in_force
from regions.services.month_rule import lay_down_rule
from regions.signed_in import SignedInRequest


@require_safe
def month_rule_list(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.MANAGE_REFERENCE)
    rows = [(rule, way_from(rule.steps)) for rule in list_month_rules(request.user)]
    return render(request, "regions/month_rule_list.html", {"rows": rows, "usual": USUAL_WAY})


@require_http_methods(["GET", "HEAD", "POST"])
def month_rule_set(request: SignedInRequest) -> HttpResponse:
    """Describe a rule, see what it changes for open months, and lay it down."""
    require_anywhere(request.user, Permission.MANAGE_REFERENCE)
    regions = list_ruled_regions(request.user)
    form = MonthRuleForm(request.POST or None, regions=regions, initial=_initial(request))
    effect = None
    if request.method == "POST" and form.is_valid():
        rule = form.rule()
        if "lay_down" in request.POST:
            try:
                lay_down_rule(rule, by=request.user)
            except MonthRefused as refused:
                form.add_error(None, refused.sentence)
            else:
                words = {"place": rule.region.full_label, "month": month_name(rule.first_month)}
                messages.success(request, _("Aturan %(place)s berlaku sejak %(month)s.") % words)
                return redirect("month_rule_list")
        else:
            effect = get_effect(rule)
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "regions/month_rule_set.html", {"form": form, "effect": effect}, status=status)


def _initial(request: SignedInRequest) -> dict[str, object]:
    """What holds in the region that is asked for, from this month or the named one on."""
    month, regions = first_of(localdate()), list_ruled_regions(request.user)
    code = request.GET.get("wilayah") or regions.values_list("code", flat=True).first() or ""
    region = get_region(request.user, code, Permission.MANAGE_REFERENCE)
    with suppress(ValueError):
        month = parse_month(request.GET.get("sejak", ""))
    rule = rule_in_force(region, month)
    source = rule.legal_source if rule.region_id == region.pk and rule.first_month == month else ""
    return {
        **MonthRuleForm.initial_of(rule),
        "region": region.pk,
        "first_month": month,
        "legal_source": source,
    }
