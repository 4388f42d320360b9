"""How well figures are read out of sentences, and every sum in them: `-s` prints precision and recall."""

import sys
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.terbilang import terbilang
from reports.statements.arithmetic import sums_in
from reports.statements.reading import read
from reports.statements.verdicts import UNKNOWN, VERDICTS
from tests.reports.statements.names import NAMES
from tests.reports.statements.sentences import SENTENCES, of_set

ON = date(2024, 8, 22)


def figures_of(text):
    return [(figure.value, figure.unit) for figure in read(text, ON, NAMES).figures]


def verdicts_of(text):
    return sorted(one.verdict for one in sums_in(read(text, ON, NAMES)) if one.verdict != UNKNOWN)


@pytest.mark.parametrize(("text", "figures", "sums"), SENTENCES)
def test_every_figure_with_its_unit_and_every_sum(text, figures, sums):
    assert Counter(figures_of(text)) == Counter(figures)
    assert verdicts_of(text) == sorted(sums)


@pytest.mark.parametrize("name", ["forty", "wordings", "later"])
def test_precision_and_recall(name):
    sentences = of_set(name)
    found = wanted = right = 0
    for text, figures, _sums in sentences:
        rest = figures_of(text)
        found += len(rest)
        wanted += len(figures)
        for value, unit in figures:
            if (Decimal(str(value)), unit) in rest:
                rest.remove((Decimal(str(value)), unit))
                right += 1
    told = f"precision {right / found:.3f}, recall {right / wanted:.3f} of {wanted} figures"
    sys.stdout.write(f"{len(sentences)} sentences: {told}\n")
    assert (right / found, right / wanted) == (1, 1)


@given(st.integers(11, 10**12))
def test_one_number_in_many_spellings(number):
    grouped = f"{number:,}".replace(",", ".")
    spellings = (grouped, f"Rp{grouped}", f"Rp {grouped},-", f"Rp.{grouped},00", terbilang(number))
    for spelling in spellings:
        figures = read(f"Sebanyak {spelling} dicatat", ON).figures
        assert [figure.value for figure in figures] == [number], spelling


@given(
    st.decimals(min_value="0.1", max_value=999, places=1),
    st.sampled_from([("ribu", 3), ("juta", 6), ("miliar", 9), ("jt", 6), ("M", 9), ("triliun", 12)]),
)
def test_a_rounded_amount_holds_all_that_round_to_it(value, power):
    word, zeros = power
    (figure,) = read(f"Anggaran Rp{str(value).replace('.', ',')} {word} dibayar", ON).figures
    assert figure.value == value * 10**zeros
    assert figure.interval.holds(figure.value + Decimal("0.04") * 10**zeros)
    assert not figure.interval.holds(figure.value + Decimal("0.06") * 10**zeros)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=200))
def test_no_text_is_too_odd_and_no_digit_is_lost(text):
    reading = read(text, ON, NAMES)
    sums_in(reading)
    told = [(one.start, one.end) for one in (*reading.figures, *reading.passed_over)]
    assert all(0 <= start <= end <= len(text) for start, end in told)


_PIECES = (
    "1.528",
    "17,000",
    "9" * 17,
    "0",
    "0,0001",
    "Rp",
    "juta",
    "miliar",
    "persen",
    "%",
    "poin",
    "orang",
    "x",
    "=",
)
_JOINTS = (
    "dari",
    "menjadi",
    "naik",
    "turun",
    "total",
    "sisanya",
    "terdiri atas",
    ",",
    ".",
    "(",
    ")",
    "-",
    "minus",
    "rata-rata",
)


@given(
    st.lists(
        st.sampled_from((*_PIECES, *_JOINTS, "iuran", "klaim", "per orang", "12 bulan", "kali", "setengah")),
        max_size=40,
    )
)
def test_any_order_of_words_and_numbers_is_borne(words):
    reading = read(" ".join(words), ON, NAMES)
    assert all(one.verdict in VERDICTS for one in sums_in(reading))


@pytest.mark.parametrize(
    ("said", "inside", "outside"),
    [
        ("200 juta lebih", [200_000_000, 299_999_999], [199_999_999, 300_000_000]),
        ("sekitar 6.207 orang", [6_207], [6_164]),
        ("sekitar 6.000 orang", [5_700, 6_300], [5_699, 6_301]),
        ("hampir 40 ribu orang", [36_000, 39_999], [40_000, 35_999]),
        ("lebih dari 17.000 orang", [17_001, 90_000], [17_000]),
        ("minimal 10 orang", [10, 11], [9]),
        ("kurang dari 5 persen", [4], [5]),
        ("13,7 miliar", [13_650_000_000, 13_749_999_999], [13_800_000_000]),
        ("17.000 orang", [17_000], [17_001]),
        ("puluhan ribu nelayan", [20_000, 99_999], [100_000]),
    ],
)
def test_words_make_a_number_a_stretch(said, inside, outside):
    (figure,) = read(f"Disebut {said}.", ON).figures
    assert [figure.interval.holds(Decimal(value)) for value in (*inside, *outside)] == [
        *(True for _ in inside),
        *(False for _ in outside),
    ]


def test_an_english_comma_is_read_and_told_as_doubtful():
    (english,) = read("Sebanyak 17,000 pekerja.", ON).figures
    (house,) = read("Sebanyak 17.000 pekerja.", ON).figures
    assert (english.value, english.is_doubtful, house.is_doubtful) == (17_000, True, False)


@pytest.mark.parametrize(
    "text",
    [
        "Instruksi Presiden Nomor 2 Tahun 2021",
        "UU 24/2011 Pasal 17 ayat (2) huruf b",
        "Kamis (22/08/2024) pukul 09.30 WIB",
        "30 September 2025, triwulan III 2025, TA 2021/2022",
        "HUT ke-75, angkatan 90, peringkat 3",
        "Telepon (0254) 391234 atau 0812-3456-7890",
        "NIK 3672011234567890",
        "usia 17–65 tahun",
        "salah satunya, kedua, pertama",
    ],
)
def test_what_counts_nothing_is_passed_over_with_a_reason(text):
    reading = read(text, ON, NAMES)
    assert [figure.text for figure in reading.figures] == []
    assert all(one.why for one in reading.passed_over)


def test_a_per_cent_of_a_change_is_no_share_of_the_sentence_behind_it():
    text = (
        "Cakupan 53 persen, naik 6 persen dari tahun lalu yang 47 persen. "
        "Sebanyak 300 pekerja dilindungi, terdiri dari 100 kader dan 200 nelayan."
    )
    sums = [one.shown for one in sums_in(read(text, ON, NAMES))]
    assert len(sums) == 2
    assert "100 + 200 = 300" in " ".join(sums)
    assert not any("300 / 100" in one for one in sums)


def test_so_many_among_them_are_a_share_of_the_number_before():
    text = "Tercatat 1.024.000 tenaga kerja, 512.000 di antaranya (50%) sudah menjadi peserta."
    assert [one.shown for one in sums_in(read(text, ON, NAMES))] == [
        "512.000 / 1.024.000 = 50 persen; = 50 persen"
    ]


def shown_of(text):
    return [one.shown for one in sums_in(read(text, ON, NAMES))]


def test_a_sum_beside_its_parts_is_theirs_and_not_that_of_the_sentence_before():
    text = (
        "Peserta aktif mencapai 91.346 orang atau 52,2 persen dari 174.897 pekerja. Yang dilindungi terdiri "
        "atas 2.650 kader, 1.528 ketua RT/RW, dan 1.593 anggota Linmas, seluruhnya 5.871 orang."
    )
    assert any(one.startswith("2.650 + 1.528 + 1.593 = 5.771; ≠ 5.871") for one in shown_of(text))
    assert not any("≠ 174.897" in one for one in shown_of(text))


def test_a_share_of_a_sentence_is_no_gap_to_the_one_before():
    text = (
        "300 nelayan dan 200 kader, total 500 orang, sudah terlindungi. "
        "Dari 1.000 pekerja, 250 orang atau 30 persen belum terlindungi."
    )
    assert shown_of(text)[0] == "300 + 200 = 500; = 500"
    assert not any("1.000 − 500" in one for one in shown_of(text))
    assert any("250 / 1.000 = 25 persen; ≠ 30 persen" in one for one in shown_of(text))
