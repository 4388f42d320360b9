"""Titles above rows and names of sheets that say who left or died; words that a question is put with."""

from datetime import date

import pytest
from django.urls import reverse

from participants.importers.list_report import read_list
from participants.importers.standing import heading_of
from participants.importers.telling_words import pattern_of
from participants.models import Batch
from participants.services.batches.batch import confirm_batch
from participants.services.batches.work import work_on_batches
from tests.pages import page_of
from tests.participants.batches import send
from tests.participants.made_files import HEADER, csv, person, xlsx

TODAY = date(2026, 11, 26)


def read(tmp_path, sheets, **more):
    path = tmp_path / "daftar.xlsx"
    path.write_bytes(sheets if isinstance(sheets, bytes) else xlsx(sheets))
    return read_list(path, region="36.72", today=TODAY, **more)


def states(report):
    """Per row what it asks, or that it is fine."""
    return [one.faults[0].reason.value if one.faults else "ok" for one in report.judged]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("DAFTAR PESERTA YANG KELUAR", "left"),
        ("Peserta Non Aktif / Keluar", "left"),
        ("MENINGGAL DUNIA", "dead"),
        ("Keluar", "left"),
        ("Meninggal 2025", "dead"),
        ("PEKERJA YANG TIDAK AKTIF", "left"),
        ("PESERTA AKTIF", "member"),
        ("Aktif", "member"),
        ("Data Peserta Baru", "member"),
        ("MUTASI PESERTA MASUK DAN KELUAR", None),
        ("Daftar peserta aktif dan non aktif", None),
        ("Siti Baru", None),
        ("KELURAHAN BULAKAN", None),
        ("Harap segera melapor ke kantor apabila ada yang keluar atau berhenti di bulan berjalan ini", None),
        ("", None),
    ],
)
def test_what_a_title_says_of_the_people_under_it(text, said):
    found = heading_of(text)
    told = None if found is None else "member" if found.said is None else found.said.standing.value
    assert told == said


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("Istri alm. Karta", "istri alm. …"),
        ("Pindah dari Serang", "pindah dari …"),
        ("Pindah alamat ke Cibeber", "pindah alamat ke …"),
        ("meninggal 12-03-2025", "meninggal …"),
        ("KARTA WIJAYA (Alm)", "… (alm)"),
        ("Saprudin bin (Alm) Kasim", "… bin (alm) …"),
        ("Tidak keluar", "tidak keluar"),
    ],
)
def test_a_question_names_nobody_and_tells_cases_apart(text, pattern):
    assert pattern_of(text) == pattern


def test_sheets_of_leavers_and_of_the_dead_are_asked_about(tmp_path):
    sheets = {
        "Aktif": [HEADER, person(1)],
        "Keluar": [HEADER, person(2)],
        "Lampiran": [["DAFTAR PESERTA MENINGGAL DUNIA"], [], HEADER, person(3)],
    }
    assert states(read(tmp_path, sheets)) == ["ok", "asked_left", "asked_dead"]


def test_titles_between_rows_divide_members_from_leavers_and_are_no_persons(tmp_path):
    rows = [
        HEADER,
        ["", "", "A. PESERTA AKTIF"],
        person(1),
        person(2),
        ["", "", "B. PESERTA NON AKTIF / KELUAR"],
        person(3),
        ["C. MENINGGAL DUNIA"],
        person(4),
        ["D. PESERTA AKTIF (SUSULAN)"],
        person(5),
    ]
    report = read(tmp_path, {"Data": rows})
    assert states(report) == ["ok", "ok", "asked_left", "asked_dead", "ok"]
    assert report.balance() == {"read": 3, "parked": 2, "missed": 0}


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("Hasan Basri - keluar", "asked_left"),
        ("Hasan Basri, pindah", "asked_left"),
        ("Hasan Basri (resign)", "asked_left"),
        ("Siti Aminah, S.Pd", "ok"),
        ("Nur-Aini", "ok"),
    ],
)
def test_a_name_with_a_remark_behind_it(tmp_path, name, state):
    assert states(read(tmp_path, {"A": [HEADER, person(1, name=name)]})) == [state]


@pytest.mark.parametrize(
    ("name", "doubts"),
    [
        ("Hasan Basri dan Yeyen Nuraeni", {"several_names": 1}),
        ("Hasan Basri & Yeyen", {"several_names": 1}),
        ("Hasan Basri / Yeyen", {"several_names": 1}),
        ("Ramadan Basri", {}),
        ("Dan Brown", {}),
    ],
)
def test_two_people_in_one_cell_are_said(tmp_path, name, doubts):
    report = read(tmp_path, {"A": [HEADER, person(1, name=name)]})
    assert {doubt.value: count for doubt, count in report.warnings.items()} == doubts


def test_two_groups_of_others_are_asked_about_wherever_the_numbering_stands(tmp_path):
    rows = [
        ["No", "Suami", "", "", "Istri", "", ""],
        ["", "NIK", "Nama", "Tgl Lahir", "NIK", "Nama", "Tgl Lahir"],
        ["1", *person(1)[1:4], *person(2)[1:4]],
        ["2", *person(3)[1:4], *person(4)[1:4]],
    ]
    assert states(read(tmp_path, {"A": rows})) == ["asked_group"] * 4


@pytest.mark.parametrize(
    "title", ["Jenis Kelamin (L/P)", "JK (L / P)", "L/P", "Kelamin (laki-laki/perempuan)"]
)
def test_how_a_column_is_written_is_no_part_of_its_title(tmp_path, title):
    head = [title if cell == "L/P" else cell for cell in HEADER]
    (member,) = read(tmp_path, {"A": [head, person(1)]}).members
    assert member.sex in {"L", "P"}


def test_a_bracket_that_names_somebody_else_is_a_part_of_the_title(tmp_path):
    head = [*HEADER, "Nama (Istri)", "Telp."]
    row = [*person(1), "Bukan Peserta", "081234567890"]
    (member,) = read(tmp_path, {"A": [head, row]}).members
    assert (member.name, member.phone) == (person(1)[2], "081234567890")


@pytest.mark.parametrize(
    ("cell", "born"),
    [
        ("19650407", date(1965, 4, 7)),
        ("07041965", date(1965, 4, 7)),
        ("7 April 1965, Cilegon", date(1965, 4, 7)),
        ("Cilegon, 7 April 1965", date(1965, 4, 7)),
    ],
)
def test_dates_with_the_year_first_and_places_behind_them(tmp_path, cell, born):
    head = [*HEADER[:3], "Tempat, Tgl Lahir", *HEADER[4:]]
    row = person(1)
    row[3] = cell
    (member,) = read(tmp_path, {"A": [head, row]}).members
    assert member.birth_date == born


def test_titles_of_two_rows_that_say_little_below(tmp_path):
    rows = [
        ["No", "NIK", "Nama", "Tempat", "Tanggal"],
        ["", "", "", "Lahir", "Lahir"],
        ["1", person(1)[1], person(1)[2], "Cilegon", person(1)[3]],
    ]
    (member,) = read(tmp_path, {"A": rows}).members
    assert member.row.texts["birth_place"] == "Cilegon"
    assert member.birth_date is not None


def test_a_telephone_with_a_break_in_its_cell_stays_in_its_row(tmp_path):
    head, row = [*HEADER, "No HP", "No KK"], [*person(1), '"0812345678\n0857345678"', "3672010101150001"]
    content = csv([head, row, [*person(2), "0812345679", "3672010101150002"]])
    assert states(read(tmp_path, content)) == ["ok", "ok"]


@pytest.mark.django_db
def test_a_row_mended_at_the_second_try_keeps_its_address(cast, client_of):
    batch = send([person(1, nik="12"), person(2)], cast.wayan)
    row, client = batch.rows.get(state="refused"), client_of(cast.wayan)
    address = reverse("batch_row", args=[batch.pk, row.pk])
    cells = {"name": "Budi Baru", "birth_date": "07/04/1965", "sex": "L"}
    assert client.post(address, {**cells, "nik": "123"}).status_code == 422
    assert client.get(address).status_code == 200
    assert client.post(address, {**cells, "nik": person(1)[1]}).status_code == 302
    assert list(batch.rows.order_by("pk").values_list("state", flat=True)) == ["new", "new"]


@pytest.mark.django_db
def test_a_stored_batch_is_mended_at_the_second_try_too(cast, client_of):
    batch = send([person(1, nik="12"), person(2)], cast.wayan)
    confirm_batch(pk=batch.pk, by=cast.wayan)
    work_on_batches()
    row, client = batch.rows.get(state="refused"), client_of(cast.wayan)
    address = reverse("batch_row", args=[batch.pk, row.pk])
    cells = {"name": "Budi Baru", "birth_date": "07/04/1965", "sex": "L"}
    assert client.post(address, {**cells, "nik": "123"}).status_code == 422
    assert client.post(address, {**cells, "nik": person(1)[1]}).status_code == 302
    assert batch.rows.filter(state="refused").count() == 0


@pytest.mark.django_db
def test_the_preview_shows_what_would_be_stored_and_the_question_what_the_file_says(cast, client_of):
    head = [*HEADER, "Keterangan"]
    rows = [[*person(1), ""], [*person(2), "Pindah alamat ke Cibeber"], [*person(3), "Pindah dari Serang"]]
    batch = send(rows, cast.wayan, head)
    client = client_of(cast.wayan)
    page = page_of(client.get(reverse("batch_detail", args=[batch.pk])))
    assert "7 April 1965" in page
    assert "Pindah alamat ke Cibeber" in page
    assert person(1)[1] not in page
    row = batch.rows.get(asked="pindah alamat ke …")
    form = page_of(client.get(reverse("batch_row", args=[batch.pk, row.pk])))
    assert "Kata berkasnya" in form
    assert "Pindah alamat ke Cibeber" in form
    assert "hilang bila berkasnya dibaca ulang" not in page
    client.post(
        reverse("batch_answer", args=[batch.pk]),
        {"sebab": "asked_left", "kata": "pindah alamat ke …", "jawab": "aktif"},
    )
    assert Batch.objects.get(pk=batch.pk).counts["state"] == {"new": 2, "refused": 1}
    again = page_of(client.get(reverse("batch_detail", args=[batch.pk])))
    assert "hilang bila berkasnya dibaca ulang" in again
