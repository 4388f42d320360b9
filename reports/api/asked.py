"""What the address of a list asks for: a name that nobody knows narrows nothing, so it is refused."""

from collections.abc import Iterable

from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

# What all lists that come page by page take.
OF_PAGES = ("limit", "cursor")


def demand_known(request: Request, names: Iterable[str]) -> None:
    """Raises ValidationError, which names each unknown parameter and those there are."""
    known = sorted(names)
    unknown = sorted(set(request.query_params) - set(known))
    if unknown:
        raise ValidationError({name: ", ".join(known) for name in unknown})


def chosen_columns(request: Request, columns: Iterable[str]) -> list[str]:
    """Those of `fields=`, or all. Raises ValidationError."""
    known = list(columns)
    asked = [one for one in request.query_params.get("fields", "").split(",") if one]
    unknown = sorted(set(asked) - set(known))
    if unknown:
        raise ValidationError({"fields": f"{', '.join(unknown)}: {', '.join(known)}"})
    return asked or known
