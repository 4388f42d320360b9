"""Tables that applications write as HTML and name `.xls`."""

from collections.abc import Iterator
from html.parser import HTMLParser

from participants.importers.refusal import broken

_MOST_SPAN = 200
_MOST_UNFINISHED = 2**18


def read_html(text: str) -> Iterator[list[str]]:
    """The rows of all tables in order; a cell over several columns fills the first of them.

    Raises ListRefused where a tag or comment does not end.
    """
    parser = _TableParser()
    for start in range(0, len(text), 2**16):
        parser.feed(text[start : start + 2**16])
        if len(parser.rawdata) > _MOST_UNFINISHED:
            raise broken()
        yield from parser.take()
    parser.close()
    parser.end_row()
    yield from parser.take()


class _TableParser(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._rows: list[list[str]] = []
        self._row: list[str] | None = None
        self._cell: list[str] | None = None
        self._span = 1

    def take(self) -> list[list[str]]:
        rows, self._rows = self._rows, []
        return rows

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "tr":
            self.end_row()
            self._row = []
        elif tag in {"td", "th"}:
            self._end_cell()
            self._cell = []
            span = dict(attrs).get("colspan") or "1"
            self._span = min(int(span), _MOST_SPAN) if span.isascii() and span.isdigit() else 1
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._end_cell()
        elif tag in {"tr", "table"}:
            self.end_row()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            self._rows.append(self._row)
            self._row = None

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        if self._row is None:
            self._row = []
        self._row.append(" ".join("".join(self._cell).split()))
        self._row.extend([""] * (self._span - 1))
        self._cell = None
