"""What pages show of files of money, and from which row of which file a fact came."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from budgets.enums import MoneyKind
from budgets.importers.money_cells import has_one_comma
from budgets.importers.money_columns import COLUMNS, title_of
from budgets.importers.money_fields import TITLES, WITH_COMMAS, MoneyField
from budgets.models import (
    Allocation,
    Claim,
    ConstructionProject,
    Contribution,
    Employer,
    MoneyBatch,
    MoneyRow,
    Realisation,
)
from budgets.selectors.money_preview import stored_beside
from participants.enums import BatchState, RowState
from participants.importers.header import is_personal
from participants.importers.list_row import column_letter
from participants.models import Category, FundingSource
from regions.access import within
from regions.fact_kind import FactKind
from regions.models import SourcedFact, User
from regions.number import grouped
from regions.roles import Permission
from regions.selectors.region import in_subtree, list_entry_regions
from regions.stored_text import retold


def _seen(user: User) -> Q:
    """Files of kinds whose rows the user may read where the file is of: some name people."""
    seen = Q()
    for model in (Contribution, Claim, Allocation, Realisation, Employer, ConstructionProject):
        kinds = [kind.value for kind in MoneyKind if kind.fact_name == model.fact.name]
        seen |= Q(kind__in=kinds) & within(user, permission=model.fact.seen_with)
    return seen & within(user, permission=Permission.VIEW_DRAFTS)


def list_money_batches(user: User, *, region_code: str = "", kind: str = "") -> QuerySet[MoneyBatch]:
    rows = MoneyBatch.objects.filter(_seen(user)).defer("content_sealed")
    if region_code:
        rows = rows.filter(in_subtree("region__code", region_code))
    if kind:
        rows = rows.filter(kind=kind)
    return rows.select_related("region", "entered_by").order_by("-pk")


def get_money_batch(user: User, pk: int) -> MoneyBatch | None:
    """One batch of a region the user sees; None for any other."""
    rows = MoneyBatch.objects.filter(_seen(user), pk=pk).defer("content_sealed")
    return rows.select_related("region", "entered_by", "confirmed_by").first()


def list_money_rows(batch: MoneyBatch, state: str) -> QuerySet[MoneyRow]:
    rows = batch.rows.order_by("pk")
    return rows.filter(state=state) if state in RowState.values else rows


def file_rows_of(facts: Sequence[SourcedFact]) -> dict[int, MoneyRow]:
    """By the keys of facts of one kind: the row of a stored file that made each so, with its batch."""
    if not facts:
        return {}
    fact = getattr(type(facts[0]), "fact", None)
    name = fact.name if isinstance(fact, FactKind) else ""
    kind = next((kind for kind in MoneyKind if kind.fact_name == name), None)
    revisions = {fact.pk: fact.revision for fact in facts}
    rows = MoneyRow.objects.filter(fact_pk__in=revisions, batch__kind=kind, batch__state=BatchState.STORED)
    found = rows.select_related("batch").defer("batch__content_sealed").exclude(state=RowState.REFUSED)
    return {
        row.fact_pk: row
        for row in found.order_by("batch_id")
        if row.fact_pk is not None and (row.revision or 0) <= revisions[row.fact_pk]
    }


@dataclass(frozen=True)
class ShownMoneyRow:
    """A row with its cells in the order of the page's columns, beside each what would be stored where that
    is another; its sentences and what it would change."""

    row: MoneyRow
    cells: list[tuple[str, str]]
    faults: list[str]
    changes: list[tuple[str, str, str]]


def shown_columns(batch: MoneyBatch) -> list[MoneyField]:
    """Columns that a sheet of the file has, in the order of the template."""
    there = {field for columns in batch.columns.values() for field, _index, _title in columns}
    return [field for field in COLUMNS[MoneyKind(batch.kind)] if field.value in there]


def show_money_rows(batch: MoneyBatch, rows: Iterable[MoneyRow]) -> list[ShownMoneyRow]:
    columns = shown_columns(batch)
    return [
        ShownMoneyRow(
            row,
            list(_cells(row, columns)),
            [fault_sentence(batch, row, *fault) for fault in row.faults],
            list(_changes(MoneyKind(batch.kind), row)),
        )
        for row in rows
    ]


def _cells(row: MoneyRow, columns: Iterable[MoneyField]) -> Iterator[tuple[str, str]]:
    """The words of each cell and what would be stored instead; of a row that is refused nothing is stored."""
    is_stored = row.state != RowState.REFUSED
    for field in columns:
        words = row.cells.get(field.value, "")
        yield words, stored_beside(field, words, row.told, row.cells) if is_stored else ""


def fault_sentence(batch: MoneyBatch, row: MoneyRow, field: str, sentence: str) -> str:
    """Sheet, row, column, title, value, why, and the remedy; stored in the language it was read in."""
    place = _('Lembar "%(sheet)s", baris %(row)s') % {"sheet": row.sheet, "row": row.number}
    index = _index_of(batch, row.sheet, field)
    if index is not None:
        title = next(t for _f, i, t in batch.columns[row.sheet] if i == index)
        where = _('kolom %(column)s "%(title)s"') % {"column": column_letter(index), "title": title}
        place = f"{place}, {where}"
    elif field in TITLES:
        place = f"{place}, {_(title_of(MoneyKind(batch.kind), MoneyField(field)))}"
    value = row.cells.get(field, "")
    said = f': "{value[:60]}".' if value and value[:60] not in sentence else ":"
    return f"{place}{said} {retold(sentence)}"


def _index_of(batch: MoneyBatch, sheet: str, field: str) -> int | None:
    wanted = {field, "region_code"} if field == "region" else {field}
    return next((index for known, index, _title in batch.columns.get(sheet, []) if known in wanted), None)


def _changes(kind: MoneyKind, row: MoneyRow) -> Iterable[tuple[str, str, str]]:
    if row.state != RowState.CHANGED or not row.before:
        return
    new: Mapping[str, Any] = row.told.get("after") or row.told
    for column, old in row.before["values"].items():
        name = column.removesuffix("_id")
        if column in new and new[column] != old and name in TITLES:
            yield _(title_of(kind, MoneyField(name))), _word(old), _word(new[column])


def _word(value: Any) -> str:
    if value is None:
        return ""
    return grouped(value) if isinstance(value, int) and not isinstance(value, bool) else str(value)


def marks_of(batch: MoneyBatch) -> dict[str, dict[int, tuple[list[int], list[str]]]]:
    """Sheet → number of a refused row → its bad columns and the sentences."""
    marks: dict[str, dict[int, tuple[list[int], list[str]]]] = {}
    for row in batch.rows.filter(state=RowState.REFUSED):
        found = [_index_of(batch, row.sheet, field) for field, _sentence in row.faults]
        bad = [index for index in found if index is not None]
        marks.setdefault(row.sheet, {})[row.number] = (bad, [sentence for _field, sentence in row.faults])
    return marks


def personal_columns(batch: MoneyBatch) -> dict[str, list[int]]:
    """Columns that tell who somebody is: they are given back to nobody."""
    return {
        sheet: [index for known, index, title in columns if not known and is_personal(title)]
        for sheet, columns in batch.columns.items()
    }


def sealed_content(batch: MoneyBatch) -> bytes:
    return bytes(MoneyBatch.objects.values_list("content_sealed", flat=True).get(pk=batch.pk))


def titles_of(kind: MoneyKind) -> list[tuple[MoneyField, str]]:
    return [(field, _(title_of(kind, field))) for field in COLUMNS[kind]]


def words_for_template(user: User, permission: Permission) -> dict[str, list[str]]:
    """What may stand in the columns of choice of a template."""
    regions = list_entry_regions(user, permission)
    return {
        "regions": [region.full_label for region in regions],
        "categories": list(Category.objects.order_by("name").values_list("name", flat=True)),
        "fundings": list(FundingSource.objects.order_by("name").values_list("name", flat=True)),
    }


def asks_about_commas(batch: MoneyBatch) -> bool:
    """Whether rows are refused because nobody has said what the comma in 1,234 is, or said a fraction."""
    if batch.state != BatchState.CHECKED:
        return False
    rows = batch.rows.filter(state=RowState.REFUSED).values_list("cells", "faults")
    asked = {field.value for field in WITH_COMMAS}
    return any(
        field in asked and has_one_comma(cells.get(field, ""))
        for cells, faults in rows
        for field, _sentence in faults
    )
