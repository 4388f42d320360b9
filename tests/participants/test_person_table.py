"""Lists as files flow: no more of them is held than what is being written."""

import tracemalloc
import zipfile
from tempfile import TemporaryFile

from participants.exporters.person_table import csv_lines, write_xlsx

HEAD = ["Nama", "NIK"]


def rows(count, taken):
    for number in range(count):
        taken.append(number)
        yield [f"Orang {number}", "367201******0001"]


def test_a_list_is_written_while_it_is_read():
    taken = []
    lines = csv_lines(rows(100_000, taken), head=HEAD)
    assert next(lines).startswith("\ufeffNama,NIK\r\nOrang 0,")
    assert len(taken) < 2000
    assert sum(piece.count("\r\n") for piece in lines) + taken.index(0) > 98_000
    assert len(taken) == 100_000


def peak_of(write):
    tracemalloc.start()
    write()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_memory_does_not_grow_with_the_list():
    def book(count):
        def write():
            with TemporaryFile() as file:
                write_xlsx(file, ([f"Orang {number}"] for number in range(count)), head=HEAD)

        return write

    def text(count):
        return lambda: [None for _ in csv_lines(([f"Orang {n}"] for n in range(count)), head=HEAD)] and None

    for write in (book, text):
        peak_of(write(10))
        assert peak_of(write(20_000)) < peak_of(write(2_000)) + 2 * 2**20


def test_the_watermark_heads_the_file_and_every_printed_page():
    with TemporaryFile() as file:
        write_xlsx(file, [["A & B"]], head=HEAD, watermark="Memuat data pribadi & lain")
        with zipfile.ZipFile(file) as archive:
            xml = archive.read("xl/worksheets/sheet1.xml").decode()
            defined = archive.read("xl/workbook.xml").decode()
    assert "<oddHeader>&amp;LMemuat data pribadi &amp;&amp; lain</oddHeader>" in xml
    assert "Peserta!$1:$2</definedName>" in defined
    assert "Memuat data pribadi &amp; lain</t>" in xml
