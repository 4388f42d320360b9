"""Every address × everyone. An address without a row here fails the build.

What everyone gets is compared with the table in `test_doors.py`, whose walk asks for it.
"""

from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from participants.models import (
    MembershipCount,
)
from regions.services.user import ensure_system_user
from reports.models import Pack
from tests.cast import KOTA_A, make_cast
from tests.conftest import make_figures
from tests.house.access_table import (
    API,
    FORBIDDEN,
    HIDDEN,
    MOVED,
    OK,
    OPEN_TO_ANONYMOUS,
    PEOPLE,
    TABLE,
    UNAUTHORIZED,
)
from tests.house.access_world import make_addresses

pytestmark = pytest.mark.usefixtures("plain_rendering")


def named_patterns(resolver=None, namespace=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = pattern.namespace or namespace
            yield from named_patterns(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield namespace, pattern.name


OURS = sorted({name for namespace, name in named_patterns() if namespace != "admin"}, key=str)


def test_every_address_has_a_name_and_a_row():
    assert None not in OURS
    assert set(OURS) == set(TABLE)


@pytest.fixture(scope="module")
def world(shared_rows):
    """The people, and every address with arguments that lead to something of Kota A."""
    cast = make_cast()
    system = ensure_system_user()
    make_figures(system)
    return cast, make_addresses(cast, system)


@pytest.fixture(scope="module")
def signed_in(world):
    """The cookies of everybody, signed in once for all addresses."""
    cookies = {}
    for user in world[0]:
        client = Client()
        client.force_login(user)
        cookies[user.pk] = client.cookies
    return cookies


@pytest.fixture
def client_of(signed_in, db):
    """A new client with somebody's cookies, or one without any."""

    def of(user):
        client = Client()
        if user is not None:
            client.cookies.load({name: cookie.value for name, cookie in signed_in[user.pk].items()})
        return client

    return of


@pytest.fixture
def cast(world, db):
    return world[0]


@pytest.fixture
def addresses(world, db):
    return world[1]


@pytest.mark.parametrize("name", sorted(TABLE))
def test_the_anonymous_are_sent_to_sign_in(name, addresses, client_of):
    response = client_of(None).get(addresses[name])
    if name in OPEN_TO_ANONYMOUS:
        assert response.status_code == OPEN_TO_ANONYMOUS[name]
    elif name in API:
        assert response.status_code == UNAUTHORIZED
    else:
        assert (response.status_code, response.url.partition("?")[0]) == (
            MOVED,
            reverse("account_login"),
        )


def pack_code():
    return Pack.objects.get().printed_code


@pytest.mark.parametrize(
    "name",
    [name for name, row in TABLE.items() if row["budi"] == OK and name.endswith(("_list", "home"))],
)
def test_lists_never_show_the_stranger_what_is_not_his(name, addresses, cast, client_of):
    shown = client_of(cast.budi).get(addresses[name]).content.decode()
    for secret in (
        "Cilegon",
        "76.062",
        "Rp111",
        "Rp222",
        "333.000",
        "2.111.000",
        "Toko Rahasia",
        "Rumah Rahasia",
        "CV Rahasia",
        "6.111.000",
        "7.111",
        "5.111.000",
        "444.444",
        "rekap.xlsx",
        "daftar.xlsx",
        "Budi b",
        pack_code(),
    ):
        assert secret not in shown
    also = client_of(cast.wayan).get(addresses[name]).content.decode()
    assert "Cilegon" in also


@pytest.mark.parametrize("query", ["wilayah=36.72", "wilayah=36.72&periode=2025-07", "wilayah=36"])
@pytest.mark.parametrize("name", [name for name in TABLE if name.endswith("_list")])
def test_a_filter_does_not_open_another_region(name, query, addresses, cast, client_of):
    shown = client_of(cast.budi).get(f"{addresses[name]}?{query}").content.decode()
    assert "Kota Cilegon" not in shown


def test_the_stranger_cannot_write_to_another_region(cast, client_of, addresses):
    client = client_of(cast.budi)
    row = MembershipCount.objects.get(region_id=KOTA_A, month=date(2025, 7, 1))
    form = {"members": "1", "source": "x", "as_of": "2025-07-31", "reason": "x", "revision": "1"}
    assert client.post(addresses["membership_count_correct"], form).status_code == HIDDEN
    created = client.post(
        addresses["membership_count_record"],
        {**form, "region": KOTA_A, "month": "2025-06", "segment": "all", "programmes": ["jkk"]},
    )
    assert created.status_code == 422
    assert "di luar wewenang Anda" in created.content.decode()
    row.refresh_from_db()
    assert row.members == 76_062
    assert not MembershipCount.objects.filter(month=date(2025, 6, 1)).exists()


UNSEEN = "Alasan\x00 yang\u200b \x02cukup"
SENT = ("alasan", "reason", "text", "note", "source", "title", "revision", "kata", "sebab", "wilayah")


@pytest.mark.ignore_template_errors
def test_no_form_falls_over_characters_that_nobody_sees(addresses, cast, client_of):
    clients = {one: client_of(getattr(cast, one)) for one in ("wayan", "siti", "anton", "admin")}
    fallen = []
    for name in sorted(set(TABLE) - set(API)):
        for one, client in clients.items():
            client.raise_request_exception = False
            with transaction.atomic():
                response = client.post(addresses[name], dict.fromkeys(SENT, UNSEEN))
                transaction.set_rollback(True)
            if response.status_code >= 500:
                fallen.append((name, one))
    assert fallen == []


@pytest.mark.parametrize("person", [p for p in PEOPLE if p != "admin"])
def test_reference_tables_are_for_administrators(person, cast, client_of):
    client = client_of(getattr(cast, person))
    assert client.get(reverse("admin:index")).status_code in {MOVED, FORBIDDEN, HIDDEN}


@pytest.mark.ignore_template_errors
def test_the_administrator_reaches_every_reference_table(cast, client_of):
    client = client_of(cast.admin)
    assert client.get(reverse("admin:index")).status_code == OK
    tables = {
        "regions": ("region", "office"),
        "participants": ("category", "overlapallowance"),
        "budgets": ("contributionrate", "contributionrelief", "benefit", "membershiprule"),
    }
    for app, models in tables.items():
        for model in models:
            assert client.get(reverse(f"admin:{app}_{model}_changelist")).status_code == OK
