"""Where words stand in a drawing so that none lies upon a line, a point or other words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

Spot = tuple[float, float]
# How wide a letter is as a share of its height, on the safe side for every font a reader may have.
_LETTER = 0.58
# The same of whole names, whose letters are wide and narrow by turns.
_NAME_LETTER = 0.52
# How far a line is followed from one looked-at spot to the next, in pixels.
_STRIDE = 3.0
_CLEAR = 3.0
_NEAR, _FARTHER = 9.0, 15.0


@dataclass(frozen=True)
class PlacedWords:
    """`x` is their left edge, `y` the middle of their height."""

    text: str
    x: float
    y: float
    size: float

    @property
    def width(self) -> float:
        return width_of(self.text, self.size)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        half = self.size * 0.62
        return self.x, self.y - half, self.x + self.width, self.y + half


def width_of(text: str, size: float) -> float:
    return len(text) * size * _LETTER


def fitting(text: str, width: float, size: float) -> str:
    """A name, cut short where it would be wider."""
    most = int(width / (size * _NAME_LETTER))
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


@dataclass
class Plot:
    """A plot with what is drawn in it. Words may stand within it and nowhere upon what is there."""

    width: float
    height: float
    spots: list[Spot] = field(default_factory=list)
    placed: list[PlacedWords] = field(default_factory=list)

    def draw(self, line: Sequence[Spot]) -> None:
        """A line through spots, nothing of which words may cover."""
        self.spots += line[:1]
        for start, end in pairwise(line):
            self.spots += _between(start, end)

    def put(self, text: str, x: float, y: float, size: float) -> PlacedWords:
        """Where it must stand; what is placed later makes way."""
        self.placed.append(PlacedWords(text, x, y, size))
        return self.placed[-1]

    def place(self, texts: Iterable[str], near: Spot, size: float) -> PlacedWords | None:
        """The first of the texts that finds room near a spot; none of them where there is no room."""
        for text in texts:
            for words in _around(text, near, size):
                if self._is_free(words):
                    self.placed.append(words)
                    return words
        return None

    def _is_free(self, words: PlacedWords) -> bool:
        left, top, right, bottom = words.box
        if left < 0 or top < 0 or right > self.width or bottom > self.height:
            return False
        if any(_touch(words.box, other.box) for other in self.placed):
            return False
        left, top, right, bottom = left - _CLEAR, top - _CLEAR, right + _CLEAR, bottom + _CLEAR
        return not any(left <= x <= right and top <= y <= bottom for x, y in self.spots)


def _touch(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return (
        one[0] < other[2] + _CLEAR
        and other[0] < one[2] + _CLEAR
        and one[1] < other[3] + _CLEAR
        and other[1] < one[3] + _CLEAR
    )


def _between(start: Spot, end: Spot) -> Iterator[Spot]:
    across, down = end[0] - start[0], end[1] - start[1]
    count = max(1, int(max(abs(across), abs(down)) / _STRIDE))
    for at in range(1, count + 1):
        yield start[0] + across * at / count, start[1] + down * at / count


def _around(text: str, near: Spot, size: float) -> Iterator[PlacedWords]:
    """Above and below, in the middle or to one side, ever farther away."""
    wide, (x, y) = width_of(text, size), near
    for away in (_NEAR + size / 2, _FARTHER + size / 2, 2 * _FARTHER + size / 2):
        for up in (-away, away):
            for left in (x - wide / 2, x - wide / 6, x - wide * 5 / 6, x, x - wide):
                yield PlacedWords(text, left, y + up, size)
