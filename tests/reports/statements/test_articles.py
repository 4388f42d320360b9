"""What the reader says of five newspaper articles, where they are at hand."""

from datetime import date
from decimal import Decimal

import pytest

from reports.statements.arithmetic import sums_in
from reports.statements.reading import read
from reports.statements.verdicts import NO_FIT, UNKNOWN
from tests.house.source import ROOT
from tests.reports.statements.names import NAMES

PLACES = [above / "shared/data/articles" for above in ROOT.parents]
CILEGON = """Proteksi diberikan kepada 17.000 pekerja rentan, seperti ketua RT/RW, kader, KPU, \
nelayan dan Linmas.
"RT RW 1.528 orang, kader 2.650 orang, KPU 11.658 orang, Bawaslu 1.363 orang, \
nelayan 332 orang, kebersihan DLH 61 orang dan Linmas 1.593 orang; \
cakupan 2024 sudah 53% naik 6% dari tahun lalu," katanya.
Namun KPU dan Bawaslu kini tidak lagi dibayarkan. Tersisa sekitar 6.207 orang yang dibiayai kota.
Jumlah klaim mencapai 790.000.000 dan iuran yang diterima 480.457.660. \
Iuran kita masih minus 200 juta lebih."""


def article(name):
    found = [place / name for place in PLACES if (place / name).exists()]
    if not found:
        pytest.skip(f"{name} is not at hand")
    return found[0].read_text(encoding="utf-8")


def figures_of(text, on):
    return [(int(figure.value), figure.unit) for figure in read(text, on, NAMES).figures]


@pytest.mark.parametrize("source", ["own", "cilegon_2024-08-22.txt"])
def test_cilegon(source):
    text = CILEGON if source == "own" else article(source)
    reading = read(text, date(2024, 8, 22), NAMES)
    assert [(int(one.value), one.unit) for one in reading.figures] == [
        *((count, "orang") for count in (17_000, 1_528, 2_650, 11_658, 1_363, 332, 61, 1_593)),
        *((53, "persen"), (6, "persen"), (6_207, "orang")),
        *((790_000_000, "rupiah"), (480_457_660, "rupiah"), (-200_000_000, "rupiah")),
    ]
    found = [(one.verdict, one.shown) for one in sums_in(reading)]
    assert [verdict for verdict, _shown in found] == [NO_FIT, NO_FIT, UNKNOWN, NO_FIT]
    heads = ("= 19.185; ≠ 17.000", "= 6.164; ≠ 6.207", "53 − 6 = 47 persen", "= −Rp309.542.340")
    assert all(head in shown for head, (_verdict, shown) in zip(heads, found, strict=True))
    assert "memang lebih dari itu" in found[3][1]


def test_bekasi():
    text = article("bekasi_2024-12-16.txt")
    assert figures_of(text, date(2024, 12, 16)) == [(38, "persen"), (38, "persen"), (24, "kementerian")]
    assert sums_in(read(text, date(2024, 12, 16), NAMES)) == []


def test_bengkulu():
    reading = read(article("bengkulu_2024-11-20.txt"), date(2024, 11, 20), NAMES)
    assert [(int(one.value), one.unit) for one in reading.figures] == [
        *((37, "persen"), (39, "persen"), (9, "kabupaten"), (1, "kota")),
        *((75, "persen"), (17, "persen"), (39_487, "orang")),
    ]
    assert [(one.value, one.place) for one in reading.figures if one.value in {75, 17}] == [
        (Decimal(75), "17.04"),
        (Decimal(17), "17.07"),
    ]
    assert sums_in(reading) == []


def test_jawa_tengah_says_no_number():
    assert figures_of(article("jawa_tengah_2023-12-19.txt"), date(2023, 12, 19)) == []


def test_pandeglang():
    text = article("pandeglang_2021.txt")
    people = [(count, "orang") for count in (19, 3, 34, 416, 98)]
    assert figures_of(text, date(2021, 7, 1)) == [*people, (42_000_000, "rupiah")]
