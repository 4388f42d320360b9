"""Quantities as JSON and back, so that what stands above sums what was counted, or closed, below."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from reports.measures.pairs import Pair, PairKey, stored_pairs
from reports.measures.quantities import (
    Amount,
    CategoryShare,
    CoveragePair,
    Quantities,
    TargetShare,
    read_key,
    regencies_of,
)

_NAMES = tuple(one.name for one in fields(Quantities) if one.metadata.get("stored", True))


def to_json(quantities: Quantities) -> dict[str, Any]:
    return {name: _encoded(getattr(quantities, name)) for name in _NAMES}


def from_json(stored: dict[str, Any]) -> Quantities:
    """What a later version of the computation added is empty in what an earlier one closed."""
    return Quantities(**{name: _decoded(name, stored[name]) for name in _NAMES if name in stored})


@dataclass(frozen=True, slots=True)
class Below:
    """A region below as it was stored. Of the many cells that are only added up none is decoded."""

    stored: dict[str, Any]
    coverage: CoveragePair | None
    members: dict[str, Amount]
    eligible: dict[str, Amount]
    segment_coverage: dict[str, CoveragePair]

    @classmethod
    def read(cls, stored: dict[str, Any]) -> "Below":
        names = ("coverage", "members", "eligible", "segment_coverage")
        return cls(stored, *(_decoded(name, stored.get(name) or _NOTHING[name]) for name in names))

    @classmethod
    def of(cls, quantities: Quantities) -> "Below":
        return cls.read(to_json(quantities))

    def cells(self, name: str) -> dict[str, Any]:
        """By the written key: a number, or a list that begins with it."""
        found = self.stored.get(name) or {}
        return _from_pairs(found) if isinstance(found, list) else found

    def pairs(self) -> dict[PairKey, Pair]:
        return stored_pairs(self.stored)

    @property
    def complete(self) -> int:
        return int(self.stored.get("complete", 0))

    @property
    def complete_of(self) -> int:
        return int(self.stored.get("complete_of", 0))

    def share(self, name: str) -> tuple[int, int]:
        """The regencies that are in a quantity, of all; equal where it is whole."""
        regencies = regencies_of(self.complete_of)
        told, of = (self.stored.get("shares") or {}).get(name, (regencies, regencies))
        return told, of


def _encoded(value: Any) -> Any:
    if isinstance(value, dict):
        # In a stable order: equal quantities are equal texts.
        return {
            key if isinstance(key, str) else "|".join(key): _ENCODED[type(one)](one)
            for key, one in sorted(value.items())
        }
    encode = _ENCODED.get(type(value))
    return encode(value) if encode else value


def _encoded_amount(amount: Amount) -> int | list[int | None]:
    return amount[0] if amount[1] is None else list(amount)


def _encoded_pair(pair: CoveragePair) -> dict[str, Any]:
    """What makes a pair no whole is written only where there is any."""
    members, eligible = _encoded_amount(pair.members), _encoded_amount(pair.eligible)
    told: dict[str, Any] = {"members": members, "eligible": eligible, "basis": pair.basis}
    less = {"missing": list(pair.missing), "is_uneven": pair.is_uneven, "partial": pair.partial}
    return told | {name: value for name, value in less.items() if value}


def _encoded_target(share: TargetShare) -> dict[str, Any]:
    return {"percent": str(share.percent), "words": share.words}


def _encoded_category(share: CategoryShare) -> dict[str, Any]:
    return {"people": share.people, "covered": _encoded_amount(share.covered), "words": share.words}


_ENCODED: dict[type, Callable[[Any], Any]] = {
    Amount: _encoded_amount,
    CoveragePair: _encoded_pair,
    TargetShare: _encoded_target,
    CategoryShare: _encoded_category,
    tuple: list,
}


_NOTHING: dict[str, Any] = {"coverage": None, "members": {}, "eligible": {}, "segment_coverage": {}}


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
        stored = _from_pairs(stored)
    if isinstance(stored, dict):
        return {read_key(key): decode(value) for key, value in stored.items()}
    return stored


def _from_pairs(pairs: list[Any]) -> dict[str, Any]:
    """As earlier versions of the computation closed their months."""
    return {"|".join(key) if isinstance(key, list) else key: value for key, value in pairs}
