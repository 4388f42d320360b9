"""The edge at which a refused write into a locked month becomes an answer, whatever page it came from."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from regions.errors import MonthLocked

# RFC 4918: the thing is there, and locked.
LOCKED = 423


class LockedMonthMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if not isinstance(exception, MonthLocked):
            return None
        if request.headers.get("Accept", "").startswith("application/json"):
            # As every refused cell of a grid is answered, so that what was typed stays in its place.
            return JsonResponse({"sentence": exception.sentence, "faults": {}}, status=422)
        context = {"sentences": [problem.message for problem in exception.problems]}
        return render(request, "regions/month_locked.html", context, status=LOCKED)
