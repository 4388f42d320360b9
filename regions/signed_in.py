"""Requests of people who are signed in: `LoginRequiredMiddleware` lets no other reach these views."""

from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.views import View
from django_htmx.middleware import HtmxDetails

from regions.models import User


class SignedInRequest(HttpRequest):
    """What views get that are not marked as open to everybody."""

    user: User
    htmx: HtmxDetails


class SignedInView(View):
    request: SignedInRequest


class PlacedView(SignedInView):
    """A view under an address that names a place; the place is found, or refused, before all else."""

    def find_place(self, **where: Any) -> None:
        """Keep what the parts of the address stand for. Raises what `regions.access` raises."""
        raise NotImplementedError

    def dispatch(self, request: HttpRequest, *args: Any, **where: Any) -> HttpResponseBase:
        self.find_place(**where)
        return super().dispatch(request)
