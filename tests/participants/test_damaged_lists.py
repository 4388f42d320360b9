"""Lists as offices really send them, kind by kind, each with relatives of other words, order and format."""

import json
import zipfile
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from participants.importers.header import Field
from participants.importers.list_report import read_list
from participants.importers.matching import Answer, read_answers
from participants.importers.numbers_of_persons import kpj_in, phone_in
from participants.importers.refusal import ListRefused, Protected, ZipOfLists
from participants.importers.shown_rows import persons_as_json
from tests.participants import made_files
from tests.participants.made_files import HEADER, person

PUBLIC = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "lists_public"
EXPECTED = json.loads((PUBLIC / "expected.json").read_text()) if PUBLIC.exists() else {}
needs_public = pytest.mark.skipif(
    not PUBLIC.exists(), reason="the lists of public bug reports are not beside the checkout"
)
TODAY = date(2026, 11, 21)
PERSONS = [person(serial) for serial in range(1, 5)]
KEYS = "row sheet nik name birth_date birth_place sex address village district phone kpj state asked"


@pytest.fixture
def read(tmp_path):
    def _read(content, name="daftar.xlsx", **options):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_list(path, region="36.72", today=TODAY, **options)

    return _read


def book(*rows, **sheets):
    return made_files.xlsx({"Daftar": list(rows), **sheets})


def reasons(report):
    return {reason.value: count for reason, count in report.refused.items()}


def warned(report):
    return {doubt.value: count for doubt, count in report.warnings.items()}


def values(report, field):
    return [member.row.text(field) for member in report.members]


def balance(report):
    told = report.balance()
    return told["read"], told["parked"], told["missed"]


# --- the lists of public bug reports ------------------------------------------------------------------------


def checked(name):
    out = StringIO()
    call_command("check_list", PUBLIC / name, "--region", "36.72", "--json", "--persons", stdout=out)
    return json.loads(out.getvalue())


@needs_public
@pytest.mark.parametrize("name", [name for name, told in EXPECTED.items() if "rows" in told])
def test_public_lists_give_what_is_expected(name):
    found, expected = checked(name), EXPECTED[name]
    assert (found["rows"], found["ok"]) == (expected["rows"], expected["ok"])
    by_row = {one["row"]: one for one in found["persons"]}
    for wanted in expected.get("persons", ()):
        assert {key: by_row[wanted["row"]][key] for key in wanted} == wanted
    asked = [one["row"] for one in found["persons"] if one["asked"]]
    assert asked == expected.get("asked_rows", [])
    assert set(expected.get("warned_rows", ())) <= {one["row"] for one in found["warned"]}
    assert sum(found["warnings"].values()) == expected.get("warnings", sum(found["warnings"].values()))
    assert all(sorted(one) == sorted(KEYS.split()) for one in found["persons"])
    assert found["balance"]["missed"] == 0


@needs_public
def test_public_answers_are_valid_only_without_a_condition():
    told = EXPECTED["28_jawaban_dukcapil_sebagian.xlsx"]["statuses"]
    ours = {
        "valid": "valid",
        "birth date differs": "birth_differs",
        "not matching": "not_matching",
        "unknown: asked": None,
        "dead": "deceased",
        "name differs": "name_differs",
        "not recorded": "not_recorded",
    }
    answers = list(read_answers(PUBLIC / "28_jawaban_dukcapil_sebagian.xlsx"))
    found = [one.status.value if isinstance(one, Answer) else None for one in answers]
    assert found == [ours[meaning] for meaning in told.values()]


# --- nobody vanishes ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        'No;NIK;Nama;Alamat\n1;{0};Budi a;"Kp. Baru\n2;{1};Budi b;Kp. Lama\n3;{2};Budi c;Kp. Baru\n',
        'No;NIK;Nama;Alamat\n1;{0};"Budi a;Kp. Baru\n2;{1};Budi b;Kp. "Lama"\n3;{2};Budi c;Kp. Baru"\n',
        'No,NIK,Nama,Alamat\n1,{0},Budi a,"Toko "Jaya", Kp. Baru"\n2,{1},Budi b,x\n3,{2},Budi c,"x\n',
        '"No\tNIK\tNama\tAlamat"\n"1\t{0}\tBudi a\tx"\n"2\t{1}\tBudi b\tx"\n"3\t{2}\tBudi c\tx"\n',
        "No;NIK;Nama;Alamat\r1;{0};Budi a;x\r2;{1};Budi b;x\r3;{2};Budi c;x",
        'No;NIK;Nama;Alamat\n1;="{0}";Budi a;x\n2;="{1}";Budi b;x\n3;="{2}";Budi c;x\n',
    ],
    ids=["lone quote", "two far apart", "quotes inside", "whole lines", "old line ends", "formulas of text"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "cp1252"])
def test_quotation_marks_swallow_nobody(read, text, encoding):
    niks = [one[1] for one in PERSONS[:3]]
    report = read(text.format(*niks).encode(encoding), "daftar.csv")
    assert [member.nik.digits for member in report.members] == niks
    assert [member.name for member in report.members] == ["Budi a", "Budi b", "Budi c"]
    assert balance(report) == (3, 0, 0)


def test_an_address_over_several_lines_is_one_cell(read):
    first, second = PERSONS[0][1], PERSONS[1][1]
    text = f'No;NIK;Nama;Alamat;Kec\n1;{first};Budi;"Kp. Baru\nRT 1\nRW 2";Cibeber\n2;{second};Ani;x;y'
    report = read(text, "daftar.csv")
    assert values(report, Field.ADDRESS) == ["Kp. Baru RT 1 RW 2", "x"]


def test_a_mark_too_many_or_too_few_parks_the_row(read):
    rows = [";".join(HEADER), *(";".join(map(str, one)) for one in PERSONS)]
    rows[2] = rows[2].replace("Budi c", "Budi;c")
    rows[3] = rows[3].replace(";L;", "L;")
    report = read("\n".join(rows), "daftar.csv")
    assert report.ok == 2
    assert "cells_shifted" in {fault.reason.value for fault in report.faults}
    assert balance(report) == (2, 2, 0)


OTHER = ["Kecamatan", "L/P", "Nama", "No KTP", "Tgl Lahir"]
BELOW = [
    ["Cibeber", "L", "Budi x", person(11)[1], "07/04/1965"],
    ["Cibeber", "L", "Budi y", person(12)[1], ""],
]


@pytest.mark.parametrize(
    "between", [[], [[]], [[], ["TAMBAHAN PERUBAHAN"]], [["JUMLAH", 4], [], ["Tahap II"]]]
)
def test_a_second_table_is_read_by_its_own_titles(read, between):
    report = read(book(HEADER, *PERSONS, *between, OTHER, *BELOW))
    assert [member.name for member in report.members[-2:]] == ["Budi x", "Budi y"]
    assert values(report, Field.DISTRICT) == ["Cibeber"] * 6
    assert balance(report) == (6, 0, 0)


def test_titles_on_each_page_are_no_persons(read):
    rows = [row for one in PERSONS for row in (HEADER, ["1", "2", "3", "4", "5", "6"], one)]
    assert balance(read(book(*rows))) == (4, 0, 0)


@pytest.mark.parametrize("gap", [0, 1, 3])
@pytest.mark.parametrize("blocks", [2, 3])
def test_blocks_side_by_side_are_all_read(read, gap, blocks):
    def line(cells):
        return [cell for block in cells for cell in (*block, *[""] * gap)]

    rows = [line([HEADER] * blocks)]
    rows += [line(person(serial + 10 * block) for block in range(blocks)) for serial in (1, 2)]
    report = read(book(*rows))
    assert balance(report) == (2 * blocks, 0, 0)
    assert {member.nik.digits[-2:]: member.name for member in report.members}["11"] == "Budi bb"


def test_titles_after_many_lines_and_persons_above_them(read):
    above = [[f"Lampiran {number}"] for number in range(120)]
    assert balance(read(book(*above, HEADER, *PERSONS))) == (4, 0, 0)
    report = read(book(PERSONS[0], HEADER, *PERSONS[1:]))
    assert balance(report) == (3, 0, 1)
    assert "baris 1" in report.left_out[0].sentence


@pytest.mark.parametrize("first", [True, False], ids=["before", "after"])
def test_a_sheet_without_titles_goes_on_like_its_neighbours(read, first):
    named, bare = [["DAFTAR"], HEADER, *PERSONS], [person(21), person(22)]
    sheets = {"Bare": bare, "Named": named} if first else {"Named": named, "Bare": bare}
    assert balance(read(made_files.xlsx(sheets))) == (6, 0, 0)


def test_a_sheet_without_titles_laid_out_otherwise_is_said_loudly(read):
    other = [["Budi", person(21)[1]], ["Ani", person(22)[1]]]
    report = read(made_files.xlsx({"Named": [HEADER, *PERSONS], "Lain": other}))
    assert balance(report) == (4, 0, 2)
    assert 'Lembar "Lain": 2 baris bernomor mirip NIK di luar tabel' in report.left_out[0].sentence


def test_numbers_in_other_columns_are_named_and_family_cards_are_none(read):
    rows = [[*HEADER, "No KK", "Nomor Lama"], [*PERSONS[0], "3672010112150001", PERSONS[1][1]]]
    report = read(book(*rows))
    assert balance(report) == (1, 0, 0)
    assert [entry.why for entry in report.left_out] == ["column"]


# --- no value is made up ------------------------------------------------------------------------------------


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


def test_two_columns_of_the_same_meaning_are_never_mixed(read):
    titles = ["NIK", "No KTP", "Nama"]
    report = read(book(titles, [PERSONS[0][1], PERSONS[0][1], "Budi"], [PERSONS[1][1], PERSONS[2][1], "Ani"]))
    assert (report.ok, reasons(report)) == (1, {"nik_two_ways": 1})
    report = read(book(["NIK", "Nama", "Nama Penerima"], [PERSONS[0][1], "Budi", "Ani"]))
    assert reasons(report) == {"name_two_ways": 1}


@pytest.mark.parametrize(
    ("foreign", "own"),
    [("Kepala Keluarga", "Pekerja"), ("Ahli Waris", "Data Peserta"), ("Penanggung Jawab", "Tenaga Kerja")],
)
def test_the_title_of_a_group_says_whose_columns_they_are(read, foreign, own):
    rows = [
        ["No", foreign, "", own, "", ""],
        ["", "NIK", "Nama", "NIK", "Nama", "Tgl Lahir"],
        ["1", person(90)[1], "Kepala", *person(1)[1:4]],
    ]
    for order in (rows, [[row[0], *row[3:], *row[1:3]] for row in rows]):
        report = read(book(*order))
        assert [(one.nik.digits, one.name, one.birth_date) for one in report.members] == [
            (PERSONS[0][1], "Budi b", date(1965, 4, 7))
        ]
        assert [(entry.why, entry.title, entry.count) for entry in report.left_out] == [("group", foreign, 1)]


def test_groups_in_one_row_of_titles_without_order_are_asked(read):
    titles = ["No", "NIK", "Nama", "NIK", "Nama", "Tgl Lahir"]
    report = read(book(titles, ["1", person(90)[1], "Kepala", *person(1)[1:4]]))
    assert (report.ok, reasons(report)) == (0, {"asked_group": 2})
    said = read(book(["No", "NIK Pekerja", "Nama Pekerja", "NIK Ahli Waris"], ["1", *PERSONS[0][1:3], "x"]))
    assert said.ok == 1


MERGED = (
    "<table><tr><td>NIK</td><td>Kelurahan</td><td>Nama</td></tr>"
    "<tr><td>{0}</td><td rowspan=2>Bulakan</td><td>Budi a</td></tr><tr><td>{1}</td><td>Budi b</td></tr>"
    "<tr><td>{2}</td><td>Cikerai</td><td>Budi c</td></tr></table>"
)


def test_merged_cells_of_a_web_page_belong_to_all_their_rows(read):
    report = read(MERGED.format(*(one[1] for one in PERSONS)), "daftar.xls")
    assert values(report, Field.VILLAGE) == ["Bulakan", "Bulakan", "Cikerai"]
    assert [member.name for member in report.members] == ["Budi a", "Budi b", "Budi c"]


def test_merged_cells_of_opendocument_belong_to_all_their_rows(read):
    rows = [["NIK", "Kelurahan", "Nama"], *([one[1], "", one[2]] for one in PERSONS)]
    rows[1][1], rows[4][1] = "Bulakan", "Cikerai"
    content = made_files.ods(rows)
    with zipfile.ZipFile(BytesIO(content)) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    spanned = b'<table:table-cell table:number-rows-spanned="3" office:value-type="string"><text:p>Bulakan'
    parts["content.xml"] = parts["content.xml"].replace(
        b'<table:table-cell office:value-type="string"><text:p>Bulakan', spanned
    )
    report = read(made_files.zipped(parts), "daftar.ods")
    assert values(report, Field.VILLAGE) == ["Bulakan", "Bulakan", "Bulakan", "Cikerai"]


@pytest.mark.parametrize(
    ("title", "village", "district"),
    [
        ("KELURAHAN KEDALEMAN", "Kedaleman", ""),
        ("Desa : Cikerai", "Cikerai", ""),
        ("II. Kel. Bulakan (3 orang)", "Bulakan", ""),
        ("KECAMATAN CIBEBER", "", "Cibeber"),
        ("Kelurahan Bulakan Kecamatan Cibeber", "Bulakan", "Cibeber"),
    ],
)
def test_titles_of_sections_give_their_place(read, title, village, district):
    titles = ["No", "NIK", "Nama"]
    rows = [["", "", title], ["1", *PERSONS[0][1:3]], ["", "", "Sub Jumlah", ""], ["2", *PERSONS[1][1:3]]]
    report = read(book(titles, *rows))
    assert report.rows == 2
    assert values(report, Field.VILLAGE) == [village, ""]
    assert values(report, Field.DISTRICT) == [district, ""]


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


# --- leavers and the dead -----------------------------------------------------------------------------------


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


# --- files --------------------------------------------------------------------------------------------------


def test_what_kind_of_file_it_is_and_what_helps(read):
    with pytest.raises(ListRefused, match="PDF"):
        read(b"%PDF-1.7 x")
    with pytest.raises(ListRefused, match="Numbers"):
        read(made_files.zipped({"Index/Document.iwa": "x", "preview.jpg": "x"}), "a.numbers")
    with pytest.raises(ZipOfLists) as found:
        read(made_files.zipped({"a.xlsx": "x", "b/c.csv": "x", "foto.jpg": "x"}), "a.zip")
    assert found.value.names == ("a.xlsx", "b/c.csv")
    with pytest.raises(Protected):
        read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))


def test_numbers_of_persons_never_stand_whole_in_what_is_told(read):
    rows = [HEADER, person(1, nik="367201O704650001"), person(2, name=PERSONS[2][1]), PERSONS[3]]
    report = read(book(*rows))
    told = json.dumps([report.as_json(), persons_as_json(report)], default=str)
    for number in ("367201O704650001", PERSONS[2][1], PERSONS[3][1], PERSONS[1][1]):
        assert number not in told
