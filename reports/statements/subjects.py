"""What a figure is about, from the words of its sentence: the nearest that speak of such a unit."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from reports.statements.figure import CASES, MONTHS, PEOPLE, PERSENT, POINTS, RUPIAH

UP = (
    r"tambah|menambah|ditambah|terdongkrak|terkerek|dinaikkan|ditingkatkan|naik|meningkat"
    r"|bertambah|tumbuh|kenaikan|peningkatan"
    r"|penambahan|pertumbuhan|melonjak|melesat|menguat|tambahan|lebih tinggi|membaik"
)
DOWN = (
    r"dipangkas|dikurangi|menipis|terjun|turun|menurun|penurunan|berkurang|susut"
    r"|menyusut|anjlok|merosot|melemah"
    r"|pengurangan|lebih rendah|terpangkas"
)
# The names are kept with a check; the words stand in `WORDS`.
UCJ, ELIGIBLE, COVERED, UNCOVERED, FUNDED = "ucj", "eligible", "covered", "uncovered", "funded"
CONTRIBUTIONS, CLAIMS, CLAIM_CASES, BALANCE, CLAIM_RATIO = (
    "contributions",
    "claims",
    "claim_cases",
    "balance",
    "claim_ratio",
)
BUDGET, REALISED, ABSORPTION, TARGET, TARIFF, CATEGORY, VULNERABLE = (
    "budget",
    "realised",
    "absorption",
    "target",
    "tariff",
    "category",
    "vulnerable",
)
REMAINING = "remaining"
CHANGE = "change"
WORDS = {
    UCJ: _("cakupan (UCJ)"),
    ELIGIBLE: _("jumlah pekerja"),
    COVERED: _("peserta aktif"),
    UNCOVERED: _("belum terlindungi"),
    FUNDED: _("peserta yang iurannya ditanggung"),
    REMAINING: _("peserta yang masih ditanggung"),
    CONTRIBUTIONS: _("iuran"),
    CLAIMS: _("klaim"),
    CLAIM_CASES: _("kasus klaim"),
    BALANCE: _("saldo iuran dikurangi klaim"),
    CLAIM_RATIO: _("rasio klaim"),
    BUDGET: _("anggaran"),
    REALISED: _("realisasi anggaran"),
    ABSORPTION: _("serapan anggaran"),
    TARGET: _("target"),
    TARIFF: _("tarif iuran"),
    CATEGORY: _("peserta kategori"),
    VULNERABLE: _("pekerja rentan"),
    CHANGE: _("perubahan"),
}
_RULES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (TARGET, r"target\w*|menargetkan|ditargetkan|sasaran", (PERSENT, PEOPLE)),
    (ABSORPTION, r"serap\w*|terserap|penyerapan|daya serap", (PERSENT,)),
    (CLAIM_RATIO, r"rasio klaim|loss ratio|rasio", (PERSENT,)),
    (
        UCJ,
        (
            r"universal coverage\w*|ucj|cakupan\w*|coverage|capaian\w*|perlindungan|terlindungi"
            r"|kepesertaan|realisasi jaminan|tercover"
        ),
        (PERSENT,),
    ),
    (BALANCE, r"minus|defisit|surplus|saldo\w*|selisih\w*|tekor|negatif", (RUPIAH,)),
    (
        REALISED,
        r"realisasi\w*|terealisasi|direalisasikan|dicairkan|terbayar|telah dibelanjakan|terserap",
        (RUPIAH,),
    ),
    (
        BUDGET,
        r"anggar\w*|dianggarkan|menganggarkan|menyiapkan|disiapkan|mengucurkan|dikucurkan|menggelontorkan|alokasi\w*|dialokasikan|mengalokasikan|pagu|belanja",
        (RUPIAH,),
    ),
    (CLAIMS, r"klaim|santunan|manfaat|jkm|jht|beasiswa|pembayaran manfaat", (RUPIAH,)),
    (CONTRIBUTIONS, r"iuran|premi|setoran", (RUPIAH,)),
    (CLAIM_CASES, r"klaim|kasus|kecelakaan|santunan|meninggal", (CASES,)),
    (
        UNCOVERED,
        (
            r"belum (?:\w+ ){0,2}?(?:terlindungi|tercover|terdaftar|menjadi peserta|dilindungi"
            r"|ikut|masuk|punya|memiliki|mendapat\w*)|tidak terlindungi|belum menjadi"
            r"|(?:yang|masih) belum"
        ),
        (PEOPLE,),
    ),
    (REMAINING, r"tersisa|tinggal|sisanya|masih (?:\w+ )?(?:dibiayai|dibayar\w*|ditanggung)", (PEOPLE,)),
    (
        FUNDED,
        (
            r"dibiayai|ditanggung|dibayar\w*|didaftarkan|mendaftarkan|(?:lewat|melalui"
            r"|oleh) apbd|memberikan perlindungan|diberikan kepada|melindungi|perlindungan"
            r" kepada|menanggung|membiayai|mengikutsertakan|dilindungi"
        ),
        (PEOPLE,),
    ),
    (
        ELIGIBLE,
        (
            r"angkatan kerja|penduduk bekerja|potensi|semesta|eligible|jumlah pekerja"
            r"|total pekerja|seluruh pekerja|dari total"
        ),
        (PEOPLE,),
    ),
    (
        COVERED,
        (
            r"(?<!belum )(?<!tidak )(?:peserta aktif|terlindungi|tercover|terdaftar|menjadi"
            r" peserta|kepesertaan|peserta|tercakup)"
        ),
        (PEOPLE,),
    ),
    (VULNERABLE, r"pekerja rentan", (PEOPLE,)),
)
_COMPILED = tuple(
    (subject, re.compile(rf"\b(?:{words})\b", re.IGNORECASE), units) for subject, words, units in _RULES
)
_CHANGE = re.compile(
    rf"\b(?:{UP}|{DOWN}|selisih)"
    r"(?: (?:sebesar|sebanyak|sekitar|hampir|lebih dari|kurang lebih|tipis|tajam"
    r"|signifikan|lagi|hingga|sampai))* ?(?:rp\.? ?)?$",
    re.IGNORECASE,
)
_NAMED_CHANGE = re.compile(
    r"\b(?:kenaikan|peningkatan|penurunan|penambahan|pertumbuhan|pengurangan)(?: [a-z]+){0,3}"
    r" (?:mencapai|sebesar|sebanyak|adalah) ?(?:rp\.? ?)?$",
    re.IGNORECASE,
)


# `penurunan klaim 15 persen`.
_CHANGE_OF = re.compile(
    r"\b(?:kenaikan|peningkatan|penurunan|penambahan|pertumbuhan|pengurangan)(?: [a-z]+){1,2} $",
    re.IGNORECASE,
)
_REACHED = re.compile(r"\b(?:tercapai|terpenuhi|terealisasi|tercatat|terdaftar)(?: baru)? $", re.IGNORECASE)
# `masih kurang 6.570 orang`; `kurang lebih` and `kurang dari` say how a number is meant.
_IS_MISSING = re.compile(r"\b(?:kurang|kekurangan(?:nya)?)(?: (?:sekitar|sebanyak))? $", re.IGNORECASE)
# `91.347 dari 174.897 pekerja`: who is counted from all who work.
_IS_WHOLE = re.compile(r"\bdari(?: (?:total|jumlah|seluruh|sekitar|sebanyak))* $", re.IGNORECASE)
_WORKERS = re.compile(r"\d\W*(?:ribu |juta )?(?:pekerja|tenaga kerja|penduduk bekerja)\W*$", re.IGNORECASE)
_IS_AIMED_AT = re.compile(
    r"\b(?:menargetkan|ditargetkan|membidik|mengejar|dibidik)\b[^,;.\d]{0,40}$", re.IGNORECASE
)


@dataclass(frozen=True)
class AskedSubject:
    """A figure with what surrounds it: its sentence, and where in it the number begins and ends."""

    sentence: str
    start: int
    end: int
    unit: str
    per: tuple[str, ...]


def subject_of(asked: AskedSubject) -> str:
    """The nearest words; those before the number are preferred to those after it."""
    if said := _is_said(asked):
        return said
    if asked.unit == RUPIAH and asked.per:
        return TARIFF if PEOPLE in asked.per or MONTHS in asked.per else ""
    best, least = "", 10_000
    for subject, rule, units in _COMPILED:
        if asked.unit not in units:
            continue
        for match in rule.finditer(asked.sentence):
            if subject == TARGET and _is_of_the_next(asked, match):
                continue
            away = _away(asked, match)
            if away < least:
                best, least = subject, away
    return best


def _is_said(asked: AskedSubject) -> str:
    """What the words right at the number say, whatever else the sentence speaks of."""
    before = asked.sentence[: asked.start]
    is_money_apart = asked.unit == RUPIAH and re.search(r"selisih[^,;]*$", before, re.IGNORECASE)
    is_change = bool(_CHANGE.search(before) or _NAMED_CHANGE.search(before))
    is_change = is_change or (asked.unit == PERSENT and bool(_CHANGE_OF.search(before)))
    is_missing = asked.unit == PEOPLE and _IS_MISSING.search(before)
    if asked.unit == POINTS or is_missing or (is_change and not is_money_apart):
        return CHANGE
    if asked.unit == PEOPLE and _REACHED.search(before):
        return COVERED
    if asked.unit in {PERSENT, PEOPLE} and _IS_AIMED_AT.search(before):
        return TARGET
    if asked.unit == PEOPLE and _IS_WHOLE.search(before) and _WORKERS.search(asked.sentence[: asked.end + 1]):
        return ELIGIBLE
    if asked.unit == RUPIAH and re.search(
        r"\b(?:minus|defisit|surplus|negatif) [^,;]{0,25}$",
        before + asked.sentence[asked.start : asked.start + 7],
        re.IGNORECASE,
    ):
        return BALANCE
    return ""


def _is_of_the_next(asked: AskedSubject, match: re.Match[str]) -> bool:
    """`nelayan 341 orang, target 55 persen`: what stands behind a comma is about another number."""
    return match.start() >= asked.end and bool(
        re.search(r"[,;.]|\bdari\b", asked.sentence[asked.end : match.start()])
    )


def _away(asked: AskedSubject, match: re.Match[str]) -> int:
    """Signs between; a comma or another number between weighs, and so does standing behind."""
    if match.end() <= asked.start:
        between = asked.sentence[match.end() : asked.start]
        headed = re.search(
            r"\b(?:jumlah|total|nilai|besaran|capaian)(?:nya)? $",
            asked.sentence[: match.start()],
            re.IGNORECASE,
        )
        return len(between) + 15 * len(re.findall(r"[,;]|\d+", between)) - (60 if headed else 0)
    between = asked.sentence[asked.end : match.start()]
    return len(between) + 20 + 25 * len(re.findall(r"[,;]|\d+|\bdan\b", between))
