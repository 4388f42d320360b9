"""Fields that an administrator adds: made, mended, ended, inherited, seen by roles."""

from datetime import date

import pytest
from django.urls import reverse

from participants.enums import ExtraAbout, ExtraKind
from participants.models import ExtraField
from participants.selectors.extra_field import (
    list_fields,
    list_inherited_fields,
    list_managed_fields,
)
from participants.services.extra_field import change_field, end_field
from regions.errors import ChangedMeanwhile, FactRefused, NotPermitted, OutsideScope
from regions.models import Act
from regions.roles import Role
from regions.services.user import assign_role
from tests.cast import KOTA_A, KOTA_B, NATION, PROVINCE
from tests.factories import ParticipantFactory
from tests.participants.extra_fields import field_terms, make_field

pytestmark = pytest.mark.django_db


@pytest.fixture
def city_admin(cast, system):
    user = cast.nobody
    assign_role(user=user, role=Role.ADMINISTRATOR, by=system, region_code=KOTA_A, office_code=None)
    return user


def names(fields):
    return [field.name for field in fields]


def refusals(refused):
    return [(problem.field, problem.message) for problem in refused.value.problems]


def test_a_field_is_made_with_an_act(city_admin):
    field = make_field(city_admin, kind=ExtraKind.CHOICE, choices=[" Ya ", "Tidak", ""], is_required=True)
    assert (field.name, field.kind, field.choices, field.seen_by) == (
        *("Nomor PKH", "choice", ["Ya", "Tidak"]),
        [role.value for role in Role],
    )
    act = Act.objects.latest("pk")
    assert (act.verb, act.subject, act.region_code) == (
        *("recorded", f"isian tambahan #{field.pk}: Nomor PKH"),
        KOTA_A,
    )
    assert act.detail["changed"]["choices"] == ["", "Ya, Tidak"]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "Nomor KPJ"}, "name"),
        ({"name": "NIK"}, "name"),
        ({"kind": ExtraKind.CHOICE}, "choices"),
        ({"kind": ExtraKind.CHOICE, "choices": ["Ya", "ya!"]}, "choices"),
        ({"kind": ExtraKind.CHOICE, "choices": ["a" * 81]}, "choices"),
        ({"seen_by": ()}, "seen_by"),
        ({"seen_by": [Role.AUDITOR], "is_required": True}, "seen_by"),
        ({"first_month": date(2013, 1, 1)}, "first_month"),
        ({"about": ExtraAbout.MONTH, "is_personal": True}, "is_personal"),
        ({"region_code": "36.72.01"}, "region"),
    ],
)
def test_what_makes_no_field_is_refused_where_it_stands(cast, changes, field):
    with pytest.raises(FactRefused) as refused:
        make_field(cast.admin, **changes)
    assert [name for name, _message in refusals(refused)] == [field]
    assert not ExtraField.objects.exists()


@pytest.mark.parametrize("person", ["wayan", "siti", "dewi"])
def test_others_add_none(cast, person):
    with pytest.raises(NotPermitted):
        make_field(getattr(cast, person))


def test_an_administrator_of_a_city_adds_none_elsewhere(city_admin, cast):
    with pytest.raises(OutsideScope):
        make_field(city_admin, region_code=KOTA_B)
    of_the_nation = make_field(cast.admin, region_code=NATION)
    with pytest.raises(OutsideScope):
        end_field(pk=of_the_nation.pk, revision=1, last_month=date(2025, 1, 1), by=city_admin)
    assert (names(list_managed_fields(city_admin)), names(list_inherited_fields(city_admin))) == (
        [],
        ["Nomor PKH"],
    )


def test_a_column_of_a_list_means_one_field(cast):
    make_field(cast.admin, region_code=PROVINCE)
    for code in (PROVINCE, KOTA_A, NATION):
        with pytest.raises(FactRefused, match=r"."):
            make_field(cast.admin, region_code=code, name="nomor  pkh.")
    # Of a month it is another, and sisters know nothing of each other.
    make_field(cast.admin, region_code=KOTA_A, about=ExtraAbout.MONTH)
    make_field(cast.admin, region_code=KOTA_A, name="Nomor RT")
    make_field(cast.admin, region_code=KOTA_B, name="Nomor RT")
    assert ExtraField.objects.count() == 4


def test_fields_of_a_province_reach_its_cities_and_roles_see_theirs(cast):
    make_field(cast.admin, region_code=PROVINCE, name="Dari provinsi")
    make_field(cast.admin, region_code=KOTA_B, name="Dari kota lain")
    make_field(cast.admin, name="Verifikator saja", seen_by=[Role.SUPERVISOR])
    make_field(cast.admin, name="Kelak", first_month=date(2099, 1, 1))
    assert names(list_fields(cast.wayan, KOTA_A, ExtraAbout.PERSON)) == ["Dari provinsi"]
    assert names(list_fields(cast.siti, KOTA_A, ExtraAbout.PERSON)) == ["Dari provinsi", "Verifikator saja"]
    assert names(list_fields(cast.budi, KOTA_A, ExtraAbout.PERSON)) == []
    assert names(list_fields(cast.nobody, KOTA_A, ExtraAbout.PERSON)) == []


def test_it_is_renamed_and_ended_and_goes_on(cast):
    field = make_field(cast.admin)
    changed = change_field(pk=field.pk, revision=1, terms=field_terms(name="Nomor PKH/BPNT"), by=cast.admin)
    assert (changed.name, changed.revision) == ("Nomor PKH/BPNT", 2)
    assert Act.objects.latest("pk").detail["changed"] == {"name": ["Nomor PKH", "Nomor PKH/BPNT"]}
    assert [event.name for event in ExtraField.pgh_event_model.objects.all()] == ["Nomor PKH"]
    with pytest.raises(ChangedMeanwhile):
        end_field(pk=field.pk, revision=1, last_month=date(2025, 1, 1), by=cast.admin)
    with pytest.raises(FactRefused):
        end_field(pk=field.pk, revision=2, last_month=date(2023, 1, 1), by=cast.admin)
    ended = end_field(pk=field.pk, revision=2, last_month=date(2025, 1, 1), by=cast.admin)
    assert list_fields(cast.wayan, KOTA_A, ExtraAbout.PERSON) == []
    assert list_fields(cast.wayan, KOTA_A, ExtraAbout.PERSON, date(2025, 1, 1)) == [ended]
    # Its name is free again, until the ended one is to go on.
    make_field(cast.admin, name="Nomor PKH/BPNT")
    with pytest.raises(FactRefused) as refused:
        end_field(pk=field.pk, revision=3, last_month=None, by=cast.admin)
    assert [name for name, _message in refusals(refused)] == ["last_month"]


def test_what_values_rest_on_stays(cast):
    field = make_field(cast.admin, kind=ExtraKind.CHOICE, choices=["Ya", "Tidak"])
    ParticipantFactory(extra={field.key: "Ya"}, entered_by=cast.wayan)
    with pytest.raises(FactRefused) as refused:
        change_field(pk=field.pk, revision=1, terms=field_terms(is_personal=True), by=cast.admin)
    assert [name for name, _message in refusals(refused)] == ["kind", "is_personal", "choices"]
    kept = {"kind": ExtraKind.CHOICE, "choices": ["Ya", "Belum"]}
    changed = change_field(pk=field.pk, revision=1, terms=field_terms(**kept), by=cast.admin)
    assert changed.choices == ["Ya", "Belum"]


class TestPages:
    def test_add_mend_end(self, city_admin, client_of):
        client = client_of(city_admin)
        page = client.get(reverse("extra_field_create"))
        assert page.context["form"]["region"].initial == KOTA_A
        sent = {
            **{"region": KOTA_A, "about": "person", "name": "Nomor PKH", "kind": "text", "options": ""},
            **{"seen_by": ["operator", "administrator"], "first_month": "2025-01"},
        }
        assert client.post(reverse("extra_field_create"), sent).url == reverse("extra_field_list")
        field = ExtraField.objects.get()
        assert (field.first_month, field.seen_by) == (date(2025, 1, 1), ["operator", "administrator"])
        again = client.post(reverse("extra_field_create"), sent)
        assert (again.status_code, list(again.context["form"].errors)) == (422, ["name"])
        address = reverse("extra_field_change", args=[field.pk])
        client.post(address, sent | {"name": "Nomor KKS", "revision": "1"})
        assert "Nomor KKS" in client.get(reverse("extra_field_list")).content.decode()
        late = client.post(address, sent | {"revision": "1"})
        assert late.url == address
        ending = reverse("extra_field_end", args=[field.pk])
        assert client.post(ending, {"last_month": "2024-12", "revision": "2"}).status_code == 422
        assert client.post(ending, {"last_month": "2025-06", "revision": "2"}).status_code == 302
        field.refresh_from_db()
        assert (field.name, field.last_month) == ("Nomor KKS", date(2025, 6, 1))

    def test_of_another_city_it_does_not_exist(self, city_admin, cast, client_of):
        field = make_field(cast.admin, region_code=KOTA_B)
        for name in ("extra_field_change", "extra_field_end"):
            assert client_of(city_admin).get(reverse(name, args=[field.pk])).status_code == 404
