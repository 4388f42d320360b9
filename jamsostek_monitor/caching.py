"""What may be kept of an answer: nothing of persons; of signed-in people nothing outside their browser."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

# Everything in these modules shows persons by name, their files, or who did what. A new page in them is
# covered as soon as it is there.
PERSONAL = (
    "participants.views.persons.",
    "participants.views.batches.",
    "participants.views.month_entry.",
    "budgets.views.double_funding",
    "budgets.views.money_batch",
    "budgets.views.reconciliation",
    "regions.views.ledger",
    "regions.views.people",
    "reports.api.batches",
    "reports.api.persons",
    "reports.api.waiting",
    "reports.views.inbox",
    "reports.views.ledger_export",
    "reports.views.people",
    "reports.views.month",
    "reports.views.search",
    "reports.views.payer_letter",
    "django.contrib.admin.",
    "allauth.",
)


class CachingMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if is_personal(request):
            patch_cache_control(response, no_store=True, private=True)
        elif request.user.is_authenticated and not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True)
        return response


def is_personal(request: HttpRequest) -> bool:
    """Whether the view that answered belongs to what is kept by nobody."""
    if request.resolver_match is None:
        return False
    view = request.resolver_match.func
    module = getattr(view, "view_class", view).__module__
    return f"{module}.".startswith(PERSONAL)
