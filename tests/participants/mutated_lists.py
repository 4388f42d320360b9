"""Good lists, and what happens to lists on their way: the damage is known, so the truth is known too.

All persons are invented.
"""

import csv
import random
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO, StringIO

import xlsxwriter

from tests.participants.good_lists import TITLES, Draft, Sheet, good_person, titles_for
from tests.participants.list_damages import DAMAGES
from tests.participants.made_files import ods


@dataclass
class Mutated:
    """A file with its persons; `asked` are those that must not be stored unasked."""

    content: bytes
    file_name: str
    persons: list
    damages: list
    asked: set


def mutated_list(seed):
    chance = random.Random(seed)
    persons = [good_person(chance, serial) for serial in range(1, chance.randint(4, 25))]
    extra = [
        one for one in TITLES if one not in {"no", "nik", "name", "birth", "sex"} and chance.random() < 0.6
    ]
    columns = ["no", *sorted(["nik", "name", "birth", "sex", *extra], key=lambda _: chance.random())]
    rows = [titles_for(chance, columns), *([one.cell(column) for column in columns] for one in persons)]
    draft = Draft(chance, columns, persons, [Sheet("Daftar", rows)])
    wanted = chance.sample(DAMAGES, chance.choice([0, 1, 1, 2]))
    for damage in sorted(wanted, key=DAMAGES.index):
        if damage(draft):
            draft.damages.append(damage.__name__)
    content, name = _written(draft)
    return Mutated(content, name, draft.persons, draft.damages, draft.asked)


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
