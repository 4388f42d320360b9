"""Making, failing and ending of practice rooms, as workers and the night do it; and the door that tells."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from django.utils.timezone import now

from regions.models import Act, User
from reports.models import PracticeRoom, RoomState
from reports.services.practice import databases
from reports.services.practice.databases import (
    PracticeRefused,
    copy_pattern,
    drop_room,
    rooms_with_database,
)
from reports.services.practice.rooms import (
    begin_practice,
    end_overdue_rooms,
    end_practice,
)
from reports.services.practice.work import work_on_rooms
from reports.services.practice.world import ensure_pattern
from reports.tasks import end_practice_rooms, keep_practice_ready, work_in_practice_rooms
from tests.reports.practice import drop_rooms, practising, spare_the_migrations
from tests.reports.practice_flow import send_list, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rooms_go(django_db_setup):
    yield
    drop_rooms()


@pytest.fixture
def room(cast):
    return practising(cast.wayan)


def test_there_are_no_more_rooms_than_set(room, cast, settings):
    settings.PRACTICE_ROOMS = 1
    with pytest.raises(PracticeRefused, match="Semua 1 ruang latihan"):
        begin_practice(by=cast.budi)
    end_practice(by=cast.wayan)
    assert begin_practice(by=cast.budi).state == RoomState.MAKING


def test_the_night_ends_rooms_whose_days_are_over_and_drops_what_is_nobodys(room, cast):
    copy_pattern(990_001)
    assert end_overdue_rooms() == 0
    assert rooms_with_database() == {room.pk}
    PracticeRoom.objects.update(made_at=now() - timedelta(days=settings.PRACTICE_DAYS, minutes=1))
    assert (end_overdue_rooms(), end_overdue_rooms()) == (1, 0)
    work_on_rooms()
    assert rooms_with_database() == set()
    assert Act.objects.get(verb="practice_ended").actor_name == "server"


@pytest.mark.parametrize("change", [{"schema": "lama"}, {"person__is_active": False}])
def test_a_room_of_another_version_or_of_nobody_ends(room, cast, change, client_of):
    client = client_of(cast.wayan)
    if "schema" in change:
        PracticeRoom.objects.update(schema="lama")
        assert "Aplikasi sudah diperbarui" in client.get(reverse("practice")).content.decode()
    else:
        User.objects.filter(pk=cast.wayan.pk).update(is_active=False)
    assert client.get(f"{room.room.prefix}kiriman/").status_code == 302
    assert end_overdue_rooms() == 1


def test_a_role_that_may_make_no_databases_is_told_so(cast):
    spare_the_migrations()
    ensure_pattern()
    role = f"tanpa_hak_{connection.settings_dict['NAME']}"
    connect = databases.connection_to

    def connect_as_role(database):
        wrapper = connect(database)
        wrapper.settings_dict["USER"] = role
        return wrapper

    with databases._server() as owner, pytest.MonkeyPatch.context() as patched:
        owner.execute(f"DROP ROLE IF EXISTS {role}")
        owner.execute(f"CREATE ROLE {role} LOGIN NOCREATEDB")
        try:
            patched.setattr(databases, "connection_to", connect_as_role)
            room = begin_practice(by=cast.wayan)
            work_on_rooms()
        finally:
            owner.execute(f"DROP ROLE {role}")
    room.refresh_from_db()
    assert room.state == RoomState.FAILED
    assert "CREATEDB" in room.refusal


def test_a_room_whose_database_is_gone_leads_to_the_door_and_ends_at_night(room, cast, client_of):
    drop_room(room.pk)
    client = client_of(cast.wayan)
    answer = client.get(f"{room.room.prefix}kiriman/", follow=True)
    assert answer.redirect_chain == [("/latihan/", 302)]
    assert "tidak dapat dibuka lagi" in answer.content.decode()
    assert end_overdue_rooms() == 1


def test_the_tasks_make_work_in_and_end_rooms(cast, client_of):
    spare_the_migrations()
    keep_practice_ready()
    room = begin_practice(by=cast.wayan)
    work_in_practice_rooms()
    send_list(client_of(cast.wayan), room)
    PracticeRoom.objects.update(made_at=now() - timedelta(days=settings.PRACTICE_DAYS, minutes=1))
    end_practice_rooms()
    work_in_practice_rooms()
    room.refresh_from_db()
    assert (room.state, rooms_with_database()) == (RoomState.ENDED, set())


def test_the_door_tells_how_far_a_room_is(cast, client_of):
    client = client_of(cast.wayan)
    assert "Mulai latihan" in words_of(client.get("/latihan/"))
    assert client.post("/latihan/mulai/").url == "/latihan/"
    assert "sedang disiapkan" in words_of(client.get("/latihan/"))
    assert client.get(f"/latihan/{PracticeRoom.objects.get().pk}/").url == "/latihan/"
    PracticeRoom.objects.update(state=RoomState.FAILED, refusal="Tanpa hak.")
    assert "Tanpa hak." in words_of(client.get("/latihan/"))
    assert client.post("/latihan/ulang/").url == "/latihan/"
    assert client.post("/latihan/selesai/").url == "/"
    assert "Mulai latihan" in words_of(client.get("/latihan/"))
    assert PracticeRoom.objects.filter(state=RoomState.ENDING).count() == 2


def test_nobody_begins_for_somebody_whose_eyes_they_look_through(cast, client_of):
    client = client_of(cast.admin)
    client.post(f"/pengguna/{cast.wayan.pk}/lihat-sebagai/")
    assert client.post("/latihan/mulai/").status_code == 403
    assert not PracticeRoom.objects.exists()


def test_a_room_that_fails_again_and_again_is_given_up(room, cast):
    PracticeRoom.objects.update(attempts=5, asked_at=now())
    work_on_rooms()
    room.refresh_from_db()
    assert (room.state, room.worked_at) == (RoomState.READY, room.asked_at)
    PracticeRoom.objects.update(state=RoomState.MAKING, attempts=5)
    work_on_rooms()
    room.refresh_from_db()
    assert (room.state, room.refusal[:30]) == (RoomState.FAILED, "Ruang latihan belum dapat disi")
    end_practice(by=cast.wayan)
    PracticeRoom.objects.update(attempts=5)
    work_on_rooms()
    room.refresh_from_db()
    assert room.state == RoomState.ENDED
