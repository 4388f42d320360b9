"""What the words of a file of money mean: places, categories, payers, offices, budget lines."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from budgets.line import normal_account, normal_sub_activity
from budgets.models import Allocation
from participants.importers.header import label_of
from participants.models import Category, FundingSource
from regions.enums import Level, RegionKind
from regions.models import Institution, Region
from regions.models.region import NATION
from regions.selectors.region import in_subtree

_DIGITS = re.compile(r"[0-9]+")
# How papers call a kind of region before its name.
_KINDS: dict[str, tuple[str, ...]] = {
    RegionKind.KABUPATEN: ("kabupaten", "kab", "pemkab", "pemerintah kabupaten"),
    RegionKind.KOTA: ("kota", "pemkot", "pemerintah kota"),
    RegionKind.KABUPATEN_ADMINISTRASI: ("kabupaten administrasi", "kabupaten", "kab"),
    RegionKind.KOTA_ADMINISTRASI: ("kota administrasi", "kota"),
    RegionKind.PROVINCE: ("provinsi", "prov", "pemprov", "pemerintah provinsi"),
}
Meanings = dict[str, set[str]]


@dataclass
class MoneyNames:
    """Words as they are compared → the codes they may mean. Several codes: the word is ambiguous."""

    regions: Meanings = field(default_factory=dict)
    # Codes a file may speak of.
    inside: set[str] = field(default_factory=set)
    categories: Meanings = field(default_factory=dict)
    fundings: Meanings = field(default_factory=dict)
    # What may be written, for sentences.
    category_names: list[str] = field(default_factory=list)
    funding_names: list[str] = field(default_factory=list)
    # (region, name) → institution.
    institutions: dict[tuple[str, str], set[str]] = field(default_factory=dict)
    lines: dict[tuple[str, int, str, str], list[Allocation]] = field(default_factory=dict)

    def lines_of(self, region: str, year: int, sub_activity: str, account: str) -> list[Allocation]:
        """The newest stages of the lines with these codes; an untold code fits any."""
        wanted = (normal_sub_activity(sub_activity), normal_account(account))
        return [
            row
            for (code, of_year, sub, acc), rows in self.lines.items()
            if code == region and of_year == year and wanted[0] in {"", sub} and wanted[1] in {"", acc}
            for row in rows
        ]


def load_names(region_code: str, *, with_lines: bool = False) -> MoneyNames:
    """The words that hold for files of a region and those below it, down to the regency."""
    names = MoneyNames()
    for code, name, kind in Region.objects.filter(level__lte=Level.REGENCY, valid_until=None).values_list(
        "code", "name", "kind"
    ):
        for word in _region_words(code, name, kind):
            names.regions.setdefault(label_of(word), set()).add(code)
        if region_code in {NATION, code} or code.startswith(f"{region_code}."):
            names.inside.add(code)
    _learn(names.categories, _category_words())
    _learn(names.fundings, FundingSource.objects.values_list("code", "name"))
    names.category_names = list(Category.objects.order_by("name").values_list("name", flat=True))
    names.funding_names = list(FundingSource.objects.order_by("name").values_list("name", flat=True))
    offices = Institution.objects.filter(in_subtree("region__code", region_code))
    for pk, region, name in offices.values_list("pk", "region_id", "name"):
        names.institutions.setdefault((region, label_of(name)), set()).add(pk)
    if with_lines:
        _learn_lines(names, region_code)
    return names


def region_digits(text: str) -> str:
    """`3672`, `36.72` → `36.72`; an empty text for what is no code."""
    digits = "".join(text.split(".")).strip()
    if not digits.isascii() or not _DIGITS.fullmatch(digits) or len(digits) not in {2, 4}:
        return NATION if text.strip().upper() == NATION else ""
    return digits if len(digits) == 2 else f"{digits[:2]}.{digits[2:]}"


def _region_words(code: str, name: str, kind: str) -> Iterable[str]:
    yield name
    for word in _KINDS.get(kind, ()):
        yield f"{word} {name}"


def _category_words() -> Iterable[tuple[str, str]]:
    for code, name, synonyms in Category.objects.values_list("code", "name", "synonyms"):
        yield code, name
        yield from ((code, word) for word in synonyms)


def _learn(meanings: Meanings, words: Iterable[tuple[str, str]]) -> None:
    for code, word in words:
        meanings.setdefault(label_of(code), set()).add(code)
        meanings.setdefault(label_of(word), set()).add(code)


def _learn_lines(names: MoneyNames, region_code: str) -> None:
    rows = Allocation.objects.filter(in_subtree("region__code", region_code))
    newest = rows.order_by("line", "-decided_on", "-phase", "-sequence", "-pk").distinct("line")
    for row in newest:
        key = (row.region_id, row.year, row.sub_activity, row.account)
        names.lines.setdefault(key, []).append(row)
