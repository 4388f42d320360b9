"""Files as offices send them, read to the end or refused in one sentence."""

import json
import os
import re
import subprocess
import sys
import zipfile
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from participants.importers import archive
from participants.importers.birth_date import NotADate, parse_birth_date
from participants.importers.list_report import read_list
from participants.importers.refusal import ListRefused
from tests.participants import made_files
from tests.participants.made_files import HEADER, person

ROOT = Path(__file__).resolve().parents[2]
LISTS = ROOT.parent / "shared" / "data" / "lists"
EXPECTED = json.loads((LISTS / "expected.json").read_text()) if LISTS.exists() else {}
TODAY = date(2026, 11, 21)
PERSONS = [person(serial) for serial in range(1, 6)]
needs_lists = pytest.mark.skipif(
    not LISTS.exists(), reason="the 14 example lists are not beside the checkout"
)


@pytest.fixture
def read(tmp_path):
    def _read(content, name="daftar.xlsx", **options):
        path = tmp_path / name
        path.write_bytes(content)
        return read_list(path, region="36.72", today=TODAY, **options)

    return _read


def refused(report):
    return {reason.value: count for reason, count in report.refused.items()}


def warned(report):
    return {doubt.value: count for doubt, count in report.warnings.items()}


def check(path, *options):
    out, err = StringIO(), StringIO()
    call_command("check_list", path, "--region", "36.72", *options, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


# --- the fourteen lists -----------------------------------------------------------------------------


@needs_lists
@pytest.mark.parametrize("name", EXPECTED)
def test_example_lists_give_what_is_expected(name):
    out, _ = check(LISTS / name, "--json")
    found = json.loads(out)
    expected = EXPECTED[name]
    assert {key: found[key] for key in ("rows", "ok", "refused")} == {
        key: expected[key] for key in ("rows", "ok", "refused")
    }
    assert ("refused_whole" in found) == (expected["rows"] == 0)
    assert not re.search(r"\d{12}", out)


@needs_lists
def test_a_damaged_column_is_said_once_and_papua_keeps_its_digits():
    report = read_list(LISTS / "02_nik_angka.xlsx", region="36.72", today=TODAY)
    assert [fault.count for fault in report.spoken_faults()] == [115]
    papua = read_list(LISTS / "05_papua.xlsx", region="36.72", today=TODAY)
    listed = json.loads((LISTS / "05_papua_niks.json").read_text())
    assert {member.nik.digits for member in papua.members} <= set(listed)
    assert warned(papua) == {"region_differs_from_nik": 29}


@needs_lists
@pytest.mark.parametrize("name", ["08_sejuta_baris_kosong.xlsx", "12_bom_zip.xlsx"])
def test_huge_lists_stay_within_ten_seconds_and_300_mb(name):
    code = (
        "import datetime, pathlib, sys\n"
        "from django.conf import settings; settings.configure(USE_I18N=False)\n"
        "from participants.importers.list_report import read_list\n"
        "from participants.importers.refusal import ListRefused\n"
        "try: read_list(pathlib.Path(sys.argv[1]), region='', today=datetime.date(2026, 1, 1))\n"
        "except ListRefused: pass\n"
        # Unlike ru_maxrss this forgets what the parent of the process was before.
        "print(next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    command = [sys.executable, "-c", code, str(LISTS / name)]
    done = subprocess.run(command, cwd=ROOT, env=os.environ, capture_output=True, check=True, timeout=600)
    assert int(done.stdout) < 300 * 1024


# --- layout -----------------------------------------------------------------------------------------


def test_titles_above_and_a_moved_table_keep_the_numbers_of_excel(read):
    rows = [["DAFTAR PESERTA"], [], HEADER, ["1", "2", "3", "4", "5", "6"], *PERSONS, person(6, nik="12")]
    xml = made_files.sheet_xml(rows, first_row=4, first_column=2)
    report = read(made_files.xlsx({"Linmas": xml}))
    assert report.ok == 5
    (fault,) = report.faults
    assert (fault.sheet, fault.row, fault.column, fault.title) == ("Linmas", 13, "D", "NIK")


def test_totals_signatures_and_empty_lines_are_no_persons(read):
    tail = [
        ["", "", "", "", "", ""],
        ["6", "", "", "", "", ""],
        ["JUMLAH", 5, "", "", "", ""],
        ["", "", "", "", "Mengetahui,", ""],
        ["", "", "Camat Cibeber", "", "", ""],
        ["", "", "Drs. Anu", "", "", ""],
        ["", "", "NIP 197001011990031001", "", "", ""],
    ]
    report = read(made_files.xlsx({"A": [HEADER, *PERSONS, *tail]}))
    assert (report.rows, report.ok) == (5, 5)


def test_a_name_alone_between_persons_is_a_person_without_nik(read):
    rows = [HEADER, *PERSONS, ["6", "", "Siti", "", "", ""], person(7)]
    assert refused(read(made_files.xlsx({"A": rows}))) == {"nik_missing": 1}


def test_a_last_person_with_a_number_and_names_like_totals_are_persons(read):
    rows = [HEADER, *PERSONS, person(6, name="Nipon", nik=""), ["7", "", "Siti", "", "", ""]]
    assert refused(read(made_files.xlsx({"A": rows}))) == {"nik_missing": 2}
    named = [["Nama", "NIK"], ["Jumlah Sari", PERSONS[0][1]], ["Total", ""]]
    assert read(made_files.csv(named)).ok == 1


def test_two_line_headers_and_titles_of_their_own(read):
    rows = [
        ["No", "Identitas", "", "Lahir", "", "JK"],
        ["", "No. KTP", "Nama", "Tempat", "Tgl. Lahir", ""],
        ["1", "3672010704650001", "Budi", "Serang", "07-04-1965", "Laki-laki"],
    ]
    report = read(made_files.xlsx({"A": rows}))
    assert (report.ok, warned(report)) == (1, {})
    own = [["Kode Orang", "Nama"], PERSONS[0][1:3]]
    with pytest.raises(ListRefused):
        read(made_files.csv(own))
    assert read(made_files.csv(own), synonyms={"Kode Orang": "nik"}).ok == 1


def test_hidden_sheets_are_read_only_when_chosen(read):
    book = made_files.xlsx({"lama": [HEADER, *PERSONS[:2]], "baru": [HEADER, *PERSONS]}, hidden=["lama"])
    assert read(book).rows == 5
    assert read(book, sheets=["lama"]).rows == 2
    with pytest.raises(ListRefused, match="tersembunyi"):
        read(made_files.xlsx({"lama": [HEADER, *PERSONS]}, hidden=["lama"]))


def test_a_summary_beside_the_list_is_passed_over(read):
    summary = [["No", "Kecamatan", "Keterangan"], ["1", "Cibeber", "5 orang"]]
    assert read(made_files.xlsx({"Rekap": summary, "Daftar": [HEADER, *PERSONS]})).ok == 5
    with pytest.raises(ListRefused, match='Lembar "Rekap" tidak memiliki kolom NIK'):
        read(made_files.xlsx({"Rekap": summary}))


@pytest.mark.parametrize("delimiter", [";", ",", "\t"], ids=["semicolon", "comma", "tab"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_text_files_of_all_kinds(read, delimiter, encoding):
    rows = [HEADER, *PERSONS, person(6, name="Sri D’Angelo")]
    report = read(made_files.csv(rows, delimiter, encoding), "daftar.xls")
    assert report.ok == 6
    assert report.members[-1].name == "Sri D’Angelo"


def test_opendocument_with_empty_repeats_to_the_end(read):
    empty = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    assert read(made_files.ods([HEADER, *PERSONS], empty), "daftar.csv").ok == 5


# --- cells ------------------------------------------------------------------------------------------


def test_every_damage_of_a_row_has_its_reason(read):
    rows = [
        HEADER,
        person(1),
        person(2, nik=3672010704650000.0),
        person(3, nik=""),
        person(4, nik="36720107046500"),
        person(5, nik="3672010704650000"),
        person(6, nik="367201O704650001"),
        person(7, name=""),
        person(8, name="=HYPERLINK(1)"),
        person(9, name=12),
        person(10, birth="31/02/1980"),
        person(11, birth="07/04/2065"),
    ]
    report = read(made_files.xlsx({"A": rows}))
    assert (report.rows, report.ok) == (11, 1)
    assert refused(report) == {
        "nik_damaged_by_spreadsheet": 1,
        "nik_missing": 1,
        "nik_wrong_length": 1,
        "nik_impossible": 1,
        "nik_not_digits": 1,
        "name_missing": 1,
        "name_not_a_name": 2,
        "date_impossible": 2,
    }
    assert all(fault.remedy and fault.message for fault in report.faults)
    assert not re.search(r"\d{12}", json.dumps(report.as_json()))


def test_repeats_and_conflicts(read):
    rows = [HEADER, person(1), person(2), person(1), person(2, name="Orang Lain"), person(2)]
    report = read(made_files.xlsx({"A": rows}))
    assert refused(report) == {"duplicate_in_file": 1, "nik_conflict_in_file": 3}


def test_doubts_are_counted_and_the_rows_kept(read):
    rows = [
        HEADER,
        person(1, sex="P"),
        person(2, birth="08/04/1965"),
        person(3, nik="9171010704650003"),
        person(4, birth=""),
        person(5, sex="?"),
        person(6, nik="3672010101100006", birth="01/01/2010"),
    ]
    report = read(made_files.xlsx({"A": rows}))
    assert report.ok == 6
    assert warned(report) == {
        "sex_differs_from_nik": 1,
        "date_differs_from_nik": 1,
        "region_differs_from_nik": 1,
        "birth_date_missing": 1,
        "sex_unclear": 1,
        "age_unusual": 1,
    }


def test_a_column_ending_in_zero_is_suspicious(read):
    rows = [HEADER, *(person(serial * 10) for serial in range(1, 31))]
    assert warned(read(made_files.csv(rows), "a.csv")) == {"nik_endings_suspicious": 1}


@pytest.mark.parametrize(
    "written",
    [
        "07/04/1965",
        "7-4-1965",
        "1965-04-07",
        "1965-04-07 00:00:00",
        "7 April 1965",
        "07 Apr 65",
        "Kota Cilegon, 07-04-1965",
        "07.04.1965",
        "07041965",
        "'07/04/65",
        23839,
        date(1965, 4, 7),
    ],
)
def test_dates_of_birth(written):
    assert parse_birth_date(written, today=TODAY) == date(1965, 4, 7)


@pytest.mark.parametrize(
    "written", ["31/02/1980", "12/25/1980", "besok", "1/1/1880", 10**12, float("nan"), True]
)
def test_impossible_dates_of_birth(written):
    with pytest.raises(NotADate):
        parse_birth_date(written, today=TODAY)


# --- files refused whole ----------------------------------------------------------------------------

FAR = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
WIDE = (
    '<table:table-row table:number-rows-repeated="1000000"><table:table-cell '
    'table:number-columns-repeated="900" office:value-type="float" office:value="1"/></table:table-row>'
)
MANY = {f"a{number}": "" for number in range(archive.MOST_ENTRIES + 1)}
WHOLE_REFUSALS = {
    "empty": b"",
    "blank": b"\xef\xbb\xbf \r\n",
    "pdf": b"%PDF-1.7 ...",
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(50),
    "binary": bytes(range(1, 256)) * 9,
    "letters": b"Yth. Bapak Camat,\nterlampir daftar.\n",
    "cut off": made_files.xlsx({"A": [HEADER, *PERSONS]})[:700],
    "other zip": made_files.zipped({"surat.txt": "halo"}),
    "document": made_files.zipped({"word/document.xml": "<w/>"}),
    "many entries": made_files.zipped(MANY),
    "bomb": made_files.zipped({"xl/workbook.xml": "0" * 60_000_000}),
    "far cells": made_files.xlsx({"A": made_files.sheet_xml([]).replace("<sheetData>", f"<sheetData>{FAR}")}),
    "wide repeats": made_files.ods([HEADER], WIDE),
    "no nik": made_files.csv([["Nama", "Alamat", "L/P"], ["Budi", "Jl. A", "L"]]),
    "no rows": made_files.csv([HEADER]),
    "old excel broken": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
    "xml of excel": b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
    "comment without end": b"<table>" + b"<!-- " * 200_000,
    "much html": b"<table>" + b"<tr>" * 1_500_000,
    "bare html": b"<html><body>Sesi habis</body></html>",
}


@pytest.mark.parametrize("kind", WHOLE_REFUSALS)
def test_what_is_no_list_is_refused_in_a_sentence(read, kind):
    with pytest.raises(ListRefused) as found:
        read(WHOLE_REFUSALS[kind])
    assert 20 < len(found.value.sentence) < 250
    assert found.value.sentence.endswith(".")


def test_a_size_that_lies_is_counted(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(WHOLE_REFUSALS["bomb"])
    entries = zipfile.ZipFile(path).infolist()
    entries[0].file_size = 10
    with pytest.raises(ListRefused):
        archive.weigh(path, entries)


def test_a_missing_file_and_one_too_large(read, tmp_path, monkeypatch):
    with pytest.raises(ListRefused):
        read_list(tmp_path / "tiada.xlsx", region="", today=TODAY)
    monkeypatch.setattr("participants.importers.workbook.MOST_BYTES", 10)
    with pytest.raises(ListRefused, match="lebih besar"):
        read(made_files.csv([HEADER, *PERSONS]))


def test_the_command_says_the_sentence(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b"")
    out, err = check(path)
    assert (out, "kosong" in err) == ("", True)
    path.write_bytes(made_files.csv([HEADER, *PERSONS, person(6, nik="12")]))
    out, _ = check(path)
    assert "5 dari 6" in out
    assert 'baris 7, kolom B "NIK": "12"' in out


# --- anything at all --------------------------------------------------------------------------------


def test_any_file_is_a_report_or_a_sentence():
    code = (
        "import sys; from django.conf import settings; settings.configure(USE_I18N=False)\n"
        "from tests.participants.any_file import read_all; read_all(sys.argv[1:])"
    )
    command = [sys.executable, "-c", code, "0", "1", "2", "3"]
    done = subprocess.run(command, check=True, cwd=ROOT, env=os.environ, stdout=subprocess.PIPE, timeout=600)
    assert int(done.stdout) < 300 * 1024
