"""The first steps of a role: ticked by what was done or seen, put away by each for themselves."""

from datetime import date

import pytest
from django.urls import reverse

from participants.services.headcount import record_headcounts
from regions.enums import Verb
from regions.models import Act, Institution, User
from regions.month_steps import COMPLETE
from regions.roles import Role
from regions.services.first_day import note_seen, put_away
from regions.services.reporting_month import move_month
from regions.services.user import assign_role
from reports.selectors.first_day import get_first_day
from tests.cast import KOTA_A, SINCE
from tests.conftest import make_figures
from tests.factories import HeadcountFactory
from tests.house.worlds import EXTENDED, full_rows
from tests.pages import page_of
from tests.participants.batches import send, store
from tests.reports.packs import made

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
JULY = date(2025, 7, 1)


def fresh(user):
    return User.objects.get(pk=user.pk)


def ticks(user):
    return {step.chapter.key: step.is_done for step in get_first_day(fresh(user)).steps}


def test_an_officer_begins_with_nothing_done(cast, system):
    make_figures(system)
    nothing = dict.fromkeys(("unggah", "perbaiki", "isi-bulan", "asal-angka", "lengkap"), False)
    assert ticks(cast.wayan) == nothing


def test_each_step_is_ticked_by_what_was_done(cast, system):
    make_figures(system)
    send(full_rows(), cast.wayan, EXTENDED)
    assert ticks(cast.wayan)["unggah"] is True
    assert ticks(cast.wayan)["perbaiki"] is False
    store(full_rows()[:1], cast.wayan, EXTENDED)
    assert ticks(cast.wayan)["perbaiki"] is True
    record_headcounts(
        [HeadcountFactory.build(region_id=KOTA_A, month=date(2025, 8, 1), people=7)], by=cast.wayan
    )
    move_month(COMPLETE, region_code=KOTA_A, month=JULY, by=cast.wayan)
    note_seen(by=fresh(cast.wayan), page="explanation")
    assert set(ticks(cast.wayan).values()) == {True}
    day = get_first_day(fresh(cast.wayan))
    assert (day.is_over, day.next_step, day.done) == (True, None, 5)
    # What Wayan did ticks nobody else's steps.
    assert not any(ticks(cast.budi).values())
    assert not any(ticks(cast.siti).values())


def test_a_pack_asked_for_is_a_step_of_who_asked(cast, system):
    make_figures(system)
    made(cast.siti)
    assert ticks(cast.siti)["paket"] is True
    assert ticks(cast.dewi)["paket"] is False


def test_pages_seen_are_noted_once_and_by_their_reader_alone(cast, system, client_of):
    make_figures(system)
    address = reverse("explanation", args=[KOTA_A, "2025-07", "COV-01"])
    client_of(cast.budi).get(address)
    assert fresh(cast.budi).first_day == {}
    for _time in range(2):
        client_of(cast.wayan).get(address)
    assert fresh(cast.wayan).first_day == {"seen": ["explanation"]}
    # Whoever looks through another's eyes sees for themselves.
    other = fresh(cast.siti)
    other.viewed_by = cast.admin
    note_seen(by=other, page="inbox")
    assert fresh(cast.siti).first_day == {}


def test_without_a_role_there_is_no_first_step(cast, client_of):
    assert get_first_day(cast.nobody) is None
    page = page_of(client_of(cast.nobody).get(reverse("first_day")))
    assert "Hubungi administrator" in page


def test_who_works_for_one_institution_is_asked_for_no_month(cast, system):
    institution = Institution.objects.create(code="kpu-a", name="KPU A", kind="kpu", region_id=KOTA_A)
    user = User.objects.create(username="terikat")
    assign_role(
        user=user,
        role=Role.OPERATOR,
        by=system,
        region_code=KOTA_A,
        institution_code=institution.code,
        is_bound=True,
        valid_from=SINCE,
    )
    day = get_first_day(user)
    assert day is None or {step.chapter.key for step in day.steps} <= {"unggah", "perbaiki", "isi-bulan"}


def test_the_steps_are_put_away_and_shown_again(cast, system, client_of):
    make_figures(system)
    client = client_of(cast.wayan)
    place, shown = f'hx-get="{reverse("first_day_next")}"', reverse("first_day_next")
    assert place in page_of(client.get("/"))
    assert "Langkah pertama: 0 dari 5" in page_of(client.get(shown))
    client.post(reverse("first_day_away"))
    assert place not in page_of(client.get("/"))
    assert "Langkah pertama" not in page_of(client.get(shown))
    assert fresh(cast.wayan).first_day == {"away": True}
    # Nobody else's.
    assert place in page_of(client_of(cast.siti).get("/"))
    page = page_of(client.get(reverse("first_day")))
    assert "Tampilkan lagi di Beranda" in page
    client.post(reverse("first_day_away"), {"tampil": "ya"})
    assert place in page_of(client.get("/"))
    acts = Act.objects.filter(verb=Verb.CORRECTED, actor_id=cast.wayan.pk).order_by("pk")
    assert [act.detail["changed"] for act in acts] == [
        {"first_day": ["False", "True"]},
        {"first_day": ["True", "False"]},
    ]
    put_away(by=fresh(cast.wayan), is_away=False)
    assert acts.count() == 2


def test_once_all_is_done_nothing_is_asked_any_more(cast, system, client_of):
    make_figures(system)
    client = client_of(cast.ratna)
    for page in ("region_board", "meeting"):
        note_seen(by=fresh(cast.ratna), page=page)
    assert "Cara memeriksa keaslian sebuah laporan" in page_of(client.get(reverse("first_day_next")))
    client.get(reverse("verify_index"))
    assert "Langkah pertama" not in page_of(client.get(reverse("first_day_next")))
    assert fresh(cast.ratna).first_day["seen"][-1] == "semua:viewer"
    assert reverse("first_day_next") not in page_of(client.get("/"))


def test_links_of_steps_open_for_whom_they_are_shown(cast, system, client_of):
    make_figures(system)
    for name in ("wayan", "siti", "dewi", "anton", "ratna", "lestari", "admin"):
        user = getattr(cast, name)
        for step in get_first_day(user).steps:
            answered = client_of(user).get(step.url, follow=True)
            assert (name, step.chapter.key, answered.status_code) == (name, step.chapter.key, 200)


def test_an_administrator_prepares_first(cast, system, client_of):
    make_figures(system)
    page = page_of(client_of(cast.admin).get("/"))
    assert "langkah persiapan" in page
    assert reverse("first_day_next") not in page
    assert ticks(cast.admin)["persiapan"] is False
