"""What the reading process sends of a list, read in the test's own process: pieces, account, refusal."""

import gc
from contextlib import suppress
from datetime import date
from functools import partial
from multiprocessing import Pipe
from zipfile import ZipFile

import pytest

from participants.services.batches import reading_process
from participants.services.batches.reading_process import Reading
from tests.participants.batches import workbook
from tests.participants.made_files import HEADER, person, xlsx


@pytest.fixture
def sent(tmp_path):
    """Everything that is sent of a file, to its end."""

    def read(content, name="daftar.xlsx", sheets=()):
        path = tmp_path / name
        path.write_bytes(content)
        reading = Reading(path, "36.72", date(2025, 7, 31), path.stem, sheets, {})
        return run(partial(reading_process._read, reading))

    return read


def run(read):
    ours, theirs = Pipe(duplex=False)
    unused = Pipe(duplex=False)[0]
    with ours:
        try:
            reading_process._run(read, theirs, unused)
        finally:
            gc.enable()
            theirs.close()
        assert unused.closed
        return list(everything(ours))


def everything(connection):
    with suppress(EOFError):
        while True:
            yield connection.recv()


def test_pieces_come_with_their_columns_and_the_account_last(sent, monkeypatch):
    monkeypatch.setattr(reading_process, "_AT_ONCE", 2)
    opened, first, second, account, end = sent(workbook([person(n) for n in (1, 2, 3)]))
    assert (opened.count, opened.sheets, opened.rows) == (0, [("Linmas", False)], "")
    assert opened.expected >= 3
    assert [piece.count for piece in (first, second)] == [2, 1]
    assert [title for _field, _index, title in first.columns["Linmas"]] == HEADER
    assert (second.columns, account.count, end) == (first.columns, 0, None)
    assert account.balance["numbered"] == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (xlsx({"Daftar": [["Nama", "Alamat"], ["Asep", "Cibeber"]]}), "NIK"),
        (b"", "kosong"),
    ],
)
def test_a_refusal_is_sent_as_a_sentence(sent, content, words):
    sentence, _columns, remedy, inside = sent(content)[-1]
    assert words in sentence
    assert (remedy, inside) == ("", ())


def test_an_archive_says_which_lists_are_in_it(sent, tmp_path):
    with ZipFile(tmp_path / "two.zip", "w") as archive:
        for name in ("satu.xlsx", "dua.xlsx"):
            archive.writestr(name, workbook([person(1)]))
    sentence, columns, remedy, inside = sent((tmp_path / "two.zip").read_bytes(), "two.zip")[-1]
    assert "2 daftar: satu.xlsx, dua.xlsx" in sentence
    assert (columns, remedy, inside) == ({}, "unpack", ("satu.xlsx", "dua.xlsx"))


def test_when_nobody_reads_any_more_it_stops():
    def read(connection):
        connection.close()
        raise BrokenPipeError

    assert run(read) == []
