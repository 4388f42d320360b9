"""Plans of a province: 38 regencies × 40 categories × 12 months × 6 sources, solved on one core.

The rival is what offices do by hand: the cheapest beginning first, until the money is gone. Pages are asked
for meanwhile, since the solver runs in a process of its own.
"""

from tests.benchmarks import _setting as setting

options = setting.arguments(__doc__ or "", default_rows=38, small_rows=5)
setting.start()

import random
import time
from threading import Thread
from typing import Any

from django.core.management import call_command
from django.test import Client

from budgets.planning.columns import columns_of
from budgets.planning.process import solve_apart
from budgets.planning.question import DECEMBER, MONTHS, WHOLE, Goal, PlanGroup, PlanQuestion, PlanRoom, Wish
from regions.models import User
from tests.benchmarks._clicks import get, percentile, served
from tests.benchmarks._nation import fill

_CATEGORIES, _SOURCES, _ALLOWED = 40, 6, 0.45
_PAGE = "/rencana/"
_SECONDS = 18.0


def province(regencies: int) -> PlanQuestion:
    """Sources of each regency with ceilings of their own, one ceiling for all, a floor in each regency."""
    chance = random.Random(7)
    groups: list[PlanGroup] = []
    wishes: list[Wish] = []
    rooms: list[PlanRoom] = []
    ceilings = {WHOLE: 1_580_000_000 * regencies}
    for number in range(regencies):
        region = f"r{number:02}"
        places = range(len(groups), len(groups) + _CATEGORIES)
        for category in range(_CATEGORIES):
            prices = {
                f"{region}|s{source}": (chance.choice([10_800, 16_800, 16_800, 36_800]),) * MONTHS
                for source in range(_SOURCES)
                if chance.random() < _ALLOWED
            }
            need = (chance.randrange(50, 5_000),) * MONTHS
            groups.append(PlanGroup(region, f"c{category:02}", need, prices, least_months=3))
        ceilings |= {f"{region}|s{source}": chance.randrange(10**8, 10**9) for source in range(_SOURCES)}
        wishes.append(Wish(f"floor|{region}", 1, tuple(places), DECEMBER, 3_000))
        rooms.append(PlanRoom(region, (60_000,) * MONTHS))
    return PlanQuestion(
        tuple(groups), ceilings, Goal.PEOPLE, tuple(wishes), tuple(rooms), seconds=_SECONDS, gap=0.001
    )


def greedy(question: PlanQuestion) -> int:
    """People covered in December by the cheapest beginnings first."""
    left, covered = dict(question.ceilings), [0] * len(question.groups)
    total = 0
    for column in sorted(columns_of(question), key=lambda one: (one.cost, one.group)):
        money = min(left[WHOLE], left[column.source]) // column.cost
        people = min(money, question.groups[column.group].need[DECEMBER] - covered[column.group])
        for key in (WHOLE, column.source):
            left[key] -= people * column.cost
        covered[column.group] += people
        total += people
    return total


def page_waits(port: int, session: str, worker: Thread) -> list[float]:
    """Seconds of each answer to somebody who clicks while the solver works."""
    waits = []
    while worker.is_alive():
        began = time.perf_counter()
        get(port, _PAGE, session)
        waits.append(time.perf_counter() - began)
        time.sleep(0.1)
    return waits


def main() -> None:
    fill(1_000)
    call_command("collectstatic", interactive=False, verbosity=0)
    user = User.objects.get(username="dewi")
    client = Client()
    client.force_login(user)
    session = str(client.session.session_key)
    question = province(options.rows)
    answers: list[Any] = []

    def work() -> None:
        began = time.perf_counter()
        answers.append(solve_apart(question))
        answers.append(time.perf_counter() - began)

    with served() as port:
        for _warm in range(5):
            get(port, _PAGE, session)
        worker = Thread(target=work)
        worker.start()
        waits = page_waits(port, session, worker)
        worker.join()
    (answer, seconds), by_hand = answers, greedy(question)
    results = {
        "columns": len(columns_of(question)),
        "status": answer.status,
        "gap_percent": answer.gap * 100,
        "seconds": seconds,
        "people": answer.objective,
        "people_cheapest_first": by_hand,
        "ratio_to_cheapest_first": answer.objective / by_hand,
        "page_median_ms": percentile(waits, 0.5) * 1000,
        "page_p95_ms": percentile(waits, 0.95) * 1000,
    }
    setting.report(results, options.as_json)


if __name__ == "__main__":
    main()
