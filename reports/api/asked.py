"""What an address asks for: a name that nobody knows would narrow nothing, and `?dryrun=true` would store."""

from collections.abc import Iterable
from typing import Any

from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.views import APIView

_PARAMETER = gettext_noop("Parameter ini tidak dikenal. Yang dikenal: %(known)s.")
_COLUMN = gettext_noop("Kolom %(unknown)s tidak ada. Yang ada: %(known)s.")


class UnknownAsked(ValidationError):
    """A part of the address that means nothing here, told in both languages."""

    def __init__(self, names: Iterable[str], sentence: str, **words: str) -> None:
        messages = {}
        for language, key in (("id", "message"), ("en", "message_en")):
            with translation.override(language):
                messages[key] = gettext(sentence) % words
        self.told = [{"pointer": f"/{name}", "code": "unknown", **messages} for name in names]
        super().__init__(messages["message"])


def demand_known(request: Request, names: Iterable[str]) -> None:
    """Raises UnknownAsked, which names each unknown parameter and those there are."""
    known = sorted(names)
    unknown = sorted(set(request.query_params) - set(known))
    if unknown:
        raise UnknownAsked(unknown, _PARAMETER, known=", ".join(known) or "–")


class KnownAsked:
    """Of a view: parameters that its description does not name are refused before it does anything."""

    def initial(self, request: Request, *args: Any, **where: Any) -> None:
        super().initial(request, *args, **where)  # type: ignore[misc]
        method = request.method or ""
        if hasattr(self, method.lower()):
            demand_known(request, self.known(method))

    def known(self, method: str) -> set[str]:
        """As `extend_schema` describes the method, which is what programs read."""
        schema = getattr(getattr(self, method.lower(), None), "kwargs", {}).get("schema")
        if schema is None:
            return set()
        described = schema()
        described.view, described.method = self, method
        return {one.name for one in described.get_override_parameters() if one.location == one.QUERY}


class ApiView(KnownAsked, APIView):
    """An address of the API that is no list of rows."""


def chosen_columns(request: Request, columns: Iterable[str]) -> list[str]:
    """Those of `fields=`, or all. Raises UnknownAsked."""
    known = list(columns)
    asked = [one for one in request.query_params.get("fields", "").split(",") if one]
    unknown = sorted(set(asked) - set(known))
    if unknown:
        raise UnknownAsked(["fields"], _COLUMN, unknown=", ".join(unknown), known=", ".join(known))
    return asked or known
