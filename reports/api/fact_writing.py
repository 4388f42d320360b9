"""Facts as programs send them: sets, corrections and removals, through the stores that pages go through."""

import functools
from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.response import Response

from regions.fact_kind import FactKind
from regions.models import SourcedFact, User
from regions.services.fact import store_of
from reports.api.fact_rows import read_rows
from reports.api.refusals import RefusedCell, SetRefused, refused_in_both

MOST_ROWS = 10_000


def record_set(
    kind: FactKind, sent: Any, *, by: User, overwrite: bool, partial: bool, is_dry: bool
) -> Response:
    """Each row's answer. Nothing is stored of a set with a refused one, unless `partial`: SetRefused."""
    rows = _demand_rows(sent)
    places = list(range(len(rows)))
    refusals: list[RefusedCell] = []
    while True:
        chosen = [rows[place] for place in places]
        try:
            found, outcome = refused_in_both(functools.partial(_recorded, kind, chosen, by, overwrite))
            break
        except SetRefused as refused:
            placed = [one.at(places[one.row]) for one in refused.refusals]
            refusals += placed
            gone = {one.row for one in placed}
            places = [place for place in places if place not in gone]
            if not places:
                raise SetRefused(_in_order(refusals)) from refused
    if refusals and not partial:
        # The others were tried so that all that is wrong is told at once; the transaction takes them back.
        raise SetRefused(_in_order(refusals))
    told = _told(kind, dict(zip(places, found, strict=True)), outcome, is_dry)
    for refusal in refusals:
        one = told.setdefault(refusal.row, {"row": refusal.row, "state": "refused", "errors": []})
        one["errors"].append(refusal.told())
    return answer_of([told[place] for place in sorted(told)], is_dry=is_dry)


def _in_order(refusals: list[RefusedCell]) -> list[RefusedCell]:
    return sorted(refusals, key=lambda one: one.row)


def _demand_rows(sent: Any) -> Sequence[Any]:
    rows = sent.get("rows") if isinstance(sent, Mapping) else None
    if not isinstance(rows, list) or not rows:
        raise ValidationError({"rows": "[…]"})
    if len(rows) > MOST_ROWS:
        raise ValidationError({"rows": f"≤ {MOST_ROWS}"})
    return rows


def _recorded(
    kind: FactKind, rows: Sequence[Any], by: User, overwrite: bool
) -> tuple[list[SourcedFact], dict[Any, tuple[str, SourcedFact]]]:
    """The rows as they were sent, and by their key what became of each."""
    read = read_rows(kind, rows)
    outcome = store_of(kind).record(read, by=by, overwrite=overwrite)
    states = (
        ("unchanged", outcome.unchanged),
        ("changed", outcome.changed),
        ("created", outcome.created),
    )
    return read, {kind.key_of(row): (state, row) for state, found in states for row in found}


def _told(
    kind: FactKind,
    rows: Mapping[int, SourcedFact],
    outcome: Mapping[Any, tuple[str, SourcedFact]],
    is_dry: bool,
) -> dict[int, dict[str, Any]]:
    """Place → what became of the row; what was not stored has no number yet."""
    told: dict[int, dict[str, Any]] = {}
    for place, row in rows.items():
        state, stored = outcome[kind.key_of(row)]
        is_new = is_dry and state == "created"
        told[place] = {
            "row": place,
            "state": state,
            "id": None if is_new else stored.pk,
            "revision": stored.revision,
        }
    return told


def answer_of(rows: Sequence[dict[str, Any]], *, is_dry: bool) -> Response:
    """How many rows came to what, and each row; 207 where some were refused and others were not."""
    counts = {
        state: sum(one["state"] == state for one in rows)
        for state in ("created", "changed", "unchanged", "refused")
    }
    code: int = status.HTTP_200_OK
    if counts["refused"]:
        code = status.HTTP_207_MULTI_STATUS
    elif counts["created"] and not is_dry:
        code = status.HTTP_201_CREATED
    return Response({"dry_run": is_dry, **counts, "rows": rows}, status=code)
