"""A row of a list judged by itself, and rows judged together: what is refused, doubted and taken, and why."""

from datetime import date, datetime

import pytest

from participants.importers.checks import ENDINGS_FROM, has_suspicious_endings, judge_row, judge_together
from participants.importers.faults import Doubt, Reason
from participants.importers.header import Field, Header
from participants.importers.list_row import row_of

TODAY = date(2025, 9, 1)
REGION = "36.72"
# A man born on 7 April 1965, a woman born on the same day.
HIS, HERS = "3672010704650001", "3672014704650001"
COLUMNS = (Field.NIK, Field.NAME, Field.BIRTH_DATE, Field.SEX, Field.KPJ, Field.PHONE)


def row(number=2, columns=COLUMNS, **cells):
    told = {"nik": HIS, "name": "Budi Santoso", "birth_date": "07/04/1965", "sex": "L"} | cells
    header = Header(
        last_row=1,
        columns={field: at for at, field in enumerate(columns)},
        titles={field: field.value for field in columns},
        others={},
    )
    return row_of("Sheet1", number, header, {Field(name): cell for name, cell in told.items()})


def judged(columns=COLUMNS, region=REGION, month_first=False, **cells):
    """(Reasons of faults, doubts, date of birth, sex) of a row that is right but for these cells."""
    one = judge_row(row(columns=columns, **cells), region=region, today=TODAY, month_first=month_first)
    faults = [(fault.field, fault.reason) for fault in one.faults]
    doubts = [warned.reason for warned in one.warnings]
    assert (one.member is None) == bool(faults)
    return (faults, doubts, *((one.member.birth_date, one.member.sex) if one.member else (None, None)))


APRIL = date(1965, 4, 7)


def test_a_row_that_is_right():
    assert judged() == ([], [], APRIL, "L")
    assert judged(nik=HERS, sex="P") == ([], [], APRIL, "P")


@pytest.mark.parametrize(
    ("cells", "field", "reason"),
    [
        ({"nik": ""}, Field.NIK, Reason.NIK_MISSING),
        ({"nik": 3672010704650001.0}, Field.NIK, Reason.NIK_DAMAGED),
        ({"nik": HIS[:15]}, Field.NIK, Reason.NIK_WRONG_LENGTH),
        ({"name": ""}, Field.NAME, Reason.NAME_MISSING),
        ({"name": 12}, Field.NAME, Reason.NAME_NOT_A_NAME),
        ({"name": "Budi 2"}, Field.NAME, Reason.NAME_NOT_A_NAME),
        ({"name": "B" * 121}, Field.NAME, Reason.NAME_NOT_A_NAME),
        ({"birth_date": "31/02/1965"}, Field.BIRTH_DATE, Reason.DATE_IMPOSSIBLE),
        ({"birth_date": "02/09/2025"}, Field.BIRTH_DATE, Reason.DATE_IMPOSSIBLE),
    ],
)
def test_what_is_refused(cells, field, reason):
    assert judged(**cells) == ([(field, reason)], [], None, None)


def test_a_name_of_the_greatest_length_is_taken():
    assert judged(name="B" * 120) == ([], [], APRIL, "L")


def test_several_faults_of_one_row_are_all_said():
    faults, doubts, _born, _sex = judged(nik="", name="", birth_date="31/02/1965")
    assert {field for field, _reason in faults} == {Field.NIK, Field.NAME, Field.BIRTH_DATE}
    assert doubts == []


def test_a_name_is_asked_for_only_where_there_is_a_column_of_names():
    columns = tuple(field for field in COLUMNS if field != Field.NAME)
    assert judged(columns=columns, name="") == ([], [], APRIL, "L")


@pytest.mark.parametrize(
    ("cells", "doubts", "born"),
    [
        ({"birth_date": "08/04/1965"}, [Doubt.DATE], date(1965, 4, 8)),
        ({"birth_date": ""}, [Doubt.DATE_MISSING], None),
        # The NIK confirms the other order: by itself, and where the first order is no day at all.
        ({"birth_date": "04/07/1965"}, [Doubt.DAY_MONTH], APRIL),
        ({"birth_date": "04/25/1965", "nik": "3672012504650001"}, [Doubt.DAY_MONTH], date(1965, 4, 25)),
        ({"sex": "P"}, [Doubt.SEX], APRIL),
        ({"sex": "entah"}, [Doubt.SEX_UNCLEAR], APRIL),
        ({"name": "Budi dan Siti"}, [Doubt.NAME_SEVERAL], APRIL),
        ({"name": "Dan Budi"}, [], APRIL),
        ({"nik": "3673010704650001"}, [Doubt.REGION], APRIL),
    ],
)
def test_what_is_doubted(cells, doubts, born):
    sex = {"P": "P", "entah": ""}.get(cells.get("sex"), "L")
    assert judged(**cells) == ([], doubts, born, sex)


def test_the_other_order_may_be_today_but_not_later():
    assert judged(nik="3672010109250001", birth_date="09/01/2025") == (
        [],
        [Doubt.AGE_UNUSUAL, Doubt.DAY_MONTH],
        TODAY,
        "L",
    )
    later = judged(nik="3672010209250001", birth_date="09/02/2025")
    assert later == ([], [Doubt.DATE, Doubt.AGE_UNUSUAL], date(2025, 2, 9), "L")


def test_the_other_order_that_the_nik_does_not_confirm_is_no_date():
    assert judged(birth_date="04/25/1965")[0] == [(Field.BIRTH_DATE, Reason.DATE_IMPOSSIBLE)]


@pytest.mark.parametrize(
    ("cell", "doubts", "born"),
    [
        # Of a column whose months come first: day and month change places, and whoever reads is told.
        ("04/07/1965", [Doubt.DAY_MONTH], APRIL),
        # There the usual order is the one that only the NIK confirms.
        ("07/04/1965", [], APRIL),
        ("25/04/1965", [Doubt.DAY_MONTH], date(1965, 4, 25)),
        ("04/08/1965", [Doubt.DATE, Doubt.DAY_MONTH], date(1965, 4, 8)),
    ],
)
def test_a_column_whose_months_come_first(cell, doubts, born):
    nik = "3672012504650001" if born.day == 25 else HIS
    assert judged(birth_date=cell, nik=nik, month_first=True) == ([], doubts, born, "L")


@pytest.mark.parametrize(
    ("cell", "doubts", "born"),
    [
        (datetime.fromisoformat("1965-04-06T09:00"), [], APRIL),
        (datetime.fromisoformat("1965-04-08T00:30"), [], APRIL),
        # Without a time of day it is the day that it says.
        (datetime.fromisoformat("1965-04-08"), [Doubt.DATE], date(1965, 4, 8)),
        (datetime.fromisoformat("1965-04-05T09:00"), [Doubt.DATE], date(1965, 4, 5)),
    ],
)
def test_a_moment_beside_the_day_that_the_nik_says(cell, doubts, born):
    assert judged(birth_date=cell) == ([], doubts, born, "L")


@pytest.mark.parametrize(
    ("born", "is_unusual"),
    [
        (date(2008, 9, 1), False),
        (date(2008, 9, 2), True),
        (date(1959, 9, 2), False),
        (date(1959, 9, 1), True),
        (date(2008, 3, 15), False),
        (date(1959, 3, 15), True),
    ],
)
def test_the_usual_ages_are_17_to_65(born, is_unusual):
    nik = f"367201{born:%d%m%y}0001"
    expected = [Doubt.AGE_UNUSUAL] if is_unusual else []
    assert judged(nik=nik, birth_date=f"{born:%d/%m/%Y}") == ([], expected, born, "L")


@pytest.mark.parametrize(("said", "sex"), [("Laki-laki", "L"), ("pria", "L"), ("wanita", "P"), ("Pr", "P")])
def test_sexes_as_lists_write_them(said, sex):
    nik = HERS if sex == "P" else HIS
    assert judged(nik=nik, sex=said) == ([], [], APRIL, sex)


def test_the_region_of_practice_counts_there_alone():
    nik = "9901010704650001"
    assert judged(nik=nik)[0] == [(Field.NIK, Reason.NIK_OF_PRACTICE)]
    assert judged(nik=nik, region="99.01") == ([], [], APRIL, "L")


def test_of_equal_rows_the_first_counts_and_of_one_nik_with_two_names_none():
    rows = [
        row(2),
        row(3, name="BUDI  SANTOSO"),
        row(4, nik=HERS, sex="P", name="Siti"),
        row(5, nik=HERS, sex="P", name="Sri"),
    ]
    told = judge_together([judge_row(one, region=REGION, today=TODAY) for one in rows])
    assert [[fault.reason for fault in one.faults] for one in told] == [
        [],
        [Reason.DUPLICATE],
        [Reason.CONFLICT],
        [Reason.CONFLICT],
    ]
    assert [one.member is not None for one in told] == [True, False, False, False]


@pytest.mark.parametrize(
    ("zeros", "others", "suspicious"),
    [(ENDINGS_FROM, 0, True), (ENDINGS_FROM - 1, 0, False), (10, 10, False), (11, 10, True), (0, 40, False)],
)
def test_most_numbers_ending_in_zero(zeros, others, suspicious):
    endings = ["0"] * zeros + ["1"] * others
    members = [
        judge_row(row(nik=f"{HIS[:12]}{n:03}{end}"), region=REGION, today=TODAY).member
        for n, end in enumerate(endings, 1)
    ]
    assert None not in members
    assert has_suspicious_endings(members) is suspicious
