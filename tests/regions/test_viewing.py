"""Looking through another's eyes: what they see, nothing changed, nothing taken away, all of it on record."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils.timezone import localdate, now

from participants.services.headcount import record_headcounts
from regions.enums import Verb
from regions.models import Act, Assignment, User
from regions.roles import Role
from regions.services.act import record_act
from regions.services.user import assign_role
from reports.services.recompute import recompute_stale
from tests.administrators import administrator
from tests.cast import KOTA_A, KOTA_B
from tests.factories import HeadcountFactory
from tests.house.access_table import TABLE
from tests.house.test_access_table import OURS
from tests.pages import page_of

pytestmark = pytest.mark.usefixtures("cast_once")


@pytest.fixture
def arif(cast):
    return administrator("arif", KOTA_A)


def looking(client_of, by, person) -> Client:
    client = client_of(by)
    begun = client.post(reverse("viewing_begin", args=[person.pk]))
    assert (begun.status_code, begun.url) == (302, "/")
    return client


def last_acts(count):
    return list(Act.objects.order_by("-pk").values_list("actor_name", "verb", "subject")[:count])


def test_every_check_judges_the_person_viewed(cast, arif, client_of):
    client = looking(client_of, arif, cast.siti)
    page = page_of(client.get("/tugas/"))
    assert "Anda melihat sebagai<strong>Siti</strong>" in page
    assert client.get(reverse("user_list")).status_code == 403
    assert client.get(reverse("person_list")).status_code == 200
    assert client.get(f"/wilayah/{KOTA_B}/").status_code == 404
    assert last_acts(1) == [("arif", "viewing_begun", "siti")]


def test_it_ends_by_its_button_and_both_ends_are_in_the_ledger(cast, arif, client_of):
    client = looking(client_of, arif, cast.siti)
    done = client.post(reverse("viewing_end"))
    assert (done.status_code, done.url) == (302, reverse("user_detail", args=[cast.siti.pk]))
    assert client.get(reverse("user_list")).status_code == 200
    assert last_acts(2) == [("arif", "viewing_ended", "siti"), ("arif", "viewing_begun", "siti")]
    assert client.post(reverse("viewing_end")).url == "/"
    assert Act.objects.filter(verb="viewing_ended").count() == 1


def test_nothing_can_be_sent_but_the_end_the_language_and_words_to_look_for(cast, arif, client_of):
    client = looking(client_of, arif, cast.siti)
    acts, taken = Act.objects.count(), []
    for name in OURS:
        if name in {"viewing_end", "set_language", "account_logout", "search", "search_suggest"}:
            continue
        address = _some_address(name)
        for method in ("post", "put", "patch", "delete"):
            answer = getattr(client, method)(address)
            if answer.status_code != 403 or "hanya membaca" not in page_of(answer):
                taken.append((name, method, answer.status_code))
    assert taken == []
    assert Act.objects.count() == acts
    assert client.post(reverse("set_language"), {"language": "en", "next": "/"}).status_code == 302


ARGUMENTS = (
    [],
    [1],
    [1, 1],
    ["x"],
    ["x", "x"],
    ["x"] * 3,
    ["x"] * 4,
    ["36", "angka"],
    ["36", "uang"],
    ["36", "kategori"],
    ["36", "ucj"],
    ["36.72", 1],
    ["csv"],
    [1, "xlsx"],
)


def _some_address(name):
    """An address of that name; its parts need lead nowhere, for it is judged by its name."""
    for arguments in ARGUMENTS:
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    raise AssertionError(name)


FILES = [
    *("batch_marked", "list_template", "money_batch_marked", "money_template", "pack_download", "pack_zip"),
    *("pack_template_preview", "pack_template_house", "reconciliation_csv", "person_export"),
    *("region_csv", "what_moved_csv"),
]
OWN = [name for name in TABLE if name.startswith(("account_", "mfa_")) and name != "account_logout"]


@pytest.mark.parametrize("name", ["semua.pdf", "kategori.png", "banding.pdf", "perubahan.pdf"])
def test_no_file_of_a_board_is_shown(figures, cast, system, arif, client_of, name):
    record_headcounts([HeadcountFactory(category_id="kader")], by=system)
    recompute_stale()
    address = f"/wilayah/{KOTA_A}/{name}?periode=2025-07"
    assert client_of(cast.siti).get(address).status_code == 200
    answer = looking(client_of, arif, cast.siti).get(address)
    assert (answer.status_code, "hanya membaca" in page_of(answer)) == (403, True)


@pytest.mark.parametrize("name", [*FILES, *OWN])
def test_no_file_and_no_page_of_the_account_is_shown(cast, arif, client_of, name):
    client = looking(client_of, arif, cast.siti)
    acts = Act.objects.count()
    answer = client.get(_some_address(name))
    assert (answer.status_code, "hanya membaca" in page_of(answer)) == (403, True)
    assert Act.objects.count() == acts


def test_it_ends_by_itself_after_thirty_minutes(cast, arif, client_of):
    begun = now()
    with time_machine.travel(begun, tick=False):
        client = looking(client_of, arif, cast.siti)
    with time_machine.travel(begun + timedelta(minutes=29, seconds=59), tick=False):
        assert client.get(reverse("user_list")).status_code == 403
    with time_machine.travel(begun + timedelta(minutes=30), tick=False):
        assert client.get(reverse("user_list")).status_code == 200
    act = Act.objects.first()
    assert (act.actor_name, act.verb, act.subject) == ("arif", "viewing_ended", "siti")
    assert act.detail == {"about": cast.siti.pk, "cause": "waktu habis"}


@pytest.mark.parametrize("why", ["person off", "person elsewhere", "administrator no more"])
def test_it_ends_at_once_when_it_may_not_go_on(cast, arif, client_of, system, why):
    client = looking(client_of, arif, cast.siti)
    if why == "person off":
        User.objects.filter(pk=cast.siti.pk).update(is_active=False)
    elif why == "person elsewhere":
        assign_role(user=cast.siti, role=Role.VIEWER, by=system, region_code=KOTA_B)
    else:
        Assignment.objects.filter(user=arif).update(valid_until=localdate())
    page = page_of(client.get("/"))
    assert "Anda melihat sebagai" not in page
    assert Act.objects.first().detail["cause"] == "tidak lagi berwenang"


def test_signing_out_ends_it_and_signs_out_the_administrator(cast, arif, client_of):
    client = looking(client_of, arif, cast.siti)
    assert client.post(reverse("account_logout")).status_code == 302
    assert last_acts(2) == [("arif", "signed_out", ""), ("arif", "viewing_ended", "siti")]
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("name", ["budi", "anton", "admin", "dewi"])
def test_only_people_within_reach_are_looked_through(cast, arif, client_of, name):
    address = reverse("viewing_begin", args=[getattr(cast, name).pk])
    assert client_of(arif).post(address).status_code == 404
    assert not Act.objects.filter(verb="viewing_begun").exists()


def test_neither_oneself_nor_an_account_that_is_off_is_looked_through(cast, arif, client_of):
    User.objects.filter(pk=cast.wayan.pk).update(is_active=False)
    for person in (arif, cast.wayan):
        client_of(arif).post(reverse("viewing_begin", args=[person.pk]))
    assert not Act.objects.filter(verb="viewing_begun").exists()


def test_what_is_noted_meanwhile_names_the_administrator(cast, arif, system):

    cast.siti.viewed_by = arif
    act = record_act(by=cast.siti, verb=Verb.EXPORTED, subject="x", detail={"rows": 3})
    assert (act.actor_id, act.actor_name, act.detail) == (arif.pk, "arif", {"rows": 3, "seen_as": "siti"})


def test_pages_seen_so_are_kept_by_no_cache(cast, arif, client_of):
    assert looking(client_of, arif, cast.siti).get("/")["Cache-Control"] == "no-store"
