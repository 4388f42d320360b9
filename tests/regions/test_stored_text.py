"""Stored text in the language of the reader."""

import pytest
from django.utils.translation import override

from regions.stored_text import retold, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Kader", "Community volunteers (kader)"),
        ("Kader penggerak literasi", "Kader penggerak literasi"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_text_of_the_tables_is_shown_in_english_and_another_as_it_was_typed(text, expected):
    with override("en"):
        assert shown(text) == expected
    assert shown(text) == (text or "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "UCJ: peserta aktif semua segmen dibagi penyebut resmi; penyebut: angkatan kerja 2025; "
            "belum dilaporkan: PU; tanpa Jakon, PMI yang setahun ini tidak dilaporkan",
            "UCJ: active members of all segments divided by the official denominator; "
            "denominator: labour force 2025; not yet reported: PU; without Jakon, PMI, "
            "not reported in a year",
        ),
        (
            "Iuran terutang; kas: dibayar 01-01-2025 s.d. 31-07-2025, semua sumber dana",
            "Contributions due; cash basis: paid 01-01-2025 to 31-07-2025, all funding sources",
        ),
        # A sentence with a semicolon of its own, and numbers.
        (
            "Tenaga kerja terdaftar pada pemberi kerja; "
            "1.280 dari 2.600 pemberi kerja; sisanya belum diketahui",
            "Workers registered by employers; 1,280 of 2,600 employers; the rest is unknown",
        ),
        (
            "Selisih iuran per bulan dan sumber dana; Juli 2025",
            "Contribution difference by month and funding source; July 2025",
        ),
        (
            "Kekurangan terhadap target; Target daerah 2025: 32,5 % (Kota Cilegon)",
            "Shortfall against target; Regional target 2025: 32.5 % (Kota Cilegon)",
        ),
        # Named by somebody.
        (
            "UCJ Cilegon, hanya BPU; penyebut: penduduk bekerja 2024",
            "UCJ Cilegon, hanya BPU; denominator: employed population 2024",
        ),
        ("bulan laporan 2026-09", "reporting month 2026-09"),
        ("jumlah peserta aktif #12", "number of active members #12"),
        ("berkas Iuran #1", "file Contributions #1"),
        ("wayan", "wayan"),
        ("anton: Kepala Cabang", "anton: Branch head"),
        ("", ""),
        (None, ""),
    ],
)
def test_what_was_put_together_is_told_in_english(text, expected):
    with override("en"):
        assert retold(text) == expected
    assert retold(text) == (text or "")
