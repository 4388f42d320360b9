from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from regions.signed_in import SignedInRequest
from reports.measures.catalogue import COMPUTATION_VERSION, MEASURES
from reports.selectors.definition import list_coverage_definitions


@require_safe
def definitions(request: SignedInRequest) -> HttpResponse:
    """Every measure in words, as it is declared."""
    context = {
        "measures": MEASURES.values(),
        "version": COMPUTATION_VERSION,
        "coverage_definitions": list_coverage_definitions(),
    }
    return render(request, "reports/definitions.html", context)
