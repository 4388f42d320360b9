"""Refusals of services on their way to a program: each cell with its sentence in both languages."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.db import transaction
from django.utils import translation
from rest_framework.exceptions import APIException

from regions.errors import FactRefused, MonthLocked, Problem

T = TypeVar("T")


class OwnSentence(APIException):
    """A refusal of the API whose sentence stands in the catalogue."""


@dataclass(frozen=True)
class RefusedCell:
    """One refused cell of a set, in both languages; `row` is its place in what was sent."""

    row: int
    field: str
    code: str
    message: str
    message_en: str

    def at(self, row: int) -> "RefusedCell":
        return replace(self, row=row)

    def told(self, *, in_set: bool = True) -> dict[str, str]:
        cell = "" if self.field == "__all__" else f"/{self.field}"
        return {
            "pointer": f"/rows/{self.row}{cell}" if in_set else cell,
            "code": self.code,
            "message": self.message,
            "message_en": self.message_en,
        }


class SetRefused(Exception):
    """Nothing was stored."""

    def __init__(self, refusals: Sequence[RefusedCell], *, in_set: bool = True) -> None:
        self.refusals, self.in_set = tuple(refusals), in_set
        super().__init__(f"{len(self.refusals)} refused")

    @property
    def told(self) -> list[dict[str, str]]:
        return [one.told(in_set=self.in_set) for one in self.refusals]


def refused_in_both(work: Callable[[], T], *, in_set: bool = True) -> T:
    """What the work answers. Raises SetRefused with the sentences in Indonesian and English.

    Refused work leaves nothing behind, so it is asked twice, once in each language.
    """
    try:
        with transaction.atomic():
            return work()
    except FactRefused as refused:
        code = "locked" if isinstance(refused, MonthLocked) else "refused"
        english = _english(work)
        raise SetRefused(
            [
                RefusedCell(one.row, one.field, code, one.message, other.message)
                for one, other in zip(refused.problems, english or refused.problems, strict=False)
            ],
            in_set=in_set,
        ) from refused


def _english(work: Callable[[], Any]) -> Sequence[Problem]:
    try:
        with translation.override("en"), transaction.atomic():
            work()
            transaction.set_rollback(True)
    except FactRefused as refused:
        return refused.problems
    return ()
