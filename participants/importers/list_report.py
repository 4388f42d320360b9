"""A list of members read and judged, before anything is stored."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import chain, islice
from pathlib import Path

from django.utils.translation import gettext as _

from participants.importers.checks import Judged, Member, has_suspicious_endings, judge_row, judge_together
from participants.importers.day_order import LOOKED_AT, month_comes_first
from participants.importers.extra import Extras
from participants.importers.faults import QUESTIONS, Doubt, Fault, Reason, Warned
from participants.importers.header import Field
from participants.importers.ledger import LeftOut, NikLedger, balance_sentence, count_missed
from participants.importers.list_row import ListRow
from participants.importers.refusal import ListRefused, SheetWithoutNik
from participants.importers.rows import fits, kind_of_lists, read_sheet
from participants.importers.tables import SheetTable, Tables
from participants.importers.workbook import Sheet, open_workbook

# Raised by hand whenever a row would be read or judged otherwise than before.
READER_VERSION = 4
# From this many on, and for half the rows, a reason is a property of the column.
_SYSTEMIC_FROM = 10


@dataclass(frozen=True)
class ListReport:
    """`rows` = accepted members + refused rows; `refused` counts each row once, by its first reason."""

    rows: int
    members: tuple[Member, ...]
    refused: Mapping[Reason, int]
    faults: tuple[Fault, ...]
    warned: tuple[Warned, ...]
    judged: tuple[Judged, ...]
    ledger: NikLedger

    @property
    def ok(self) -> int:
        return len(self.members)

    @property
    def warnings(self) -> dict[Doubt, int]:
        return dict(Counter(warned.reason for warned in self.warned))

    def spoken_faults(self) -> list[Fault]:
        """The faults in order, with one fault for a whole column where most of its rows have it."""
        counts = Counter((fault.sheet, fault.column, fault.reason) for fault in self.faults)
        spoken: list[Fault] = []
        said = set()
        for fault in self.faults:
            key = (fault.sheet, fault.column, fault.reason)
            count = counts[key]
            if count < _SYSTEMIC_FROM or count * 2 < self.rows:
                spoken.append(fault)
            elif key not in said:
                said.add(key)
                spoken.append(replace(fault, count=count, message=_systemic(fault, count, self.rows)))
        return spoken

    @property
    def left_out(self) -> list[LeftOut]:
        return list(self.ledger.left_out.values())

    def balance(self) -> dict[str, int]:
        """How many rows with a number were read, are parked, and were not read at all."""
        parked = sum(1 for one in self.judged if one.member is None and one.row.numbered)
        return {"read": self.ok, "parked": parked, "missed": count_missed(self.left_out)}

    @property
    def balance_sentence(self) -> str:
        return balance_sentence(**self.balance())

    def as_json(self) -> dict[str, object]:
        return {
            "rows": self.rows,
            "ok": self.ok,
            "refused": {reason.value: count for reason, count in self.refused.items()},
            "asked": {reason.value: count for reason, count in self.refused.items() if reason in QUESTIONS},
            "warnings": {reason.value: count for reason, count in self.warnings.items()},
            "balance": self.balance() | {"sentence": self.balance_sentence},
            "hidden_rows": self.ledger.hidden_rows,
            "left_out": [asdict(entry) | {"message": entry.sentence} for entry in self.left_out],
            "faults": [fault.as_json() for fault in self.spoken_faults()],
        }


def read_list(
    path: Path,
    *,
    region: str,
    today: date,
    sheets: Collection[str] = (),
    synonyms: Mapping[str, Field] | None = None,
) -> ListReport:
    """Read a member list of `region` whole. Raises ListRefused, with a sentence, for a file that is none."""
    ledger = NikLedger()
    judged = judge_list(path, region=region, today=today, sheets=sheets, synonyms=synonyms, ledger=ledger)
    return _report(judge_together(list(judged)), ledger)


def judge_list(
    path: Path,
    *,
    region: str,
    today: date,
    name: str = "",
    sheets: Collection[str] = (),
    synonyms: Mapping[str, Field] | None = None,
    opened: Callable[[list[Sheet], int], None] | None = None,
    ledger: NikLedger | None = None,
    extras: Extras = (),
) -> Iterator[Judged]:
    """The rows of a list one by one, each judged by itself; nothing is kept of them.

    Hidden sheets are read only when named in `sheets`; a sheet without titles is read like a neighbour that
    has them, where it is laid out alike. `opened` is told all sheets, and how many rows to expect at most.
    `ledger` accounts for all numbers of the file. Raises ListRefused.
    """
    account = NikLedger() if ledger is None else ledger
    found = open_workbook(path, name)
    chosen = _choose(found, sheets)
    account.hidden_rows = sum(sheet.hidden_rows for sheet in found)
    if opened:
        opened(found, max(sheet.expected for sheet in chosen))
    reading = _Reading(chosen, account, synonyms)
    for row, month_first in reading.rows():
        yield judge_row(row, region=region, today=today, month_first=month_first, extras=extras)
    if not reading.count:
        raise reading.without_nik or ListRefused(
            _(
                "Tidak ada daftar peserta di berkas ini. "
                "Beri judul kolom (paling sedikit NIK dan Nama) dan isi barisnya, lalu kirim lagi."
            )
        )
    for sheet in found:
        if sheet.hidden and sheet not in chosen:
            account.leave_sheet(sheet.name, sheet.read())


class _Reading:
    """The rows of the chosen sheets; those of sheets without titles last."""

    def __init__(self, sheets: list[Sheet], ledger: NikLedger, synonyms: Mapping[str, Field] | None) -> None:
        self.sheets, self.ledger, self.synonyms = sheets, ledger, synonyms
        self.count = 0
        self.without_nik: SheetWithoutNik | None = None
        self._tables: list[SheetTable] = []

    def rows(self) -> Iterator[tuple[ListRow, bool]]:
        """Each row, and whether its column of birth dates writes the month first."""
        untitled: list[tuple[Sheet, NikLedger]] = []
        for sheet in self.sheets:
            own, tables = NikLedger(), Tables(kind_of_lists(self.synonyms))
            try:
                yield from self._with_order(read_sheet(sheet, ledger=own, tables=tables))
            except SheetWithoutNik as refused:
                self.without_nik = self.without_nik or refused
            self._tables += tables.found
            if tables.found or tables.best or not own.left_out:
                self.ledger.take(own)
            else:
                untitled.append((sheet, own))
        for sheet, own in untitled:
            table = next((one for one in self._tables if fits(sheet, one)), None)
            if table is None:
                self.ledger.take(own)
                continue
            kind = kind_of_lists(self.synonyms)
            yield from self._with_order(
                read_sheet(sheet, ledger=self.ledger, tables=Tables(kind), inherited=[table])
            )

    def _with_order(self, rows: Iterator[ListRow]) -> Iterator[tuple[ListRow, bool]]:
        """The first rows of a sheet say how its dates of birth are written."""
        first = list(islice(rows, LOOKED_AT))
        by_table: dict[int, list[ListRow]] = {}
        for row in first:
            by_table.setdefault(row.table, []).append(row)
        order = {table: month_comes_first(found) for table, found in by_table.items()}
        for row in chain(first, rows):
            self.count += 1
            yield row, order.get(row.table, False)


def _choose(sheets: list[Sheet], names: Collection[str]) -> list[Sheet]:
    if names:
        chosen = [sheet for sheet in sheets if sheet.name in names]
    else:
        chosen = [sheet for sheet in sheets if not sheet.hidden]
    if not chosen:
        raise ListRefused(
            _(
                "Semua lembar di berkas ini tersembunyi atau kosong. "
                "Tampilkan lembar daftarnya, lalu kirim lagi."
            )
        )
    return chosen


def _report(judged: Sequence[Judged], ledger: NikLedger) -> ListReport:
    members = tuple(one.member for one in judged if one.member)
    warned = [warning for one in judged if one.member for warning in one.warnings]
    if has_suspicious_endings(members):
        warned.append(Warned(members[0].row.sheet, members[0].row.number, Doubt.ENDINGS))
    return ListReport(
        rows=len(judged),
        members=members,
        refused=Counter(one.faults[0].reason for one in judged if one.faults),
        faults=tuple(fault for one in judged for fault in one.faults),
        warned=tuple(warned),
        judged=tuple(judged),
        ledger=ledger,
    )


def _systemic(fault: Fault, count: int, rows: int) -> str:
    return _(
        'Lembar "%(sheet)s", kolom %(column)s "%(title)s": %(count)s dari %(rows)s baris salah dengan sebab '
        "yang sama, mulai baris %(row)s. %(remedy)s Lebih baik minta ulang kolom ini."
    ) % {
        "sheet": fault.sheet,
        "column": fault.column,
        "title": fault.title,
        "count": count,
        "rows": rows,
        "row": fault.row,
        "remedy": fault.remedy,
    }
