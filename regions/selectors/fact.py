"""One sourced fact with its history, whatever its kind."""

from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from regions.access import codes_above, within
from regions.fact_kind import FactKind
from regions.models import SourcedFact, User

F = TypeVar("F", bound=SourcedFact)


def get_fact(model: type[F], pk: int, allowed: Q) -> F | None:
    """One fact among those allowed, with what its pages show of it."""
    rows = model._default_manager.filter(allowed, pk=pk)
    return rows.select_related("region", "entered_by").first()


def list_facts(user: User, kind: FactKind) -> QuerySet[Any]:
    """All of a kind, where the user may read them one by one."""
    found: QuerySet[Any] = kind.model._default_manager.filter(_seen(user, kind))
    return found


def find_removed(user: User, kind: FactKind, number: int) -> Any:
    """The last state of a fact that was taken away, where the user could have read it; None for any other."""
    if kind.model._default_manager.filter(pk=number).exists():
        return None
    events = kind.model.pgh_event_model.objects.filter(pgh_obj_id=number)
    rows = events.filter(_seen(user, kind)).select_related("region")
    return rows.order_by("-pgh_id").first()


def _seen(user: User, kind: FactKind) -> Q:
    """Where the user may read its rows; what holds for all below a region is read from below too."""
    found = Q()
    for needed in (kind.seen_with, kind.listed_with):
        allowed = within(user, permission=needed)
        if kind.reaches_down:
            allowed |= Q(region__in=codes_above(user, needed))
        found &= allowed
    return found


def find_named(model: type[Model], keys: Iterable[Any]) -> dict[Any, Any]:
    """Key → row, of what facts name by its key; what is not there is left out."""
    return dict(model._default_manager.in_bulk(list(keys)))


def list_history(row: SourcedFact) -> list[Any]:
    """Earlier states of a fact, newest first, each with when it ceased, by whom and why."""
    events = type(row).pgh_event_model.objects.filter(pgh_obj_id=row.pk)  # type: ignore[attr-defined]
    found = list(events.select_related("pgh_context", "entered_by").order_by("-pgh_id"))
    wanted = {_meta(event).get("user") for event in found}
    people = User.objects.in_bulk([pk for pk in wanted if pk])
    for event in found:
        event.replaced_by = people.get(_meta(event).get("user"))
        event.label = type(row).__str__(event)
        event.reason = _meta(event).get("reason", "")
    return found


def _meta(event: Any) -> dict[str, Any]:
    return event.pgh_context.metadata if event.pgh_context else {}
