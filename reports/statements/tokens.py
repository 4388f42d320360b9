"""Numbers of a text, in figures, in words and as shares, before anything is known of what they count."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from reports.statements.digits import digit_numbers
from reports.statements.figure import PERSENT, TIMES
from reports.statements.number_words import POWERS, WordedNumber, small_word, worded_numbers

_SHARES = {
    **{"setengah": (1, 2), "separuh": (1, 2), "separo": (1, 2), "sepertiga": (1, 3), "seperempat": (1, 4)},
    **{"seperlima": (1, 5), "sepersepuluh": (1, 10), "dua pertiga": (2, 3), "tiga perempat": (3, 4)},
    **{"dua perlima": (2, 5), "tiga perlima": (3, 5), "empat perlima": (4, 5)},
}
_SHARE = re.compile(
    (
        rf"\b({'|'.join(sorted(_SHARES, key=len, reverse=True))})(?:nya)?\b(?! (?:ribu|juta"
        rf"|miliar|hati|jam|bulan|tahun|hari)| dari itu)"
    ),
    re.IGNORECASE,
)
_FRACTION = re.compile(r"(?<![\w./,])([1-9])/([2-9]|10)(?![\w./])(?= (?:dari|pekerja|jumlah|penduduk))")
_OF = re.compile(
    (
        r"(?<![\w.,])(\d|10|satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan)"
        r" (?:orang )?(?:dari|di antara) (?:setiap |tiap )?(\d|10|dua|tiga|empat"
        r"|lima|enam|tujuh|delapan|sembilan|sepuluh) (?=orang|pekerja|warga|penduduk"
        r"|nelayan|petani|buruh|peserta)"
    ),
    re.IGNORECASE,
)
_COMMA = re.compile(r"(?<![\w.,])(\d{1,3}) koma (\d{1,2}|[a-z]+)\b", re.IGNORECASE)
_RATIO = re.compile(r"(?<![\w.,])(\d{1,3}) banding (\d{1,3})(?![\w.,]\d)", re.IGNORECASE)
_TENS = re.compile(r"\b(belasan|puluhan|ratusan)(?: (ribu|juta|miliar|triliun))?\b", re.IGNORECASE)
_TIMES = {"belasan": (11, 20), "puluhan": (20, 100), "ratusan": (100, 1000)}
_FOLDED = re.compile(r"\b(dua|tiga|empat|lima|sepuluh) kali\b", re.IGNORECASE)
_COUNTED_WORD = re.compile(
    (
        r"(?: dari(?: (?:\d[\d.]*|\w+(?: (?:belas|puluh|ratus)(?: \w+)?)?))?)?"
        r" (?:orang|jiwa|pekerja|peserta|kasus|bulan|desa|kelurahan|kecamatan|kabupaten"
        r"|kota|provinsi|persen|poin|perusahaan|opd|program|kategori|dinas"
        r"|lembaga|kementerian|badan usaha|rupiah|klaim|kali|tahun|hari|nelayan|petani"
        r"|kader|guru|ahli waris|tenaga|pegawai|perangkat|anggota|bumd|bumdes|kelompok"
        r"|masjid|sekolah|bupati|gubernur|wali kota|camat|lurah|unit|paket|proyek"
        r"|keluarga|anak|petugas|marbot|buruh|warga)\b"
    ),
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Token:
    start: int
    end: int
    value: Decimal
    step: Decimal
    has_power: bool = False
    is_about: bool = False
    is_doubtful: bool = False
    # Known already: a share is percent.
    unit: str = ""
    # Until where it may be, for `puluhan ribu`.
    before: Decimal | None = None


def tokens_of(text: str) -> list[Token]:
    """In order, none over another."""
    found: list[Token] = []
    for token in (
        *_of(text),
        *_ratios(text),
        *_commas(text),
        *_shares(text),
        *_tens(text),
        *_worded(text),
        *_digits(text),
    ):
        if not any(one.start < token.end and token.start < one.end for one in found):
            found.append(token)
    return sorted(found, key=lambda one: one.start)


def _digits(text: str) -> Iterator[Token]:
    for one in digit_numbers(text):
        yield Token(one.start, one.end, one.value, one.step, one.has_power, one.is_about, one.is_doubtful)


def _worded(text: str) -> Iterator[Token]:
    for one in worded_numbers(text):
        if one.words > 1 or one.value >= 11 or _is_counted(text, one):
            yield Token(one.start, one.end, one.value, one.step, one.step >= 1000)


def _is_counted(text: str, one: WordedNumber) -> bool:
    """`dua` alone is a figure before a noun that is counted: `dua desa`, not `satu di antaranya`."""
    return bool(_COUNTED_WORD.match(text, one.end))


def _shares(text: str) -> Iterator[Token]:
    for match in _SHARE.finditer(text):
        part, whole = _SHARES[match[1].lower()]
        yield _percent(match.start(), match.end(), part, whole)
    for match in _FRACTION.finditer(text):
        if int(match[1]) < int(match[2]):
            yield _percent(match.start(), match.end(), int(match[1]), int(match[2]))


def _of(text: str) -> Iterator[Token]:
    """`satu dari tiga pekerja`, `3 dari 10 orang`: a share, not two counts."""
    for match in _OF.finditer(text):
        part, whole = (int(one) if one.isdigit() else small_word(one) or 0 for one in match.groups())
        if 0 < part < whole:
            yield _percent(match.start(), match.end() - 1, part, whole)


def _commas(text: str) -> Iterator[Token]:
    """`53 koma 4 persen`."""
    for match in _COMMA.finditer(text):
        rest = match[2] if match[2].isdigit() else str(small_word(match[2]) or 0)
        yield Token(match.start(), match.end(), Decimal(f"{match[1]}.{rest}"), Decimal(1).scaleb(-len(rest)))


def _ratios(text: str) -> Iterator[Token]:
    """`3 banding 1`."""
    for match in _RATIO.finditer(text):
        value = Decimal(match[1]) / Decimal(match[2]) if int(match[2]) else Decimal(match[1])
        yield Token(match.start(), match.end(), value, Decimal(1), unit="rasio")


def _percent(start: int, end: int, part: int, whole: int) -> Token:
    share = (Decimal(part) * 100 / whole).quantize(Decimal("0.01")).normalize()
    return Token(start, end, share, Decimal(1), True, unit=PERSENT)


def _tens(text: str) -> Iterator[Token]:
    for match in _TENS.finditer(text):
        power = POWERS[match[2].lower()] if match[2] else 1
        low, high = _TIMES[match[1].lower()]
        yield Token(
            match.start(), match.end(), Decimal(low * power), Decimal(power), before=Decimal(high * power)
        )


def is_times(text: str, token: Token) -> bool:
    return bool(_FOLDED.match(text, token.start)) or token.unit == TIMES
