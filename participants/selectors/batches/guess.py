"""What a dropped list is of, as far as its name, its titles and earlier lists tell without doubt."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from participants.models import Batch, Category, FundingSource, HeldFile
from participants.selectors.reach import reached
from regions.enums import Level, Origin
from regions.models import Region, User
from regions.month import parse_month
from regions.month_rules import EARLIEST
from regions.roles import Permission

_WORD = re.compile(r"[^\W_]+")
# Numbers of letters have strokes, those of houses have none.
_LETTER = re.compile(r"\b(?:nomor|nomer|no)\b\.?\s*:?\s*(?=\S*\d)\S*/\S*", re.IGNORECASE)
_NAMED = r"(?:jan|feb|peb|mar|apr|mei|may|jun|jul|agu|ags|agt|aug|sep|okt|oct|nov|nop|des|dec)[a-z]*"
_MONTHS = re.compile(
    rf"\b(?:20\d{{2}}-\d{{1,2}}|\d{{1,2}}[-/.]20\d{{2}}|{_NAMED}[-/ ]?(?:20)?\d{{2}})\b", re.IGNORECASE
)
_LEAST_LETTERS = 3


@dataclass(frozen=True)
class Guess:
    """Each part is None or empty where there is doubt, and then it is asked."""

    region: str | None = None
    category: str | None = None
    funding: str | None = None
    first_month: date | None = None
    last_month: date | None = None
    source: str = ""
    institution: str | None = None
    payer: str | None = None
    programmes: tuple[str, ...] = ()
    segment: str = ""

    def initial(self) -> dict[str, object]:
        """For a form, only what is known."""
        return {name: value for name, value in vars(self).items() if value}


def list_held(user: User) -> list[HeldFile]:
    return list(HeldFile.objects.filter(by=user).defer("content_sealed").order_by("pk"))


def find_held(user: User, pk: str) -> HeldFile | None:
    """A file that this person dropped; nobody else's."""
    # More digits than a number of a file can have are nobody's file.
    is_number = pk.isascii() and pk.isdigit() and len(pk) < 16
    return HeldFile.objects.filter(by=user, pk=pk).defer("content_sealed").first() if is_number else None


def guess_of(user: User, held: HeldFile, regions: QuerySet[Region]) -> Guess:
    # The name of the file says more than what stands in it; both are one text for all but months.
    texts = [held.file_name.rpartition(".")[0], *held.words]
    region, category = _region(texts, regions), _category(texts)
    before = _before(user, region, category)
    funding = _named(texts, FundingSource.objects.values_list("code", "name"))
    month = _month(texts[:1]) or _month(texts[1:])
    if before is None:
        return Guess(region, category, funding, month, None, _source(texts))
    return Guess(
        region=region,
        category=category,
        funding=funding or before.funding_id,
        first_month=month,
        # A list of one month each time, or one that holds until something changes.
        last_month=month if before.last_month else None,
        source=_source(texts),
        institution=before.institution_id,
        payer=before.payer_id,
        programmes=tuple(before.programmes),
        segment=before.segment,
    )


def _region(texts: Sequence[str], regions: QuerySet[Region]) -> str | None:
    known = list(regions.filter(level=Level.REGENCY).values_list("code", "name")[:600])
    if len(known) == 1:
        return str(known[0][0])
    return _named(texts, known)


def _category(texts: Sequence[str]) -> str | None:
    rows = Category.objects.values_list("code", "name", "synonyms")
    return _named(texts, [(code, word) for code, name, words in rows for word in (name, *words)])


def _before(user: User, region: str | None, category: str | None) -> Batch | None:
    """The newest list of the same people, that this person may see."""
    if region is None or category is None:
        return None
    rows = Batch.objects.filter(reached(user, Permission.ENTER_PERSONS))
    same = rows.filter(region=region, category=category).exclude(origin=Origin.FORM)
    return same.order_by("-pk").first()


def _named(texts: Iterable[str], known: Iterable[tuple[str, str]]) -> str | None:
    """The code whose words stand in the texts: of `kader posyandu` not that of `kader`; of two, neither."""
    said = [f" {' '.join(_words(text))} " for text in texts]
    found: dict[str, str] = {}
    for code, name in known:
        words = f" {' '.join(_words(name))} "
        if len(words.strip()) >= _LEAST_LETTERS and any(words in text for text in said):
            found[words] = code
    whole = {
        code for words, code in found.items() if not any(words != other and words in other for other in found)
    }
    return whole.pop() if len(whole) == 1 else None


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _month(texts: Iterable[str]) -> date | None:
    found = set()
    for text in texts:
        for match in _MONTHS.findall(text.replace("_", " ")):
            try:
                month = parse_month(match)
            except ValueError:
                continue
            if month >= EARLIEST:
                found.add(month)
    return found.pop() if len(found) == 1 else None


def _source(texts: Sequence[str]) -> str:
    """The line that names a letter by its number; the file's own name is no source."""
    return next((text[:250] for text in texts[1:] if _LETTER.search(text)), "")
