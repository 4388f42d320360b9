"""A task as handbooks tell it and as the first days tick it off: one text for both."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from regions.month_steps import Transition
from regions.roles import Permission
from reports.navigation import way_to

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words

    Said = Words | str


class Proof(StrEnum):
    """What the data say of somebody's own work; each is one question of `selectors/first_day.py`."""

    LIST_SENT = "list_sent"
    LIST_STORED = "list_stored"
    MONTH_ENTERED = "month_entered"
    MONTH_COMPLETED = "month_completed"
    MONTH_SUBMITTED = "month_submitted"
    MONTH_VERIFIED = "month_verified"
    MONTH_CLOSED = "month_closed"
    DUPLICATE_DECIDED = "duplicate_decided"
    BUDGET_RECORDED = "budget_recorded"
    PLAN_MADE = "plan_made"
    RECONCILED = "reconciled"
    PACK_ASKED = "pack_asked"
    PERSON_INVITED = "person_invited"
    PREPARED = "prepared"


@dataclass(frozen=True)
class HandbookStep:
    """`text` may name `%(page)s`, which is the way to the page through the menu, and `%(press)s`, what is
    pressed there. `place` is the page on which that stands, where it is another one."""

    text: "Said"
    page: str = ""
    press: "Said | Transition" = ""
    place: str = ""

    @property
    def pressed(self) -> str:
        return self.press.label if isinstance(self.press, Transition) else str(self.press)

    @property
    def shown(self) -> str:
        """What is pressed stands in quotation marks."""
        said = str(self.text)
        return said % {"page": way_to(self.page), "press": f"“{self.pressed}”"} if "%(" in said else said


@dataclass(frozen=True)
class Chapter:
    """`page` is the address where the task begins. It is done once `proof` holds, or once the reader has seen
    the page `seen`; without either it is no step of the first days."""

    key: str
    title: "Said"
    aim: "Said"
    page: str
    steps: Sequence[HandbookStep]
    permission: Permission
    proof: Proof | None = None
    seen: str = ""
    # Open to those who work for one institution alone, too.
    for_bound: bool = False
    picture: str = ""
    # Who took the picture and where, for the script that takes it.
    taken: tuple[str, str] = ("", "")

    @property
    def is_first_day(self) -> bool:
        return bool(self.proof or self.seen)

    @property
    def picture_file(self) -> str:
        return f"pictures/{self.picture}.png"

    @property
    def picture_text(self) -> str:
        return _("Gambar: %(title)s") % {"title": self.title}
