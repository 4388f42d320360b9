"""Plans: asked for, solved by a worker in a process of its own, edited by hand, taken into the budget."""

import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import highspy
from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from budgets.errors import PlanRefused
from budgets.models import Scenario, ScenarioState
from budgets.planning.answer import Stage
from budgets.planning.asked import Base, PlanAsked, read_asked
from budgets.planning.codec import write_answer, write_question
from budgets.planning.process import SolverStopped, solve_apart
from budgets.planning.swing import swings_of, worth_of
from budgets.selectors.planning.scenario import get_scenario, planned_codes, result_of
from budgets.selectors.planning.stated import state
from participants.selectors.category import categories_by_code
from regions.access import get_region
from regions.advisory_lock import AdvisoryLock
from regions.enums import Verb
from regions.models import User
from regions.number import grouped
from regions.roles import Permission
from regions.services.act import record_act
from regions.services.work_queue import WorkQueue

log = logging.getLogger(__name__)
_MOST_SWUNG, _SWING_SECONDS = 200, 5.0


@transaction.atomic
def ask_scenario(
    *, asked: PlanAsked, name: str, bases: Mapping[str, Base], by: User, copied_from: int | None = None
) -> Scenario:
    """Raises PlanRefused, OutsideScope, NotPermitted. `bases` is the coverage that stands, by region."""
    region = get_region(by, asked.region, Permission.ENTER_BUDGET)
    if copied_from is not None:
        get_scenario(by, copied_from)
    codes = planned_codes(region)
    # Said at once where nothing can be planned, and not by a worker later.
    state(asked, codes, bases)
    made = Scenario.objects.create(
        region=region,
        year=asked.year,
        name=name,
        asked=asked.as_json(),
        inputs={"bases": {code: asdict(base) for code, base in bases.items() if code in codes}},
        copied_from_id=copied_from,
        made_by=by,
        made_at=now(),
    )
    record_act(
        by=by,
        verb=Verb.RECORDED,
        subject=f"{Scenario._meta.verbose_name} {made.pk}: {name}",
        region_code=region.code,
        detail={"scenario": made.pk, "year": asked.year},
    )
    return made


class ScenarioQueue(WorkQueue[Scenario]):
    """Plans that wait, in the order in which they were asked."""

    lock = AdvisoryLock.SCENARIO_WORK
    most_attempts = 2

    def waiting(self) -> Iterable[int]:
        at_work = (ScenarioState.WAITING, ScenarioState.WORKING)
        return list(Scenario.objects.filter(state__in=at_work).order_by("pk").values_list("pk", flat=True))

    def find(self, pk: int) -> Scenario | None:
        row = Scenario.objects.select_for_update(of=("self",)).select_related("region").get(pk=pk)
        return row if row.is_at_work else None

    def mark(self, work: Scenario) -> None:
        work.state, work.stages = ScenarioState.WORKING, []

    def do(self, work: Scenario) -> None:
        try:
            _solve(work)
        except PlanRefused as refused:
            _fail(work, refused.sentence)

    def give_up(self, work: Scenario) -> None:
        _fail(
            work,
            _("Pencarian berhenti sebelum rencana ditemukan. Kurangi wilayah atau kategorinya, lalu ulangi."),
        )


def work_on_scenarios(*, seconds: float = 3600) -> int:
    """Solve what waits; how many were worked on."""
    return ScenarioQueue().run(seconds=seconds)


def _solve(work: Scenario) -> None:
    asked = read_asked(work.asked)
    bases = {code: Base(**told) for code, told in work.inputs["bases"].items()}
    stated = state(asked, planned_codes(work.region), bases)
    written = write_question(stated.question)

    def told(stage: Stage) -> None:
        work.stages = [*work.stages, asdict(stage)]
        Scenario.objects.filter(pk=work.pk).update(stages=work.stages, heartbeat_at=now())

    try:
        answer = solve_apart(stated.question, told)
    except SolverStopped:
        log.exception("scenario %s was stopped", work.pk)
        ScenarioQueue().give_up(work)
        return
    swings = _swings(work, asked, bases)
    versioned = f"{highspy.__version__ if hasattr(highspy, '__version__') else ''}{written}"
    work.fingerprint = hashlib.sha256(versioned.encode()).hexdigest()
    work.inputs, work.answer = stated.as_json(), {**write_answer(answer), "swings": swings}
    work.state, work.finished_at = ScenarioState.READY, now()
    work.save(update_fields=["fingerprint", "inputs", "answer", "stages", "state", "finished_at"])


def _swings(work: Scenario, asked: PlanAsked, bases: Mapping[str, Base]) -> list[dict[str, Any]]:
    """Each assumption lower and higher; of large plans none, they would take minutes."""
    codes, found = planned_codes(work.region), []
    for swing in swings_of(asked):
        told: dict[str, Any] = {"assumption": swing.assumption}
        for side, changed in (("low", swing.low), ("high", swing.high)):
            question = state(changed, codes, bases).question
            if len(question.groups) > _MOST_SWUNG:
                return []
            plain = replace(question, step=0, curve=(), seconds=_SWING_SECONDS)
            try:
                told[side] = worth_of(changed, solve_apart(plain))
            except SolverStopped:
                told[side] = None
            Scenario.objects.filter(pk=work.pk).update(heartbeat_at=now())
        found.append(told)
    return found


def _fail(work: Scenario, sentence: str) -> None:
    work.state, work.failure, work.finished_at = ScenarioState.FAILED, sentence[:400], now()
    work.save(update_fields=["state", "failure", "finished_at"])


@transaction.atomic
def edit_scenario(*, pk: int, people: Sequence[int], by: User) -> Scenario:
    """Other numbers of people, one for each line of the answer, in its order. Raises PlanRefused.

    More than a ceiling is kept and shown as such; more people than are left would be no plan.
    """
    scenario = _locked(by, pk)
    lines: list[dict[str, Any]] = (scenario.answer or {}).get("lines", [])
    if scenario.accepted_at or len(people) != len(lines):
        raise PlanRefused(_("Rencana ini sudah dipakai. Salin lebih dahulu, lalu ubah salinannya."))
    needs = scenario.inputs["lines"]
    in_group: dict[int, int] = {}
    for line, number in zip(lines, people, strict=True):
        in_group[line["group"]] = in_group.get(line["group"], 0) + number
    for group, number in in_group.items():
        if number > needs[group]["left"]:
            raise PlanRefused(
                _("%(category)s: hanya %(left)s orang yang belum terlindungi.")
                % {
                    "category": categories_by_code()[needs[group]["category"]],
                    "left": grouped(needs[group]["left"]),
                }
            )
    scenario.edited = {
        str(place): number
        for place, (line, number) in enumerate(zip(lines, people, strict=True))
        if number != line["people"]
    }
    scenario.save(update_fields=["edited"])
    _record(scenario, by, "edited")
    return scenario


@transaction.atomic
def accept_scenario(*, pk: int, by: User) -> Scenario:
    """From now on the plan that is worked with: its annex is printed, its lines may become the budget."""
    scenario = _locked(by, pk)
    if scenario.state != ScenarioState.READY or not (scenario.answer or {}).get("lines"):
        raise PlanRefused(_("Rencana ini belum memuat baris yang dapat dipakai."))
    result = result_of(scenario)
    if result and result.over:
        raise PlanRefused(_("Jumlah yang diubah melampaui pagu. Kurangi orangnya, hitung ulang, lalu pakai."))
    if scenario.accepted_at is None:
        scenario.accepted_by, scenario.accepted_at = by, now()
        scenario.save(update_fields=["accepted_by", "accepted_at"])
        _record(scenario, by, "accepted")
    return scenario


def _locked(by: User, pk: int) -> Scenario:
    scenario = get_scenario(by, pk, Permission.ENTER_BUDGET)
    return Scenario.objects.select_for_update(of=("self",)).select_related("region").get(pk=scenario.pk)


def _record(scenario: Scenario, by: User, what: str) -> None:
    record_act(
        by=by,
        verb=Verb.CORRECTED,
        subject=f"{Scenario._meta.verbose_name} {scenario.pk}: {scenario.name}",
        region_code=scenario.region_id,
        detail={"scenario": scenario.pk, what: True},
    )
