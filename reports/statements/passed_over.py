"""Digits and words that count nothing: numbers of laws, days, years, clocks, telephones, ages, ordinals."""

import re
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MONTHS = (
    "januari|februari|pebruari|maret|april|mei|juni|juli|agustus|september|oktober|november|nopember|desember"
    "|january|february|march|may|june|july|august|october|december|jan|feb|mar|apr|jun|jul|agu|agt|ags|sept?"
    "|okt|nov|nop|des"
)
_LAWS = (
    r"undang-undang|uu|pp|perpres|keppres|inpres|inmendagri|permendagri|permenaker"
    r"|permenkes|pmk|permen|kepmen"
    r"|kepmendagri|pergub|perbup|perwal|perwali|kepgub|kepbup|kepwal|ingub|inbup"
    r"|inwal|perda|qanun|perdes|se|sk"
    r"|surat edaran|surat keputusan|instruksi presiden|instruksi bupati|instruksi gubernur"
    r"|instruksi wali ?kota|peraturan pemerintah|peraturan presiden|peraturan daerah|peraturan menteri"
    r"|peraturan bupati|peraturan wali ?kota|peraturan gubernur|perjanjian kerja sama|mou|pks"
)
_SMALL = r"(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|sepuluh|sebelas)"
_ROMAN = r"(?=[ivx])(?:x{0,3})(?:ix|iv|v?i{0,3})"
_AMOUNT_CUES = (
    r"(?:sebanyak|sejumlah|ada|total|jumlah|mencapai|sebesar|kepada|bagi|melindungi|terdapat|berjumlah)"
)
_RULES: tuple[tuple[str, str | Promise], ...] = (
    # Longer than any amount of rupiah with its points.
    (r"(?<![\d.,])\d[\d.,]{27,}|\d[.,]\d{7,}", _("terlalu panjang untuk sebuah angka")),
    (r"https?://\S+|www\.\S+|\b[\w.]+@[\w.]+\.\w+", _("alamat situs atau surel")),
    (
        r"(?:\b(?:no|nomor|nomer)\b\.? ?(?:tahun )?)\d[\w./-]*(?:(?: ?/ ?| tahun (?:tahun )?)\d{4})?",
        _("nomor surat atau peraturan"),
    ),
    (
        rf"\b(?:{_LAWS})\b(?: (?:republik indonesia|ri|kab(?:upaten)?\.? \w+|kota \w+|[a-z]+))?(?: \(\w+\))? "
        r"\d{1,3}(?: ?/ ?(?:\w+/)*\d{4}| tahun \d{4}|(?= ?(?:tentang|ttg)\b))",
        _("nomor surat atau peraturan"),
    ),
    (r"\b\d{1,4}/[a-z][\w.-]*(?:/[\w.-]+)+", _("nomor surat atau peraturan")),
    (
        r"\b(?:pasal|ayat|bab|huruf|butir|diktum|lampiran|halaman|hal\.|bagian|paragraf|poin ke-?) ?"
        r"\(?\d+[a-z]?\)?(?:(?:,| dan| sampai(?: dengan)?| s\.d\.|-) ?(?:pasal |ayat"
        r" )?\(?\d+\)?)*(?! (?:orang|persen))",
        _("bagian peraturan"),
    ),
    (
        r"\bpkl\.? ?\d{1,2}[.:]\d{2}"
        r"|\b(?:pukul|jam) ?\d{1,2}(?:[.:]\d{2})?(?: ?(?:-|sampai|hingga|s\.d\.) ?\d{1,2}[.:]\d{2})?",
        _("jam"),
    ),
    (r"(?<![\d.,])\d{1,3} ?(?:jam|menit|detik)\b(?! kerja)", _("jam")),
    (r"\b\d{1,2}[.:]\d{2}(?::\d{2})? ?(?:wib|wita|wit)\b|\b\d{1,2}:\d{2}(?::\d{2})?\b", _("jam")),
    (
        (
            rf"(?:\btanggal |\btgl\.? )?\b\d{{1,2}}(?: ?(?:-|sampai|hingga|s\.d\.|dan)"
            rf" ?\d{{1,2}})? (?:{MONTHS})\b\.?(?:,? \d{{4}})?"
        ),
        _("tanggal"),
    ),
    (rf"\b(?:{MONTHS})\b\.? (?:\d{{1,2}}, )?\d{{4}}(?: ?- ?(?:(?:{MONTHS}) )?\d{{4}})?\b", _("tanggal")),
    (r"\b\d{1,2}[/-]\d{1,2}[/-]\d{2,4}\b|\b\d{4}-\d{2}-\d{2}\b|\(\d{1,2}/\d{1,2}\)", _("tanggal")),
    (r"\b(?:tanggal|tgl\.?) \d{1,2}\b", _("tanggal")),
    (r"\b(?:19|20)\d{2} ?(?:/|-|s\.d\.|sampai(?: dengan)?|hingga) ?(?:(?:19|20)\d{2})\b", _("tahun")),
    (
        r"\b(?:triwulan|tw\.?|kuartal|semester|tahap|termin|catur wulan|q) ?-?(?:ke-? ?)?(?:\d\b|"
        + _ROMAN
        + r"\b)(?:[ /]+(?:tahun )?\d{4})?",
        _("bagian tahun"),
    ),
    (
        r"\b(?:triwulan|kuartal|semester) (?:pertama|kedua|ketiga|keempat)(?: (?:tahun )?\d{4})?",
        _("bagian tahun"),
    ),
    (
        (
            r"\b(?:per )?(?:tahun|thn\.?|ta\.?|t\.a\.|tahun anggaran|apbd(?:-p)?|apbn"
            r"|pemilu|pilkada|rpjmd?n?|rkpd?|angkatan|awal|akhir|musim|edisi) (?:anggaran"
            r" |pelajaran )?(?:19|20)\d{2}(?:(?:,| dan|-) ?(?:19|20)\d{2})*(?![.,]?\d)"
        ),
        _("tahun"),
    ),
    (
        (
            r"(?<![\d.,/])(?:\+62|62|0)[ -]?8\d{1,3}(?:[ -]?\d{3,5}){2,3}\b|\(0\d{2,3}\)"
            r" ?\d{5,8}|\b0\d{2,3}-\d{6,8}\b"
        ),
        _("nomor telepon"),
    ),
    (
        r"\b(?:telepon|telp\.?|hp|wa|whatsapp|call center|kontak|fax|faks) ?:? ?\(?\+?\d[\d ()-]{2,}\d",
        _("nomor telepon"),
    ),
    (
        r"\b(?:call cent(?:er|re)|hotline|pusat layanan|nomor layanan|layanan masyarakat)"
        r"(?: [a-z]+){0,2} ?:? ?\d{3,}",
        _("nomor telepon"),
    ),
    (
        r"(?<![\d.,])\d{16}(?!\d)|\b(?:nik|kpj|npwp|rekening|nip) ?(?:nomor|no\.)?:? ?[\d. -]{6,}\d",
        _("nomor induk atau rekening"),
    ),
    (
        (
            r"\b(?:rt|rw) ?\d{1,3}(?:/(?:rw ?)?\d{1,3})?(?! ?(?:orang|[.,]\d))\b(?=["
            r" ,/]*(?:rw|kel|desa|kec|,|\.|$))"
        ),
        _("alamat"),
    ),
    (
        (
            r"\b(?:kode ?pos|kodepos) ?\d{5}|\b(?:jalan|jl\.?|km\.?|gang|gg\.?|blok|lantai"
            r"|kamar) (?:[\w.]+ )?\d+\b"
        ),
        _("alamat"),
    ),
    (
        r"\b(?:ber)?(?:usia|umur)(?:nya)?(?: (?:produktif|kerja|peserta|pekerja|mereka"
        r"|adalah|rata-rata|calon|antara|di atas|di bawah|minimal|maksimal|maksimum"
        r"|paling \w+|lebih dari|kurang dari))* "
        r"\d{1,3}(?: ?(?:-|sampai(?: dengan)?|hingga|s\.d\.|dan) ?\d{1,3})? ?(?:tahun|thn)?\b",
        _("usia"),
    ),
    (r"\(\d{1,2}(?: ?(?:thn|th|tahun))?\)(?=,| )(?! ?(?:orang|persen))|(?<=, )\d{2} tahun(?=,)", _("usia")),
    (
        (
            r"\bke-\d{1,3}\b|\b(?:seri|klaster|angkatan|grup|golongan|kelas|tipe|nomor"
            r" urut|peringkat|urutan|rangking|ranking|juara|versi|hut|inpres|kelompok"
            r" risiko|tingkat risiko)(?: ?ke)? ?-? ?\d{1,3}\b(?![.,]\d| ?(?:persen|%))"
        ),
        _("urutan"),
    ),
    (
        rf"\bke(?:{_SMALL}|seratus|seribu) ?(?:belas|puluh(?: {_SMALL})?)?\b(?! ?(?:orang|persen|ribu|juta))",
        _("urutan"),
    ),
    (r"\b\d+(?:st|nd|rd|th)\b", _("urutan")),
    (
        (
            r"\b(?:salah satu(?:nya)?|satu-satunya|satu sama lain|satu pintu|satu atap"
            r"|satu per satu|satu kesatuan|satu data|nomor satu|suatu|bersatu|kesatu)\b"
        ),
        _("bukan bilangan"),
    ),
    (
        r"\b(?:covid-?|pp-|uu-|b|c|f|p|nomor-)\d{1,3}\b(?! ?(?:orang|persen))|\bp3k\b|\bg-?20\b|\bdp3ap2kb\b",
        _("singkatan"),
    ),
    (r"(?m)^ *\d{1,2}[.)](?= \D)", _("nomor urut daftar")),
    (r"(?<=[:;,] )\(?\d{1,2}\)(?= [a-z])", _("nomor urut daftar")),
    (
        (
            r"\b\d+ (?:komentar|comments?|views?|shares?|likes?|menit (?:lalu|yang lalu)"
            r"|jam (?:lalu|yang lalu))\b|\b(?:dibaca|dilihat|pengunjung(?: \w+ ini)?)"
            r" ?: ?\d+"
        ),
        _("hitungan halaman situs"),
    ),
    (r"\btotal pengunjung ?: ?\d+", _("hitungan halaman situs")),
)
_OF_LAWS = (_("nomor surat atau peraturan"), _("bagian peraturan"))
_COMPILED = tuple((re.compile(rule, re.IGNORECASE), why) for rule, why in _RULES)
_YEAR = re.compile(
    r"(?<![\w.,/-])(?:19[5-9]\d|20\d\d|21\d\d)(?![\w]|[.,]\d|/\d|-\d| ?%| persen| ribu| juta| mil)"
)
_COUNTED_YEAR = re.compile(rf"\b{_AMOUNT_CUES} $", re.IGNORECASE)
_COUNTED = re.compile(
    (
        r" (?:orang|pekerja|peserta|jiwa|kasus|perusahaan|nelayan|petani|kader|pegawai"
        r"|buruh|tenaga|anggota|rukun|warga|desa)\b"
    ),
    re.IGNORECASE,
)


@dataclass(frozen=True)
class PassedOver:
    start: int
    end: int
    why: str
    # The number of a law, in which a year is no period.
    is_law: bool = False


def passed_over(text: str) -> list[PassedOver]:
    """What the rules leave out, in order; no two overlap, and the rule named first counts."""
    found: list[PassedOver] = []
    for rule, why in _COMPILED:
        for match in rule.finditer(text):
            if match.group() and not any(
                one.start < match.end() and match.start() < one.end for one in found
            ):
                found.append(PassedOver(match.start(), match.end(), str(why), why in _OF_LAWS))
    for match in _YEAR.finditer(text):
        if _is_year(text, match) and not any(
            one.start < match.end() and match.start() < one.end for one in found
        ):
            found.append(PassedOver(match.start(), match.end(), str(_("tahun"))))
    return sorted(found, key=lambda one: one.start)


def blanked(text: str, spans: list[PassedOver]) -> str:
    """The text with what is passed over made of signs that nothing reads; places stay."""
    signs = list(text)
    for span in spans:
        signs[span.start : span.end] = "\x00" * (span.end - span.start)
    return "".join(signs)


def _is_year(text: str, match: re.Match[str]) -> bool:
    """`sebanyak 2024 pekerja` counts; `pada 2024 pekerja` does not."""
    before, after = text[: match.start()], text[match.end() :]
    if re.search(r"(?:rp\.? ?|idr ?)$", before, re.IGNORECASE):
        return False
    return not (_COUNTED.match(after) and (_COUNTED_YEAR.search(before) or before.strip() == ""))
