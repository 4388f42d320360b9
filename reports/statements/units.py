"""What a number counts, from the nouns around it."""

import re
from dataclasses import dataclass

from reports.statements.figure import CASES, MONTHS, PEOPLE, PERSENT, POINTS, RUPIAH, TIMES

_PEOPLE = (
    "orang|jiwa|pekerja|peserta|tenaga kerja|tenaga|buruh|karyawan|karyawati"
    "|pegawai|nelayan|petani|pekebun|kader|warga"
    "|penduduk|anggota|petugas|guru|ketua|perangkat|aparatur|aparat|honorer"
    "|sopir|supir|pengemudi|tukang|marbot|marbut|merbot"
    "|pedagang|ojek|ahli waris|penerima|lansia|perempuan|laki-laki|pria|wanita"
    "|linmas|satlinmas|kpps|relawan|kepala desa"
    "|kades|non[- ]?asn|asn|pppk|thl|tkk|pemilih|jukir|juru parkir|imam|ustaz"
    "|ustadz|siswa|mahasiswa|atlet|kurir|pelaku"
    "|peternak|pendamping|pengurus|staf|operator|penggali|pemulung|pengrajin"
    "|perajin|pembantu|asisten|porter|kuli|menteri"
    "|kepala badan|gubernur|bupati|wali kota|walikota|camat|lurah|agen|perisai"
    "|personel|penyuluh|pengawas|bidan|perawat"
    "|tagana|opang|ojol|hansip|veteran|difabel|disabilitas|magang|narapidana"
    "|napi|korban|almarhum|penyandang|rt|rw|rt/rw|ppk"
    "|pps|panwascam|ptps|pkd|pensiunan|santri|kiai|da'i|penghafal|amil|pemangku"
    "|pinandita|modin|bilal|khatib|pendeta|pastor"
    "|angkatan kerja|usia kerja|pencari kerja|keluarga penerima|calon|pendaftar"
    "|individu|insan|abk|umkm|adhoc|ad hoc|badan ad hoc|pkl"
)
_OTHERS = {
    "desa": "desa",
    "kelurahan": "kelurahan",
    "kecamatan": "kecamatan",
    "kabupaten/kota": "kabupaten/kota",
    "kabupaten": "kabupaten",
    "kota": "kota",
    "provinsi": "provinsi",
    "nagari": "desa",
    "pemerintah daerah": "daerah",
    "daerah": "daerah",
    "pemda": "daerah",
    "perusahaan": "perusahaan",
    "badan usaha": "perusahaan",
    "pemberi kerja": "perusahaan",
    "pelaku usaha": "perusahaan",
    "opd": "OPD",
    "perangkat daerah": "OPD",
    "dinas": "OPD",
    "kementerian": "kementerian",
    "lembaga": "lembaga",
    "instansi": "lembaga",
    "bumdes": "BUMDes",
    "bumd": "BUMD",
    "proyek": "paket",
    "paket": "paket",
    "program": "program",
    "keluarga": "keluarga",
    "kk": "keluarga",
    "rumah tangga": "keluarga",
    "kegiatan": "kegiatan",
    "sekolah": "sekolah",
    "masjid": "masjid",
    "kantor": "kantor",
    "cabang": "kantor",
    "anak": "orang",
    "kategori": "kategori",
    "kelompok": "kelompok",
    "tahun": "tahun",
    "thn": "tahun",
    "hari": "hari",
    "minggu": "minggu",
    "pekan": "minggu",
    "hektare": "hektare",
    "hektar": "hektare",
    "ha": "hektare",
    "tps": "TPS",
    "kartu": "kartu",
    "titik": "titik",
    "unit": "unit",
    "berkas": "berkas",
    "kilometer": "km",
    "km": "km",
    "dolar": "dolar",
    "regulasi": "peraturan",
    "peraturan": "peraturan",
    "perda": "peraturan",
    "perkara": "perkara",
    "wilayah": "wilayah",
    "negara": "negara",
}
_UNITS: tuple[tuple[str, str], ...] = (
    (
        r"(?:%|persen|prosen|pct)[ -]?(?:poin|point)|poin(?: persentase| persen)?|point(?: persen)?|pp\b",
        POINTS,
    ),
    (r"%|persen|prosen|pct", PERSENT),
    (r"rupiah|idr", RUPIAH),
    (r"kali(?: lipat)?", TIMES),
    (r"orang[- ]bulan", "orang-bulan"),
    (r"kasus|klaim|kejadian|kecelakaan|pengajuan", CASES),
    (r"bulan|bln", MONTHS),
    *((re.escape(word), unit) for word, unit in sorted(_OTHERS.items(), key=lambda one: -len(one[0]))),
    (_PEOPLE, PEOPLE),
)
_PLACES = {"desa", "kelurahan", "kecamatan", "kabupaten", "kota", "provinsi", "daerah"}
_COMPILED = tuple(
    (re.compile(rf"(?:{words})(?:nya)?(?![\w])", re.IGNORECASE), unit) for words, unit in _UNITS
)
# Words that may stand between a number and its noun.
_BETWEEN = re.compile(
    r"(?:\s+(?:lebih|orang|ribuan|jutaan|para|jumlah|lainnya|lain|total|unsur"
    r"|se-?\w+|non|formal|informal|calon|bagi|untuk|rekening|buah"
    r"|warga|di|antaranya|adalah|merupakan|sebagai|berasal|dari|kalangan|yang|sudah|telah|aktif|baru))*\s*",
    re.IGNORECASE,
)
_STOP = re.compile(
    (
        r"[,;:()\"]|\b(?:dari|menjadi|dan|atau|yang|dengan|pada|untuk|atas|per|oleh"
        r"|karena|sehingga|dibanding\w*|naik|turun|termasuk|selama)\b|\d|\x00"
    ),
    re.IGNORECASE,
)
_DONE = re.compile(
    (
        r" (?:(?:yang|sudah|telah|baru|belum|masih) )+(?:terdaftar|terlindungi|tercover"
        r"|didaftarkan|menjadi peserta|dilindungi|dibiayai|ditanggung)\b"
    ),
    re.IGNORECASE,
)
_PER = re.compile(
    r"\s*(?:,|\()?\s*(?:(?:/|\bper[- ]?|\bsetiap |\btiap(?:-tiap)? |\bmasing-masing"
    r" )(?P<word>orang|pekerja|peserta|jiwa|anggota|bulan|tahun|hari|kasus|desa"
    r"|kepala|bln|thn|org|kk|kader|nelayan|petani|buruh|guru|petugas|pegawai|warga)"
    r"|(?P<se>sebulan|setahun|sehari|seorang|bulanan|tahunan))\b",
    re.IGNORECASE,
)
_PER_UNITS = {
    **dict.fromkeys(("orang", "pekerja", "peserta", "jiwa", "anggota", "kepala", "seorang", "org"), PEOPLE),
    **dict.fromkeys(("kader", "nelayan", "petani", "buruh", "guru", "petugas", "pegawai", "warga"), PEOPLE),
    **dict.fromkeys(("bulan", "sebulan", "bulanan", "bln"), MONTHS),
    **dict.fromkeys(("tahun", "setahun", "tahunan", "thn"), "tahun"),
    **dict.fromkeys(("hari", "sehari"), "hari"),
    **{"kasus": CASES, "desa": "desa", "kk": "keluarga"},
}


@dataclass(frozen=True)
class FoundUnit:
    unit: str
    # Where the unit ends that touches the number; the number's own end where it stands further away.
    end: int
    # How many signs lie between.
    distance: int


def unit_after(text: str, end: int, people_terms: re.Pattern[str] | None) -> FoundUnit | None:
    """The noun that follows: at once, behind a few small words, or later in the clause."""
    touching = re.compile(r"[ -]?").match(text, end)
    place = touching.end() if touching else end
    if found := _at(text, place, people_terms):
        return FoundUnit(found[0], found[1], 0)
    if _DONE.match(text, end):
        return FoundUnit(PEOPLE, end, 1)
    between = _BETWEEN.match(text, end)
    if between and between.end() > place and (found := _at(text, between.end(), people_terms)):
        is_whereabouts = re.search(r"\b(?:dari|di)\b", between.group(), re.IGNORECASE)
        if not (found[0] in _PLACES and is_whereabouts):
            return FoundUnit(found[0], end, between.end() - end)
    clause = _clause(text, end)
    for word in re.finditer(r"(?<!\w)\w", clause):
        if found := _at(text, end + word.start(), people_terms):
            return FoundUnit(found[0], end, word.start())
    return None


def unit_before(clause: str, people_terms: re.Pattern[str] | None) -> str:
    """The last noun of what stands before, not far away: `kader 2.650`, `jumlah peserta mencapai 17.000`."""
    near = clause[-60:]
    best, where = "", -1
    for word in re.finditer(r"(?<![\w])\w", near):
        found = _at(near, word.start(), people_terms)
        if found and word.start() >= where and found[0] in {PEOPLE, CASES, "desa", "perusahaan", "kecamatan"}:
            best, where = found[0], found[1]
    return best


def rate_after(text: str, end: int) -> tuple[tuple[str, ...], int]:
    """`per orang per bulan` behind an amount, and where it ends."""
    found: list[str] = []
    while match := _PER.match(text, end):
        found.append(_PER_UNITS[(match["word"] or match["se"]).lower()])
        end = match.end()
    return tuple(found), end


def _at(text: str, place: int, people_terms: re.Pattern[str] | None) -> tuple[str, int] | None:
    if people_terms is not None and (match := people_terms.match(text, place)):
        return PEOPLE, match.end()
    for rule, unit in _COMPILED:
        if match := rule.match(text, place):
            return unit, match.end()
    return None


def _clause(text: str, end: int) -> str:
    stop = _STOP.search(text, end)
    return text[end : min(stop.start() if stop else len(text), end + 45)]
