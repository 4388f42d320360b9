"""Months that were closed again with other figures."""

from dataclasses import dataclass

from django.db.models import QuerySet

from regions.access import within
from regions.models import Region, User
from reports.measures.catalogue import MEASURES
from reports.measures.measure import Measure
from reports.models import MeasureValue, Restatement, Run
from reports.selectors.value import DIMENSIONS

_Key = tuple[str, ...]
_UNREAD = ("before__quantities", "after__quantities")


@dataclass(frozen=True)
class RestatedValue:
    """One figure before and after; None where it did not exist."""

    measure: Measure
    before: MeasureValue | None
    after: MeasureValue | None

    @property
    def shown(self) -> MeasureValue | None:
        return self.after or self.before


def list_restatements(user: User, *, region: Region | None = None) -> QuerySet[Restatement]:
    """Newest first, where the user may see coverage."""
    rows = Restatement.objects.filter(within(user))
    if region is not None:
        rows = rows.filter(region=region)
    return rows.select_related("region", "before", "after").defer(*_UNREAD).order_by("-pk")


def get_restatement(user: User, pk: int) -> Restatement | None:
    return list_restatements(user).filter(pk=pk).first()


def differences(restatement: Restatement) -> list[RestatedValue]:
    """The figures that differ, in the order of the measures."""
    before, after = _values(restatement.before), _values(restatement.after)
    keys = sorted({*before, *after}, key=lambda key: (list(MEASURES).index(key[0]), key))
    return [
        RestatedValue(MEASURES[key[0]], before.get(key), after.get(key))
        for key in keys
        if _told(before.get(key)) != _told(after.get(key))
    ]


def same_values(one: Run, other: Run) -> bool:
    """Whether two runs hold the same figures, whatever their versions."""
    first, second = _values(one), _values(other)
    return {key: _told(value) for key, value in first.items()} == {
        key: _told(value) for key, value in second.items()
    }


def _values(run: Run) -> dict[_Key, MeasureValue]:
    return {
        (value.measure, *(getattr(value, name) for name in DIMENSIONS)): value
        for value in MeasureValue.objects.filter(run=run).select_related("run").defer("run__quantities")
    }


def _told(value: MeasureValue | None) -> tuple[int, int | None] | None:
    return None if value is None else (value.numerator, value.denominator)
