"""Finding the titles of a table and what each column under them holds."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from participants.importers.header import Field, Header, field_of_title, kept_title, label_of
from participants.importers.workbook import Cell, NumberedRow

LOOKED_AT = 60
_LEAST_FIELDS = 2
# Whose columns they are, where a title stands above several.
_OF_THE_LIST = re.compile(
    r"pekerja|peserta|tenaga kerja|penerima|anggota|tertanggung|pemohon|diusulkan|petugas|nelayan|petani"
    r"|buruh|pegawai|karyawan|relawan|perangkat|data diri|identitas diri",
    re.IGNORECASE,
)
_OF_OTHERS = re.compile(
    r"kepala (keluarga|kel\b|rumah)|\bkk\b|waris|suami|ist(e)?ri|pasangan|orang ?tua|ayah|\bibu\b|wali\b"
    r"|penanggung ?jawab|pendamping|pelapor|pengusul|pemberi kerja|majikan|atasan|saksi|koordinator|pimpinan"
    r"|penjamin|tanggungan|\banak\b|kontak|ketua|pemilik",
    re.IGNORECASE,
)
_Meanings = dict[int, tuple[Any, str]]


def headers_at(rows: Sequence[NumberedRow], known: Mapping[str, Any]) -> list[Header]:
    """The header that begins in the first of one or two rows; several where blocks stand side by side."""
    number, cells = rows[0]
    upper = _titles(cells)
    best = _read(number, upper, [], known)
    if len(rows) > 1:
        following, below = rows[1]
        lower = _titles(below)
        if _names_fields(lower, known) and not any(map(_has_digits, below)):
            found = _read(following, lower, upper, known)
            best = found if worth(found) > worth(best) else best
    return best if best and len(best[0].columns) >= _LEAST_FIELDS else []


def worth(headers: Sequence[Header]) -> tuple[bool, bool, int, bool]:
    """What makes one reading of titles better than another: a NIK, no question, columns accounted for, and
    of two that account for as many the one that knows which of them are other people's."""
    named = sum(
        len(header.columns) + sum(map(len, header.again.values())) + len(header.left_out)
        for header in headers
    )
    has_nik = any(Field.NIK in header.columns for header in headers)
    is_sure = has_nik and not any(header.unsure for header in headers)
    return (has_nik, is_sure, named, any(header.left_out for header in headers))


def may_hold_titles(cells: Sequence[Cell], known: Mapping[str, Any]) -> bool:
    """Whether a row names two fields at least and holds no number, which a row of a list does."""
    found = {known[label] for cell in cells if isinstance(cell, str) and (label := label_of(cell)) in known}
    return len(found) >= _LEAST_FIELDS and not any(map(_has_digits, cells))


def _read(last_row: int, lower: list[str], upper: list[str], known: Mapping[str, Any]) -> list[Header]:
    """The blocks of columns under these titles, from left to right."""
    width = max(len(lower), len(upper)) if upper else len(lower)
    lower = lower + [""] * (width - len(lower))
    spread = _spread(upper, width)
    meant = _meanings(lower, upper, spread, known)
    meant = {index: one for index, one in meant.items() if one[0] != Field.UNUSED}
    shown = _joined(lower, spread) if upper else lower
    others = {index: kept_title(title) for index, title in enumerate(shown) if title and index not in meant}
    repeated = [
        field for field, count in Counter(field for field, _title in meant.values()).items() if count > 1
    ]
    if not repeated:
        return [_header(last_row, meant, others)]
    groups = _groups(lower, spread, known) if upper and known.get("nik") == Field.NIK else {}
    if len({groups[index] for index in groups if index in meant and meant[index][0] in repeated}) > 1:
        return _by_group(last_row, meant, others, groups)
    return _side_by_side(last_row, meant, others)


def _meanings(
    lower: Sequence[str], upper: Sequence[str], spread: Sequence[str], known: Mapping[str, Any]
) -> _Meanings:
    """What the title of each column names: the lower row first, then both read as one, then the upper alone.

    A column whose lower title names what another names too is taken by both its titles, where they name
    something else.
    """
    readings = [lower, _joined(lower, spread), _joined(spread, lower), upper] if upper else [lower]
    meant: _Meanings = _told_by_both(lower, readings[1:3], known)
    taken: set[Any] = {field for field, _title in meant.values()}
    again: list[int] = []
    for rank, reading in enumerate(readings):
        for index, title in enumerate(reading):
            found = field_of_title(title, known) if title and index not in meant else None
            if found is None or (rank and found in taken):
                continue
            if found in taken:
                again.append(index)
            meant[index] = (found, kept_title(title))
            taken.add(found)
    for index in again if upper else ():
        for reading in readings[1:3]:
            found = field_of_title(reading[index], known)
            if found is not None and found not in taken:
                meant[index] = (found, kept_title(reading[index]))
                taken.add(found)
    return meant


def _told_by_both(
    lower: Sequence[str], joined: Sequence[Sequence[str]], known: Mapping[str, Any]
) -> _Meanings:
    """Columns under `Tempat | Tanggal` with `Lahir | Lahir` below: one title alone says too little."""
    counts = Counter(label_of(title) for title in lower if title)
    found: _Meanings = {}
    for index, title in enumerate(lower):
        if not title or counts[label_of(title)] < 2:
            continue
        alone = field_of_title(title, known)
        for reading in joined:
            both = field_of_title(reading[index], known)
            if both is not None and both != alone and both not in {field for field, _title in found.values()}:
                found[index] = (both, reading[index][:60])
                break
    return found


def _groups(lower: Sequence[str], spread: Sequence[str], known: Mapping[str, Any]) -> dict[int, str]:
    """Column → the title above it that is the title of several."""
    return {
        index: above
        for index, (title, above) in enumerate(zip(lower, spread, strict=True))
        if title
        and above
        and title != above
        and (_OF_OTHERS.search(above) or not field_of_title(above, known))
    }


def _by_group(
    last_row: int, meant: _Meanings, others: dict[int, str], groups: dict[int, str]
) -> list[Header]:
    """The columns of those whom the list is about; all groups as blocks where their titles do not say it."""
    with_nik, with_name = (
        dict.fromkeys(groups.get(index, "") for index in meant if meant[index][0] == key)
        for key in (Field.NIK, Field.NAME)
    )
    candidates = with_nik if len(with_nik) > 1 or "" not in with_nik else with_name
    foreign = [title for title in dict.fromkeys(groups.values()) if _OF_OTHERS.search(title)]
    named = [title for title in candidates if title not in foreign and _OF_THE_LIST.search(title)]
    rest = [title for title in candidates if title not in foreign]
    chosen = named if len(named) == 1 else rest if len(rest) == 1 else list(candidates)
    aside = {title for title in (*candidates, *with_name, *foreign) if title}
    found = []
    for title in chosen:
        away = {index: above for index, above in groups.items() if above in aside and above != title}
        own = {index: one for index, one in meant.items() if index not in away}
        loose = {index: text for index, text in others.items() if index not in away}
        unsure = title if len(chosen) > 1 else ""
        found.append(_header(last_row, own, loose, left_out=away, unsure=unsure))
    fields = [{meant[index][0] for index in meant if groups.get(index, "") == title} for title in chosen]
    if len(found) > 1 and not foreign and _are_whole(fields, Field.ORDER):
        return [Header(one.last_row, one.columns, one.titles, one.others, one.again) for one in found]
    return found


def _side_by_side(last_row: int, meant: _Meanings, others: dict[int, str]) -> list[Header]:
    """Blocks that repeat their titles from left to right; one block where only some title comes twice."""
    blocks: list[_Meanings] = [{}]
    for index in sorted(meant):
        if meant[index][0] in {field for field, _title in blocks[-1].values()}:
            blocks.append({})
        blocks[-1][index] = meant[index]
    fields = [{field for field, _title in block.values()} for block in blocks]
    key = {Field.NIK, Field.NAME}
    whole = _are_whole(fields, Field.ORDER)
    if not whole and not all(key <= one for one in fields):
        return [_header(last_row, meant, others)]
    starts = [min(block) for block in blocks[1:]]
    found = []
    for block, first, end in zip(blocks, [0, *starts], [*starts, 10**6], strict=True):
        loose = {index: title for index, title in others.items() if first <= index < end}
        unsure = "" if whole else f"{_letter(min(block))}–{_letter(max(block))}"
        found.append(_header(last_row, block, loose, unsure=unsure))
    return found


def _are_whole(fields: Sequence[Any], order: Any) -> bool:
    """Whether blocks hold the same, or each counts its people for itself: then all of them are the list."""
    sets = [set(one) for one in fields]
    least = min(map(len, sets))
    counted = all({order, Field.NIK, Field.NAME} <= one for one in sets)
    return len(sets) > 1 and least >= _LEAST_FIELDS and (counted or all(one == sets[0] for one in sets))


def _header(
    last_row: int,
    meant: _Meanings,
    others: dict[int, str],
    left_out: Mapping[int, str] | None = None,
    unsure: str = "",
) -> Header:
    columns: dict[Any, int] = {}
    titles: dict[Any, str] = {}
    again: dict[Any, tuple[int, ...]] = {}
    titles_again: dict[int, str] = {}
    for index in sorted(meant):
        field, title = meant[index]
        if field in columns:
            again[field], titles_again[index] = (*again.get(field, ()), index), title
        else:
            columns[field], titles[field] = index, title
    return Header(last_row, columns, titles, others, again, left_out or {}, unsure, titles_again)


def _letter(index: int) -> str:
    return chr(65 + index) if index < 26 else _letter(index // 26 - 1) + chr(65 + index % 26)


def _titles(cells: Sequence[Cell]) -> list[str]:
    return [" ".join(cell.split()) if isinstance(cell, str) else "" for cell in cells]


def _spread(titles: Sequence[str], width: int) -> list[str]:
    """A merged title stands in its first cell and speaks for the empty ones after it."""
    spread, last = [], ""
    for index in range(width):
        last = (titles[index] if index < len(titles) else "") or last
        spread.append(last)
    return spread


def _joined(first: Sequence[str], second: Sequence[str]) -> list[str]:
    return [f"{one} {other}".strip() for one, other in zip(first, second, strict=False)]


def _names_fields(titles: Sequence[str], known: Mapping[str, Any]) -> bool:
    return any(field_of_title(title, known) for title in titles if title)


def _has_digits(cell: Cell) -> bool:
    return not isinstance(cell, str) or sum(letter.isdigit() for letter in cell) > 3
