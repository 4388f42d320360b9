"""Coverage looks at our code alone: while Django's own does its own work, it rests.

Without that, each line of the queries' compiler costs as much as one of ours, and is then thrown away.
"""

import functools
import sys
from collections.abc import Callable
from typing import Any

from coverage import Coverage
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler, SQLInsertCompiler, SQLUpdateCompiler
from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from django.utils.translation import trans_real

# None of them calls anything of ours, but what the tests of these very things reach as well.
LONG_WORK: tuple[tuple[Any, str], ...] = (
    (SQLCompiler, "execute_sql"),
    (SQLInsertCompiler, "execute_sql"),
    (SQLUpdateCompiler, "execute_sql"),
    (QuerySet, "_fetch_all"),
    (QuerySet, "_filter_or_exclude"),
    (Model, "save_base"),
    (URLResolver, "_reverse_with_prefix"),
    (trans_real, "gettext"),
    (trans_real, "ngettext"),
    (trans_real, "pgettext"),
)


def rest_in_django() -> None:
    """From now on, where coverage is measured at all."""
    if Coverage.current() is None:
        return
    # The first address that is made loads all views; that must be seen.
    get_resolver().reverse_dict  # noqa: B018
    for owner, name in LONG_WORK:
        setattr(owner, name, resting(getattr(owner, name)))


def resting(work: Callable[..., Any]) -> Callable[..., Any]:
    """The same work, unseen by whatever traces this thread."""

    @functools.wraps(work)
    def unseen(*args: Any, **kwargs: Any) -> Any:
        tracer = sys.gettrace()
        if tracer is None:
            return work(*args, **kwargs)
        sys.settrace(None)
        try:
            return work(*args, **kwargs)
        finally:
            sys.settrace(tracer)

    return unseen
