"""Rows of the grids of figures as their pages and scripts are told of them."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from participants.selectors.month_entry.cells import CellCounts
from participants.selectors.month_entry.grid import MonthEntryCell
from regions.number import grouped, typed

# The column of a grid that has one figure in each row.
VALUE = "value"


def row_json(name: str, cells: Mapping[str, MonthEntryCell]) -> dict[str, Any]:
    """`cells` by the names of their columns; the revisions travel as one text."""
    return {
        "enrolment": name,
        "revision": revisions(cells),
        "cells": {column: cell_text(cell) for column, cell in cells.items()},
        "doubts": remarks(list(cells.values())),
    }


def revisions(cells: Mapping[str, MonthEntryCell]) -> str:
    return json.dumps({column: cell.revision for column, cell in cells.items()})


def cell_text(cell: MonthEntryCell) -> str:
    """As it is typed, whatever the language of the page."""
    return "" if cell.value is None else typed(cell.value)


def remarks(cells: list[MonthEntryCell]) -> list[str]:
    """What is to be seen of the figures of a row; each by its name where there are several."""
    told = []
    for cell in cells:
        sentences = list(cell.hints)
        if cell.lower_to is not None and cell.value is None:
            sentences.append(f"{cell.ended}.")
        if cell.note and cell.hints:
            sentences.append(_("Catatan: %(note)s") % {"note": cell.note})
        if cell.question:
            sentences.append(_("Belum dijelaskan; tulis sebabnya di rincian."))
        if cell.empty:
            sentences.append(_("Kosong: %(why)s.") % {"why": cell.empty})
        if cell.follow_ups:
            sentences.append(_("Perlu ditindaklanjuti."))
        if cell.comments > cell.follow_ups:
            sentences.append(_("Ada komentar."))
        told += [f"{cell.label}: {one}" if len(cells) > 1 else one for one in sentences]
    return told


def counts_sentence(counts: CellCounts) -> str:
    return _("Terisi %(filled)s · kosong beralasan %(blank)s · belum diisi %(missing)s") % {
        "filled": grouped(counts.filled),
        "blank": grouped(counts.blank_with_reason),
        "missing": grouped(counts.missing),
    }
