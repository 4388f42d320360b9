"""A small table to type in: kept as lines, its cells parted by a vertical bar."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.pack.tables import cells_of

_SPARE = 3
_MOST_ROWS = 100


class RowsWidget(forms.Widget):
    """A row of inputs for every line and some for new ones; an emptied row is gone."""

    use_fieldset = True

    def __init__(self, labels: Sequence[str | Promise]) -> None:
        super().__init__()
        self.labels = labels

    def id_for_label(self, id_: str) -> str:
        return ""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        lines = [cells_of(line, len(self.labels)) for line in str(value or "").splitlines()]
        lines += [[""] * len(self.labels)] * _SPARE
        heads = format_html_join("", '<th scope="col">{}</th>', ((label,) for label in self.labels))
        rows = format_html_join(
            "", "<tr>{}</tr>", ((self._row(name, at, cells),) for at, cells in enumerate(lines))
        )
        return format_html(
            '<div class="table-scroll"><table class="table table-inputs"><thead><tr>{}</tr></thead>'
            "<tbody>{}</tbody></table></div>",
            heads,
            rows,
        )

    def _row(self, name: str, at: int, cells: Sequence[str]) -> SafeString:
        return format_html_join(
            "",
            '<td><textarea name="{}-{}-{}" rows="1" aria-label="{}">{}</textarea></td>',
            (
                (name, at, column, self._cell_label(label, at), cell)
                for column, (label, cell) in enumerate(zip(self.labels, cells, strict=True))
            ),
        )

    @staticmethod
    def _cell_label(label: str | Promise, at: int) -> str:
        return _("%(label)s, baris %(row)s") % {"label": label, "row": at + 1}

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        lines = []
        for at in range(_MOST_ROWS):
            cells = [str(data.get(f"{name}-{at}-{column}", "")) for column in range(len(self.labels))]
            # A bar or a line break within a cell would be taken for the next one.
            cells = [" ".join(cell.replace("|", "/").split()) for cell in cells]
            if any(cells):
                lines.append(" | ".join(cells))
        return "\n".join(lines)

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        return f"{name}-0-0" not in data
