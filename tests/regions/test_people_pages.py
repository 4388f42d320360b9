"""Pages about people: what they show and change, and that people elsewhere do not exist on them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import now

from regions.enums import InstitutionKind
from regions.models import Act, Institution, Invitation, User
from regions.roles import Role
from regions.services.user import assign_role
from tests.administrators import administrator, grant_at, invited
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.pages import page_of
from tests.regions.days import TODAY

BUDGET = 12
pytestmark = pytest.mark.usefixtures("cast_once", "on_that_day")


@pytest.fixture
def arif(cast):
    return administrator("arif", KOTA_A)


def foreign_addresses(person):
    role = person.assignments.first()
    pages = ("user_detail", "user_grant", "user_switch", "user_reset", "viewing_begin")
    return [
        *(reverse(name, args=[person.pk]) for name in pages),
        reverse("assignment_end", args=[person.pk, role.pk if role else 1]),
    ]


@pytest.mark.parametrize("name", ["budi", "ratna", "anton", "dewi", "admin", "nobody"])
def test_a_person_elsewhere_is_as_if_there_was_none(cast, arif, client_of, name):
    client, person = client_of(arif), getattr(cast, name)
    acts = Act.objects.count()
    sent = {"reason": "x", "until": str(TODAY), "role": "operator", "place": f"w:{KOTA_A}"}
    for address in foreign_addresses(person):
        unknown = address.replace(f"/{person.pk}/", "/999999/")
        codes = {client.post(one, sent).status_code for one in (address, unknown)}
        seen = {client.get(one).status_code for one in (address, unknown)}
        assert (len(codes), len(seen)) == (1, 1), address
        assert {404} <= codes | seen <= {404, 405}, address
    assert Act.objects.count() == acts
    listed = client.get(reverse("user_list")).context["rows"]
    assert person not in {row.user for row in listed}


@pytest.mark.parametrize("name", ["link_send_again", "link_revoke"])
def test_a_link_elsewhere_is_as_if_there_was_none(cast, arif, client_of, name):
    foreign = invited(cast.admin, grant_at(KOTA_B)).link
    for pk in (foreign.pk, 999_999):
        assert client_of(arif).post(reverse(name, args=[pk])).status_code == 404
    foreign.refresh_from_db()
    assert foreign.revoked_at is None


def test_the_list_says_who_where_and_how_long_not_seen(cast, arif, client_of):
    User.objects.filter(pk=cast.wayan.pk).update(last_login=now() - timedelta(days=91))
    User.objects.filter(pk=cast.siti.pk).update(last_login=now() - timedelta(days=89))
    page = page_of(client_of(arif).get(reverse("user_list")))
    assert page.count("lama tidak masuk</span>") == 1
    assert "Operator, Kota Cilegon" in page
    assert "Verifikator, Kota Cilegon" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("cari=way", ["wayan"]),
        ("cari=Dinas+Perikanan", ["siti"]),
        ("peran=supervisor", ["siti"]),
        ("keadaan=nonaktif", ["lama"]),
        ("keadaan=tanpa-peran", []),
        ("keadaan=lama", ["wayan"]),
        ("wilayah=36.72", ["arif", "lama", "siti", "wayan"]),
        ("wilayah=36.73", []),
        ("peran=raja&keadaan=apa", []),
    ],
)
def test_the_list_is_searched_by_name_role_state_and_place(cast, arif, client_of, system, query, found):
    fishery = Institution.objects.create(
        code="perikanan", name="Dinas Perikanan", kind=InstitutionKind.OPD, region_id=KOTA_A
    )
    cast.siti.assignments.update(institution=fishery)
    off = User.objects.create_user(username="lama", is_active=False)
    assign_role(user=off, role=Role.VIEWER, by=system, region_code=KOTA_A)
    User.objects.filter(pk=cast.wayan.pk).update(last_login=now() - timedelta(days=400))
    page = client_of(arif).get(f"{reverse('user_list')}?{query}")
    assert sorted(row.user.username for row in page.context["rows"]) == found


def test_the_list_asks_no_more_for_many_people(cast, arif, client_of, system):
    client = client_of(arif)

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert client.get(reverse("user_list")).status_code == 200
        return len(queries)

    few = asked()
    for number in range(30):
        user = User.objects.create_user(username=f"orang{number}")
        assign_role(user=user, role=Role.OPERATOR, by=system, region_code=KOTA_A)
        invited(arif, full_name=f"Tamu {number}")
    many = asked()
    assert many <= min(BUDGET, few + 1), (few, many)


def test_a_person_page_shows_roles_by_time_acts_and_who_can_go_on(cast, arif, client_of, system):
    for start, end in ((-100, -50), (20, None)):
        assign_role(
            user=cast.wayan,
            role=Role.SUPERVISOR,
            by=system,
            region_code=KOTA_A,
            valid_from=TODAY + timedelta(days=start),
            valid_until=TODAY + timedelta(days=end) if end else None,
            reason="SK lama" if end else "SK baru",
        )
    other = User.objects.create_user(username="gede", full_name="Gede Uji")
    assign_role(user=other, role=Role.OPERATOR, by=system, region_code=KOTA_A)
    response = client_of(arif).get(reverse("user_detail", args=[cast.wayan.pk]))
    roles = response.context["roles"]
    assert [len(one) for one in (roles.current, roles.future, roles.earlier)] == [1, 1, 1]
    assert [(str(one), others) for one, others in response.context["succession"]] == [
        ("Operator · Kota Cilegon", [other])
    ]
    page = page_of(response)
    assert "Tugas mengikuti peran, bukan orang" in page
    assert "memberi tugas wayan: Verifikator" in page
    assert response.context["task_count"] > 0


def test_nobody_else_in_the_role_is_said_plainly(cast, arif, client_of):
    page = page_of(client_of(arif).get(reverse("user_detail", args=[cast.siti.pk])))
    assert "belum ada orang lain yang memegang peran ini di sana" in page


def test_acts_about_a_person_elsewhere_before_are_not_told_here(cast, arif, client_of, system):
    assign_role(
        user=cast.wayan,
        role=Role.AUDITOR,
        by=system,
        region_code=KOTA_B,
        valid_from=TODAY - timedelta(days=9),
        valid_until=TODAY,
    )
    page = page_of(client_of(arif).get(reverse("user_detail", args=[cast.wayan.pk])))
    assert "memberi tugas wayan: Operator" in page
    assert "Auditor" not in page


def test_a_role_is_given_and_ended_on_pages(cast, arif, client_of):
    client, address = client_of(arif), reverse("user_grant", args=[cast.wayan.pk])
    assert client.get(address).status_code == 200
    sent = {
        "role": "supervisor",
        "place": f"w:{KOTA_A}",
        "acting": "plt",
        "valid_from": str(TODAY),
        "reason": "SK 9",
    }
    refused = client.post(address, sent)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["last_day"])
    last = TODAY + timedelta(days=10)
    done = client.post(address, {**sent, "last_day": str(last)})
    assert (done.status_code, done.url) == (302, reverse("user_detail", args=[cast.wayan.pk]))
    given = cast.wayan.assignments.get(role=Role.SUPERVISOR)
    assert (given.acting, given.last_day, given.valid_until) == ("plt", last, last + timedelta(days=1))
    end = reverse("assignment_end", args=[cast.wayan.pk, given.pk])
    assert "Plt. Verifikator, Kota Cilegon" in page_of(client.get(end))
    assert client.post(end, {"until": str(TODAY), "reason": ""}).status_code == 422
    assert client.post(end, {"until": str(TODAY), "reason": "selesai"}).status_code == 302
    given.refresh_from_db()
    assert given.valid_until == TODAY
    assert client.get(end).status_code == 302


def test_an_account_is_switched_off_and_on_on_its_page(cast, arif, client_of):
    client, address = client_of(arif), reverse("user_switch", args=[cast.wayan.pk])
    theirs = client_of(cast.wayan)
    assert theirs.get("/").status_code == 200
    assert "Operator, Kota Cilegon" in page_of(client.get(address))
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "pindah"}).status_code == 302
    assert theirs.get("/").status_code == 302
    assert client.post(address, {"reason": "kembali"}).status_code == 302
    # What was open then does not open again by itself.
    assert theirs.get("/").status_code == 302
    assert client_of(cast.wayan).get("/").status_code == 200


def test_ones_own_page_offers_nothing_and_takes_nothing(cast, arif, client_of):
    client = client_of(arif)
    page = page_of(client.get(reverse("user_detail", args=[arif.pk])))
    assert ("Lihat sebagai" in page, "Akhiri" in page) == (False, False)
    refused = client.post(reverse("user_switch", args=[arif.pk]), {"reason": "x"})
    assert (refused.status_code, "administrator lain" in page_of(refused)) == (422, True)
    assert client.post(reverse("user_reset", args=[arif.pk])).status_code == 302
    assert User.objects.get(pk=arif.pk).is_active


def test_the_menu_shows_the_page_to_administrators_only(cast, arif, client_of):
    assert 'href="/pengguna/"' in client_of(arif).get("/").content.decode()
    assert 'href="/pengguna/"' not in client_of(cast.siti).get("/").content.decode()


def test_every_link_that_waits_can_be_reached_and_revoked(cast, arif, client_of):
    """Only the newest twenty could be seen, used ones among them."""
    oldest = invited(arif, full_name="Paling Lama").link
    for number in range(24):
        link = invited(arif, full_name=f"Orang {number}").link
        if number % 2:
            Invitation.objects.filter(pk=link.pk).update(revoked_at=now())
    expired = Invitation.objects.filter(revoked_at=None).order_by("pk")[1]
    Invitation.objects.filter(pk=expired.pk).update(expires_at=now() - timedelta(days=1))
    client = client_of(arif)
    first = client.get(reverse("user_list"), {"cari": "arif", "halaman": 1})
    shown = [link.may_be_sent_again for link in first.context["links"]]
    assert (len(shown), shown.index(False), shown.count(True)) == (20, 13, 13)
    assert reverse("link_revoke", args=[oldest.pk]) in page_of(first)
    second = client.get(reverse("user_list"), {"tautan": 2, "cari": "arif", "halaman": 1})
    assert [link.state for link in second.context["links"]] == ["revoked"] * 5
    assert 'href="?cari=arif&amp;halaman=1&amp;tautan=2"' in first.content.decode()
    assert {link.pk for page in (first, second) for link in page.context["links"]} == set(
        Invitation.objects.values_list("pk", flat=True)
    )


def test_a_province_looks_after_its_cities(cast, client_of):
    pertiwi = administrator("pertiwi", PROVINCE)
    page = client_of(pertiwi).get(reverse("user_list"))
    assert {"anton", "budi", "wayan"} <= {row.user.username for row in page.context["rows"]}
