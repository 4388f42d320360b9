"""Fields of an office's own by program: listed, read and written, refused with a pointer."""

import pytest
from django.urls import reverse

from participants.enums import ExtraAbout, ExtraKind
from participants.extra_store import opened_extra
from participants.models import Enrolment, MonthExtra, Participant
from participants.services.batches.work import work_on_batches
from regions.roles import Role
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import nik_of
from tests.participants.batches import store
from tests.participants.extra_fields import make_field
from tests.participants.made_files import HEADER, person
from tests.programs import program_of, send_json
from tests.reports.test_api_persons import PERSONS, TERMS

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("system")]
FIELDS = reverse("api_extra_fields")
MONTH = reverse("api_month_extra", args=[KOTA_A, "2025-07"])


def rows_with(**extra):
    return {"terms": TERMS, "rows": [{"nik": nik_of(61), "name": "Orang Program", "extra": extra}]}


def patch(user, extra, revision=0, address=MONTH):
    return program_of(user).patch(
        address,
        {"extra": extra},
        content_type="application/json",
        headers={"If-Match": f'"{revision}"'},
    )


def test_the_fields_that_somebody_sees_are_listed(cast):
    field = make_field(cast.admin, region_code=PROVINCE, kind=ExtraKind.CHOICE, choices=["Ya"])
    make_field(cast.admin, region_code=KOTA_B, name="Dari kota lain")
    make_field(cast.admin, name="Verifikator saja", seen_by=[Role.SUPERVISOR])
    (told,) = program_of(cast.wayan).get(FIELDS).json()["data"]
    assert told == {
        **{"key": field.key, "region": PROVINCE, "about": "person", "name": "Nomor PKH", "kind": "choice"},
        **{"choices": ["Ya"], "is_required": False, "is_personal": False, "revision": 1},
        **{"seen_by": [role.value for role in Role], "first_month": "2024-01-01", "last_month": None},
    }


def test_of_persons_they_are_written_and_read_and_unmasked(cast):
    number = make_field(cast.admin, name="Anak", kind=ExtraKind.NUMBER)
    day = make_field(cast.admin, name="Diangkat", kind=ExtraKind.DAY)
    secret = make_field(cast.admin, name="Agama", is_personal=True)
    sent = rows_with(**{number.key: 2, day.key: "2025-02-01", secret.key: "Katolik"})
    answer = send_json(cast.siti, PERSONS, sent)
    assert answer.status_code == 201, answer.content
    assert send_json(cast.siti, PERSONS, sent).json()["unchanged"] == 1
    pk = Participant.objects.get().pk
    told = program_of(cast.siti).get(f"{PERSONS}{pk}/").json()
    assert told["extra"] == {number.key: 2, day.key: "2025-02-01", secret.key: "*****"}
    assert program_of(cast.siti).get(PERSONS).json()["data"] == [told]
    opened = send_json(cast.siti, f"{PERSONS}{pk}/unmasked/", {"reason": "surat 12/2025"}).json()
    assert opened["extra"] == {secret.key: "Katolik"}


def test_what_does_not_fit_is_refused_where_it_stands(cast):
    number = make_field(cast.admin, name="Anak", kind=ExtraKind.NUMBER)
    required = make_field(cast.admin, is_required=True)
    for extra, wanted in (
        ({number.key: "dua", required.key: "1"}, {number.key}),
        ({number.key: 2}, {required.key}),
        ({"x0": 1, number.key: [1], required.key: True}, {"x0", number.key, required.key}),
        ({"x999999": "1", required.key: "1"}, {"x999999"}),
    ):
        answer = send_json(cast.wayan, PERSONS, rows_with(**extra))
        assert answer.status_code == 422, answer.content
        errors = answer.json()["errors"]
        assert {error["pointer"] for error in errors} == {f"/rows/0/extra/{key}" for key in wanted}
    assert send_json(cast.wayan, PERSONS, {**rows_with(), "rows": [{"extra": 3}]}).status_code == 422
    assert not Participant.objects.exists()


def test_the_same_by_form_by_grid_by_program_and_by_file(cast, client_of):
    """Each face keeps the same of one person in the same fields."""
    fields = {
        "Anak": make_field(cast.admin, name="Anak", kind=ExtraKind.NUMBER),
        "Diangkat": make_field(cast.admin, name="Diangkat", kind=ExtraKind.DAY),
        "Rumah": make_field(
            cast.admin, name="Rumah", kind=ExtraKind.CHOICE, choices=["Milik sendiri", "Sewa"]
        ),
        "Agama": make_field(cast.admin, name="Agama", is_personal=True),
    }
    shown = dict(zip(fields, ["1.528", "01/02/2025", "milik sendiri", "Uji"], strict=True))
    cells = {fields[name].key: text for name, text in shown.items()}
    who = {"nik": nik_of(61), "name": "Orang Program"}
    typed = {**who, **cells, "source": "SK 12", "as_of": "2025-07-31", "programmes": ["jkk", "jkm"]}
    place = {"region": KOTA_A, "category": "linmas", "funding": "apbd_kabkota", "first_month": "2025-07"}
    grid = reverse("person_grid_row", args=[KOTA_A, "linmas", "apbd_kabkota", "2025-07"])
    told = {fields["Anak"].key: 1528, fields["Diangkat"].key: "2025-02-01"}
    told |= {fields["Rumah"].key: "Milik sendiri", fields["Agama"].key: "Uji"}
    row = {**who, "extra": told}

    def by_list():
        number = send_json(cast.wayan, reverse("api_batches"), {"terms": TERMS, "rows": [row]}).json()["id"]
        work_on_batches()
        send_json(cast.wayan, reverse("api_batch_confirm", args=[number]), {})
        work_on_batches()

    client, kept = client_of(cast.wayan), []
    for enter in (
        lambda: client.post(reverse("person_add"), {**typed, **place, "segment": "bpu"}),
        lambda: client.post(grid, {**typed, "typist": cast.wayan.pk, "segment": "bpu", "until": "open"}),
        lambda: send_json(cast.wayan, PERSONS, {"terms": TERMS, "rows": [row]}),
        lambda: store([[*person(61)[:4], *shown.values()]], cast.wayan, [*HEADER[:4], *shown]),
        by_list,
    ):
        enter()
        stored = Participant.objects.get()
        kept.append((stored.extra, opened_extra(stored.extra_sealed)))
        Enrolment.objects.all().delete()
        Participant.objects.all().delete()
    said = {**told, fields["Agama"].key: kept[0][0][fields["Agama"].key]}
    assert kept == [(said, {fields["Agama"].key: "Uji"})] * 5


class TestMonths:
    @pytest.fixture
    def field(self, cast):
        return make_field(cast.admin, about=ExtraAbout.MONTH, name="Agen", kind=ExtraKind.NUMBER)

    def test_written_with_the_revision_and_read(self, cast, field):
        empty = {"region": KOTA_A, "month": "2025-07-01", "revision": 0, "extra": {field.key: None}}
        assert program_of(cast.wayan).get(MONTH).json() == empty
        answer = patch(cast.wayan, {field.key: 12})
        assert (answer.status_code, answer["ETag"]) == (200, '"1"')
        assert answer.json() == {**empty, "revision": 1, "extra": {field.key: 12}}
        assert patch(cast.wayan, {field.key: 13}).status_code == 412
        assert patch(cast.wayan, {field.key: None}, 1).json()["extra"] == {field.key: None}
        assert MonthExtra.objects.get().extra == {}

    def test_dry_runs_and_readers_store_nothing(self, cast, field):
        assert patch(cast.wayan, {field.key: 12}, address=f"{MONTH}?dry_run=true").status_code == 200
        assert patch(cast.dewi, {field.key: 1}).status_code == 403
        assert patch(cast.budi, {field.key: 1}).status_code == 404
        without = program_of(cast.wayan).patch(MONTH, {"extra": {}}, content_type="application/json")
        assert without.status_code == 428
        assert not MonthExtra.objects.exists()

    def test_refused_where_it_stands(self, cast, field):
        answer = patch(cast.wayan, {field.key: "dua", "x999999": 1})
        errors = answer.json()["errors"]
        assert (answer.status_code, {one["pointer"] for one in errors}) == (
            422,
            {f"/extra/{field.key}", "/extra/x999999"},
        )
        assert all(one["message"] != one["message_en"] for one in errors)
        assert patch(cast.wayan, {"agen": 1}).status_code == 400
        assert patch(cast.wayan, [1]).status_code == 400
