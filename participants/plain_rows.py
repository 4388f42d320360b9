"""The rows of a grid as one plain form, for browsers that run no scripts."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from django.http import HttpResponse, QueryDict

_TYPED, _BEFORE, _SEEN, _BECAUSE = "isi", "dulu", "versi", "sebab"
_SIGN = "|"


@dataclass(frozen=True)
class PlainCell:
    """`text` is what the field holds, `before` what the stored figure said when the page was written."""

    name: str
    label: str
    text: str
    before: str

    @property
    def before_name(self) -> str:
        return f"{_BEFORE}{self.name.removeprefix(_TYPED)}"


@dataclass(frozen=True)
class PlainRow:
    """Its fields, and what was wrong with it when it was sent."""

    row: str
    seen: str
    cells: list[PlainCell]
    sentences: list[str] = field(default_factory=list)
    # A question that a reason answers.
    asks: list[str] = field(default_factory=list)
    because: str = ""

    @property
    def seen_name(self) -> str:
        return f"{_SEEN}{_SIGN}{self.row}"

    @property
    def because_name(self) -> str:
        return f"{_BECAUSE}{_SIGN}{self.row}"


@dataclass(frozen=True)
class Refusal:
    """A row that was sent and not stored, with the answer that its scripts would have had."""

    sent: QueryDict
    sentences: list[str]
    asks: list[str]

    @classmethod
    def of(cls, sent: QueryDict, answer: HttpResponse) -> "Refusal":
        told = json.loads(answer.content)
        sentences = [told.get("sentence", ""), *told.get("faults", {}).values()]
        return cls(sent, [one for one in sentences if one], told.get("asks", []))


def changed_rows(data: QueryDict) -> Iterator[tuple[str, QueryDict]]:
    """Each row of which a field was changed, as its scripts would send it: alone, with the common fields."""
    rows: dict[str, dict[str, str]] = {}
    for name, text in data.items():
        kind, sign, place = str(name).partition(_SIGN)
        row, found, column = place.rpartition(_SIGN)
        if (
            kind == _TYPED
            and sign
            and found
            and str(text).strip() != data.get(f"{_BEFORE}{_SIGN}{place}", "")
        ):
            rows.setdefault(row, {})[column] = str(text)
    common = {name: str(text) for name, text in data.items() if _SIGN not in str(name)}
    for row, typed in rows.items():
        sent = QueryDict(mutable=True)
        sent.update(common | typed | {"enrolment": row})
        sent["revision"] = str(data.get(f"{_SEEN}{_SIGN}{row}", ""))
        sent["because"] = str(data.get(f"{_BECAUSE}{_SIGN}{row}", ""))
        yield row, sent


def plain_row(
    row: str,
    seen: str,
    columns: Iterable[tuple[str, str, str]],
    refusals: Mapping[str, Refusal] | None = None,
) -> PlainRow:
    """`columns` are (name, label, stored text); what was refused stays in its field."""
    refused = (refusals or {}).get(row)
    cells = [
        PlainCell(
            f"{_TYPED}{_SIGN}{row}{_SIGN}{name}",
            label,
            str(refused.sent.get(name, text)) if refused else text,
            text,
        )
        for name, label, text in columns
    ]
    if refused is None:
        return PlainRow(row, seen, cells)
    return PlainRow(row, seen, cells, refused.sentences, refused.asks, str(refused.sent.get("because", "")))
