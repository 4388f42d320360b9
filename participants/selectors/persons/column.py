"""The cells of a person as text, and differences between two states of one."""

from dataclasses import dataclass

from participants.importers.header import Field
from participants.models import Participant
from participants.person_columns import SEALED_COLUMNS, open_cells


@dataclass(frozen=True)
class ColumnDifference:
    """One column before and after, in words."""

    label: str
    old: str
    new: str


def all_cells(person: Participant) -> dict[Field, str]:
    """All cells with the NIK and the other numbers whole: to be judged again, never to be shown."""
    numbers = {column.field: getattr(person, column.name) for column in SEALED_COLUMNS}
    return open_cells(person) | {Field.NIK: person.nik.digits} | numbers
