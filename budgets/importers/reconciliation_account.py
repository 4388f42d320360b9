"""The account of a file of a reconciliation: rows that nobody could use and why, and how others were read."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from participants.importers.ledger import remarks_of
from participants.nik import NikReason, mask_digits
from regions.number import grouped

SHOWN = 20
Place = tuple[str, int]


class Unusable(StrEnum):
    """Why a row is neither a member nor a payment."""

    NO_NUMBER = "no_number"
    NIK_CUT = "nik_cut"
    NIK_LENGTH = "nik_length"
    NIK_IMPOSSIBLE = "nik_impossible"
    SEVERAL_NIK = "several_nik"
    MOVED = "moved"
    NOT_ACTIVE = "not_active"
    DEAD = "dead"
    NO_AMOUNT = "no_amount"
    BAD_AMOUNT = "bad_amount"


_SENTENCES = {
    Unusable.NO_NUMBER: gettext_noop("tanpa NIK dan tanpa nomor peserta (KPJ)."),
    Unusable.NIK_CUT: gettext_noop(
        "NIK terpotong oleh Excel; angka aslinya sudah hilang. Ubah kolomnya menjadi Teks, lalu isi ulang."
    ),
    Unusable.NIK_LENGTH: gettext_noop("NIK tidak terdiri atas 16 angka, dan nomor peserta (KPJ) tidak ada."),
    Unusable.NIK_IMPOSSIBLE: gettext_noop(
        "NIK 16 angka, tetapi tidak mungkin benar: tanggal lahir atau nomor urut di dalamnya salah."
    ),
    Unusable.SEVERAL_NIK: gettext_noop("ada dua NIK dalam satu sel. Pisahkan menjadi dua baris."),
    Unusable.MOVED: gettext_noop("isi selnya bergeser dari kolomnya. Periksa baris ini di berkasnya."),
    Unusable.NOT_ACTIVE: gettext_noop("berstatus “%(words)s”, maka bukan peserta aktif."),
    Unusable.DEAD: gettext_noop("disebut sudah meninggal (“%(words)s”), maka bukan peserta aktif."),
    Unusable.NO_AMOUNT: gettext_noop("tanpa jumlah rupiah."),
    Unusable.BAD_AMOUNT: gettext_noop(
        "jumlah rupiahnya “%(words)s” tidak terbaca. Tulis rupiah penuh, misalnya 16.800."
    ),
}
_OF_NIK = {
    NikReason.DAMAGED: Unusable.NIK_CUT,
    NikReason.IMPOSSIBLE: Unusable.NIK_IMPOSSIBLE,
    NikReason.SEVERAL: Unusable.SEVERAL_NIK,
    NikReason.MISSING: Unusable.NO_NUMBER,
}


class UnreadRow(NamedTuple):
    """A row of a table that is left aside; `words` are those of its cell that say so, numbers masked."""

    sheet: str
    number: int
    why: Unusable
    words: str = ""


def unread_by_nik(sheet: str, number: int, reason: NikReason) -> UnreadRow:
    return UnreadRow(sheet, number, _OF_NIK.get(reason, Unusable.NIK_LENGTH))


def account_of(
    unread: Sequence[UnreadRow],
    *,
    commas: int = 0,
    unpriced: Sequence[Place] = (),
    undated: Sequence[Place] = (),
    words: Iterable[str] = (),
) -> dict[str, Any]:
    """As the file keeps it: the first unread rows; amounts with a comma; rows of which the amount or the day
    could not be read; words of a status that are not known."""
    return {
        "unread": [
            {"sheet": mask_digits(row.sheet), "row": row.number, "why": row.why.value, "words": row.words}
            for row in unread[:SHOWN]
        ],
        "commas": commas,
        "unpriced": _places(unpriced),
        "undated": _places(undated),
        "words": dict(Counter(words).most_common(SHOWN)),
    }


def repeated(groups: Sequence[Sequence[Place]]) -> dict[str, Any]:
    """Rows that speak of one person or one payment, as the file keeps them."""
    return {"count": len(groups), "groups": [_places(group)["first"] for group in groups[:SHOWN]]}


def _places(places: Sequence[Place]) -> dict[str, Any]:
    return {
        "count": len(places),
        "first": [[mask_digits(sheet), number] for sheet, number in places[:SHOWN]],
    }


def unread_sentences(balance: Mapping[str, Any], unread: int) -> list[str]:
    """Each row that was left aside with its reason, and how many more there are."""
    rows = balance.get("unread", [])
    sentences = [
        _('Lembar "%(sheet)s", baris %(row)s: %(why)s')
        % {
            "sheet": row["sheet"],
            "row": row["row"],
            "why": _(_SENTENCES[Unusable(row["why"])]) % {"words": row["words"]},
        }
        for row in rows
    ]
    if rows and unread > len(rows):
        sentences.append(_("dan %(count)s baris lain.") % {"count": grouped(unread - len(rows))})
    return sentences


def file_remarks(balance: Mapping[str, Any]) -> list[str]:
    """What somebody should know of how a file was read, in sentences."""
    remarks = remarks_of(balance)
    if commas := balance.get("commas"):
        remarks.append(
            _("%(count)s jumlah rupiah ditulis dengan koma, misalnya 16,800; komanya dibaca sebagai ribuan.")
            % {"count": grouped(commas)}
        )
    for key, sentence in _COUNTED.items():
        found = balance.get(key, {})
        if found.get("count"):
            told = {"count": grouped(found["count"]), "rows": _listed(found["first"], found["count"])}
            remarks.append(_(sentence) % told)
    remarks += [
        _("%(count)s baris berstatus “%(words)s”, yang tidak dikenal, tetap dihitung peserta aktif.")
        % {"count": grouped(count), "words": words}
        for words, count in balance.get("words", {}).items()
    ]
    return remarks + list(_twice(balance))


_COUNTED = {
    "unpriced": gettext_noop(
        "%(count)s peserta tetap dibandingkan, tetapi iurannya tidak terbaca dan tidak "
        "ikut dijumlahkan: %(rows)s."
    ),
    "undated": gettext_noop("%(count)s pembayaran ikut dihitung, tetapi tanggalnya tidak terbaca: %(rows)s."),
}


def _twice(balance: Mapping[str, Any]) -> Iterable[str]:
    for key in ("twice", "payments", "numbers"):
        found = balance.get(key, {})
        if count := found.get("count"):
            rows = "; ".join(_joined(group) for group in found["groups"])
            more = " …" if count > len(found["groups"]) else ""
            yield _repetition(key) % {"count": grouped(count), "rows": rows + more}


def _repetition(key: str) -> str:
    if key == "twice":
        return _("%(count)s orang tercatat lebih dari sekali; iurannya dijumlahkan: %(rows)s.")
    if key == "payments":
        return _(
            "%(count)s pembayaran tertulis lebih dari sekali dengan nomor, tanggal, dan rupiah yang sama; "
            "dihitung sekali: %(rows)s."
        )
    return _(
        "%(count)s nomor pembayaran dipakai baris yang berbeda tanggal atau rupiahnya; semuanya dihitung: "
        "%(rows)s. Periksa apakah itu satu pembayaran."
    )


def _joined(places: Sequence[Sequence[Any]]) -> str:
    """`Lembar "Aktif" baris 3 dan 7`; the sheet again where it is another."""
    parts, before = [], ""
    for sheet, row in places:
        parts.append(
            str(row)
            if sheet == before
            else _('lembar "%(sheet)s" baris %(row)s') % {"sheet": sheet, "row": row}
        )
        before = sheet
    return _(" dan ").join(parts)


def _listed(places: Sequence[Sequence[Any]], count: int) -> str:
    """Rows by sheet: `lembar "Aktif" baris 3, 7 …`."""
    by_sheet: dict[str, list[str]] = {}
    for sheet, row in places:
        by_sheet.setdefault(sheet, []).append(str(row))
    told = [
        _('lembar "%(sheet)s" baris %(row)s') % {"sheet": sheet, "row": ", ".join(rows)}
        for sheet, rows in by_sheet.items()
    ]
    return "; ".join(told) + (" …" if count > len(places) else "")
