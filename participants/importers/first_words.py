"""What stands above the table of a list, read by a program of its own with little to spend.

Reads a line of JSON and then the file; writes a list of texts as JSON. Rows of persons are not among them: it
stops where rows become wide.
"""

import json
import resource
import sys
from collections.abc import Iterable, Sequence
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

_MOST_MEMORY = 1_500 * 2**20
_MOST_CPU_SECONDS = 10
_MOST_SHEETS, _MOST_ROWS, _LONGEST = 3, 20, 200
# A row of so many cells is a table's, its titles or its people.
_WIDE = 4


def main() -> int:
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, _MOST_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_MOST_CPU_SECONDS, _MOST_CPU_SECONDS))
    json.loads(sys.stdin.buffer.readline())
    content = sys.stdin.buffer.read()
    try:
        words = list(_of_workbook(content))
    except (CalamineError, MemoryError, ValueError, KeyError, OSError):
        words = list(
            _above(line.split(";") for line in content[:8_000].decode("utf-8", "replace").splitlines())
        )
    sys.stdout.buffer.write(json.dumps(words).encode())
    return 0


def _of_workbook(content: bytes) -> Iterable[str]:
    book = CalamineWorkbook.from_filelike(BytesIO(content))
    visible = [one.name for one in book.sheets_metadata if one.visible == SheetVisibleEnum.Visible]
    for name in visible[:_MOST_SHEETS]:
        yield name
        yield from _above(book.get_sheet_by_name(name).to_python(nrows=_MOST_ROWS))


def _above(rows: Iterable[Sequence[object]]) -> Iterable[str]:
    for row in rows:
        texts = [str(cell).strip() for cell in row if str(cell).strip()]
        if len(texts) >= _WIDE:
            return
        yield from (text[:_LONGEST] for text in texts)


if __name__ == "__main__":
    sys.exit(main())
