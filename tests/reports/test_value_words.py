"""Figures in words: nothing that is read aloud says something else than the figure."""

import re
from datetime import date
from decimal import Decimal

import pytest

from reports.drawing.charts import TargetLine, Trend, TrendPoint
from reports.drawing.trend_drawing import trend_svg
from reports.measures.codes import MeasureCode
from reports.models import MeasureValue, Run
from reports.pack.content import Column, Identity, Kind, Number, PackContent, Table
from reports.pack.faces.origins import Origins
from reports.pack.figure_book import FigureBook, StoredValue, key_of
from reports.pack.grading import graded
from reports.pack.period import spans_words
from reports.value_words import division_words, line_note, row_words, value_text
from reports.workers_words import share_words, workers_words

NBSP = "\u00a0"


def figure(measure, numerator, denominator, rate):
    run = Run(region_id="36", period=date(2025, 12, 1))
    value = MeasureValue(run=run, measure=measure, numerator=numerator, denominator=denominator)
    value.rate = Decimal(rate)
    return value


@pytest.mark.parametrize(
    ("numerator", "rate", "digits", "expected"),
    [
        (9, "0.00", 2, "kurang dari 0,01%"),
        (0, "0.00", 2, "0,00%"),
        (40, "0.04", 1, "kurang dari 0,1%"),
        (50, "0.05", 1, "0,1%"),
        (15, "0.01", 2, "0,01%"),
    ],
)
def test_some_of_many_is_not_nought(numerator, rate, digits, expected):
    assert value_text(figure(MeasureCode.PAYER_SHARE, numerator, 299_076, rate), digits) == expected


@pytest.mark.parametrize(
    ("measure", "numerator", "rate", "expected"),
    [
        (MeasureCode.ARREARS, -16_800, None, "lebih bayar Rp16.800"),
        (MeasureCode.ARREARS_BY_MONTH, 16_800, None, "Rp16.800"),
        (MeasureCode.BALANCE, -16_800, None, "−Rp16.800"),
        (MeasureCode.MONTHS_LEFT, -43_200, "-20.00", "terlampaui 0,2 bulan"),
        (MeasureCode.MONTHS_LEFT, 43_200, "420.00", "4,2 bulan"),
    ],
)
def test_more_than_was_due_is_said_and_no_sign(measure, numerator, rate, expected):
    assert value_text(figure(measure, numerator, 16_800, rate or "0")) == expected


@pytest.mark.parametrize(
    ("measure", "numerator", "denominator", "expected"),
    [
        (MeasureCode.COVERAGE, 91_347, 174_897, "91.347 ÷ 174.897"),
        (MeasureCode.COST_PER_POINT, 41_369_389_200, 222, f"Rp41.369.389.200 ÷ 2,22{NBSP}poin persentase"),
        (MeasureCode.COST_PER_WORKER, 41_369_389_200, 138_118, "Rp41.369.389.200 ÷ 138.118 orang"),
        (MeasureCode.GAP_TO_TARGET, 4_847, 174_897, ""),
    ],
)
def test_a_division_is_written_in_the_units_of_its_sides(measure, numerator, denominator, expected):
    assert division_words(figure(measure, numerator, denominator, "1")) == expected


def test_the_note_of_a_gain_names_the_december_that_it_begins_with():
    told = line_note(figure(MeasureCode.COST_PER_WORKER, 41_369_389_200, 138_118, "1"))
    assert told == "peserta aktif bertambah 138.118 orang sejak Desember 2024"


def test_rows_are_told_with_their_number_first():
    run = Run(rows={"claims": 24, "spells": 1_568})
    assert row_words(run) == "24 baris klaim, 1.568 baris masa kepesertaan menurut nama"


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("UCJ: peserta aktif semua segmen; penyebut: angkatan kerja 2025", "orang angkatan kerja"),
        ("UCJ: semua segmen; penyebut: penduduk bekerja 2024; belum dilaporkan: PU", "penduduk bekerja"),
        # As definitions were written before.
        ("UCJ: peserta aktif semua segmen; angkatan kerja 2025", "orang angkatan kerja"),
        ("UCJ: peserta aktif semua segmen; penyebut: jumlah penyebut wilayah yang melapor", "pekerja"),
        ("", "pekerja"),
    ],
)
def test_those_divided_by_are_called_what_they_are(definition, expected):
    assert workers_words(definition) == expected
    # "52,23% angkatan kerja", while persons are counted as "176.820 orang angkatan kerja".
    assert share_words(definition) == expected.removeprefix("orang ")


@pytest.mark.parametrize(
    ("months", "expected"),
    [
        ([(2025, 10), (2025, 11), (2025, 12)], "Oktober–Desember 2025"),
        ([(2025, 12), (2025, 10)], "Oktober 2025, Desember 2025"),
        ([(2024, 12), (2025, 1)], "Desember 2024–Januari 2025"),
        ([(2025, 3)], "Maret 2025"),
    ],
)
def test_months_on_end_are_one_stretch(months, expected):
    assert spans_words(date(*month, 1) for month in months) == expected


def test_the_letter_of_a_category_is_that_of_its_people():
    """Lists by name reach less far than reports; the letter beside them says nothing of the reports."""
    reported, named = key_of(MeasureCode.FUNDED_BY_CELL), key_of(MeasureCode.NAMED_BY_CELL)
    whole = StoredValue(299_076, None, None, 8, 8, "", grade="B")
    part = StoredValue(1_352, None, None, 1, 8, "", grade="D")
    book = FigureBook({("36", "2025-12"): {reported: whole, named: part}}, {})
    people, listed = (book.number("36", date(2025, 12, 1), key) for key in (reported, named))
    columns = (Column("Kategori"), Column("Sumber dana"), Column("Orang", True), Column("Dengan nama", True))
    row = ("RT/RW", "APBD", people, listed)
    table = graded(Table("categories", "4", "Kategori", columns, (row,), row, "Catatan."), book)
    assert (table.rows[0][-1], table.total[-1]) == ("B", "B")
    assert table.note == "Catatan. Huruf kelengkapan berlaku untuk jumlah orang."
    assert graded(Table("other", "5", "Lain", columns, (row,)), book).rows[0][-1] == "D"


def test_a_chart_speaks_only_where_we_describe_it():
    points = [TrendPoint(date(2025, month, 1), Decimal("43.49"), "/x/") for month in (7, 8)]
    drawn = trend_svg(Trend(points, TargetLine("Target daerah 2025", Decimal(55))), "UCJ Kota Cilegon")
    assert "aria-roledescription" not in drawn
    assert re.findall('aria-label="([^"]*)"', drawn) == [
        "UCJ Kota Cilegon",
        "Juli 2025: 43,49%",
        "Agustus 2025: 43,49%",
    ]


def test_notes_of_slides_say_in_words_where_a_number_is_from():
    def identity(measure, month, **more):
        return Identity("36.72", month, measure, **more)

    cell = identity("CAT-01", "2025-12", category="rt_rw", funding="apbd_kabkota")
    row = ("RT/RW", "APBD kabupaten/kota", Number(1_528, Kind.COUNT, ((1, cell),)))
    content = PackContent(
        *("pack", "Laporan", "36.72", "Kota Cilegon", "quarter-2025-10", "Triwulan IV Tahun 2025", ""),
        tables=(Table("categories", "4", "Kategori", (), (row,)),),
    )
    origins = Origins.of(content)
    sides = [identity("COV-01", month, part="rate") for month in ("2025-12", "2025-09")]
    change = Number(Decimal("1.59"), Kind.POINTS, ((1, sides[0]), (-1, sides[1])))
    workers = Number(174_897, Kind.COUNT, ((1, identity("COV-01", "2025-12", part="denominator")),))
    assert origins.words(row[2]) == (
        "Peserta yang iurannya ditanggung, per kategori dan sumber dana, RT/RW, APBD kabupaten/kota, "
        "Kota Cilegon, Desember 2025 (CAT-01)"
    )
    assert origins.words(change) == (
        "Universal Coverage Jamsostek (UCJ), Kota Cilegon, Desember 2025 (COV-01) dikurangi "
        "Universal Coverage Jamsostek (UCJ), Kota Cilegon, September 2025 (COV-01)"
    )
    assert origins.words(workers) == (
        "penyebut Universal Coverage Jamsostek (UCJ), Kota Cilegon, Desember 2025 (COV-01)"
    )
    assert origins.words(Number(55, Kind.PERCENT)) == "dicatat"
