"""Good lists, and what happens to lists on their way: the damage is known, so the truth is known too.

All persons are invented.
"""

import csv
import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO

import xlsxwriter

from tests.participants.made_files import ods

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
class Mutated:
    """A file with its persons; `asked` are those that must not be stored unasked."""

    content: bytes
    file_name: str
    persons: list
    damages: list
    asked: set


@dataclass
class _Draft:
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


def mutated_list(seed):
    chance = random.Random(seed)
    persons = [good_person(chance, serial) for serial in range(1, chance.randint(4, 25))]
    extra = [
        one for one in TITLES if one not in {"no", "nik", "name", "birth", "sex"} and chance.random() < 0.6
    ]
    columns = ["no", *sorted(["nik", "name", "birth", "sex", *extra], key=lambda _: chance.random())]
    rows = [_header(chance, columns), *([one.cell(column) for column in columns] for one in persons)]
    draft = _Draft(chance, columns, persons, [Sheet("Daftar", rows)])
    wanted = chance.sample(DAMAGES, chance.choice([0, 1, 1, 2]))
    for damage in sorted(wanted, key=DAMAGES.index):
        if damage(draft):
            draft.damages.append(damage.__name__)
    content, name = _written(draft)
    return Mutated(content, name, draft.persons, draft.damages, draft.asked)


def _header(chance, columns):
    return [chance.choice(TITLES[column]) for column in columns]


# --- damages, in the order in which they may follow each other ---------------------------------------------


def cut_column(draft):
    dropped = [at for at, column in enumerate(draft.columns) if column not in {"no", "nik", "name"}]
    at = draft.chance.choice(dropped)
    draft.columns = [column for index, column in enumerate(draft.columns) if index != at]
    draft.sheet().rows = [[*row[:at], *row[at + 1 :]] for row in draft.rows()]
    return True


def add_status(draft):
    rows = draft.rows()
    title, active, gone = draft.chance.choice(
        [
            ("Status Kepesertaan", "Aktif", ["Non Aktif", "Keluar", "Meninggal Dunia", "Cuti Panjang"]),
            ("Keterangan", "", ["meninggal 12-03-2025", "sudah keluar", "mengundurkan diri", "(alm)"]),
            ("Tgl Keluar", "", ["31/01/2025", "2024-12-31"]),
            ("", "", ["Meninggal", "Keluar"]),
        ]
    )
    rows[0].append(title)
    for row, person in zip(rows[1:], draft.persons, strict=True):
        left = draft.chance.random() < 0.2
        row.append(draft.chance.choice(gone) if left else active)
        draft.asked |= {person.nik} if left else set()
    draft.columns.append("status")
    return True


def mark_late(draft):
    at = draft.columns.index("name")
    for index in draft.chance.sample(range(len(draft.persons)), 1):
        row = draft.rows()[index + 1]
        row[at] = draft.chance.choice(["{} (Alm)", "Alm. {}", "{}, almarhum"]).format(row[at])
        draft.asked.add(draft.persons[index].nik)
    return True


def month_first(draft):
    if "birth" not in draft.columns:
        return False
    at = draft.columns.index("birth")
    for row, person in zip(draft.rows()[1:], draft.persons, strict=True):
        row[at] = f"{person.born:%m/%d/%Y}"
    return True


def evening_before(draft):
    if "birth" not in draft.columns or not draft.restrict("xlsx"):
        return False
    at = draft.columns.index("birth")
    for row, person in zip(draft.rows()[1:], draft.persons, strict=True):
        row[at] = datetime.combine(person.born, datetime.min.time()) - timedelta(seconds=12)
    return True


def place_and_date(draft):
    if not {"birth", "place"} <= set(draft.columns):
        return False
    birth, place = draft.columns.index("birth"), draft.columns.index("place")
    for row in draft.rows()[1:]:
        row[birth] = f"{row[place]}, {row[birth]}"
    draft.rows()[0][birth] = draft.chance.choice(["Tempat, Tgl Lahir", "TTL", "Tempat/Tanggal Lahir"])
    draft.columns = [column for column in draft.columns if column != "place"]
    draft.sheet().rows = [[*row[:place], *row[place + 1 :]] for row in draft.rows()]
    return True


def unseen_characters(draft):
    if not draft.restrict("csv", "html"):
        return False
    for row in draft.rows()[1:]:
        for at, cell in enumerate(row):
            if isinstance(cell, str) and cell and draft.chance.random() < 0.2:
                where = draft.chance.randint(0, len(cell))
                row[at] = cell[:where] + draft.chance.choice("\u200b\u200e\ufeff\x02\u00ad") + cell[where:]
    return True


def repeat_header(draft):
    if draft.sheet().merges:
        return False
    rows = draft.rows()
    head = rows[: 2 if "group_titles" in draft.damages else 1]
    for at in sorted(draft.chance.sample(range(2, len(rows) + 1), min(3, len(rows) - 1)), reverse=True):
        again = [list(row) for row in head]
        rows[at:at] = [[], *again] if draft.chance.random() < 0.5 else again
    return True


def join_tables(draft):
    """A second table of other persons, its columns in another order."""
    chance = draft.chance
    others = [good_person(chance, serial) for serial in range(101, 101 + chance.randint(2, 9))]
    columns = sorted((one for one in draft.columns if one != "status"), key=lambda _: chance.random())
    table = [_header(chance, columns), *([one.cell(column) for column in columns] for one in others)]
    draft.rows().extend([[], ["TAMBAHAN PERUBAHAN"], *table] if chance.random() < 0.7 else table)
    draft.persons = [*draft.persons, *others]
    return True


def side_by_side(draft):
    if draft.damages:
        return False
    half = (len(draft.persons) + 1) // 2
    head, *data = draft.rows()
    gap = [""] * draft.chance.randint(0, 2)
    blank = [""] * len(head)
    left, right = data[:half], data[half:]
    right += [blank] * (len(left) - len(right))
    draft.sheet().rows = [
        [*head, *gap, *head],
        *([*one, *gap, *other] for one, other in zip(left, right, strict=True)),
    ]
    return True


def group_titles(draft):
    """The head of the family stands before the worker."""
    if draft.damages or draft.columns[0] != "no":
        return False
    chance = draft.chance
    foreign = chance.choice(["Kepala Keluarga", "Ahli Waris", "Penanggung Jawab"])
    own = chance.choice(["Pekerja", "Data Peserta", "Tenaga Kerja"])
    head, *data = draft.rows()
    upper = ["", foreign, "", own, *[""] * (len(head) - 2)]
    rows = [upper, [head[0], "NIK", "Nama", *head[1:]]]
    for number, row in enumerate(data):
        other = good_person(chance, 900 + number)
        rows.append([row[0], other.nik, other.name, *row[1:]])
    draft.sheet().rows = rows
    return True


def merge_village(draft):
    if "village" not in draft.columns or draft.damages or not draft.restrict("xlsx", "html"):
        return False
    at, rows = draft.columns.index("village"), draft.rows()
    data = sorted(draft.persons, key=lambda one: one.village)
    rows[1:] = [[one.cell(column) for column in draft.columns] for one in data]
    first = 1
    for index in range(2, len(rows) + 1):
        if index == len(rows) or rows[index][at] != rows[first][at]:
            if index - first > 1:
                draft.sheet().merges.append((first, at, index - 1, at))
                for row in rows[first + 1 : index]:
                    row[at] = ""
            first = index
    return True


def sections(draft):
    if "village" not in draft.columns or draft.damages:
        return False
    village, name = draft.columns.index("village"), draft.columns.index("name")
    width = len(draft.columns) - 1
    rows = [draft.rows()[0][:village] + draft.rows()[0][village + 1 :]]
    at = name - (village < name)
    for place in sorted({one.village for one in draft.persons}):
        word = draft.chance.choice(["KELURAHAN", "Desa", "Kel."])
        rows.append(_alone(f"{word} {place.upper()}", at, width))
        for one in (one for one in draft.persons if one.village == place):
            rows.append([one.cell(column) for column in draft.columns if column != "village"])
        rows.append(_alone(f"Sub Jumlah Kelurahan {place}", at, width))
    draft.sheet().rows = rows
    draft.columns = [column for column in draft.columns if column != "village"]
    return True


def _alone(text, at, width):
    return [text if index == at else "" for index in range(width)]


def shift_block(draft):
    if draft.sheet().merges:
        return False
    data = draft.data()
    first = draft.chance.choice(data)
    for at in data[data.index(first) : data.index(first) + draft.chance.randint(1, 4)]:
        row = draft.rows()[at]
        draft.rows()[at] = ["", *row] if draft.chance.random() < 0.7 else [*row[1:], ""]
    return True


def cut_numbers(draft):
    """The NIK, telephones and cards of some rows went through a spreadsheet's numbers."""
    for at in draft.data():
        row = draft.rows()[at]
        if draft.chance.random() < 0.3:
            for index, cell in enumerate(row):
                if isinstance(cell, str) and cell.isdigit() and len(cell) >= 11:
                    row[index] = f"{int(cell):.5E}".replace(".", ",")
    return True


def title_lines(draft):
    count = draft.chance.choice([1, 3, 10, 75])
    above = [[f"PEMERINTAH KOTA, LAMPIRAN {number}"] for number in range(1, count + 1)]
    draft.rows()[:0] = above
    draft.sheet().merges = [(a + count, b, c + count, d) for a, b, c, d in draft.sheet().merges]
    return True


def signatures(draft):
    tail = [[], ["JUMLAH", "", str(len(draft.persons))], ["", "", "Mengetahui,"], ["", "", "Camat Cibeber"]]
    draft.rows().extend([*tail, ["", "", "Drs. Anu"], ["", "", "NIP 197001011990031001"]])
    return True


def apostrophes(draft):
    """Numbers kept as text the way people know to keep them."""
    for at in draft.data():
        row = draft.rows()[at]
        for index, cell in enumerate(row):
            if isinstance(cell, str) and cell.isdigit() and len(cell) >= 10:
                row[index] = draft.chance.choice(["'{}", "{} ", "\u00a0{}", "`{}", "{}"]).format(cell)
    return True


def spaced_numbers(draft):
    """Digits in groups, as people read them aloud."""
    niks = {person.nik for person in draft.persons}
    for at in draft.data():
        row = draft.rows()[at]
        for index, cell in enumerate(row):
            if cell in niks and draft.chance.random() < 0.5:
                mark = draft.chance.choice([" ", ".", "-"])
                row[index] = mark.join(cell[part : part + 4] for part in range(0, 16, 4))
    return True


def two_telephones(draft):
    if "phone" not in draft.columns or set(draft.damages) & {"side_by_side", "group_titles", "join_tables"}:
        return False
    phones = {person.phone for person in draft.persons}
    for at in draft.data():
        row = draft.rows()[at]
        for index, cell in enumerate(row):
            if cell in phones and draft.chance.random() < 0.3:
                other = f"0857{draft.chance.randint(10_000_001, 99_999_999)}"
                row[index] = cell + draft.chance.choice([" / ", ", ", " atau ", "\n"]) + other
    return True


def filtered_rows(draft):
    if draft.sheet().merges or not draft.restrict("xlsx"):
        return False
    draft.sheet().filtered = {at for at in draft.data() if draft.chance.random() < 0.4}
    return True


def further_sheets(draft):
    """A sheet without titles, and sometimes a hidden one, beside the list."""
    if set(draft.damages) & {"group_titles", "side_by_side", "sections", "add_status", "join_tables"}:
        return False
    if not draft.restrict("xlsx"):
        return False
    others = [good_person(draft.chance, serial) for serial in range(201, 201 + draft.chance.randint(1, 5))]
    rows = [[one.cell(column) for column in draft.columns] for one in others]
    hidden = draft.chance.random() < 0.3
    draft.sheets.append(Sheet("Lanjutan", rows, hidden=hidden))
    draft.sheets.insert(draft.chance.randint(0, 2), Sheet("Rekap", [["Desa", "Jumlah"], ["Kedaleman", "3"]]))
    draft.sheets.sort(key=lambda sheet: sheet.name != "Daftar" and draft.chance.random() < 0.5)
    draft.persons = [*draft.persons, *others]
    return True


def lone_quote(draft):
    if not draft.restrict("csv"):
        return False
    draft.lines.append("quote")
    return True


def lost_mark(draft):
    if not draft.restrict("csv"):
        return False
    draft.lines.append(draft.chance.choice(["drop", "add"]))
    return True


DAMAGES = [
    cut_column,
    place_and_date,
    add_status,
    mark_late,
    month_first,
    evening_before,
    side_by_side,
    group_titles,
    merge_village,
    sections,
    repeat_header,
    join_tables,
    shift_block,
    cut_numbers,
    title_lines,
    signatures,
    two_telephones,
    spaced_numbers,
    apostrophes,
    filtered_rows,
    further_sheets,
    unseen_characters,
    lone_quote,
    lost_mark,
]


# --- writing -----------------------------------------------------------------------------------------------


def _written(draft):
    kinds = sorted(draft.only) or ["csv", "xlsx", "html", "ods"]
    kind = draft.chance.choice([one for one in kinds if one != "ods" or not draft.sheet().merges])
    if kind == "ods":
        return ods(draft.rows()), "daftar.ods"
    if kind == "xlsx":
        return _workbook(draft.sheets), "daftar.xlsx"
    if kind == "html":
        return _html(draft.sheet()), "daftar.xls"
    return _text(draft), "daftar.csv"


def _workbook(sheets):
    output = BytesIO()
    book = xlsxwriter.Workbook(output, {"in_memory": True, "strings_to_formulas": False})
    moment = book.add_format({"num_format": "dd/mm/yyyy"})
    for sheet in sheets:
        target = book.add_worksheet(sheet.name)
        for at, row in enumerate(sheet.rows):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    target.write_datetime(at, column, cell, moment)
                elif cell != "":
                    target.write_string(at, column, cell)
        for at in sheet.filtered:
            target.set_row(at, None, None, {"hidden": True})
        for first, left, last, right in sheet.merges:
            target.merge_range(first, left, last, right, sheet.rows[first][left])
        if sheet.hidden:
            target.hide()
    shown = next(at for at, sheet in enumerate(sheets) if not sheet.hidden)
    book.worksheets()[shown].set_first_sheet()
    book.worksheets()[shown].activate()
    book.close()
    return output.getvalue()


def _html(sheet):
    spans = {(first, left): last - first + 1 for first, left, last, _right in sheet.merges}
    covered = {(at, left) for first, left, last, _right in sheet.merges for at in range(first + 1, last + 1)}
    lines = []
    for at, row in enumerate(sheet.rows):
        cells = []
        for column, cell in enumerate(row):
            if (at, column) not in covered:
                span = f' rowspan="{spans[at, column]}"' if (at, column) in spans else ""
                cells.append(f"<td{span}>{cell}</td>")
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return f"<html><table>{''.join(lines)}</table></html>".encode()


def _text(draft):
    chance = draft.chance
    delimiter = chance.choice(";,\t")
    quoting = chance.choice([csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
    width = max(map(len, draft.rows()))
    output = StringIO()
    writer = csv.writer(output, delimiter=delimiter, quoting=quoting, lineterminator="\n")
    writer.writerows([*row, *[""] * (width - len(row))] for row in draft.rows())
    lines = output.getvalue().splitlines()
    for act in draft.lines:
        _damage_line(chance, lines, draft, act, delimiter)
    if chance.random() < 0.15 and quoting == csv.QUOTE_MINIMAL and not draft.lines:
        doubled = (line.replace('"', '""') for line in lines)
        lines = [f'"{line}"' for line in doubled]
    encoding = chance.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
    return chance.choice(["\r\n", "\n"]).join(lines).encode(encoding)


def _damage_line(chance, lines, draft, act, delimiter):
    niks = {person.nik for person in draft.persons}
    with_nik = [index for index, line in enumerate(lines) if any(nik in line for nik in niks)]
    at = chance.choice(with_nik or [len(lines) - 1])
    marks = [index for index, sign in enumerate(lines[at]) if sign == (delimiter if act != "quote" else '"')]
    if act == "quote" and marks:
        cut = chance.choice(marks)
        lines[at] = lines[at][:cut] + lines[at][cut + 1 :]
    elif act == "quote":
        cells = lines[at].split(delimiter)
        index = chance.randrange(len(cells))
        cells[index] = f'"{cells[index]}'
        lines[at] = delimiter.join(cells)
    elif marks:
        cut = chance.choice(marks)
        added = delimiter if act == "add" else ""
        lines[at] = lines[at][:cut] + added + lines[at][cut + (act == "drop") :]
