"""A list read and judged in a process of its own, so that sealing and storing go on beside it.

The process knows no database: it gets a path and gives plain rows. It ends with its parent, whose end
closes the pipe.
"""

import gc
import logging
import multiprocessing
import os
import signal
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from participants.enums import Remedy
from participants.importers.checks import Judged
from participants.importers.extra import Extras
from participants.importers.header import Header
from participants.importers.ledger import NikLedger
from participants.importers.list_report import judge_list
from participants.importers.list_row import table_name
from participants.importers.refusal import ListRefused, Protected, SheetWithoutNik, ZipOfLists, broken
from participants.services.batches.row import pack, plain_of

log = logging.getLogger(__name__)
_AT_ONCE = 5000
# The parser, written in Rust, gave up on what it was given; it would do so again.
_FELL_OVER = {-signal.SIGABRT, -signal.SIGSEGV, -signal.SIGBUS, -signal.SIGALRM}
Columns = dict[str, list[tuple[str, int, str]]]


class ReaderDied(Exception):
    """The reading process was killed, by whom or by what nobody knows. Worth another attempt."""


class FileRefused(Exception):
    """The file is no list; `columns` are its titles where a person might say which is the NIK.

    `remedy` is what would open it, `inside` the lists in an archive.
    """

    def __init__(
        self, sentence: str, columns: Columns, remedy: str = "", inside: tuple[str, ...] = ()
    ) -> None:
        self.sentence, self.columns, self.remedy, self.inside = sentence, columns, remedy, inside
        super().__init__(sentence)


@dataclass(frozen=True)
class Reading:
    """What to read, and as what."""

    path: Path
    region: str
    today: date
    name: str
    sheets: tuple[str, ...]
    synonyms: Mapping[str, Any]
    extras: Extras = ()


@dataclass
class Piece:
    """Some rows; or, before the first of them, the sheets (name, hidden) and how many rows to expect."""

    expected: int = 0
    sheets: list[tuple[str, bool]] = field(default_factory=list)
    count: int = 0
    # The rows, packed.
    rows: str = ""
    columns: Columns = field(default_factory=dict)
    # NIK that end in 0, among accepted rows.
    zeros: int = 0
    # Of the last piece: the account of all numbers of the file.
    balance: dict[str, Any] = field(default_factory=dict)


def read_apart(reading: Reading) -> Iterator[Piece]:
    """The rows of a list piece by piece. Raises FileRefused or ReaderDied."""
    return run_apart(partial(_read, reading))


def run_apart(read: Callable[[Connection], None], *, seconds: int = 0) -> Iterator[Any]:
    """What `read` sends, from a process of its own, which may be given a time. Raises as `read_apart`."""
    ours, theirs = multiprocessing.Pipe(duplex=False)
    pid = _fork(read, theirs, ours, seconds)
    theirs.close()
    try:
        while (piece := _receive(ours)) is not None:
            yield piece
    except EOFError as error:
        ended, pid = _wait(pid), 0
        if ended in _FELL_OVER:
            raise FileRefused(broken().sentence, {}) from error
        raise ReaderDied(ended) from error
    finally:
        ours.close()
        if pid:
            # Closed late, by the collector of garbage, it may find that somebody has seen the process end.
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(pid, signal.SIGKILL)
                _wait(pid)


def _fork(
    read: Callable[[Connection], None], connection: Connection, unused: Connection, seconds: int
) -> int:
    """The number of a process that reads. A plain fork: Celery forbids its workers any other child."""
    with warnings.catch_warnings():
        # Newer Pythons warn of forking beside threads; the child touches nothing those hold.
        warnings.simplefilter("ignore", DeprecationWarning)
        pid = os.fork()
    if pid:
        return pid
    failed = 1
    try:
        # Ends the process by a signal that nobody handles.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.alarm(seconds)
        _run(read, connection, unused)
        failed = 0
    except Exception:
        log.exception("reading a list failed")
    finally:
        # Nothing of the parent's may be tidied up here: its connections are still in use.
        os._exit(failed)


def _wait(pid: int) -> int:
    """How a process ended: its exit code, or the negative number of the signal."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def _receive(connection: Connection) -> Any:
    piece = connection.recv()
    if isinstance(piece, tuple):
        raise FileRefused(*piece)
    return piece


def _run(read: Callable[[Connection], None], connection: Connection, unused: Connection) -> None:
    unused.close()
    # Rows come and go without cycles, and the process ends with the list.
    gc.disable()
    try:
        read(connection)
        connection.send(None)
    except ListRefused as refused:
        connection.send((refused.sentence, _columns_of_refusal(refused), *_remedy_of(refused)))
    except BrokenPipeError:
        # Nobody waits for the rest: cancelled, or the parent died.
        return


def _remedy_of(refused: ListRefused) -> tuple[str, tuple[str, ...]]:
    if isinstance(refused, Protected):
        return Remedy.PASSWORD.value, ()
    if isinstance(refused, ZipOfLists):
        return Remedy.UNPACK.value, refused.names
    return "", ()


def _read(reading: Reading, connection: Connection) -> None:
    ledger = NikLedger()
    rows = judge_list(
        reading.path,
        region=reading.region,
        today=reading.today,
        name=reading.name,
        sheets=reading.sheets,
        synonyms=reading.synonyms,
        extras=reading.extras,
        ledger=ledger,
        opened=lambda sheets, expected: connection.send(
            Piece(expected=expected, sheets=[(sheet.name[:60], sheet.hidden) for sheet in sheets])
        ),
    )
    while chunk := list(islice(rows, _AT_ONCE)):
        connection.send(_piece(chunk))
    connection.send(Piece(balance=ledger.as_json()))


def _piece(chunk: list[Judged]) -> Piece:
    piece = Piece(count=len(chunk), rows=pack(map(plain_of, chunk)))
    headers = {(one.row.sheet, one.row.table): one.row.header for one in chunk}
    piece.columns = {
        table_name(sheet[:60], table): columns_of(one) for (sheet, table), one in headers.items()
    }
    piece.zeros = sum(1 for one in chunk if one.member and one.member.nik.digits.endswith("0"))
    return piece


def columns_of(header: Header) -> list[tuple[str, int, str]]:
    """(field or empty text, index of the column, title), from left to right."""
    found: list[Any] = [(known.value, index, header.titles[known]) for known, index in header.columns.items()]
    found += [
        (known.value, index, header.titles_again[index])
        for known, indices in header.again.items()
        for index in indices
    ]
    found += [("", index, title) for index, title in header.others.items()]
    return sorted(found, key=lambda column: column[1])


def _columns_of_refusal(refused: ListRefused) -> Columns:
    if not isinstance(refused, SheetWithoutNik):
        return {}
    return {refused.sheet: [("", index, title) for index, title in sorted(refused.titles.items())]}
