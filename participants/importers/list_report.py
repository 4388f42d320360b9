"""A list of members read and judged, before anything is stored."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from participants.importers.checks import Judged, Member, has_suspicious_endings, judge_row, judge_together
from participants.importers.faults import Doubt, Fault, Reason, Warned
from participants.importers.header import Field
from participants.importers.refusal import ListRefused, SheetWithoutNik
from participants.importers.rows import read_sheet
from participants.importers.workbook import Sheet, open_workbook

# Raised by hand whenever a row would be read or judged otherwise than before.
READER_VERSION = 1
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

    def as_json(self) -> dict[str, object]:
        return {
            "rows": self.rows,
            "ok": self.ok,
            "refused": {reason.value: count for reason, count in self.refused.items()},
            "warnings": {reason.value: count for reason, count in self.warnings.items()},
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
    judged = judge_list(path, region=region, today=today, sheets=sheets, synonyms=synonyms)
    return _report(judge_together(list(judged)))


def judge_list(
    path: Path,
    *,
    region: str,
    today: date,
    name: str = "",
    sheets: Collection[str] = (),
    synonyms: Mapping[str, Field] | None = None,
    opened: Callable[[list[Sheet], int], None] | None = None,
) -> Iterator[Judged]:
    """The rows of a list one by one, each judged by itself; nothing is kept of them.

    Hidden sheets are read only when named in `sheets`; sheets without a header are passed over.
    `opened` is told all sheets, and how many rows to expect at most. Raises ListRefused.
    """
    without_nik: SheetWithoutNik | None = None
    count = 0
    found = open_workbook(path, name)
    chosen = _choose(found, sheets)
    if opened:
        opened(found, max(sheet.expected for sheet in chosen))
    for sheet in chosen:
        try:
            for row in read_sheet(sheet, synonyms):
                yield judge_row(row, region=region, today=today)
                count += 1
        except SheetWithoutNik as refused:
            without_nik = without_nik or refused
    if not count:
        raise without_nik or ListRefused(
            _(
                "Tidak ada daftar peserta di berkas ini. "
                "Beri judul kolom (paling sedikit NIK dan Nama) dan isi barisnya, lalu kirim lagi."
            )
        )


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


def _report(judged: Sequence[Judged]) -> ListReport:
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
