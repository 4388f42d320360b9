"""Lists of persons as files: row by row, every cell plain text that no spreadsheet runs."""

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from io import StringIO
from typing import BinaryIO

import xlsxwriter
from django.utils.translation import gettext as _

from participants.enums import EnrolmentState
from participants.models import Enrolment, Participant
from participants.person_columns import further_columns
from participants.selectors.persons.listed import ListedPerson
from regions.dead_cells import dead_text
from regions.plain_characters import plain_text
from regions.workbook_rows import add_practice_sheet

_WIDTHS = (32, 20, 14, 20, 36, 36, 36, 11, 11, 12, 24, 30, 36, 14)
# The most a printed header of a worksheet takes.
_HEADER = 255


def titles(*, stops: bool = False, extras: Iterable[str] = ()) -> list[str]:
    """`extras` name the columns of an office's own fields. With `stops` also where each person's way to being
    active stops, and who has to act."""
    of_stops = [_("Tahap"), _("Yang harus bertindak"), _("Di tahap ini sejak")]
    return [
        _("Nama"),
        _("NIK"),
        _("Tanggal lahir"),
        _("Kecamatan"),
        _("Kategori"),
        _("Sumber dana"),
        _("Lembaga pembayar"),
        _("Sejak"),
        _("Sampai"),
        _("Status"),
        _("Wilayah"),
        *(of_stops if stops else []),
        *(str(column.title) for column in further_columns()),
        *map(dead_text, extras),
    ]


def rows_of(
    listed: Iterable[ListedPerson],
    *,
    whole: bool,
    extras: Callable[[Participant], Sequence[str]] = lambda _person: (),
) -> Iterator[list[str]]:
    """The cells of each person in the order of `titles`; several spells stand side by side in them.

    Words that recur are looked up once: asking Django for each takes two thirds of the time.
    """
    states = {state.value: str(state.label) for state in EnrolmentState}
    places: dict[str, str] = {}
    further = further_columns()
    for one in listed:
        person, spells = one.person, one.spells
        if person.region_id not in places:
            places[person.region_id] = person.region.full_label
        yield [
            person.name,
            person.nik.digits if whole else person.nik.masked,
            f"{person.birth_date:%d/%m/%Y}" if person.birth_date else "",
            person.district_name,
            _joined(spell.category.name for spell in spells),
            _joined(spell.funding.name for spell in spells),
            _joined(spell.payer.name if spell.payer else "–" for spell in spells if _says_payer(spells)),
            _joined(f"{spell.first_month:%m/%Y}" for spell in spells),
            _joined(f"{spell.last_month:%m/%Y}" if spell.last_month else "–" for spell in spells),
            _joined(states[spell.state] for spell in spells),
            places[person.region_id],
            *([one.stop, one.owner, f"{one.since:%d/%m/%Y}" if one.since else ""] if one.stop else []),
            *(column.text_of(person) for column in further),
            *extras(person),
        ]


def _says_payer(spells: Sequence[Enrolment]) -> bool:
    """Whether one of them says who pays; the cell is empty otherwise."""
    return any(spell.payer_id for spell in spells)


def _joined(words: Iterable[str]) -> str:
    return " / ".join(words)


def csv_lines(rows: Iterable[Sequence[str]], *, head: Sequence[str], watermark: str = "") -> Iterator[str]:
    """The file piece by piece; nothing is kept of what was given out."""
    buffer = StringIO()
    writer = csv.writer(buffer)
    # Excel needs the mark to see UTF-8.
    buffer.write("\ufeff")
    if watermark:
        writer.writerow([dead_text(watermark)])
    writer.writerow(head)
    for row in rows:
        writer.writerow([dead_text(cell) for cell in row])
        if buffer.tell() > 2**15:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def write_xlsx(
    file: BinaryIO, rows: Iterable[Sequence[str]], *, head: Sequence[str], watermark: str = ""
) -> None:
    """The workbook, written row by row; the watermark also heads every printed page."""
    book = xlsxwriter.Workbook(file, {"constant_memory": True})
    sheet = book.add_worksheet("Peserta")
    bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
    for index, width in enumerate(_WIDTHS):
        sheet.set_column(index, index, width, text)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    top = 0
    if watermark:
        sheet.set_header(f"&L{watermark.replace('&', '&&')}"[:_HEADER])
        sheet.write_string(0, 0, watermark, bold)
        top = 1
    for index, title in enumerate(head):
        sheet.write_string(top, index, title, bold)
    sheet.repeat_rows(0, top)
    sheet.freeze_panes(top + 1, 1)
    for number, row in enumerate(rows, start=top + 1):
        for index, cell in enumerate(row):
            sheet.write_string(number, index, plain_text(cell)[:32_000], text)
    add_practice_sheet(book)
    book.close()
