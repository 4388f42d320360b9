"""Boards are kept by what their figures rest on: the same page for fewer questions, and never an old one."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from participants.models import Category, MembershipCount
from participants.services.headcount import record_headcounts
from participants.services.membership_count import correct_membership_count
from participants.services.target import record_targets
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, PROVINCE
from tests.factories import HeadcountFactory, TargetFactory
from tests.months import JULY, close
from tests.reports.test_pages import text_of

pytestmark = pytest.mark.usefixtures("figures_once")

BOARD = f"/wilayah/{KOTA_A}/?periode=2025-07"


@pytest.fixture(autouse=True)
def _kept(settings, figures):
    settings.BOARDS_KEPT_SECONDS = 60


def asked(client, address=BOARD):
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    # The form that changes the language holds a token of its own each time.
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode()), len(queries)


def shown(client, address=BOARD):
    return text_of(client.get(address))


@pytest.mark.parametrize(
    ("who", "address"),
    [
        ("wayan", BOARD),
        ("lestari", f"/wilayah/{PROVINCE}/?periode=2025-07"),
        ("dewi", "/wilayah/ID/uang/?periode=2025-07"),
    ],
)
def test_the_second_reader_gets_the_same_page_for_fewer_questions(cast, client_of, who, address):
    client = client_of(getattr(cast, who))
    first, many = asked(client, address)
    second, few = asked(client, address)
    assert second == first
    assert few <= many - 4


def test_two_people_who_see_the_same_share_a_board(cast, client_of):
    asked(client_of(cast.wayan))
    _content, few = asked(client_of(cast.siti))
    _again, alone = asked(client_of(cast.siti))
    assert few == alone


def test_whose_scope_is_another_has_a_board_of_their_own(cast, client_of):
    address = f"/wilayah/{PROVINCE}/?periode=2025-07"
    shown(client_of(cast.lestari), address)
    assert len(cache.keys("board:*")) == 1
    shown(client_of(cast.dewi), address)
    assert len(cache.keys("board:*")) == 2


def test_a_corrected_figure_is_shown_at_once(cast, client_of):
    client = client_of(cast.wayan)
    assert "76.062" in shown(client)
    row = MembershipCount.objects.get(region_id=KOTA_A, month=JULY)
    correct_membership_count(
        pk=row.pk, revision=row.revision, by=cast.wayan, reason="uji", new={"members": 80_000}
    )
    recompute_stale()
    told = shown(client)
    assert "80.000" in told
    assert "76.062 dari" not in told


def test_a_closed_month_is_drawn_as_closed(cast, client_of):
    client = client_of(cast.wayan)
    address = f"/wilayah/{KOTA_A}/sumber/?periode=2025-07"
    before = shown(client, address)
    keys = set(cache.keys("board:*"))
    close(cast)
    recompute_stale()
    # Closing makes no other run: it marks the one that stands.
    assert shown(client, address) != before
    assert len(set(cache.keys("board:*")) - keys) == 1


def test_a_new_target_is_shown_at_once(cast, system, client_of):
    client = client_of(cast.wayan)
    assert "61,00%" not in shown(client)
    record_targets([TargetFactory(region_id=KOTA_A, year=2025, percent=61)], by=system)
    # A target is seen before anything is computed again.
    assert "61,00%" in shown(client)


def test_a_renamed_category_is_shown_at_once(cast, system, client_of):
    record_headcounts(
        [HeadcountFactory(region_id=KOTA_A, month=JULY, category_id="rt_rw", people=9)], by=system
    )
    recompute_stale()
    client = client_of(cast.wayan)
    address = f"/wilayah/{KOTA_A}/kategori/?periode=2025-07"
    name = Category.objects.get(pk="rt_rw").name
    assert name in shown(client, address)
    # Through the form in which an administrator does it: tables of all are of no region.
    door = reverse("admin:participants_category_change", args=["rt_rw"])
    admin = client_of(cast.admin)
    form = admin.get(door).context["adminform"].form
    fields = {name: form[name].value() for name in form.fields}
    given = {
        name: value for name, value in fields.items() if value not in {None, False, ""} or name == "name"
    }
    answer = admin.post(door, given | {"name": "Pengurus RT"})
    assert answer.status_code == 302, answer.context["errors"]
    assert "Pengurus RT" in shown(client, address)


def test_each_language_has_its_own(cast, client_of):
    client = client_of(cast.wayan)
    assert "Belum terlindungi" in shown(client)
    client.post("/bahasa/", {"language": "en", "next": "/"})
    told = shown(client)
    assert "Belum terlindungi" not in told
    assert "Not yet covered" in told


def test_a_past_day_is_never_kept(cast, client_of):
    shown(client_of(cast.wayan), f"{BOARD}&per={date(2025, 8, 15)}")
    assert cache.keys("board:*") == []
