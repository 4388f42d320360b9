"""All facts of Banten, taken out by program, put into an empty installation by program: the same figures."""

from collections import defaultdict

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from participants.enums import ExtraKind
from participants.extra_store import opened_extra, sealed_extra
from participants.models import Participant
from participants.services.batches.work import work_on_batches
from regions.models import Regulation
from regions.selectors.fact_change import counted_kinds
from regions.services.api_token import make_api_token
from reports.api.fact_rows import written_columns
from reports.api.facts import fact_kinds
from reports.models import MeasureValue
from reports.services.example import load_examples
from reports.services.published_figure import load_published
from reports.services.recompute import recompute_stale
from tests.participants.extra_fields import make_field

BANTEN = "36"
# What stands on another fact, by which column: the other comes first.
STANDS_ON = {
    "realisation": ("allocation", "allocation"),
    "pledge_payment": ("pledge", "pledge"),
    "commitment": ("minutes", "minutes"),
    "outreach_event": ("agent", "perisai_agent"),
    "agent_recruits": ("agent", "perisai_agent"),
}
KINDS = sorted(fact_kinds(), key=lambda kind: kind.name in STANDS_ON)
OF_TERMS = ("category", "funding", "segment", "first_month", "last_month", "source")


@pytest.fixture
def program(cast, system):
    load_published(by=system)
    load_examples(by=system)
    recompute_stale(seconds=300)
    (role,) = cast.admin.assignments.all()
    token = make_api_token(by=cast.admin, assignment_id=role.pk, name="x", days=1, may_write=True).text
    return Client(headers={"authorization": f"Bearer {token}"})


def all_rows(program, address):
    found = []
    while address:
        page = program.get(address).json()
        found += page["data"]
        address = page["next"]
    return found


def figures():
    """Every figure of Banten and of all below it that stands now."""
    values = MeasureValue.objects.filter(run__is_current=True, run__region__code__startswith=BANTEN)
    told = ("run__region", "run__period", "measure", "segment", "category", "funding", "target", "variant")
    return {tuple(row[:8]): row[8:] for row in values.values_list(*told, "numerator", "denominator")}


def emptied():
    """As a new installation: reference data, accounts, nothing else."""
    # The register of rules comes with the reference data, and categories and budget lines rest on it.
    kinds = [kind for kind in counted_kinds() if kind.model is not Regulation]
    tables = {kind.model._meta.db_table for kind in kinds}
    tables |= {kind.model.pgh_event_model._meta.db_table for kind in kinds}
    tables |= {"participants_participant", "participants_batch", "reports_run", "regions_change"}
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"TRUNCATE {', '.join(sorted(tables))} CASCADE")


def post(program, address, body):
    answer = program.post(address, body, content_type="application/json")
    assert answer.status_code in {200, 201, 202}, answer.content[:2000]
    return answer.json()


def put_facts(program, taken):
    """Numbers of facts are those of this installation, found by the place of each in what was taken."""
    numbers = defaultdict(dict)
    for kind in KINDS:
        rows = [{name: row[name] for name in written_columns(kind)} for row in taken[kind.name]]
        if kind.name in STANDS_ON:
            column, other = STANDS_ON[kind.name]
            rows = [row | {column: numbers[other].get(row[column])} for row in rows]
        for start in range(0, len(rows), 10_000):
            told = post(program, reverse(f"api_{kind.name}"), {"rows": rows[start : start + 10_000]})
            assert told["created"] + told["unchanged"] == len(rows[start : start + 10_000])
            before = [row["id"] for row in taken[kind.name][start : start + 10_000]]
            numbers[kind.name] |= dict(zip(before, (row["id"] for row in told["rows"]), strict=True))


def lists_of(program, persons):
    """Terms of a list → its rows, with the numbers whole: unmasked for a reason, one by one."""
    lists = defaultdict(list)
    for person in persons:
        address = reverse("api_person_unmask", args=[person["id"]])
        numbers = post(program, address, {"reason": "pindah ke instalasi baru"})
        row = {"nik": numbers["nik"], "name": person["name"], "birth_date": person["birth_date"]}
        row["extra"] = {**person["extra"], **numbers["extra"]}
        for spell in person["spells"]:
            terms = (person["region"], *(spell[name] for name in OF_TERMS), *spell["programmes"])
            lists[terms].append({name: value for name, value in row.items() if value})
    return lists


def put_lists(program, lists):
    for (region, *said), rows in lists.items():
        terms = dict(zip(OF_TERMS, said, strict=False))
        months = {name: terms[name] and terms[name][:7] for name in ("first_month", "last_month")}
        terms |= months | {"region": region, "as_of": "2025-01-31", "programmes": said[len(OF_TERMS) :]}
        number = post(program, reverse("api_batches"), {"terms": terms, "rows": rows})["id"]
        work_on_batches()
        told = post(program, reverse("api_batch_confirm", args=[number]), {})
        assert told["counts"].get("refused", 0) == 0, told
        work_on_batches()


def with_own_fields(cast):
    """Every third person holds a number, and a text that is sealed; what they hold, by person."""
    number = make_field(cast.admin, region_code=BANTEN, name="Anak", kind=ExtraKind.NUMBER)
    secret = make_field(cast.admin, region_code=BANTEN, name="Agama", is_personal=True)
    for at, person in enumerate(Participant.objects.filter(region__code__startswith=BANTEN)[::3]):
        digests, sealed = sealed_extra({secret.key: f"Uji {at % 7}"})
        Participant.objects.filter(pk=person.pk).update(extra={number.key: at} | digests, extra_sealed=sealed)
    return held()


def held():
    return {
        row.nik_digest: (row.extra, opened_extra(row.extra_sealed))
        for row in Participant.objects.exclude(extra={})
    }


def test_banten_moves_house_and_keeps_every_figure(program, cast, system):
    before, own = figures(), with_own_fields(cast)
    taken = {
        kind.name: all_rows(program, f"{reverse(f'api_{kind.name}')}?under={BANTEN}&limit=1000")
        for kind in KINDS
    }
    national = all_rows(program, f"{reverse('api_target')}?region=ID")
    taken["target"] += national
    persons = all_rows(program, f"{reverse('api_persons')}?region={BANTEN}&limit=500")
    lists = lists_of(program, persons)
    assert len(before) > 1_000
    assert len(taken["membership_count"]) > 50
    emptied()
    put_facts(program, taken)
    put_lists(program, lists)
    recompute_stale(seconds=300)
    after = figures()
    assert Participant.objects.count() == len(persons)
    assert len(own) > 100 and held() == own
    assert {
        place: (told, after.get(place)) for place, told in before.items() if after.get(place) != told
    } == {}
    assert set(after) == set(before)
