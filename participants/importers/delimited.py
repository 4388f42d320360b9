"""Text files with `;`, `,` or tabs between the cells, whatever their quotation marks do."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice

_DELIMITERS = ";\t,|"
_LONGEST_CELL = 100_000
# A cell with breaks of lines is an address, not a list.
_MOST_LINES = 12
_SAMPLED = 40
_EVEN = 0.8
_LONG_NUMBER = re.compile(r"\d{15}")
_STRAY = " \t"


def decode(content: bytes) -> str:
    """UTF-16 by its mark or its zeros, UTF-8, else CP1252 as Excel in Indonesia saves."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    start = content[:4000]
    for encoding, zeros in (("utf-16-le", start[1::2]), ("utf-16-be", start[::2])):
        if zeros.count(0) * 2 > len(zeros) > 4 and start.count(0) < len(start) * 0.7:
            return content.decode(encoding, errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read_delimited(text: str) -> Iterator[tuple[int, list[str]]]:
    """(row number as Excel shows it, cells). Rows are counted, not lines: a quoted cell may hold several.

    A quotation mark that never closes, or closes only in another row, is a mark like any other: the lines
    behind it stay rows.
    """
    delimiter = _find_delimiter(text)
    csv.field_size_limit(_LONGEST_CELL)
    lines = _Lines(text)
    width = usual_width(text, delimiter)
    number = 0
    while (line := lines.take()) is not None:
        number += 1
        if number == 1 and line.lower().startswith("sep="):
            continue
        if '"' not in line:
            cells = line.split(delimiter)
            yield number, cells if len(cells) > 1 else _otherwise(line, delimiter)
            continue
        try:
            (cells,) = csv.reader((line,), delimiter=delimiter, strict=True)
        except csv.Error:
            cells = []
        found = cells if len(cells) > 1 else _quoted(line, lines, delimiter, width)
        yield number, list(map(_without_stray, found))


def _without_stray(cell: str) -> str:
    """A cell without the one mark that lost its partner."""
    if cell.count('"') == 1 and (cell.startswith('"') or cell.endswith('"')):
        return cell.strip('"')
    return cell


class _Lines:
    """The lines of a text without their ends, with a look at those to come."""

    def __init__(self, text: str) -> None:
        self._lines = (line.rstrip("\r\n") for line in io.StringIO(text, newline=None))
        self._ahead: list[str] = []

    def take(self) -> str | None:
        return self._ahead.pop(0) if self._ahead else next(self._lines, None)

    def look(self, count: int) -> list[str]:
        self._ahead += islice(self._lines, max(0, count - len(self._ahead)))
        return self._ahead[:count]


def _quoted(line: str, lines: _Lines, delimiter: str, width: int) -> list[str]:
    """The cells of a line with quotation marks, joined with the next lines where one of its cells goes on."""
    if not _is_open(line, delimiter):
        cells = _parsed(line, delimiter)
        if len(cells) == 1 and delimiter in cells[0]:
            # The whole line stands between marks.
            return _parsed(cells[0], delimiter)
        return cells
    following = lines.look(_MOST_LINES)
    for count in range(1, len(following) + 1):
        joined = "\n".join([line, *following[:count]])
        is_closed = not _is_open(joined, delimiter)
        cells = _parsed(joined, delimiter) if is_closed else []
        # Two pieces that are too short alone and just long enough together are one row, whatever they hold.
        completes = width > 2 and len(cells) == width and line.count(delimiter) < width - 1
        if not completes and _is_row(following[count - 1], delimiter, width):
            break
        if is_closed:
            if len(cells) > max(width, 1):
                break
            for _ in range(count):
                lines.take()
            return cells
    return _cut(line, delimiter)


def _is_row(line: str, delimiter: str, width: int) -> bool:
    """Whether a line behind an open mark is a row of its own."""
    return bool(_LONG_NUMBER.search(line)) or (width > 2 and line.count(delimiter) >= width - 1)


def _is_open(text: str, delimiter: str) -> bool:
    """Whether a cell that began with a quotation mark has not ended with one."""
    inside = False
    for cell in text.split(delimiter):
        marks = cell.count('"')
        if inside:
            inside = marks % 2 == 0
        elif cell.lstrip(_STRAY).startswith('"'):
            inside = marks % 2 == 1
    return inside


def _parsed(text: str, delimiter: str) -> list[str]:
    """The cells of a row whose quotation marks are in order, else cut at each delimiter outside of them."""
    try:
        rows = list(csv.reader([text], delimiter=delimiter, strict=True))
    except csv.Error:
        return _cut(text, delimiter)
    return rows[0] if rows else [""]


def _cut(line: str, delimiter: str) -> list[str]:
    """A row with a mark too many: what stands whole between marks stays whole, the others are letters."""
    cells: list[str] = []
    parts = line.split(delimiter)
    while parts:
        count = next((n for n in range(1, len(parts) + 1) if not _is_open_cell(parts[:n])), 0)
        cells.append(_unquoted(delimiter.join(parts[: count or 1]), whole=count > 0))
        del parts[: count or 1]
    return cells


def _is_open_cell(parts: list[str]) -> bool:
    """Whether a cell cut into these parts begins with a mark and does not end with one."""
    if not parts[0].lstrip(_STRAY).startswith('"'):
        return False
    marks = sum(part.count('"') for part in parts)
    return marks % 2 == 1 or not parts[-1].rstrip(_STRAY).endswith('"')


def _unquoted(cell: str, *, whole: bool) -> str:
    text = cell.strip(_STRAY)
    if whole and len(text) > 1 and text.startswith('"') and text.endswith('"'):
        return text[1:-1].replace('""', '"')
    return text if whole else text.strip('"')


def _otherwise(line: str, delimiter: str) -> list[str]:
    """A line of one cell that another mark divides: lists joined from files of two kinds."""
    for other in _DELIMITERS:
        if other != delimiter and line.count(other) > 1 and _LONG_NUMBER.search(line):
            return line.split(other)
    return [line]


def _find_delimiter(text: str) -> str:
    """The mark that divides most lines into most cells, the same number in each."""
    lines = _sample(text)
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) > 4:
        return lines[0][4]
    return max(_DELIMITERS, key=lambda mark: _worth(lines, mark))


def _worth(lines: list[str], delimiter: str) -> int:
    widths = Counter(len(_parsed(_bared(line), delimiter)) for line in lines)
    return max(((width - 1) * count for width, count in widths.items()), default=0)


def _bared(line: str) -> str:
    """A line that stands between marks as a whole, without them."""
    whole = line.startswith('"') and line.endswith('"') and len(line) > 2
    inner = line[1:-1].replace('""', '"') if whole else line
    return inner if whole and not re.search(r'"[;,\t|]+"', line) else line


def usual_width(text: str, delimiter: str = "") -> int:
    """How many cells most rows have."""
    widths = _widths(text, delimiter or _find_delimiter(text))
    return max(widths, key=lambda width: (widths[width], width), default=1)


def is_even(text: str) -> bool:
    """Whether nearly all rows have the same number of cells, so that one with fewer has lost a mark."""
    widths = _widths(text, _find_delimiter(text))
    rows = sum(count for width, count in widths.items() if width > 2)
    return rows > 0 and max(widths.values()) >= min(rows * _EVEN, rows - 1)


def _widths(text: str, delimiter: str) -> Counter[int]:
    return Counter(len(_parsed(_bared(line), delimiter)) for line in _sample(text))


def _sample(text: str) -> list[str]:
    lines = (line.strip("\r\n") for line in io.StringIO(text[:60_000], newline=None))
    sampled = [line for line in islice(lines, 400) if line.strip()]
    # Titles and letters stand above a list; its rows are what most lines are.
    return list(chain(sampled[:_SAMPLED], sampled[-_SAMPLED:])) if len(sampled) > _SAMPLED else sampled
