"""A practice room from its beginning to its end, and everything that it must not touch."""

import re

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.db.utils import ProgrammingError
from django.urls import reverse

from participants.models import Batch, Enrolment, MembershipCount, Participant
from regions.models import Act, Region, ReportingMonth, User
from regions.month import add_months, iso_month
from regions.practice import CITY, MARK, current_room, data_warning, in_room
from reports.examples.practice_list import damaged_rows, practice_rows
from reports.models import Pack, RoomState, Run
from reports.selectors.practice import get_practice
from reports.services.practice.databases import (
    rooms_with_database,
)
from reports.services.practice.rooms import (
    begin_practice,
    renew_practice,
)
from reports.services.practice.work import work_on_rooms
from reports.services.practice.world import practice_month
from tests.house.worlds import texts_of
from tests.reports.practice import drop_rooms, practising
from tests.reports.practice_flow import (
    enter_month,
    hand_in,
    make_pack,
    mend_list,
    send_list,
    store_list,
    words_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rooms_go(django_db_setup):
    yield
    drop_rooms()


@pytest.fixture
def room(cast):
    return practising(cast.wayan)


def test_a_room_is_made_with_an_invented_city_and_its_owner(room, cast):
    with in_room(room.room):
        assert Region.objects.get(pk=CITY).full_label == "Kota Latihan (bukan data sebenarnya)"
        person = User.objects.get(username="wayan")
        assert {one.role: one.region_id for one in person.current_assignments} == {
            "operator": CITY,
            "supervisor": CITY,
        }
        assert not User.objects.filter(username="budi").exists()
        closed = ReportingMonth.objects.filter(region=CITY, state="closed").count()
        assert (closed, Run.objects.filter(region=CITY, superseded_at=None).count() > 0) == (13, True)
    assert not Region.objects.filter(pk=CITY).exists()


def test_two_clicks_make_one_room_and_a_reset_makes_another(room, cast):
    assert begin_practice(by=cast.wayan) == room
    with in_room(room.room):
        User.objects.filter(username="wayan").update(full_name="Diubah")
    fresh = renew_practice(by=cast.wayan)
    work_on_rooms()
    fresh.refresh_from_db()
    room.refresh_from_db()
    assert (room.state, fresh.state) == (RoomState.ENDED, RoomState.READY)
    assert rooms_with_database() == {fresh.pk}
    with in_room(fresh.room):
        assert User.objects.get(username="wayan").full_name == cast.wayan.full_name
    told = Act.objects.filter(subject__startswith="ruang latihan").order_by("pk")
    assert list(told.values_list("verb", "region_code", "detail")) == [
        ("practice_begun", cast.wayan.current_assignments[0].region_id, {}),
        ("practice_ended", cast.wayan.current_assignments[0].region_id, {"cause": "diulang"}),
        ("practice_begun", cast.wayan.current_assignments[0].region_id, {}),
    ]


def test_the_list_is_damaged_in_three_rows_and_of_nobody():
    pairs = list(zip(damaged_rows(), practice_rows(), strict=True))
    assert [sent[0] for sent, right in pairs if sent != right] == ["3", "7", "10"]
    known = {code.replace(".", "") for code in Region.objects.values_list("code", flat=True)}
    assert all(right[1][:2] not in known and len(right[1]) == 16 for _sent, right in pairs)


def test_rooms_do_not_nest_and_what_fails_inside_leads_out(room):
    with pytest.raises(ProgrammingError), in_room(room.room), connection.cursor() as cursor:
        cursor.execute("SELECT * FROM no_such_table")
    assert (current_room(), data_warning()) == (None, "Data contoh, sebagian rekaan")
    assert reverse("home") == "/"
    mine = room.room
    with in_room(mine):
        assert (reverse("home"), data_warning()) == (mine.prefix, MARK)
        with pytest.raises(RuntimeError), in_room(mine):
            pass


def test_what_is_cached_in_a_room_is_found_nowhere_else(room):
    with in_room(room.room):
        cache.set("angka", "latihan")
    assert cache.get("angka") is None
    with in_room(room.room):
        assert cache.get("angka") == "latihan"


def test_a_first_import_from_the_list_to_the_pack(room, cast, client_of):
    client = client_of(cast.wayan)
    send_list(client, room)
    assert "9 baris baik, 3 perlu diperbaiki" in words_of(client.get(f"{room.room.prefix}kiriman/1/"))
    assert done_in(room) == ["kirim"]
    mend_list(client, room)
    assert done_in(room) == ["kirim", "perbaiki"]
    store_list(client, room)
    assert done_in(room) == ["kirim", "perbaiki", "setujui"]
    enter_month(client, room)
    hand_in(client, room)
    month = iso_month(practice_month())
    board = words_of(client.get(f"{room.room.prefix}wilayah/{CITY}/?periode={month}"))
    assert "Latihan (bukan data sebenarnya)" in board
    assert done_in(room) == ["kirim", "perbaiki", "setujui", "isi", "lengkap", "lihat"]
    page = make_pack(client, room)
    assert "Semua langkah sudah Anda lakukan" in words_of(client.get(f"{room.room.prefix}latihan/"))
    with in_room(room.room):
        assert (Participant.objects.count(), Enrolment.objects.count(), Pack.objects.count()) == (12, 12, 1)
        assert Pack.objects.get().ledger_head == ""
    assert (Batch.objects.count(), Participant.objects.count(), Pack.objects.count()) == (0, 0, 0)
    assert MembershipCount.objects.count() == 0
    for face in ("pdf", "xlsx", "docx", "pptx"):
        file = client.get(f"{page}unduh/{face}/")
        assert file["Content-Disposition"].startswith('attachment; filename="LATIHAN-')
        assert "bukan data sebenarnya" in texts_of(file), face


def done_in(room):
    with in_room(room.room):
        inside = User.objects.get(username="wayan")
        return [step.key for step in get_practice(inside).steps if step.is_done]


def test_a_csv_ends_with_the_mark_and_a_workbook_has_a_sheet_that_says_so(room, cast, client_of):
    client = client_of(cast.wayan)
    at = f"{room.room.prefix}peserta-aktif/"
    table = texts_of(client.get(at, {"unduh": "csv"}))
    assert table.rstrip().splitlines()[-1] == MARK
    assert len(table.splitlines()) > 20
    assert 'name="LATIHAN"' in texts_of(client.get(at, {"unduh": "xlsx"}))
    assert MARK not in texts_of(client.get("/peserta-aktif/", {"unduh": "csv"}))


@pytest.mark.parametrize(
    ("name", "more"), [("region_pdf", ["uang"]), ("region_picture", ["kategori"]), ("region_card", [])]
)
def test_papers_and_pictures_of_the_board_are_named_and_marked(room, cast, client_of, name, more):
    path = reverse(name, args=[CITY, *more]).removeprefix("/")
    closed = iso_month(add_months(practice_month(), -1))
    got = client_of(cast.wayan).get(f"{room.room.prefix}{path}", {"periode": closed})
    assert (got.status_code, "LATIHAN-" in got["Content-Disposition"]) == (200, True)
    if name == "region_pdf":
        assert MARK in re.sub(r"\s+", " ", texts_of(got))


def test_what_is_typed_fresh_outside_is_fresh_inside(room, cast, client_of, settings):
    settings.FRESH_SIGN_IN_MINUTES = 10
    client = client_of(cast.wayan)
    address = f"{room.room.prefix}latihan/"
    session = client.session
    session["account_authentication_methods"] = [{"method": "password", "at": 5.0}]
    session.save()
    assert client.get(address).status_code == 200
    with in_room(room.room):
        assert Session.objects.get(pk=session.session_key).get_decoded() == {
            "account_authentication_methods": [{"method": "password", "at": 5.0}]
        }
