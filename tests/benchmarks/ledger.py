"""The ledger of acts: placing acts in the tree, the page with its filters, a head, the nightly check."""

from tests.benchmarks._setting import arguments, report, start, timed

options = arguments(__doc__, default_rows=1_000_000, small_rows=20_000)
start()

from datetime import timedelta

from django.core.management import call_command
from django.db import connection
from django.utils.timezone import now

from regions.enums import Verb
from regions.ledger import hash_of
from regions.models import Act, User
from regions.roles import Role
from regions.selectors.act import LedgerQuestion, page_of_acts
from regions.selectors.ledger_check import check_head, check_ledger, read_head
from regions.services.act import record_act
from regions.services.region import load_regions
from regions.services.user import assign_role, ensure_system_user

_CITIES = ("36.72", "36.73", "32.16", "31.71", "11.01", "12.71", "33.01", "35.78")


def fill(rows: int) -> None:
    """Acts with true hashes, placed by the database as at any commit."""
    began, verbs = now() - timedelta(days=700), list(Verb)
    for first in range(0, rows, 10_000):
        acts = []
        for number in range(first, min(first + 10_000, rows)):
            act = Act(
                at=began + timedelta(minutes=number),
                actor_id=number % 500,
                actor_name=f"orang{number % 500}",
                verb=verbs[number % len(verbs)],
                # Every thousandth act is of the one city that is asked for.
                region_code="72.71" if number % 1000 == 0 else _CITIES[number % len(_CITIES)],
                subject=f"kiriman #{number}",
                detail={"changed": {"people": ["1", str(number)]}},
                salt=f"{number:032x}",
            )
            act.hash = hash_of(act)
            acts.append(act)
        Act.objects.bulk_create(acts)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE regions_act, regions_leaf, regions_treenode")


def reader(name: str, role: Role, code: str, system: User) -> User:
    user = User.objects.create(username=name, full_name=name)
    assign_role(user=user, role=role, by=system, region_code=code, reason="ukur")
    return User.objects.get(pk=user.pk)


call_command("migrate", interactive=False, verbosity=0)
load_regions()
system = ensure_system_user()
filling = timed(lambda: fill(options.rows))
nation = reader("negara", Role.AUDITOR, "ID", system)
city = reader("kota", Role.AUDITOR, "72.71", system)


def page(user: User, **asked: object) -> float:
    question = LedgerQuestion(**asked)  # type: ignore[arg-type]
    return timed(lambda: page_of_acts(user, question, before=None), repeat=3)


act = Act.objects.order_by("pk")[options.rows // 2]
size, root = read_head()
day = act.at.date()
report(
    {
        "acts": size,
        "filling_seconds": filling,
        "record_act_ms": timed(lambda: record_act(by=system, verb=Verb.READ, subject="uji"), repeat=20)
        * 1000,
        "page_ms": page(nation) * 1000,
        "page_of_a_small_city_ms": page(city) * 1000,
        "by_person_ms": page(nation, person="orang7") * 1000,
        "by_nobody_ms": page(nation, person="tidak-ada") * 1000,
        "by_verb_ms": page(nation, verb=str(Verb.CLOSED)) * 1000,
        "by_region_ms": page(nation, region="72") * 1000,
        "by_days_ms": page(nation, since=day, until=day) * 1000,
        "by_subject_ms": page(nation, subject=act.subject) * 1000,
        "head_ms": timed(read_head, repeat=3) * 1000,
        "old_head_ms": timed(lambda: check_head(size // 2, "0" * 16), repeat=3) * 1000,
        "whole_check_seconds": timed(check_ledger),
    },
    options.as_json,
)
