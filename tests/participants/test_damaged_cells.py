"""Damaged cells of lists: numbers, telephones, places, days and words that say somebody left."""

from datetime import date

import pytest

from participants.importers.header import Field
from participants.importers.numbers_of_persons import kpj_in, phone_in
from participants.importers.shown_rows import persons_as_json
from tests.participants import made_files
from tests.participants.damaged_lists import PERSONS, book, read, reasons, warned
from tests.participants.made_files import HEADER, person

__all__ = ["read"]


@pytest.mark.parametrize("cell", ["6,28123E+12", "8.57E+10", "628123000000000", "8123000000", "8,1E10"])
def test_powers_of_ten_are_no_telephone(cell):
    number = phone_in(cell)
    assert (number.digits, number.doubt is not None) == ("", True)


@pytest.mark.parametrize(
    ("cell", "digits", "doubt"),
    [
        ("0812-3456-7890", "081234567890", None),
        ("+62 812 3456 7890", "081234567890", None),
        ("81234567890", "081234567890", None),
        ("(0254) 391234", "0254391234", None),
        ("081234567890 / 081398765432", "081234567890", "several_phones"),
        ("081234567890 081398765432", "081234567890", "several_phones"),
        ("081234567890 atau 0254391234", "081234567890", "several_phones"),
        ("0812 3456 7890 (istri: 0813 9876 5432)", "081234567890", "several_phones"),
        ("-", "", None),
        ("123", "", "phone_unclear"),
    ],
)
def test_telephones(cell, digits, doubt):
    assert phone_in(cell) == (digits, doubt)


@pytest.mark.parametrize(
    ("cell", "digits"),
    [
        ("19012345678", "19012345678"),
        ("19 012 345 678", "19012345678"),
        ("19012345678,00", "19012345678"),
        ("1,90123457E+10", ""),
        ("19012300000", ""),
        ("0190123456", ""),
    ],
)
def test_numbers_of_cards(cell, digits):
    assert kpj_in(cell).digits == digits


def test_a_nik_between_marks_of_direction_and_in_wide_digits_is_read(read):
    wide = "".join(chr(ord(digit) + 0xFEE0) for digit in PERSONS[1][1])
    rows = [[*one] for one in PERSONS[:2]]
    rows[0][1], rows[1][1] = f"\u200e{rows[0][1]}\u202c", wide
    assert read(made_files.csv([HEADER, *rows]), "a.csv").ok == 2


def test_two_numbers_in_one_cell_and_a_swapped_family_card_are_parked(read):
    both = person(1, nik=f"{PERSONS[0][1]} / {PERSONS[1][1]}")
    assert reasons(read(book(HEADER, both, PERSONS[2]))) == {"several_nik": 1}
    titles = ["NIK", "No KK", "Nama", "Tanggal Lahir"]
    swapped = ["3672010112150001", PERSONS[0][1], "Budi", "07/04/1965"]
    assert reasons(read(book(titles, swapped))) == {"family_card_as_nik": 1}


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("Tempat, Tgl Lahir", "Kota Serang, 07-04-1965"),
        ("TTL", "Kota Serang/7 April 1965"),
        ("Tempat/Tanggal Lahir", "Kota Serang 1965-04-07"),
        ("Tmpt Tgl Lahir", "Kota Serang , 07 04 1965"),
    ],
)
def test_place_and_date_in_one_cell_are_both_kept(read, title, cell):
    titles = ["NIK", "Nama", title.replace("Tmpt Tgl", "Tmp Tgl")]
    (member,) = read(book(titles, [PERSONS[0][1], "Budi", cell])).members
    assert (member.birth_date, member.row.text(Field.BIRTH_PLACE)) == (date(1965, 4, 7), "Kota Serang")


@pytest.mark.parametrize(
    "cell",
    [
        "1965-04-06T17:00:00.000Z",
        "1965-04-06 23:59:48",
        "1965-04-07T00:00:00Z",
        "1965-04-07T00:00:00+07:00",
        23838.99986,
        23839.2,
        "07/04/1965 08:30",
    ],
)
def test_moments_round_to_the_day_that_is_meant(read, cell):
    report = read(book(HEADER, person(1, birth=cell)))
    assert [(one.birth_date, warned(report)) for one in report.members] == [(date(1965, 4, 7), {})]


def test_day_and_month_are_decided_by_the_nik_or_by_the_column(read):
    report = read(book(HEADER, person(1, birth="04/07/1965"), person(2)))
    assert [one.birth_date for one in report.members] == [date(1965, 4, 7)] * 2
    assert warned(report) == {"day_and_month_swapped": 1}
    others = [person(3, nik=f"367201250465000{serial}", birth="04/25/1965") for serial in (1, 2, 3)]
    report = read(
        made_files.csv([HEADER, *others, person(4, nik="3672010803650004", birth="03/08/1965")]), "a.csv"
    )
    assert {one.birth_date for one in report.members} == {date(1965, 4, 25), date(1965, 3, 8)}


def test_a_real_date_far_from_the_nik_stays_and_is_doubted(read):
    report = read(book(HEADER, person(1, birth="09/05/1971")))
    assert [one.birth_date for one in report.members] == [date(1971, 5, 9)]
    assert warned(report) == {"date_differs_from_nik": 1}


@pytest.mark.parametrize(
    ("title", "cell", "reason"),
    [
        ("Status Kepesertaan", "Non Aktif", "asked_left"),
        ("Status", "tidak aktif", "asked_left"),
        ("Status Peserta", "Meninggal Dunia", "asked_dead"),
        ("Keaktifan", "Dirumahkan", "asked_status"),
        ("Aktif", "Tidak", "asked_left"),
        ("Tgl Keluar", "31/01/2025", "asked_left"),
        ("Tanggal Meninggal", "12-03-2025", "asked_dead"),
        ("Keterangan", "wafat 2024", "asked_dead"),
        ("Ket.", "sudah pindah domisili", "asked_left"),
        ("Alasan", "mengundurkan diri", "asked_left"),
        ("", "Keluar per Januari", "asked_left"),
        ("Kolom Lain", "Meninggal", "asked_dead"),
    ],
)
def test_who_left_or_died_is_asked(read, title, cell, reason):
    report = read(book([*HEADER, title], [*PERSONS[0], cell], [*PERSONS[1], ""]))
    assert (report.ok, reasons(report)) == (1, {reason: 1})
    assert [one["state"] for one in persons_as_json(report)["persons"]] == ["asked", "ok"]


@pytest.mark.parametrize("name", ["Budi (Alm)", "Alm. Budi", "ALMH SITI", "Budi, almarhum", "Budi (keluar)"])
def test_names_that_say_so_are_asked(read, name):
    assert read(book(HEADER, person(1, name=name))).ok == 0


@pytest.mark.parametrize(
    ("title", "cell"),
    [
        ("Status", "Aktif"),
        ("Status", "Kawin"),
        ("Status", "Kontrak"),
        ("Status", "Cerai Mati"),
        ("Keterangan", "keluarga miskin"),
        ("Tgl Keluar", "-"),
        ("Tgl Keluar", "31/12/2099"),
        ("Aktif", "Ya"),
        ("Pekerjaan", "Pensiunan"),
    ],
)
def test_words_that_say_nothing_of_leaving_are_not_asked(read, title, cell):
    assert read(book([*HEADER, title], [*PERSONS[0], cell])).ok == 1
    assert read(book(HEADER, person(1, name="Salma Almira"))).ok == 1
