"""Questions and answers as JSON, for the process that solves them."""

import json
from dataclasses import asdict
from typing import Any

from budgets.planning.answer import Conflict, CurvePoint, PlanAnswer, PlannedLine, Shortfall, Stage, Status
from budgets.planning.question import Goal, PlanGroup, PlanQuestion, PlanRoom, Wish


def write_question(question: PlanQuestion) -> str:
    return json.dumps(asdict(question))


def read_question(text: str) -> PlanQuestion:
    told = json.loads(text)
    return PlanQuestion(
        groups=tuple(_group(row) for row in told["groups"]),
        ceilings=told["ceilings"],
        goal=Goal(told["goal"]),
        wishes=tuple(Wish(**{**row, "groups": tuple(row["groups"])}) for row in told["wishes"]),
        rooms=tuple(PlanRoom(row["region"], tuple(row["people"])) for row in told["rooms"]),
        month=told["month"],
        seconds=told["seconds"],
        gap=told["gap"],
        step=told["step"],
        curve=tuple(told["curve"]),
    )


def _group(row: dict[str, Any]) -> PlanGroup:
    prices = {source: tuple(months) for source, months in row["prices"].items()}
    return PlanGroup(**{**row, "need": tuple(row["need"]), "prices": prices})


def write_answer(answer: PlanAnswer) -> dict[str, Any]:
    return asdict(answer)


def read_stage(told: dict[str, Any]) -> Stage:
    return Stage(**told)


def read_answer(told: dict[str, Any]) -> PlanAnswer:
    conflict = told["conflict"]
    return PlanAnswer(
        status=Status(told["status"]),
        objective=told["objective"],
        gap=told["gap"],
        lines=tuple(PlannedLine(**row) for row in told["lines"]),
        people=tuple(told["people"]),
        rupiah=told["rupiah"],
        spent=told["spent"],
        binding=tuple(told["binding"]),
        covered=tuple(told["covered"]),
        stages=tuple(read_stage(row) for row in told["stages"]),
        shortfalls=tuple(Shortfall(**row) for row in told["shortfalls"]),
        conflict=Conflict(tuple(conflict["wishes"]), tuple(conflict["ceilings"]), conflict["rupiah"])
        if conflict
        else None,
        more=told["more"],
        curve=tuple(CurvePoint(**row) for row in told["curve"]),
    )
