"""Questions and answers as JSON, for the process that solves them."""

import json
from dataclasses import asdict
from typing import Any

from budgets.planning.answer import Answer, Conflict, CurvePoint, Line, Shortfall, Stage, Status
from budgets.planning.question import Goal, Group, Question, Room, Wish


def write_question(question: Question) -> str:
    return json.dumps(asdict(question))


def read_question(text: str) -> Question:
    told = json.loads(text)
    return Question(
        groups=tuple(_group(row) for row in told["groups"]),
        ceilings=told["ceilings"],
        goal=Goal(told["goal"]),
        wishes=tuple(Wish(**{**row, "groups": tuple(row["groups"])}) for row in told["wishes"]),
        rooms=tuple(Room(row["region"], tuple(row["people"])) for row in told["rooms"]),
        month=told["month"],
        seconds=told["seconds"],
        gap=told["gap"],
        step=told["step"],
        curve=tuple(told["curve"]),
    )


def _group(row: dict[str, Any]) -> Group:
    prices = {source: tuple(months) for source, months in row["prices"].items()}
    return Group(**{**row, "need": tuple(row["need"]), "prices": prices})


def write_answer(answer: Answer) -> dict[str, Any]:
    return asdict(answer)


def read_stage(told: dict[str, Any]) -> Stage:
    return Stage(**told)


def read_answer(told: dict[str, Any]) -> Answer:
    conflict = told["conflict"]
    return Answer(
        status=Status(told["status"]),
        objective=told["objective"],
        gap=told["gap"],
        lines=tuple(Line(**row) for row in told["lines"]),
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
