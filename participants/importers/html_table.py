"""Tables that applications write as HTML and name `.xls`."""

from collections.abc import Iterator
from html.parser import HTMLParser

from participants.importers.merged import Spread
from participants.importers.refusal import broken

_MOST_SPAN = 200
_MOST_UNFINISHED = 2**18


def read_html(text: str) -> Iterator[list[str]]:
    """The rows of all tables in order; a cell over several columns fills the first of them, one over
    several rows all of these.

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
        self._span = self._depth = 1
        # Column → (rows still to come, text) of cells that reach down.
        self._reaching: dict[int, tuple[int, str]] = {}

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
            self._span = _span(dict(attrs).get("colspan"))
            self._depth = _span(dict(attrs).get("rowspan"))
        elif tag == "br" and self._cell is not None:
            self._cell.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in {"td", "th"}:
            self._end_cell()
        elif tag in {"tr", "table"}:
            self.end_row()
        if tag == "table":
            self._reaching.clear()

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def end_row(self) -> None:
        self._end_cell()
        if self._row is not None:
            self._fill_from_above()
            self._rows.append(self._row)
            self._row = None

    def _fill_from_above(self) -> None:
        """Cells that reach down from rows above stand before the next cell of the row."""
        if self._row is None:
            return
        while (reaching := self._reaching.get(len(self._row))) is not None:
            rows, text = reaching
            if rows > 1:
                self._reaching[len(self._row)] = (rows - 1, text)
            else:
                del self._reaching[len(self._row)]
            self._row.append(Spread(text))

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        if self._row is None:
            self._row = []
        self._fill_from_above()
        text = " ".join("".join(self._cell).split())
        for cell in (text, *[""] * (self._span - 1)):
            if self._depth > 1:
                self._reaching[len(self._row)] = (self._depth - 1, cell)
            self._row.append(cell)
        self._cell = None


def _span(said: str | None) -> int:
    text = (said or "").strip()
    return max(1, min(int(text), _MOST_SPAN)) if text.isascii() and text.isdigit() else 1
