"""Where sentences end; a point after an abbreviation or within a number ends none."""

import re

from reports.statements.figure import SaidSentence

_SHORT = {
    *(
        "rp",
        "no",
        "nomor",
        "kab",
        "prov",
        "kec",
        "kel",
        "ds",
        "h",
        "hj",
        "dr",
        "drs",
        "ir",
        "pj",
        "plt",
        "plh",
    ),
    *("s.d", "dll", "dsb", "dkk", "a.n", "jl", "sdr", "bpk", "tgl", "thn", "ta", "t.a", "st", "prof", "yth"),
    *("m.si", "m.m", "s.e", "s.h", "s.sos", "s.ip", "m.ap", "s.t", "s.pd", "kh", "tw", "pkl", "hal", "telp"),
}
_END = re.compile(r"[.!?][\"')\]]*(?=\s|$)|\n+")


def sentences_of(text: str) -> list[SaidSentence]:
    found, start = [], 0
    for match in _END.finditer(text):
        if not match.group().startswith("\n") and not _ends(text, match):
            continue
        found.append((start, match.end()))
        start = match.end()
    found.append((start, len(text)))
    return [SaidSentence(one, two, text[one:two]) for one, two in found if text[one:two].strip()]


def _ends(text: str, match: re.Match[str]) -> bool:
    word = re.search(r"([\w.]+)$", text[: match.start()])
    if text[match.start()] == "." and word and (word[1].lower() in _SHORT or re.fullmatch(r"[A-Z]", word[1])):
        return False
    following = text[match.end() :].lstrip(" ")[:1]
    if text[match.start() - 1 : match.start()].isdigit():
        return True
    return not following or following == "\n" or not following.islower()
