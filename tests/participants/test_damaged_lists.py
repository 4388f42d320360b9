"""Lists as offices really send them, kind by kind, each with relatives of other words, order and format."""

import json
import zipfile
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from participants.importers.header import Field
from participants.importers.matching import Answer, read_answers
from participants.importers.refusal import ListRefused, Protected, ZipOfLists
from participants.importers.shown_rows import persons_as_json
from tests.participants import made_files
from tests.participants.damaged_lists import PERSONS, balance, book, read, reasons, values
from tests.participants.made_files import HEADER, person

__all__ = ["read"]
PUBLIC = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "lists_public"
EXPECTED = json.loads((PUBLIC / "expected.json").read_text()) if PUBLIC.exists() else {}
needs_public = pytest.mark.skipif(
    not PUBLIC.exists(), reason="the lists of public bug reports are not beside the checkout"
)
KEYS = "row sheet nik name birth_date birth_place sex address village district phone kpj state asked"


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
