"""Sentences with numbers in them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from reports.pack.content import Cell, Number, Sentence


def sentence(template: str, **cells: Cell) -> Sentence:
    """`{name}` in the template is where a number or a word stands."""
    parts: list[Cell] = []
    rest = template
    while "{" in rest:
        text, _open, rest = rest.partition("{")
        name, _close, rest = rest.partition("}")
        parts += [text, cells[name]]
    return Sentence(tuple(part for part in [*parts, rest] if part != ""))


def unsigned(number: Number) -> Number:
    """The size of a change whose direction the sentence says in a word."""
    value: Any = None if number.value is None else abs(number.value)
    return replace(number, value=value, is_size=True)


def about(key: str, told: Iterable[Sentence]) -> Iterator[Sentence]:
    """The same sentences, each with the key of the table they are about."""
    return (replace(one, about=key) for one in told)
