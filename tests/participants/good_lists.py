"""Persons as a list means them, and the sheets of a list that damage may still reach. All are invented."""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta

TITLES = {
    "no": ["No", "No.", "Nomor Urut"],
    "nik": ["NIK", "No. KTP", "Nomor Induk Kependudukan"],
    "card": ["No KK", "Nomor Kartu Keluarga"],
    "name": ["Nama", "Nama Lengkap", "Nama Tenaga Kerja"],
    "place": ["Tempat Lahir", "Tmp. Lahir"],
    "birth": ["Tanggal Lahir", "Tgl. Lahir"],
    "sex": ["L/P", "Jenis Kelamin", "JK"],
    "address": ["Alamat", "Alamat Lengkap"],
    "village": ["Kelurahan", "Desa/Kelurahan"],
    "district": ["Kecamatan", "Kec."],
    "phone": ["No HP", "Telepon"],
    "kpj": ["No KPJ", "Nomor KPJ"],
}
_GIVEN = [
    "Budi",
    "Siti",
    "Agus",
    "Dewi",
    "Rahmat",
    "Nur",
    "Joko",
    "Sri",
    "Tatang",
    "Euis",
    "Wawan",
    "Lilis",
    "Maman",
    "Yani",
    "Ujang",
    "Cucu",
]
_FAMILY = [
    "Hidayat",
    "Lestari",
    "Saputra",
    "Wahyuni",
    "Setiawan",
    "Rahayu",
    "Kosasih",
    "Aminah",
    "Suherman",
    "Fitriani",
]
_VILLAGES = ["Kedaleman", "Bulakan", "Cikerai", "Karang Asem"]


@dataclass
class Good:
    """A person as the list means it."""

    number: int
    nik: str
    card: str
    name: str
    place: str
    born: date
    sex: str
    address: str
    village: str
    district: str
    phone: str
    kpj: str

    def cell(self, column):
        told = {"no": str(self.number), "birth": f"{self.born:%d/%m/%Y}"}
        return told[column] if column in told else getattr(self, column)


def good_person(chance, serial):
    born = date(1960, 1, 1) + timedelta(days=chance.randrange(16_000))
    sex = chance.choice("LP")
    day = born.day + (40 if sex == "P" else 0)
    nik = f"36720{chance.randint(1, 8)}{day:02}{born.month:02}{born.year % 100:02}{serial:04}"
    card = f"36720{chance.randint(1, 8)}{chance.randint(1, 28):02}{chance.randint(1, 12):02}15{serial:04}"
    return Good(
        number=serial,
        nik=nik,
        card=card,
        name=f"{chance.choice(_GIVEN)} {chance.choice(_FAMILY)} {_letters(serial)}",
        place=chance.choice(["Cilegon", "Kota Serang", "Pandeglang"]),
        born=born,
        sex=sex,
        address=f"Kp. Baru RT {chance.randint(1, 9):02} No {chance.randint(1, 90)}",
        village=chance.choice(_VILLAGES),
        district="Cibeber",
        phone=f"0812{chance.randint(10_000_001, 99_999_999)}",
        kpj=f"19{chance.randint(100_000_001, 999_999_999)}",
    )


def _letters(number):
    return "".join(chr(97 + int(digit)) for digit in str(number))


@dataclass
class Sheet:
    name: str
    rows: list
    hidden: bool = False
    # Whoever looks at the list does not see these rows.
    filtered: set = field(default_factory=set)
    # (first row, first column, last row, last column) from 0.
    merges: list = field(default_factory=list)


@dataclass
class Draft:
    chance: random.Random
    columns: list
    persons: list
    sheets: list
    asked: set = field(default_factory=set)
    damages: list = field(default_factory=list)
    # Changes of the text of a delimited file, by line.
    lines: list = field(default_factory=list)
    only: set = field(default_factory=set)
    header_at: int = 0

    def sheet(self):
        return next(sheet for sheet in self.sheets if sheet.name == "Daftar")

    def rows(self):
        return self.sheet().rows

    def restrict(self, *kinds):
        """Whether the file may be written as one of these kinds, after what was done to it before."""
        left = (self.only or {"csv", "xlsx", "html", "ods"}) & set(kinds)
        self.only = left or self.only
        return bool(left)

    def data(self):
        """Indices of the rows that hold persons."""
        niks = {person.nik for person in self.persons}
        return [at for at, row in enumerate(self.rows()) if any(cell in niks for cell in row)]

    def person_of(self, row):
        return next(person for person in self.persons if person.nik in row)


def titles_for(chance, columns):
    return [chance.choice(TITLES[column]) for column in columns]
