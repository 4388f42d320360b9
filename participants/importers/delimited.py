"""Text files with `;`, `,` or tabs between the cells."""

import csv
import io
from collections.abc import Iterator

_DELIMITERS = ";,\t|"
_LONGEST_CELL = 100_000


def decode(content: bytes) -> str:
    """UTF-16 and UTF-8 by their marks, UTF-8 without one, else CP1252 as Excel in Indonesia saves."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def read_delimited(text: str) -> Iterator[tuple[int, list[str]]]:
    """(row number as Excel shows it, cells). Rows are counted, not lines: a quoted cell may hold several."""
    delimiter = _find_delimiter(text)
    csv.field_size_limit(_LONGEST_CELL)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    number = 0
    while True:
        number += 1
        try:
            cells = next(rows)
        except StopIteration:
            return
        if number == 1 and cells and cells[0].lower().startswith("sep="):
            continue
        yield number, cells


def _find_delimiter(text: str) -> str:
    lines = [line for line in text[:20_000].splitlines() if line.strip()][:30]
    if lines and lines[0].lower().startswith("sep=") and len(lines[0]) > 4:
        return lines[0][4]
    return max(_DELIMITERS, key=lambda mark: sum(line.count(mark) > 0 for line in lines))
