"""Why do I not see this? In words, by one's own roles, and without a word about what lies elsewhere."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from regions.models import User
from regions.roles import PERMISSION_WORDS, ROLE_PERMISSIONS, Permission, Role
from regions.selectors.people import administrators_of, list_holders, people_with_role
from regions.services.user import assign_role
from tests.administrators import administrator, office_of
from tests.cast import A_DISTRICT_OF_B, KOTA_A, KOTA_B, PROVINCE
from tests.pages import page_of


def test_a_forbidden_page_says_what_it_asks_whose_that_is_and_who_gives_it(cast, client_of):
    administrator("arif", KOTA_A)
    administrator("bela", KOTA_B)
    cast.siti.assignments.update(valid_until=localdate() + timedelta(days=2))
    page = page_of(client_of(cast.siti).get(reverse("user_list")))
    assert "memerlukan izin untuk mengelola pengguna" in page
    assert "ada pada peran Administrator." in page
    assert "Verifikator, Kota Cilegon" in page
    assert re.search(r"sampai \d+ \w+ \d{4}", page)
    assert "administrator wilayah Anda: Arif, Admin." in page
    assert "Bela" not in page


def test_what_never_was_and_what_lies_elsewhere_are_told_alike(cast, figures, client_of):
    client = client_of(cast.budi)
    asked = {code: page_of(client.get(f"/wilayah/{code}/")).replace(code, "") for code in (KOTA_A, "99.99")}
    (page,) = {re.sub(r'value="\w{64}"', "", shown) for shown in asked.values()}
    assert "Operator, Kota Serang" in page
    assert "tanpa batas waktu" in page
    assert "Cilegon" not in page


def test_who_holds_no_role_is_told_so(cast, client_of):
    page = page_of(client_of(cast.nobody).get("/wilayah/36/"))
    assert "tidak memegang peran apa pun hari ini" in page


@pytest.mark.ignore_template_errors
def test_who_is_not_signed_in_is_told_nothing_of_roles(client, db):
    assert "Mengapa" not in client.get("/tidak-ada/").content.decode()


def test_the_nearest_administrators_come_first(cast):
    near, middle = administrator("arif", KOTA_A), administrator("pertiwi", PROVINCE)
    administrator("bela", KOTA_B)
    off = administrator("zul", KOTA_A)
    User.objects.filter(pk=off.pk).update(is_active=False)
    assert administrators_of([KOTA_A]) == [near, middle, cast.admin]
    assert administrators_of([f"{KOTA_A}.01"])[0] == near
    assert administrators_of([A_DISTRICT_OF_B])[0].username == "bela"
    assert administrators_of([]) == [cast.admin]


def test_every_permission_has_words_and_a_role():
    assert set(PERMISSION_WORDS) == set(Permission)
    held = frozenset().union(*ROLE_PERMISSIONS.values())
    assert held == set(Permission)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_accounts_are_for_administrators_alone(role):
    assert Permission.MANAGE_USERS not in ROLE_PERMISSIONS[role]


def test_more_than_one_place_is_told(cast, client_of, system):
    assign_role(user=cast.wayan, role=Role.VIEWER, by=system, region_code=PROVINCE)
    page = page_of(client_of(cast.wayan).get("/pengguna/"))
    assert "Operator, Kota Cilegon" in page
    assert "Pimpinan, Provinsi Banten" in page


def test_what_an_office_serves_later_is_not_served_today(cast, system):
    """Nobody is sent to somebody who may do nothing there yet."""
    office = office_of("kc-uji", KOTA_A)
    office.coverages.create(region_id=KOTA_B, valid_from=localdate() + timedelta(days=30))
    people = [User.objects.create(username=name) for name in ("joko", "lilis")]
    for one in people:
        assign_role(user=one, role=Role.BRANCH_HEAD, by=system, office_code=office.pk)
        assign_role(user=one, role=Role.ADMINISTRATOR, by=system, office_code=office.pk)
    joko = people[0]
    assert joko in people_with_role(Role.BRANCH_HEAD, KOTA_A)
    assert joko not in people_with_role(Role.BRANCH_HEAD, KOTA_B)
    assert joko in administrators_of([KOTA_A])
    assert joko not in administrators_of([KOTA_B])
    near = assign_role(
        user=User.objects.create(username="rina"), role=Role.BRANCH_HEAD, by=system, region_code=KOTA_B
    )
    assert list_holders(cast.admin, [near]) == {near.pk: []}
