"""The list by which a branch enrols people: whole numbers for a reason, a row for each spell that goes on."""

import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from participants.enums import Occurrence
from participants.exporters.enrolment_sheet import TITLES
from participants.importers.header import Field
from participants.models import Participant
from participants.services.persons.entry import enter_person
from regions.enums import Verb
from regions.models import Act
from tests.factories import EnrolmentFactory, nik_of
from tests.participants.batches import people, store, terms
from tests.participants.extra_fields import make_field

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("system")]
ADDRESS = reverse("person_export")


def rows_of(answer):
    content = b"".join(answer.streaming_content)
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_a_row_for_each_spell_with_the_columns_of_the_forms(cast, client_of):
    store(people(2), cast.wayan)
    first, second = Participant.objects.order_by("name", "pk")
    EnrolmentFactory(
        participant=first, category_id="kader", programmes=["jkk", "jkm", "jht"], entered_by=cast.siti
    )
    EnrolmentFactory(
        participant=second,
        category_id="kader",
        state="ended",
        ended_by=Occurrence.DIED,
        last_month="2025-02-01",
        entered_by=cast.siti,
    )
    answer = client_of(cast.siti).post(
        ADDRESS, {"bentuk": "pendaftaran", "alasan": "pendaftaran, surat 12/2025"}
    )
    watermark, titles, *rows = rows_of(answer)
    assert titles == list(TITLES)
    assert "surat 12/2025" in watermark[0]
    told = [dict(zip(titles, row, strict=True)) for row in rows]
    assert [row["NO"] for row in told] == ["1", "2", "3"]
    assert {(row["NIK"], row["KATEGORI"], row["JHT"]) for row in told} == {
        (first.nik.digits, "Anggota Linmas", "T"),
        (first.nik.digits, "Kader", "Y"),
        (second.nik.digits, "Anggota Linmas", "T"),
    }
    assert told[0]["TANGGAL LAHIR"] == f"{first.birth_date:%d-%m-%Y}"
    act = Act.objects.filter(verb=Verb.EXPORTED).get()
    assert (act.detail["format"], act.detail["whole_nik"]) == ("pendaftaran", True)


def test_without_a_reason_or_the_right_there_is_none(cast, client_of):
    store(people(1), cast.wayan)
    digits = Participant.objects.get().nik.digits
    masked = client_of(cast.siti).get(f"{ADDRESS}?bentuk=pendaftaran")
    assert digits not in b"".join(masked.streaming_content).decode()
    assert (
        client_of(cast.wayan).post(ADDRESS, {"bentuk": "pendaftaran", "alasan": "surat 1/2025"}).status_code
        == 403
    )
    assert client_of(cast.siti).post(ADDRESS, {"bentuk": "pendaftaran", "alasan": ""}).status_code == 302


def test_fields_of_the_office_stand_behind_those_of_the_forms(cast, client_of):
    own = make_field(cast.admin, name="Agama", is_personal=True)
    cells = {Field.NIK: nik_of(1), Field.NAME: "Asep Rukmana", own.key: "Katolik"}
    enter_person(by=cast.wayan, terms=terms(), cells=cells)
    answer = client_of(cast.siti).post(ADDRESS, {"bentuk": "pendaftaran", "alasan": "surat 12/2025"})
    _watermark, titles, row = rows_of(answer)
    assert (titles, row[len(TITLES) :]) == ([*TITLES, "Agama"], ["Katolik"])
