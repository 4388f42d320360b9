"""The names of categories and regions that a text may use."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Vocabulary:
    """Names in any case → code. Short abbreviations among categories are known in capitals only."""

    categories: Mapping[str, str]
    regions: Mapping[str, str]

    @cached_property
    def category_pattern(self) -> re.Pattern[str] | None:
        return _pattern(self.categories)

    @cached_property
    def region_pattern(self) -> re.Pattern[str] | None:
        return _pattern(self.regions)

    def category_of(self, words: str) -> str:
        return self.categories.get(_plain(words), "")

    def region_of(self, words: str) -> str:
        return self.regions.get(_plain(words), "")


EMPTY = Vocabulary({}, {})


def vocabulary(categories: Iterable[tuple[str, str]], regions: Iterable[tuple[str, str]] = ()) -> Vocabulary:
    """Of (name, code); of two with one name the first counts."""
    return Vocabulary(_named(categories), _named(regions))


def _named(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, code in pairs:
        found.setdefault(_plain(name), code)
    return found


def _plain(words: str) -> str:
    return re.sub(r"[\s/-]+", " ", words.lower()).strip()


def _pattern(names: Mapping[str, str]) -> re.Pattern[str] | None:
    if not names:
        return None
    parts = [re.escape(name).replace(r"\ ", r"[\s/-]+") for name in sorted(names, key=len, reverse=True)]
    return re.compile(rf"(?<![\w])(?:{'|'.join(parts)})(?![\w])", re.IGNORECASE)
