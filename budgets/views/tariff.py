from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from budgets.forms.calculator import CalculatorForm
from budgets.selectors.calculator import calculate
from budgets.selectors.rate import list_all_benefits, list_rates, list_reliefs, list_rules
from regions.access import require_anywhere
from regions.roles import Permission
from regions.signed_in import SignedInRequest


@require_safe
def tariff_calculator(request: SignedInRequest) -> HttpResponse:
    """Contributions and benefits by law for a case; the question stands in the address."""
    require_anywhere(request.user, Permission.VIEW_COVERAGE)
    form = CalculatorForm.asked_in(request.GET)
    question = form.question() if form.is_valid() else None
    context = {"form": form, "question": question, "result": calculate(question) if question else None}
    return render(request, "budgets/tariff_calculator.html", context)


@require_safe
def tariff_table(request: SignedInRequest) -> HttpResponse:
    """All rates, reliefs, benefits and rules with their days and laws, those of the past too."""
    require_anywhere(request.user, Permission.VIEW_COVERAGE)
    context: dict[str, Any] = {
        "rates": list_rates(),
        "reliefs": list_reliefs(),
        "benefits": list_all_benefits(),
    }
    context |= {"rules": list_rules(), "today": localdate()}
    return render(request, "budgets/tariff_table.html", context)
