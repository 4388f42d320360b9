"""Merged cells of OpenDocument sheets, which the reader of cells does not tell."""

import re
from html import unescape

from participants.importers.merged import Range

_TAG = re.compile(rb"<(?:table:(?P<tag>table|table-row|table-cell|covered-table-cell))(?P<told>\s[^<>]*)?>")
_NAME = re.compile(rb"table:name=\"([^\"]*)\"")
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated=\"(\d{1,7})\"")
_SPANNED = re.compile(rb"number-rows-spanned=\"(\d{1,7})\"")


def ods_merges(content: bytes) -> dict[str, list[Range]]:
    """Sheet → the ranges of its merged cells that reach over several rows; rows and columns from 0."""
    if b"number-rows-spanned" not in content:
        return {}
    found: dict[str, list[Range]] = {}
    own: list[Range] = []
    row = next_row = column = 0
    for match in _TAG.finditer(content):
        tag, told = match["tag"], match["told"] or b""
        repeated = _REPEATED.search(told)
        count = int(repeated[1]) if repeated else 1
        if tag == b"table":
            name = _NAME.search(told)
            own = found.setdefault(unescape(name[1].decode("utf-8", "replace")) if name else "", [])
            row = next_row = column = 0
        elif tag == b"table-row":
            row, next_row, column = next_row, next_row + count, 0
        else:
            spanned = _SPANNED.search(told)
            if spanned and int(spanned[1]) > 1:
                own.append(((row, column), (row + int(spanned[1]) - 1, column)))
            column += count
    return found
