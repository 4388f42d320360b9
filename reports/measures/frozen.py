"""Quantities as JSON and back, so that what stands above sums what was counted, or closed, below."""

from collections.abc import Callable
from dataclasses import fields
from decimal import Decimal
from functools import lru_cache
from typing import Any

from reports.measures.quantities import Amount, CategoryShare, CoveragePair, Quantities, TargetShare


def to_json(quantities: Quantities) -> dict[str, Any]:
    return {one.name: _encoded(getattr(quantities, one.name)) for one in fields(quantities)}


def from_json(stored: dict[str, Any]) -> Quantities:
    """What a later version of the computation added is empty in what an earlier one closed."""
    known = {one.name for one in fields(Quantities)}
    return Quantities(**{name: _decoded(name, value) for name, value in stored.items() if name in known})


def _encoded(value: Any) -> Any:
    if isinstance(value, dict):
        # In a stable order: equal quantities are equal texts.
        return {_written(key): _encoded(value[key]) for key in sorted(value)}
    if isinstance(value, Amount):
        return value.value if value.reported is None else [value.value, value.reported, value.expected]
    if isinstance(value, CoveragePair):
        return _encoded_pair(value)
    if isinstance(value, TargetShare):
        return {"percent": str(value.percent), "words": value.words}
    if isinstance(value, CategoryShare):
        return {"people": value.people, "covered": _encoded(value.covered), "words": value.words}
    return list(value) if isinstance(value, tuple) else value


def _encoded_pair(pair: CoveragePair) -> dict[str, Any]:
    """What makes a pair no whole is written only where there is any."""
    told = {
        "members": _encoded(pair.members),
        "eligible": _encoded(pair.eligible),
        "basis": pair.basis,
    }
    less = {"missing": list(pair.missing), "is_uneven": pair.is_uneven, "partial": pair.partial}
    return told | {name: value for name, value in less.items() if value}


def _pair(stored: dict[str, Any]) -> CoveragePair:
    return CoveragePair(
        _amount(stored["members"]),
        _amount(stored["eligible"]),
        stored["basis"],
        tuple(stored.get("missing", ())),
        stored.get("is_uneven", False),
        stored.get("partial", 0),
    )


def _target(stored: dict[str, Any]) -> TargetShare:
    return TargetShare(Decimal(stored["percent"]), stored["words"])


def _category_target(stored: dict[str, Any]) -> CategoryShare:
    return CategoryShare(stored["people"], _amount(stored["covered"]), stored["words"])


def _amount(stored: int | list[Any]) -> Amount:
    return Amount(*stored) if isinstance(stored, list) else Amount(stored)


def _tuple(stored: list[int]) -> tuple[int, ...]:
    return tuple(stored)


_OTHER: dict[str, Callable[[Any], Any]] = {
    "segment_coverage": _pair,
    "targets": _target,
    "category_targets": _category_target,
    "reporters": _tuple,
    "shares": _tuple,
}


def _decoded(name: str, stored: Any) -> Any:
    if name in {"coverage", "year_end"}:
        return None if stored is None else _pair(stored)
    if name == "reported_before":
        return tuple(stored)
    decode: Callable[[Any], Any] = _OTHER.get(name) or _amount
    if isinstance(stored, list):
        # As earlier versions of the computation closed their months.
        return {tuple(key) if isinstance(key, list) else key: decode(value) for key, value in stored}
    if isinstance(stored, dict):
        return {_read(key): decode(value) for key, value in stored.items()}
    return stored


def _written(key: str | tuple[str, ...]) -> str:
    """Codes hold no bar, so that one tells a key of several parts."""
    return key if isinstance(key, str) else "|".join(key)


@lru_cache(maxsize=65536)
def _read(written: str) -> str | tuple[str, ...]:
    return tuple(written.split("|")) if "|" in written else written
