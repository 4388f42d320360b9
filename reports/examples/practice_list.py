"""The list with which somebody practises: invented people of the invented city, some rows damaged."""

from dataclasses import dataclass
from io import BytesIO

import xlsxwriter
from django.utils.translation import gettext as _

from regions.practice import CITY, MARK

# No region has this number: a NIK that begins with it is nobody's.
_REGION = CITY.replace(".", "")
_PEOPLE = (
    ("Asep Latihan", "L", 3, 4, 1971),
    ("Rohani Rekaan", "P", 12, 9, 1980),
    ("Joko Contoh", "L", 25, 1, 1966),
    ("Lilis Latihan", "P", 7, 11, 1988),
    ("Kasim Rekaan", "L", 19, 6, 1975),
    ("Titin Contoh", "P", 28, 2, 1992),
    ("Slamet Latihan", "L", 1, 12, 1969),
    ("Yuni Rekaan", "P", 16, 8, 1995),
    ("Nana Contoh", "L", 9, 5, 1983),
    ("Endang Latihan", "P", 22, 10, 1978),
    ("Udin Rekaan", "L", 14, 3, 1990),
    ("Mariam Contoh", "P", 5, 7, 1973),
)
# Of the titles, as a spreadsheet counts.
_FIRST_LINE = 3
_DISTRICTS = ("Latihan Utara", "Latihan Tengah", "Latihan Selatan")


def practice_rows() -> list[list[str]]:
    """As they should be."""
    return [
        [
            str(number),
            _nik(number, *person),
            person[0],
            f"{person[2]:02}/{person[3]:02}/{person[4]}",
            person[1],
            _DISTRICTS[number % len(_DISTRICTS)],
        ]
        for number, person in enumerate(_PEOPLE, start=1)
    ]


@dataclass(frozen=True)
class RightRow:
    """What the sender answers about a damaged row; `line` is its row on the sheet."""

    line: int
    nik: str
    name: str


def right_rows() -> list[RightRow]:
    pairs = zip(damaged_rows(), practice_rows(), strict=True)
    told = enumerate(pairs, start=_FIRST_LINE + 1)
    return [RightRow(line, right[1], right[2]) for line, (sent, right) in told if sent != right]


def damaged_rows() -> list[list[str]]:
    """As the list is sent: a digit lost, a number made of an impossible month, a name left out."""
    rows = practice_rows()
    rows[2][1] = rows[2][1][:-1]
    rows[6][1] = f"{rows[6][1][:8]}13{rows[6][1][10:]}"
    rows[9][2] = ""
    return rows


def practice_list() -> bytes:
    """The workbook as an office would send it."""
    heads = ["No", "NIK", "Nama Lengkap", "Tanggal Lahir", "L/P", "Kecamatan"]
    output = BytesIO()
    with xlsxwriter.Workbook(output, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("Daftar")
        sheet.write_string(0, 0, f"DAFTAR NELAYAN ({_(MARK)})", bold)
        for place, row in enumerate([heads, *damaged_rows()], start=_FIRST_LINE - 1):
            for column, text in enumerate(row):
                sheet.write_string(place, column, text)
        sheet.set_column(1, 2, 20)
    return output.getvalue()


def _nik(number: int, _name: str, sex: str, day: int, month: int, year: int) -> str:
    told = day + (40 if sex == "P" else 0)
    return f"{_REGION}{number % 3 + 1:02}{told:02}{month:02}{year % 100:02}{number:04}"
