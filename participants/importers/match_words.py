"""What registries call their answers about a person. Only an unconditional match is one."""

import re

from participants.enums import MatchResult

_SCORE = re.compile(r"[(\[]?\s*(\d{1,3})(?:[.,]\d+)?\s*(%|persen)?\s*[)\]]?\s*$")
# Whoever puts such a mark behind an answer is not sure of it, or has more to say elsewhere.
_UNSURE = re.compile(r"[?\uff1f*]")
_NOT_WORDS = re.compile(r"[^a-z0-9%]+")
_DEAD = re.compile(r"\b(meninggal|wafat|almarhum|almarhumah|alm|deceased)\b")
_NOT = re.compile(r"\b(tidak|tdk|belum|bukan)\s+(?:\w+\s+)?(meninggal|wafat)\b")
_DIFFERS = re.compile(
    r"\b(beda|berbeda|perbedaan|kecuali|kurang|selisih|salah|mismatch"
    r"|(?:tidak|tdk|belum|kurang) (?:sesuai|sama|cocok|padan|identik))\b"
)
_NO_DIFFERENCE = re.compile(r"\b(tidak|tdk|tanpa) (ada )?(beda|perbedaan|selisih)\b")
_NAME = re.compile(r"\bnama\b")
_BIRTH = re.compile(r"\b(tanggal|tgl|tempat|tahun|bulan) (lahir|lhr)\b|\bttl\b|\bkelahiran\b")
_OTHER = re.compile(
    r"\b(alamat|kelamin|jk|ibu|kk|kartu keluarga|status|wilayah|desa|kelurahan|kecamatan|ganda|lain)\b"
)
_ABOUT = r"(?:nik|data|nik dan nama|peserta|hasil|status)?\s*"
_WHERE = r"(?:\s*(?:di|dalam|pada)?\s*(?:dukcapil|database|database kependudukan|data kependudukan|siak))?"
_NOT_MATCHING = re.compile(rf"{_ABOUT}(?:tidak|tdk) (?:sesuai|cocok|sama){_WHERE}")
_MISSING = re.compile(
    rf"{_ABOUT}(?:(?:tidak|tdk) (?:ditemukan|ada|terdaftar|valid|padan|dikenal)|invalid|not found){_WHERE}"
)
_UNRECORDED = re.compile(r"\bbelum (?:\w+ )?(?:rekam|perekaman|merekam|direkam|terekam)\b")
_VALID = re.compile(r"(?:nik|data)? ?(?:valid|padan)|sesuai|cocok|ditemukan|terdaftar|ok|match|matched")


def status_of(text: str) -> MatchResult | None:
    """What an office calls it → what we call it; None for other words, and for a match with a condition."""
    return None if _UNSURE.search(text) else _status_of(text)


def _status_of(text: str) -> MatchResult | None:
    score = _SCORE.search(text)
    words = " ".join(_NOT_WORDS.sub(" ", (text[: score.start()] if score else text).lower()).split())
    if _DEAD.search(words):
        return None if _NOT.search(words) else MatchResult.DECEASED
    if _UNRECORDED.search(words):
        return MatchResult.NOT_RECORDED
    if _MISSING.fullmatch(words):
        return MatchResult.NOT_FOUND
    if _NOT_MATCHING.fullmatch(words):
        return MatchResult.NOT_MATCHING
    if _DIFFERS.search(words) and not _NO_DIFFERENCE.search(words):
        return _difference(words)
    complete = score is None or int(score[1]) == 100
    return MatchResult.VALID if complete and _VALID.fullmatch(words) else None


def _difference(words: str) -> MatchResult | None:
    """What differs, where the words say one thing of which we keep account."""
    name, birth = bool(_NAME.search(words)), bool(_BIRTH.search(words))
    if _OTHER.search(words):
        return None
    if name and birth:
        return MatchResult.NOT_MATCHING
    if name or birth:
        return MatchResult.NAME_DIFFERS if name else MatchResult.BIRTH_DIFFERS
    return None
