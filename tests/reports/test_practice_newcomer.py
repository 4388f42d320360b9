"""What a person on the first day ran into while practising."""

from datetime import date

import pytest
from django.urls import reverse

from participants.models import Batch
from participants.selectors.batches.batch import reasons_of
from regions.month import iso_month
from regions.practice import CITY, in_room
from reports.examples.practice_list import practice_list
from reports.pack.content import PackContent
from reports.pack.faces.written import words_of
from reports.selectors.practice import get_practice
from reports.services.practice.rooms import renew_practice
from reports.services.practice.world import practice_month
from tests.participants.batches import send
from tests.reports.practice import drop_rooms, practising
from tests.reports.practice_flow import enter_month, mend_list, send_list

pytestmark = pytest.mark.django_db


@pytest.fixture
def room(cast):
    yield practising(cast.wayan)
    drop_rooms()


def step(room, key):
    with in_room(room.room):
        person = room.person.__class__.objects.get(username=room.person.username)
        return next(one for one in get_practice(person).steps if one.key == key)


def test_another_language_keeps_the_page(room, client_of):
    client = client_of(room.person)
    page = f"{room.room.prefix}latihan/"
    led_out = client.post(f"{room.room.prefix}bahasa/", {"language": "en", "next": page})
    assert (led_out.status_code, led_out.url) == (307, "/bahasa/")
    assert client.post("/bahasa/", {"language": "en", "next": page}).url == page


def test_the_practice_list_is_refused_among_real_data(cast):
    batch = send(practice_list(), cast.wayan, first_month=date(2025, 1, 1))
    assert batch.counts["state"].get("new", 0) == 0
    assert "nik_of_practice" in {one.value for one in reasons_of(batch)}


def test_a_table_in_an_old_tab_is_told_that_the_room_is_over(room, client_of):
    client = client_of(room.person)
    grid = f"{room.room.prefix}isian/{CITY}/{iso_month(practice_month())}/baris/"
    renew_practice(by=room.person)
    answer = client.post(grid, {"value": "1"}, headers={"accept": "application/json"})
    assert answer.status_code == 422
    assert "berakhir atau dimulai ulang" in answer.json()["sentence"]


def test_the_board_counts_as_seen_once_it_has_a_figure(room, client_of):
    client = client_of(room.person)
    board = f"{room.room.prefix}wilayah/{CITY}/?periode={iso_month(practice_month())}"
    assert client.get(board).status_code == 200
    assert not step(room, "lihat").is_done
    enter_month(client, room)
    assert client.get(board).status_code == 200
    assert step(room, "lihat").is_done


def test_going_back_to_a_mended_row_leads_to_its_list(room, client_of):
    client = client_of(room.person)
    send_list(client, room)
    with in_room(room.room):
        row = Batch.objects.get().rows.filter(state="refused").order_by("number").first()
    page = f"{room.room.prefix}kiriman/1/baris/{row.pk}/"
    assert client.get(page).status_code == 200
    mend_list(client, room)
    led = client.get(page, follow=True)
    assert led.redirect_chain == [(f"{room.room.prefix}kiriman/1/", 302)]
    assert f"Baris {row.number} tidak menunggu perbaikan lagi." in led.content.decode()


def test_a_paper_of_a_room_is_told_from_a_report(room, client):
    led_out = client.get(f"{room.room.prefix}verifikasi/ABCD1234EFGH/")
    assert led_out.url == "/verifikasi/ABCD1234EFGH/?latihan=1"
    answer = client.get(led_out.url)
    assert answer.status_code == 404
    assert "kertas ini dibuat di ruang latihan" in answer.content.decode()
    assert "ruang latihan" not in client.get("/verifikasi/ABCD1234EFGH/").content.decode()


def test_a_pack_of_a_room_has_the_word_across_its_pages(room):
    months = ("quarter-2025-10", "Triwulan IV Tahun 2025", "")
    drafted = PackContent("pack", "Laporan", "36.72", "Kota Cilegon", *months, draft_reason="belum ditutup")
    assert words_of(drafted)["watermark"] == "DRAF"
    with in_room(room.room):
        assert words_of(drafted)["watermark"] == "LATIHAN"


def test_practice_is_found_by_search_and_from_the_handbooks(room, client_of):
    client = client_of(room.person)
    for page in ("/cari/?kata=latihan", "/panduan/", "/panduan/operator/"):
        main = client.get(page).content.decode().partition("<main")[2].partition("</main")[0]
        assert 'href="/latihan/"' in main, page


def test_the_answers_stay_and_the_steps_have_numbers(room, client_of):
    page = client_of(room.person).get(f"{room.room.prefix}latihan/").content.decode()
    assert "1. Unduh daftar latihan" in " ".join(page.split())
    assert "Yang dijawab pengirim daftar" in page
    assert "css/practice" in page
    assert "css/practice" not in client_of(room.person).get(reverse("practice")).content.decode()
