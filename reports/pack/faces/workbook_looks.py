"""How cells, columns and rows of the workbook look: formats, widths and heights."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from reports.pack.content import Cell, Kind, Table
from reports.pack.faces.written import cell_text

_ACCENT, _ALARM, _MUTED, _RULE, _SOFT = "#0A4A47", "#A1231B", "#52606A", "#B9C4C9", "#EEF4F3"
_LONGEST_NAME = 31
# In letters: a cell of words wraps beyond the widest. A line of letters is so high, in points.
_WIDEST, _NARROWEST = 48, 11
LINE = 15


def formats() -> dict[Kind, str]:
    """Excel shows thousands and decimals with the signs of its own language; these say what stands around."""
    point = f'" {_("poin persentase")}"'
    month = f'" {_("bulan")}"'
    return {
        Kind.COUNT: "#,##0",
        Kind.PLACE: "0",
        Kind.RUPIAH: '"Rp"#,##0;-"Rp"#,##0',
        Kind.PERCENT: "0.00%",
        Kind.POINTS: f"+0.00{point};-0.00{point};0.00{point}",
        Kind.CHANGE: "+#,##0;-#,##0;0",
        Kind.MONTHS: f"0.0{month}",
        Kind.RUPIAH_EACH: '"Rp"#,##0',
        Kind.RUPIAH_PER_POINT: '"Rp"#,##0',
    }


class Looks:
    """The formats of one book."""

    def __init__(self, book: Any) -> None:
        add, wrapped = book.add_format, {"text_wrap": True, "valign": "top"}
        head = {"bold": True, "bg_color": _SOFT, "bottom": 2, "bottom_color": _ACCENT, "text_wrap": True}
        row = {"bottom": 4, "bottom_color": _RULE, "valign": "top"}
        total = {"bold": True, "top": 1, "bg_color": _SOFT}
        large = {"bold": True, "font_size": 13, "align": "left"}
        self.title = add({"bold": True, "font_size": 14, "font_color": _ACCENT})
        self.message = add({**wrapped, "bold": True, "font_size": 13, "font_color": _ACCENT})
        self.bold = add({"bold": True, "valign": "top"})
        self.wrapped = add(wrapped)
        self.muted = add({**wrapped, "font_color": _MUTED})
        self.link = add({"font_color": _ACCENT, "underline": 1})
        self.head = add({**head, "valign": "bottom"})
        self.head_number = add({**head, "valign": "bottom", "align": "right"})
        self.draft = add({"bold": True, "font_color": _ALARM, "valign": "top"})
        self.draft_reason = add({**wrapped, "font_color": _ALARM})
        self.texts = add({**row, "text_wrap": True})
        self.total_text = add(total)
        forms = formats().items()
        self.numbers = {kind: add({"num_format": form, **row}) for kind, form in forms}
        self.totals = {kind: add({"num_format": form, **total}) for kind, form in forms}
        self.large = {kind: add({"num_format": form, **large}) for kind, form in forms}


def sheet_name(name: str) -> str:
    return "".join("-" if letter in "[]:*?/\\'" else letter for letter in name)[:_LONGEST_NAME].strip()


def widths_of(tables: Iterable[Table]) -> list[int]:
    """In letters, of each column of a sheet, for all tables on it."""
    widths: list[int] = []
    for table in tables:
        for at, column in enumerate(table.columns):
            head = max((len(word) for word in column.label.split()), default=0)
            longest = max((len(cell_text(row[at])) for row in table.all_rows), default=0)
            wanted = min(_WIDEST, max(_NARROWEST, head + 2, longest * 11 // 10 + 2))
            widths[at : at + 1] = [max([wanted, *widths[at : at + 1]])]
    return widths


def height_of(cells: Sequence[Cell], widths: Sequence[int]) -> int:
    """In points, of a row whose words wrap within their columns; numbers never do."""
    told = zip(cells, widths, strict=False)
    return LINE * max([1, *(lines_of(cell, width) for cell, width in told if isinstance(cell, str))])


def lines_of(text: str, width: int) -> int:
    """On the safe side: letters of other fonts are wider, and words do not break."""
    return max(1, -(-len(text) * 21 // (20 * max(width, 1))))
