"""Nothing of a practice room leaves it, and nothing of the installation comes into it.

The real world is that of the access table, whose every address is asked by everyone before and after somebody
has practised; and its owner sends everything to every address of the room, after which no real table has
changed.
"""

import re
from difflib import unified_diff

import pytest
import time_machine
from django.core.cache import cache
from django.urls import Resolver404, resolve
from django.utils.timezone import now

from jamsostek_monitor.backup.digests import digest_tables
from regions.models import Act, User
from regions.practice import CITY, in_room
from reports.selectors.practice import get_practice
from reports.services.practice.databases import drop_room, rooms_with_database
from reports.services.practice.rooms import begin_practice
from reports.services.practice.work import work_on_rooms
from tests.house.access_table import API, PEOPLE
from tests.house.access_world import make_addresses
from tests.house.worlds import asked, make_world, places_of, texts_of, used
from tests.ledgers import settle
from tests.reports.practice import practising
from tests.reports.practice_flow import practise_everything

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,
    pytest.mark.usefixtures("plain_rendering"),
]
# That somebody practised is told to auditors: a row of the room, and its acts in their tree. And a session
# was in use.
TOLD = {"reports_practiceroom", "regions_act", "regions_leaf", "regions_treenode"}
TOLD |= {"django_session", "usersessions_usersession"}
# What a page says of the moment in which it was asked for, and of the one request.
_OF_THE_REQUEST = re.compile(
    r'csrfmiddlewaretoken" value="\w+"|"csrf_token": "\w+"|name="nonce" value="[^"]*"|X-CSRFToken[^}]*'
    # The sheet of paper that a form stands for.
    r"|formulir:[0-9a-f-]{36}"
)
SECRETS = ("76.062", "Toko Rahasia", "CV Rahasia", "rekap.xlsx", "Budi b", "3672010704650051", "Budi fb")
# The stranger, who plans for the nation, who audits, who administers, the owner, and everybody.
LOOKING = ("budi", "dewi", "lestari", "admin", "wayan", None)
# Pages of words alone, whose examples of figures are written into them.
WORDS = {"components", "glossary", "glossary_term", "handbook"}
POSTED = {
    "alasan": "Surat 1",
    "reason": "Surat 1",
    "source": "x",
    "note": "x",
    "members": "5",
    "region": CITY,
}
POSTED |= {
    "region": CITY,
    "month": "2025-07",
    "segment": "all",
    "title": "x",
    "text": "x",
    "wilayah": CITY,
    "kata": "Budi",
}


@pytest.fixture(scope="module")
def world(shared_rows):
    return make_world(make_addresses)


@pytest.fixture(autouse=True)
def _rooms_go(django_db_setup):
    yield
    for number in rooms_with_database():
        drop_room(number)


def answers_of(world, client_of, moment):
    """(Address, person) → the whole answer, without what is of the one request."""
    cast, addresses, batch = world
    places = places_of(addresses, batch)
    found = {}
    with time_machine.travel(moment, tick=False):
        for one in LOOKING:
            client = used(client_of(getattr(cast, one) if one else None))
            for name, listed in places.items():
                # One's own sessions and the secret of an app are drawn anew for each walk.
                if name in {"account_logout", "healthz_deep"} or name.startswith(("usersessions_", "mfa_")):
                    continue
                for address in listed:
                    response, text, _seen = asked(client, "GET", address, {})
                    found[address, one] = (response.status_code, _OF_THE_REQUEST.sub("", text))
    return found


def difference(one, other):
    """The lines that differ, where a test tells of its failure."""
    return list(unified_diff(one[1].splitlines(), other[1].splitlines(), lineterm="", n=0))[:12]


def changed_since(tables):
    """Names of the real tables that hold anything else now."""
    digests = digest_tables()
    return {name for name in {*tables, *digests} if tables.get(name) != digests.get(name)}


_TELLING = ("/catatan/", "/api/v1/acts", "/latihan/", "/metrics")


def test_whoever_practises_changes_no_answer_to_anybody(world, client_of, walking):
    cast = world[0]
    with walking():
        moment, client = now(), used(client_of(cast.wayan))
        before = answers_of(world, client_of, moment)
        settle()
        tables = digest_tables()
        room = practising(cast.wayan)
        practise_everything(client, room)
        with in_room(room.room):
            inside = User.objects.get(username="wayan")
            steps = get_practice(inside).steps
        assert [step.key for step in steps if not step.is_done] == []
        settle()
        assert changed_since(tables) <= TOLD
        cache.delete_pattern("*")
        after = answers_of(world, client_of, moment)
    differing = {key for key in before if before[key] != after[key]}
    # The ledger tells that it happened, the owner's own page that there is a room; /metrics counts requests.
    told = {key for key in differing if key[0].startswith(_TELLING)}
    assert {key: difference(before[key], after[key]) for key in differing - told} == {}
    assert len(before) > 2_500
    assert {act.verb for act in Act.objects.filter(subject__startswith="ruang latihan")} == {"practice_begun"}


def test_everything_sent_to_every_address_of_a_room_changes_no_real_table(world, client_of, walking):
    cast, addresses, batch = world
    room = practising(cast.wayan)
    practise_everything(client_of(cast.wayan), room)
    client = used(client_of(cast.wayan))
    client.raise_request_exception = False
    settle()
    tables, at = digest_tables(), room.room.prefix.removesuffix("/")
    seen, fallen, secrets = 0, [], []
    with walking():
        for name, listed in places_of(addresses, batch).items():
            if name in API or name.startswith(("account_", "mfa_", "admin")):
                continue
            for address in {*listed, *(one.replace("36.72", CITY) for one in listed)}:
                for method in ("get", "post"):
                    response = getattr(client, method)(at + address, POSTED if method == "post" else {})
                    text = texts_of(response)
                    seen += 1
                    fallen += [(name, method)] if response.status_code >= 500 else []
                    told = [] if name in WORDS else [secret for secret in SECRETS if secret in text]
                    secrets += [(name, secret) for secret in told]
    work_on_rooms()
    settle()
    assert changed_since(tables) <= TOLD
    assert (fallen, secrets) == ([], [])
    assert seen > 800


def test_a_room_is_found_by_its_owner_alone(world, client_of):
    cast = world[0]
    room = practising(cast.wayan)
    at = room.room.prefix
    got = {one: client_of(getattr(cast, one)).get(f"{at}kiriman/").status_code for one in PEOPLE}
    assert got == dict.fromkeys(PEOPLE, 404) | {"wayan": 200}
    anonymous = client_of(None).get(f"{at}kiriman/")
    assert (anonymous.status_code, anonymous.url.partition("?")[0]) == (302, "/akun/masuk/")
    other = begin_practice(by=cast.budi)
    work_on_rooms()
    assert client_of(cast.wayan).get(f"/latihan/{other.pk}/kiriman/").status_code == 404
    assert client_of(cast.budi).get(f"/latihan/{other.pk}/kiriman/").status_code == 200


@pytest.mark.parametrize("address", ["api/v1/regions/", "admin/", "publik/", "pengguna/", "healthz"])
def test_what_is_not_practised_is_nowhere_in_a_room(world, client_of, address):
    room = practising(world[0].wayan)
    response = client_of(world[0].wayan).get(f"{room.room.prefix}{address}")
    assert response.status_code == 404
    assert b"bukan data sebenarnya" not in response.content


@pytest.mark.parametrize(
    ("address", "outside"),
    [
        ("akun/kata-sandi/", "/akun/kata-sandi/"),
        ("akun/keluar/", "/akun/keluar/"),
        ("undangan/?a=1", "/undangan/?a=1"),
        # Whoever has a paper of a room in hand is told what it is.
        ("verifikasi/", "/verifikasi/?latihan=1"),
        ("verifikasi/?kode=1", "/verifikasi/?kode=1&latihan=1"),
    ],
)
def test_accounts_and_proofs_exist_once(world, client_of, address, outside):
    room = practising(world[0].wayan)
    response = client_of(world[0].wayan).post(f"{room.room.prefix}{address}")
    assert (response.status_code, response.url) == (307, outside)


def test_no_address_of_the_real_world_is_taken_for_one_of_a_room(world):
    for address in world[1].values():
        path = address.partition("?")[0]
        if path.startswith("/latihan/"):
            continue
        try:
            assert not resolve(path).route.startswith("latihan/")
        except Resolver404:
            pytest.fail(path)
