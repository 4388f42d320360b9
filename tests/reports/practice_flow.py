"""A whole first import in a practice room, as a browser sends it."""

import re
from io import BytesIO

from django.test import Client
from django.utils.timezone import localdate

from participants.models import Batch, MembershipCount
from regions.month import iso_month
from regions.practice import CITY, in_room
from reports.examples.practice_list import practice_list, practice_rows
from reports.models import PracticeRoom
from reports.pack.period import Period, PeriodKind
from reports.services.practice.work import work_on_rooms
from reports.services.practice.world import practice_month
from tests.forms_in_pages import forms_of


def send_list(client: Client, room: PracticeRoom) -> None:
    at, month = room.room.prefix, iso_month(practice_month())
    told = {"region": CITY, "category": "nelayan", "funding": "apbd_kabkota", "first_month": month}
    told |= {"last_month": month, "programmes": ["jkk", "jkm"]}
    told |= {"source": "Surat latihan 1", "as_of": f"{localdate()}"}
    file = BytesIO(practice_list())
    file.name = "daftar-nelayan.xlsx"
    sent = client.post(f"{at}kiriman/kirim/", told | {"file": file})
    assert (sent.status_code, sent["Location"]) == (302, f"{at}kiriman/1/")
    work_on_rooms()


def mend_list(client: Client, room: PracticeRoom) -> None:
    right = {row[0]: row for row in practice_rows()}
    with in_room(room.room):
        refused = Batch.objects.get().rows.filter(state="refused").order_by("number")
        wrong = dict(zip(refused.values_list("pk", flat=True), ("3", "7", "10"), strict=True))
    names = ("nik", "name", "birth_date", "sex", "district")
    for pk, number in wrong.items():
        told = dict(zip(names, right[number][1:], strict=True))
        assert client.post(f"{room.room.prefix}kiriman/1/baris/{pk}/", told).status_code == 302


def store_list(client: Client, room: PracticeRoom) -> None:
    assert client.post(f"{room.room.prefix}kiriman/1/setuju/").status_code == 302
    work_on_rooms()


def enter_month(client: Client, room: PracticeRoom) -> None:
    with in_room(room.room):
        newest = MembershipCount.objects.latest("month").month
        before = dict(MembershipCount.objects.filter(month=newest).values_list("segment", "members"))
    for segment, members in before.items():
        told = {"region": CITY, "month": iso_month(practice_month()), "segment": segment}
        told |= {"members": f"{members + 9}", "programmes": ["jkk", "jkm"], "source": "Surat latihan 2"}
        sent = client.post(f"{room.room.prefix}peserta-aktif/catat/", told | {"as_of": f"{localdate()}"})
        assert sent.status_code == 302, sent.content.decode()
    work_on_rooms()


def hand_in(client: Client, room: PracticeRoom) -> None:
    month = iso_month(practice_month())
    at = f"{room.room.prefix}bulan/{CITY}/{month}/"
    sent = client.post(f"{at}langkah/", {"verb": "completed"})
    assert (sent.status_code, sent.get("Location")) == (302, at), sent.content.decode()


def make_pack(client: Client, room: PracticeRoom) -> str:
    """Where the pack of the practised month stands."""
    at = f"{room.room.prefix}paket/buat/"
    chosen = {"region": CITY, "period": practice_period(), "language": "id"}
    page = client.get(at, chosen).content.decode()
    [form] = [one for one in forms_of(page, at) if "revision" in one.fields]
    sent = client.post(at, form.fields)
    assert sent.status_code == 302, sent.content.decode()
    work_on_rooms()
    return client.get(sent["Location"], follow=True).redirect_chain[-1][0]


def practice_period() -> str:
    return Period(PeriodKind.MONTH, practice_month()).key


def practise_everything(client: Client, room: PracticeRoom) -> None:
    for step in (send_list, mend_list, store_list, enter_month, hand_in):
        step(client, room)
    page = f"{room.room.prefix}wilayah/{CITY}/?periode={iso_month(practice_month())}"
    assert client.get(page).status_code == 200
    assert "/paket/" in make_pack(client, room)


def words_of(response):
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))
