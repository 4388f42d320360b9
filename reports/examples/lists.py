"""Invented lists by name for one city and its neighbour, with the troubles that real lists have."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from itertools import chain
from random import Random

import xlsxwriter

from reports.examples.facts import SOURCE
from reports.examples.span import ExampleSpan

_FIRST = date(2024, 1, 1)
# August 2024 is published: whoever guarded ballots is counted there, and nobody invented beside them.
_ELECTION = date(2024, 7, 1)
_HEADER = ["No", "NIK", "Nama Lengkap", "Tempat Lahir", "Tanggal Lahir", "L/P", "Alamat", "Kelurahan"]
_HEADER.append("Kecamatan")
GIVEN = {
    "L": "Agus Asep Bambang Dedi Eko Hendra Iwan Joko Kasim Mulyadi Nana Rahmat Slamet Sumarno Udin",
    "P": "Aminah Dewi Endang Fatimah Halimah Kartini Lilis Mariam Nurhayati Rohani Siti Titin Yuni",
}
SECOND = [
    "Saputra",
    "Hidayat",
    "Maulana",
    "Santoso",
    "Kurnia",
    "Permana",
    "Lestari",
    "Handayani",
    "Suryana",
    "Fauzi",
    "Rosadi",
    "Anwar",
]
# Of the Linmas, those about whom the civil registry has not been asked.
_UNASKED = 20
_DISTRICTS = ("Cibeber", "Cilegon", "Citangkil", "Ciwandan", "Grogol", "Jombang", "Pulomerak", "Purwakarta")


@dataclass(frozen=True)
class ExampleList:
    """A list as an office would send it."""

    region: str
    category: str
    funding: str
    file_name: str
    content: bytes
    first_month: date
    last_month: date


@dataclass(frozen=True)
class ExampleAnswers:
    """Answers of the civil registry as they come back."""

    region: str
    file_name: str
    content: bytes
    answered_on: date


def example_lists(span: ExampleSpan) -> Iterator[ExampleList]:
    """Fishers (318 by name where 332 are reported), Linmas, and neighbours who pay for some of them too."""
    fishers, linmas = _people("nelayan", 318), _linmas()
    broken = [
        ["319", "36720107046", "Kasim Hidayat", "Cilegon", "07/04/1965", "L", "Jl. Laut 3", "", "Ciwandan"]
    ]
    broken.append(["320", "3672014711720777", "", "Cilegon", "07/11/1972", "P", "Jl. Laut 4", "", "Grogol"])
    # One person under two numbers, and some who guard ballots besides.
    twice = [[*linmas[0][:1], linmas[0][1][:-1] + "9", linmas[0][2].replace("i", "ie", 1), *linmas[0][3:]]]
    always = (_FIRST, span.last.replace(month=12))
    numbered = workbook_of(_with_kpj([*linmas, *twice]), [*_HEADER, "No. KPJ"])
    told: tuple[tuple[str, str, str, str, list[list[str]] | bytes, tuple[date, date]], ...] = (
        ("36.72", "nelayan", "apbd_kabkota", "Daftar nelayan 2024.xlsx", [*fishers, *broken], always),
        ("36.72", "linmas", "apbd_kabkota", "Anggota Linmas.xlsx", numbered, always),
        ("36.72", "adhoc_kpu", "nphd", "Petugas TPS.xlsx", linmas[:30], (_FIRST, _ELECTION)),
        ("36.72", "nelayan", "baznas", "Nelayan Baznas.xlsx", fishers[:9], (date(2025, 1, 1), always[1])),
        ("36.73", "nelayan", "apbd_kabkota", "Nelayan Kota Serang.xlsx", fishers[20:32], always),
    )
    for region, category, funding, name, rows, (first, last) in told:
        content = rows if isinstance(rows, bytes) else workbook_of(rows)
        yield ExampleList(region, category, funding, name, content, first, last)


def _people(seed: str, count: int, serials: range = range(1, 2000)) -> list[list[str]]:
    random = Random(seed)  # noqa: S311 - the same people at every start
    rows = []
    for number in range(1, count + 1):
        sex = random.choice("LP")
        born = date(random.randrange(1962, 2004), random.randrange(1, 13), random.randrange(1, 29))
        district = random.randrange(len(_DISTRICTS))
        day = born.day + (40 if sex == "P" else 0)
        serial = serials[number * 7 % len(serials)]
        nik = f"3672{district + 1:02}{day:02}{born.month:02}{born.year % 100:02}{serial:04}"
        name = f"{random.choice(GIVEN[sex].split())} {random.choice(SECOND)}"
        address = f"Jl. Contoh {random.randrange(1, 90)}"
        rows.append(
            [str(number), nik, name, "Cilegon", f"{born:%d/%m/%Y}", sex, address, "", _DISTRICTS[district]]
        )
    return rows


def example_answers(span: ExampleSpan) -> ExampleAnswers:
    """What the civil registry said of the Linmas: most of them as listed, some not, some not asked about."""
    rows = []
    for number, row in enumerate(_linmas()[: 240 - _UNASKED]):
        said = {7: "Nama berbeda", 11: "Tidak ditemukan"}.get(number % 20, "Padan")
        rows.append([str(number + 1), row[1], row[2], said])
    content = workbook_of(rows, ["No", "NIK", "Nama Lengkap", "Status Padan"])
    return ExampleAnswers("36.72", "Jawaban Dukcapil Linmas.xlsx", content, span.last)


def _linmas() -> list[list[str]]:
    return _people("linmas", 240, serials=range(2000, 9000))


def _with_kpj(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """Four of five are members already."""
    return [
        [*row, "" if number % 5 == 4 else f"{24_000_000_000 + number * 7919}"]
        for number, row in enumerate(rows)
    ]


def workbook_of(rows: Iterable[Sequence[str]], header: Sequence[str] = _HEADER) -> bytes:
    """Title, header and rows, all as text."""
    output = BytesIO()
    book = xlsxwriter.Workbook(output, {"constant_memory": True})
    sheet = book.add_worksheet("Daftar")
    sheet.write_string(0, 0, SOURCE)
    for index, row in enumerate(chain([header], rows)):
        for column, text in enumerate(row):
            sheet.write_string(index + 2, column, text)
    book.close()
    return output.getvalue()
