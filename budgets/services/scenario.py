"""Plans: asked for, solved by a worker in a process of its own, edited by hand, taken into the budget."""

import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, replace
from importlib.metadata import version
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from budgets.errors import PlanRefused
from budgets.models import Scenario, ScenarioState
from budgets.planning.answer import PlannedLine, Stage
from budgets.planning.asked import Base, PlanAsked, read_asked
from budgets.planning.codec import write_answer, write_question
from budgets.planning.process import SolverStopped, solve_apart
from budgets.planning.recount import covered_people
from budgets.planning.swing import swings_of, worth_of
from budgets.selectors.planning.need import Covered
from budgets.selectors.planning.scenario import get_scenario, planned_codes, result_of
from budgets.selectors.planning.stated import Grounds, state
from budgets.services.staged_plan import solve_stages
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
# Of plans with more groups nothing is swung: it would take minutes.
_MOST_SWUNG, _SWING_SECONDS = 200, 5.0


@transaction.atomic
def ask_scenario(
    *,
    asked: PlanAsked,
    name: str,
    bases: Mapping[str, Base],
    covered: Covered,
    by: User,
    copied_from: int | None = None,
) -> Scenario:
    """`bases` and `covered` are what stands, by region. Raises PlanRefused, OutsideScope, NotPermitted."""
    region = get_region(by, asked.region, Permission.ENTER_BUDGET)
    if copied_from is not None:
        get_scenario(by, copied_from)
    codes = planned_codes(region)
    # Said at once where nothing can be planned, and not by a worker later.
    grounds = Grounds.read(asked, codes, bases, covered)
    state(asked.first_year, grounds)
    made = Scenario.objects.create(
        region=region,
        year=asked.year,
        name=name,
        asked=asked.as_json(),
        inputs=_inputs(grounds, covered),
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


def _inputs(grounds: Grounds, covered: Covered) -> dict[str, Any]:
    """What a worker needs beside what anybody may read: that is told to the person who asks, not to it."""
    return {
        "bases": {code: asdict(base) for code, base in grounds.bases.items()},
        "months": dict(covered.months),
        "covered": [[code, category, people] for (code, category), people in sorted(covered.people.items())],
    }


def _told(work: Scenario) -> tuple[dict[str, Base], Covered]:
    told = work.inputs
    bases = {code: Base(**base) for code, base in told["bases"].items()}
    return bases, Covered(told["months"], {(code, category): n for code, category, n in told["covered"]})


def _grounds(work: Scenario, asked: PlanAsked) -> Grounds:
    return Grounds.read(asked, planned_codes(work.region), *_told(work))


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
    whole = read_asked(work.asked)
    asked = whole.first_year
    grounds = _grounds(work, asked)
    stated = state(asked, grounds)
    written = write_question(stated.question)

    def told(stage: Stage) -> None:
        work.stages = [*work.stages, asdict(stage)]
        Scenario.objects.filter(pk=work.pk).update(stages=work.stages, heartbeat_at=now())

    try:
        answer = solve_apart(stated.question, told)
        years = _years(work, whole) if whole.is_staged else []
    except SolverStopped:
        log.exception("scenario %s was stopped", work.pk)
        ScenarioQueue().give_up(work)
        return
    swings = _swings(work, asked, grounds) if len(stated.lines) <= _MOST_SWUNG else []
    versioned = f"{version('highspy')}{written}"
    work.fingerprint = hashlib.sha256(versioned.encode()).hexdigest()
    work.inputs = {**work.inputs, **stated.as_json()}
    work.answer = {**write_answer(answer), "swings": swings, "years": years}
    work.state, work.finished_at = ScenarioState.READY, now()
    work.save(update_fields=["fingerprint", "inputs", "answer", "stages", "state", "finished_at"])


def _years(work: Scenario, asked: PlanAsked) -> list[dict[str, Any]]:
    def worked() -> None:
        Scenario.objects.filter(pk=work.pk).update(heartbeat_at=now())

    bases, covered = _told(work)
    return solve_stages(asked, planned_codes(work.region), bases, covered, worked)


def _swings(work: Scenario, asked: PlanAsked, grounds: Grounds) -> list[dict[str, Any]]:
    """Each assumption lower and higher, of the same people at the same prices."""
    found = []
    for swing in swings_of(asked):
        told: dict[str, Any] = {"assumption": swing.assumption}
        for side, changed in (("low", swing.low), ("high", swing.high)):
            question = state(changed, grounds).question
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
    for group, number in _most_at_once(lines, people).items():
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


def _most_at_once(lines: Sequence[dict[str, Any]], people: Sequence[int]) -> dict[int, int]:
    """Group → people of it covered in the fullest month: one source may go on where another ends."""
    by_group: dict[int, list[PlannedLine]] = {}
    for line, number in zip(lines, people, strict=True):
        by_group.setdefault(line["group"], []).append(PlannedLine(**{**line, "people": number}))
    return {group: max(covered_people(found)) for group, found in by_group.items()}


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
