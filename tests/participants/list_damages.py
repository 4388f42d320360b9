"""What happens to lists on their way: each damage changes a draft, or says that it does not fit."""

from datetime import datetime, timedelta

from tests.participants.good_lists import Sheet, good_person, titles_for


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
    table = [titles_for(chance, columns), *([one.cell(column) for column in columns] for one in others)]
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
