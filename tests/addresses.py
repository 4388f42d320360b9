"""Every address of the application, whether it leads to something or not."""

import re
from collections.abc import Callable, Iterator
from inspect import unwrap
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

_PLACES = {"int": "1", "str": "x", "slug": "x"}


def every_pattern() -> Iterator[tuple[URLPattern, str]]:
    """With an address: numbers in it are 1, other words x."""
    waiting: list[tuple[URLResolver, str]] = [(get_resolver(), "/")]
    while waiting:
        one, before = waiting.pop()
        for pattern in one.url_patterns:
            route = before + _filled(pattern)
            if isinstance(pattern, URLResolver):
                waiting.append((pattern, route))
            else:
                yield pattern, route


def _filled(pattern: URLPattern | URLResolver) -> str:
    route = str(pattern.pattern)
    for kind, word in _PLACES.items():
        route = re.sub(rf"<{kind}:[^>]*>", word, route)
    return route


def views() -> dict[str, tuple[Callable[..., Any], str]]:
    """Name → the function of ours that answers, without its decorators, and an address of it."""
    return {
        str(pattern.name): (unwrap(pattern.callback), route)
        for pattern, route in every_pattern()
        if "views" in pattern.callback.__module__
    }
