"""What the frame of a page says in a practice room, and addresses that lead out of it."""

from dataclasses import dataclass

from django.urls import get_script_prefix, reverse

from regions.practice import current_room


@dataclass(frozen=True)
class PracticeFrame:
    steps_url: str
    leave_url: str


def practice_frame() -> PracticeFrame | None:
    """None outside of rooms."""
    if current_room() is None:
        return None
    return PracticeFrame(reverse("practice"), outside("home"))


def outside(name: str) -> str:
    """The address among the real figures, asked for from inside a room or not."""
    room = current_room()
    inside = room.prefix if room else ""
    before = get_script_prefix().removesuffix(inside)
    return f"{before.rstrip('/')}/{reverse(name).removeprefix(get_script_prefix())}"
