"""What the address of a list asks for: a name that nobody knows narrows nothing, so it is refused."""

from collections.abc import Iterable

from django.utils import translation
from django.utils.translation import gettext, gettext_noop
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

# What all lists that come page by page take.
OF_PAGES = ("limit", "cursor")
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
        raise UnknownAsked(unknown, _PARAMETER, known=", ".join(known))


def chosen_columns(request: Request, columns: Iterable[str]) -> list[str]:
    """Those of `fields=`, or all. Raises UnknownAsked."""
    known = list(columns)
    asked = [one for one in request.query_params.get("fields", "").split(",") if one]
    unknown = sorted(set(asked) - set(known))
    if unknown:
        raise UnknownAsked(["fields"], _COLUMN, unknown=", ".join(unknown), known=", ".join(known))
    return asked or known
