"""What another region pays and when does not show through any filter of the list of persons."""

from datetime import date
from itertools import product

import pytest
import time_machine
from django.db import transaction
from django.template import Template
from django.test import override_settings
from django.test.signals import template_rendered
from django.urls import reverse

from tests.cast import make_cast
from tests.factories import EnrolmentFactory, ParticipantFactory, nik_of

pytestmark = pytest.mark.django_db
FILTERS = {
    "lain": ["ya", "tidak"],
    "keadaan": ["aktif", "diusulkan", "berjalan", "berakhir"],
    "perlu": ["usia", "lahir", "ditinjau"],
    "kategori": ["linmas", "rt_rw"],
    "dana": ["apbd_kabkota"],
    "padanan": ["valid", "bukan", "belum"],
    "kpj": ["ada", "tanpa"],
    "nama": ["asep"],
    "wilayah": ["36.72", "36", "36.73"],
}
MONTHS = [f"2025-{month:02}" for month in range(1, 13)]
QUERIES = [
    *(f"bulan={month}" for month in MONTHS),
    *(f"{name}={value}" for name, values in FILTERS.items() for value in values),
    *(
        f"{name}={value}&bulan={month}"
        for (name, values), month in product(FILTERS.items(), MONTHS)
        for value in values
    ),
    *(f"lain=ya&keadaan={state}&bulan={month}" for state, month in product(FILTERS["keadaan"], MONTHS)),
]


AUGUST = "2025-08-20 10:00+07:00"


@pytest.fixture(autouse=True)
def _august():
    with time_machine.travel(AUGUST, tick=False):
        yield


@pytest.fixture(scope="module")
def world(shared_rows, client_of, tmp_path_factory):
    """The people, the persons, and what Wayan is shown before anything is paid elsewhere."""
    heads = tmp_path_factory.mktemp("ledger") / "heads.txt"
    with time_machine.travel(AUGUST, tick=False), override_settings(LEDGER_ANCHORS=heads):
        cast = make_cast()
        persons = make_persons(cast)
        with transaction.atomic():
            before = shown(client_of(cast.wayan))
            transaction.set_rollback(True)
    return cast, persons, before


@pytest.fixture
def cast(world, db):
    return world[0]


@pytest.fixture
def persons(world, db):
    return world[1]


@pytest.fixture
def before(world, db):
    return world[2]


def make_persons(cast):
    """Two of Kota A; the first is known to Kota B too, where nothing is paid yet."""
    mine = [
        ParticipantFactory(name=name, entered_by=cast.wayan, digits=nik_of(n))
        for n, name in ((1, "Asep"), (2, "Euis"))
    ]
    for one in mine:
        EnrolmentFactory(participant=one, entered_by=cast.wayan)
    theirs = ParticipantFactory(name="Asep R", entered_by=cast.budi, region_id="36.73", digits=nik_of(1))
    return mine, theirs


def shown(client):
    """Every filter → what the page is given to say of it: names in their order, the count; and the file."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Template, "_render", _handed_over)
        return {query: _answers(client, query) for query in QUERIES}


def _answers(client, query):
    page = client.get(f"{reverse('person_list')}?{query}")
    file = b"".join(client.get(f"{reverse('person_export')}?{query}").streaming_content)
    return (
        [one.person.name for one in page.context["listed"]],
        page.context["page"].paginator.count,
        file,
    )


def _handed_over(template, context):
    """The client of the tests hears what a page is made of; to draw it a thousand times would add nothing."""
    template_rendered.send(sender=template, template=template, context=context)
    return ""


def test_a_spell_of_past_months_elsewhere_changes_nothing(persons, before, cast, client_of):
    client = client_of(cast.wayan)
    EnrolmentFactory(
        participant=persons[1],
        entered_by=cast.budi,
        first_month=date(2025, 2, 1),
        last_month=date(2025, 5, 1),
    )
    assert {query: one for query, one in shown(client).items() if one != before[query]} == {}
    assert len(QUERIES) > 250


def test_a_running_one_shows_in_the_one_filter_alike_for_all_months(persons, before, cast, client_of):
    client = client_of(cast.wayan)
    EnrolmentFactory(participant=persons[1], entered_by=cast.budi, first_month=date(2025, 6, 1))
    after = shown(client)
    changed = {query for query, one in after.items() if one != before[query]}
    assert changed
    assert all(query.startswith("lain=") for query in changed)
    assert [after[f"lain=ya&bulan={month}"][0] for month in MONTHS] == [["Asep"]] * 12


def test_who_may_see_both_regions_is_told_by_month(persons, cast, client_of):
    EnrolmentFactory(
        participant=persons[1],
        entered_by=cast.budi,
        first_month=date(2025, 2, 1),
        last_month=date(2025, 3, 1),
    )
    client = client_of(cast.lestari)
    names = {}
    for month in MONTHS[:5]:
        page = client.get(f"{reverse('person_list')}?lain=ya&bulan={month}")
        names[month] = [one.person.name for one in page.context["listed"]]
    assert names == {
        month: ["Asep", "Asep R"] if month in {"2025-02", "2025-03"} else [] for month in MONTHS[:5]
    }
