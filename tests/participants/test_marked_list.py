"""The marked workbook and the form of a bad row: what stays readable, for whom, with which trace."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from participants.models import Participant
from participants.services.batches.work import work_on_batches
from regions.models import Act
from tests.participants.batches import send
from tests.participants.made_files import HEADER, person, xlsx

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast_once")]
REASON = "dikembalikan ke dinas, surat 12/2025"
EXTENDED = [*HEADER, "KPJ", "No HP"]


def row(serial, **changes):
    return [*person(serial, **changes), f"190123450{serial:02}", f"0812345000{serial:02}"]


def marked(client, batch, reason=REASON):
    return client.post(reverse("batch_marked", args=[batch.pk]), {"alasan": reason})


def lines_of(response, sheet="Linmas"):
    return CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_name(sheet).to_python()


def parts_of(response):
    with ZipFile(BytesIO(response.content)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith(".xml")}


def form_of(client, batch, parked):
    response = client.get(reverse("batch_row", args=[batch.pk, parked.pk]))
    return {field.name: field.value() for field in response.context["form"]}


def test_only_the_rows_to_be_mended_are_open(cast, client_of):
    rows = [row(1), row(2, nik="36720107046500021"), row(3, birth="31/02/1965"), row(4)]
    batch = send(rows, cast.wayan, EXTENDED)
    lines = lines_of(marked(client_of(cast.wayan), batch))
    assert [line[1] for line in lines[1:5]] == [
        "367201******0001",
        "36720107046500021",
        "3672010704650003",
        "367201******0004",
    ]
    assert [line[6] for line in lines[1:5]] == ["1901*******", "19012345002", "19012345003", "1901*******"]
    assert [line[7] for line in lines[1:5]] == [
        "0812********",
        "081234500002",
        "081234500003",
        "0812********",
    ]
    # Everything else stands where it stood.
    assert [line[2:6] for line in lines[1:5]] == [one[2:6] for one in rows]


def test_numbers_written_as_numbers_are_masked_too(cast, client_of):
    rows = [row(1), row(2, nik="12"), [*person(3), 19012345003, 6281234500003]]
    batch = send(rows, cast.wayan, EXTENDED)
    lines = lines_of(marked(client_of(cast.wayan), batch))
    assert lines[3][6:8] == ["1901*******", "6281*********"]
    assert lines[1][0] == 1


def test_side_by_side_the_neighbour_of_a_bad_row_stays_closed(cast, client_of):
    left, right = [person(serial) for serial in (1, 2)], [person(3), person(4, nik="367201070465000400")]
    rows = [[*HEADER, "", *HEADER], *([*one, "", *other] for one, other in zip(left, right, strict=True))]
    batch = send(xlsx({"A": rows}), cast.wayan)
    lines = lines_of(marked(client_of(cast.wayan), batch), "A")
    assert (lines[2][1], lines[2][8]) == ("367201******0002", "367201070465000400")


def test_rows_that_only_ask_something_stay_closed(cast, client_of):
    header = [*HEADER, "Status"]
    rows = [[*person(1), "Aktif"], [*person(2), "Non Aktif"], [*person(3, nik="12"), "Aktif"]]
    batch = send(rows, cast.wayan, header)
    lines = lines_of(marked(client_of(cast.wayan), batch))
    assert [line[1] for line in lines[1:4]] == ["367201******0001", "367201******0002", "12"]
    assert Act.objects.latest("pk").detail["rows"] == 1


def test_it_says_who_took_it_and_why_on_the_sheet_and_on_paper(cast, client_of):
    batch = send([row(1), row(2, nik="12")], cast.wayan, EXTENDED)
    response = marked(client_of(cast.siti), batch)
    line = lines_of(response)[-1][0]
    assert line.startswith(f"Unggahan #{batch.pk}. Memuat data pribadi. Diunduh oleh Siti pada ")
    assert line.endswith(f"Alasan: {REASON}")
    sheet = parts_of(response)["xl/worksheets/sheet1.xml"]
    assert sheet.count("Memuat data pribadi. Diunduh oleh Siti") == 3
    assert "<oddHeader>" in sheet
    assert "<oddFooter>" in sheet
    assert "no-store" in response["Cache-Control"]


def test_the_act_says_how_many_rows_were_open_and_why(cast, client_of):
    batch = send([row(1), row(2, nik="12"), row(3, birth="31/02/1965")], cast.wayan, EXTENDED)
    marked(client_of(cast.wayan), batch)
    act = Act.objects.latest("pk")
    assert (act.verb, act.actor_name, act.region_code) == ("exported", "wayan", "36.72")
    assert act.detail == {"rows": 2, "whole_nik": True, "reason": REASON, "format": "xlsx"}


@pytest.mark.parametrize("reason", ["", "x", "    ", "ab c"])
def test_without_a_reason_nothing_leaves(cast, client_of, reason):
    batch = send([row(1), row(2, nik="12")], cast.wayan, EXTENDED)
    before = Act.objects.count()
    response = marked(client_of(cast.wayan), batch, reason)
    assert (response.status_code, response.url) == (302, reverse("batch_detail", args=[batch.pk]))
    assert Act.objects.count() == before


def test_only_who_works_on_the_list_takes_it(cast, client_of):
    batch = send([row(1), row(2, nik="12")], cast.wayan, EXTENDED)
    people = ("wayan", "siti", "anton", "admin", "lestari", "ratna", "dewi", "budi", "nobody")
    said = {one: marked(client_of(getattr(cast, one)), batch).status_code for one in people}
    assert said == dict.fromkeys(people[:4], 200) | dict.fromkeys(people[4:7], 403) | {
        "budi": 404,
        "nobody": 404,
    }


def test_it_comes_back_with_its_bad_rows_mended(cast, client_of):
    """The watermark is no person; masked rows are refused, the mended one is read."""
    batch = send([person(1), person(2, nik="12")], cast.wayan)
    lines = lines_of(marked(client_of(cast.wayan), batch))
    lines[2][1] = "3672010704650002"
    back = send(xlsx({"Linmas": lines}), cast.wayan)
    assert list(back.rows.order_by("number").values_list("number", "state")) == [(2, "refused"), (3, "new")]
    assert back.counts["reason"] == {"nik_masked": 1}


class TestForm:
    """A bad row in its form."""

    def test_a_good_number_is_masked_and_left_as_it_is(self, cast, client_of):
        batch = send([row(1), row(2, birth="31/02/1965")], cast.wayan, EXTENDED)
        parked, client = batch.rows.get(state="refused"), client_of(cast.wayan)
        form = form_of(client, batch, parked)
        assert (form["nik"], form["kpj"], form["phone"]) == (
            "367201******0002",
            "1901*******",
            "0812********",
        )
        assert form["birth_date"] == "31/02/1965"
        answer = client.post(
            reverse("batch_row", args=[batch.pk, parked.pk]), form | {"birth_date": "07/04/1965"}
        )
        assert answer.status_code == 302
        mended = batch.rows.get(pk=parked.pk)
        assert mended.state == "new"
        shown = client.get(f"{reverse('batch_detail', args=[batch.pk])}?keadaan=new").content.decode()
        assert "367201******0002" in shown

    def test_what_is_stored_is_the_number_that_was_sent(self, cast, client_of):
        batch = send([row(2, birth="31/02/1965")], cast.wayan, EXTENDED)
        parked, client = batch.rows.get(state="refused"), client_of(cast.siti)
        form = form_of(client, batch, parked) | {"birth_date": "07/04/1965"}
        client.post(reverse("batch_row", args=[batch.pk, parked.pk]), form)
        client.post(reverse("batch_confirm", args=[batch.pk]))
        work_on_batches()
        person_stored = Participant.objects.get()
        assert (person_stored.nik.digits, person_stored.kpj) == ("3672010704650002", "19012345002")
        assert person_stored.phone == "081234500002"

    def test_the_wrong_number_is_open_to_its_sender_and_masked_to_colleagues(self, cast, client_of):
        batch = send([row(1), row(2, nik="36720107046500021")], cast.wayan, EXTENDED)
        parked = batch.rows.get(state="refused")
        assert form_of(client_of(cast.wayan), batch, parked)["nik"] == "36720107046500021"
        assert form_of(client_of(cast.siti), batch, parked)["nik"] == "367201*******0021"
        # The others can type it anew all the same.
        form = form_of(client_of(cast.siti), batch, parked) | {"nik": "3672010704650002"}
        answer = client_of(cast.siti).post(reverse("batch_row", args=[batch.pk, parked.pk]), form)
        assert answer.status_code == 302
        assert batch.rows.get(pk=parked.pk).state == "new"

    def test_unmasked_with_a_reason_it_is_whole_once(self, cast, client_of):
        batch = send([row(2, birth="31/02/1965")], cast.wayan, EXTENDED)
        parked, client = batch.rows.get(state="refused"), client_of(cast.siti)
        answer = client.post(
            reverse("batch_row_unmask", args=[batch.pk, parked.pk]), {"alasan": "dicocokkan dengan KTP"}
        )
        form = {field.name: field.value() for field in answer.context["form"]}
        assert (form["nik"], form["kpj"], form["phone"]) == (
            "3672010704650002",
            "19012345002",
            "081234500002",
        )
        assert "no-store" in answer["Cache-Control"]
        act = Act.objects.latest("pk")
        assert (act.verb, act.detail["reason"]) == ("unmasked", "dicocokkan dengan KTP")
        # Mended from there, with the numbers whole as they are.
        done = client.post(
            reverse("batch_row", args=[batch.pk, parked.pk]), form | {"birth_date": "07/04/1965"}
        )
        assert done.status_code == 302
