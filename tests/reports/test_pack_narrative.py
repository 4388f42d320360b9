"""The right words: points and people, up, down and no change, and what is not known."""

from datetime import date
from decimal import Decimal

import pytest

from reports.pack.content import Kind, Number
from reports.pack.figure_book import FigureBook, StoredValue, key_of
from reports.pack.money_tables import balance
from reports.pack.narrative import of_place, of_rank
from reports.pack.period import Period, PeriodKind, parse_period, period_of
from reports.pack.place import PackPlace
from reports.pack.tables import categories

SEPTEMBER = Period(PeriodKind.QUARTER, date(2025, 7, 1))
SINCE = "Sejak Januari sampai dengan September 2025, iuran yang diterima"
UCJ, FROM, TO = key_of("COV-01"), "2025-06", "2025-09"


def stored(numerator, denominator=None, rate=None, reported=None, expected=None):
    return StoredValue(numerator, denominator, rate and Decimal(rate), reported, expected, "")


def place(figures, code="36.72", label="Kota Uji"):
    by_month = {(code, month): values for month, values in figures.items()}
    return PackPlace(code, label, SEPTEMBER, FigureBook(by_month, {}))


def told(figures, percents=()):
    return [one.text.replace("\u00a0", " ") for one in of_place(place(figures), percents)]


NOW = {UCJ: stored(5_300, 10_000, "53.00")}


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (
            stored(4_700, 10_000, "47.00"),
            "Dibandingkan dengan Juni 2025 (47,00%), UCJ naik 6,00 poin persentase; "
            "peserta aktif bertambah 600 orang.",
        ),
        (
            stored(5_500, 10_000, "55.00"),
            "Dibandingkan dengan Juni 2025 (55,00%), UCJ turun 2,00 poin persentase; "
            "peserta aktif berkurang 200 orang.",
        ),
        (
            stored(5_300, 10_000, "53.00"),
            "Dibandingkan dengan Juni 2025 (53,00%), UCJ tidak berubah; jumlah peserta aktif tetap.",
        ),
        (
            stored(5_000, 9_000, "55.56"),
            "Dibandingkan dengan Juni 2025 (55,56%), UCJ turun 2,56 poin persentase; "
            "peserta aktif bertambah 300 orang.",
        ),
    ],
)
def test_change_is_told_in_points_and_people(before, sentence):
    first, change = told({FROM: {UCJ: before}, TO: NOW})
    assert first == (
        "Pada September 2025, 5.300 dari 10.000 pekerja di Kota Uji terlindungi sebagai peserta aktif "
        "sehingga UCJ mencapai 53,00%."
    )
    assert change == sentence


def segments(**members):
    return {key_of("COV-02", segment=name): stored(number) for name, number in members.items()}


@pytest.mark.parametrize(
    ("before", "now", "sentence"),
    [
        (
            segments(pu=3_000, bpu=1_700, jakon=10),
            segments(pu=3_400, bpu=1_900, jakon=9),
            "Peserta bertambah paling banyak pada segmen Penerima Upah (400 orang) dan "
            "Bukan Penerima Upah (200 orang).",
        ),
        (segments(pu=1, bpu=1), segments(pu=2), None),
        (segments(pu=1), segments(pu=2), None),
    ],
)
def test_who_moved_the_whole_is_told_where_every_segment_is_known(before, now, sentence):
    figures = {FROM: {UCJ: stored(4_700, 10_000, "47.00"), **before}, TO: {**NOW, **now}}
    movers = [one for one in told(figures) if "paling banyak pada segmen" in one]
    assert movers == ([sentence] if sentence else [])


def test_movers_of_some_regions_are_said_to_be_theirs():
    """Where one region reports a single number for all segments, the segments are no parts of the whole."""
    partial = {
        month: {
            key_of("COV-02", segment=name): stored(number, reported=7, expected=8) for name, number in told
        }
        for month, told in (
            (FROM, (("pu", 3_000), ("bpu", 1_700))),
            (TO, (("pu", 3_400), ("bpu", 1_900))),
        )
    }
    figures = {
        FROM: {UCJ: stored(4_700, 10_000, "47.00", 8, 8), **partial[FROM]},
        TO: {UCJ: stored(5_300, 10_000, "53.00", 8, 8), **partial[TO]},
    }
    assert (
        "Di wilayah yang merinci segmen, peserta bertambah paling banyak pada segmen Penerima Upah (400 "
        "orang) dan Bukan Penerima Upah (200 orang)."
    ) in told(figures)


@pytest.mark.parametrize(
    ("gap", "words"), [(-30, "belum dinilai karena baru 7 dari 8"), (30, "masih diperlukan 30")]
)
def test_no_target_is_called_reached_while_regions_are_missing(gap, words):
    target = {key_of("COV-04", target="daerah"): stored(gap, None, None, 7, 8)}
    figures = {TO: {UCJ: stored(5_300, 10_000, "53.00", 7, 8), **target}}
    (said,) = [
        one for one in told(figures, [("daerah", 2025, Number(Decimal(52), Kind.PERCENT))]) if "arget" in one
    ]
    assert words in said


def test_a_fall_names_who_fell():
    figures = {
        FROM: {UCJ: stored(5_500, 10_000, "55.00"), **segments(pu=3_000, bpu=2_500)},
        TO: {**NOW, **segments(pu=3_050, bpu=2_250)},
    }
    assert "Peserta berkurang paling banyak pada segmen Bukan Penerima Upah (250 orang)." in told(figures)


def test_what_is_missing_is_said():
    assert told({TO: NOW})[1] == (
        "Perubahan sejak Juni 2025 tidak disebut karena UCJ bulan itu tidak ada atau belum ditutup."
    )
    assert told({}) == [
        "UCJ Kota Uji bulan September 2025 belum dapat dihitung karena "
        "peserta aktif atau jumlah pekerja belum dilaporkan."
    ]
    part = told({TO: {UCJ: stored(1, 2, "50.00", 9, 10)}})
    assert part[-1] == "Angka September 2025 baru mencakup 9 dari 10 wilayah; wilayah lainnya belum melapor."


@pytest.mark.parametrize(
    ("gap", "sentence"),
    [
        (200, "Untuk mencapai target daerah tahun 2025 (55,00%) masih diperlukan 200 peserta."),
        (0, "Target daerah tahun 2025 (55,00%) tepat tercapai."),
        (-17, "Target daerah tahun 2025 (55,00%) telah tercapai dan terlampaui 17 orang."),
    ],
)
def test_targets(gap, sentence):
    figures = {TO: {**NOW, key_of("COV-04", target="daerah"): stored(gap, 10_000)}}
    assert told(figures, [("daerah", 2025, Number(Decimal("55.00"), Kind.PERCENT))])[-1] == sentence


def test_in_december_a_target_is_missed_and_nothing_more_can_be_done():
    figures = {"2025-12": {**NOW, key_of("COV-04", target="daerah"): stored(200, 10_000)}}
    book = FigureBook({("36.72", month): values for month, values in figures.items()}, {})
    quarter = PackPlace("36.72", "Kota Uji", Period(PeriodKind.QUARTER, date(2025, 10, 1)), book)
    percents = [("daerah", 2025, Number(Decimal("55.00"), Kind.PERCENT))]
    sentences = [one.text.replace("\u00a0", " ") for one in of_place(quarter, percents)]
    assert sentences[-1] == "Target daerah tahun 2025 (55,00%) tidak tercapai, kurang 200 peserta."


@pytest.mark.parametrize(
    ("came", "went", "left", "sentence"),
    [
        (
            500,
            200,
            300,
            f"{SINCE} berjumlah Rp500 dan klaim yang dibayarkan berjumlah Rp200; "
            "iuran melebihi klaim sebesar Rp300.",
        ),
        (
            200,
            500,
            -300,
            f"{SINCE} berjumlah Rp200 dan klaim yang dibayarkan berjumlah Rp500; "
            "klaim melebihi iuran sebesar Rp300.",
        ),
        (5, 5, 0, f"{SINCE} berjumlah Rp5 dan klaim yang dibayarkan berjumlah Rp5; keduanya sama."),
        (5, None, None, "Saldo iuran dan klaim belum dapat dihitung, karena klaim belum dilaporkan."),
    ],
)
def test_money(came, went, left, sentence):
    amounts = {"BAL-01": came, "BAL-02": went, "BAL-03": left}
    money = {key_of(code): stored(amount) for code, amount in amounts.items() if amount is not None}
    assert told({TO: {**NOW, **money}})[-1] == sentence


def test_rank_names_the_ends_and_the_silent():
    rates = {"36.01": "26.44", "36.02": "48.14", "36.03": None}
    below = [
        place({TO: {UCJ: stored(1, 2, rate)}} if rate else {}, code, f"Wilayah {code}")
        for code, rate in rates.items()
    ]
    assert [one.text.replace("\u00a0", " ") for one in of_rank(below)] == [
        "UCJ tertinggi adalah 48,14% di Wilayah 36.02 dan yang terendah 26,44% di Wilayah 36.01, "
        "dengan selisih 21,70 poin persentase.",
        "1 dari 3 wilayah belum melapor.",
    ]


def test_a_flow_without_the_month_before_is_unknown_and_from_january_it_is_the_sum():
    money = {key_of("BAL-01"): stored(500)}
    assert balance(place({TO: money})).rows[0][1].value is None
    assert balance(place({FROM: {key_of("BAL-01"): stored(200)}, TO: money})).rows[0][1].value == 300
    year = PackPlace("36.72", "Kota Uji", Period(PeriodKind.SEMESTER, date(2025, 1, 1)), place({}).book)
    half = PackPlace(year.code, year.label, year.period, FigureBook({("36.72", "2025-06"): money}, {}))
    assert balance(half).rows[0][1].value == 500


def test_a_balance_of_other_regions_than_before_has_no_flow():
    """Its contributions may have come long ago, from a region that has just reported its claims."""
    for code, line, flow in (("BAL-03", 2, None), ("CON-03", 4, None), ("BAL-01", 0, 300)):
        months = {
            FROM: {key_of(code): stored(200, None, None, 4, 8)},
            TO: {key_of(code): stored(500, None, None, 5, 8)},
        }
        period, since_january = balance(place(months)).rows[line][1:3]
        assert (period.value, since_january.value) == (flow, 500)


def test_without_names_is_the_difference_of_its_row_or_empty():
    """330 names and 18.280 people of more regions do not differ by the 1.010 of the regions that have "
    "both."""
    people, named, unnamed = (
        key_of(code, category="nelayan", funding="apbd_kota") for code in ("CAT-01", "CAT-03", "CAT-04")
    )
    for reported, difference in ((1_340, 1_010), (18_280, None)):
        figures = {people: stored(reported), named: stored(330), unnamed: stored(1_010)}
        row = categories(place({TO: figures})).rows[0]
        assert [cell.value for cell in row[2:5]] == [reported, 330, difference]


@pytest.mark.parametrize(
    ("key", "label", "last"),
    [
        ("month-2025-07", "Juli 2025", date(2025, 7, 1)),
        ("quarter-2025-10", "Triwulan IV Tahun 2025", date(2025, 12, 1)),
        ("semester-2025-07", "Semester II Tahun 2025", date(2025, 12, 1)),
        ("year-2025-01", "Tahun 2025", date(2025, 12, 1)),
    ],
)
def test_periods(key, label, last):
    period = parse_period(key)
    assert (period.key, period.label, period.last) == (key, label, last)
    assert period_of(period.kind, last) == period


@pytest.mark.parametrize("key", ["quarter-2025-08", "week-2025-01", "quarter", "", "year-2025-07", "month-x"])
def test_what_is_no_period(key):
    with pytest.raises(ValueError):  # noqa: PT011 (any that says it cannot be read)
        parse_period(key)
