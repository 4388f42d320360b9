"""What categories and regions are called in texts about a region."""

from collections.abc import Iterator

from participants.models import Category
from regions.enums import Level
from regions.models import Region
from regions.models.region import NATION
from reports.statements.vocabulary import Vocabulary, vocabulary

# How lists of an event name those who serve elections, beside the names in the table.
_SPOKEN = (
    ("KPU", "adhoc_kpu"),
    ("Bawaslu", "adhoc_bawaslu"),
    ("RT atau RW", "rt_rw"),
    ("RT dan RW", "rt_rw"),
)


def names_for(region: Region) -> Vocabulary:
    return vocabulary([*_categories(), *_SPOKEN], _regions(region))


def category_names() -> dict[str, str]:
    return dict(Category.objects.values_list("code", "name"))


def _categories() -> Iterator[tuple[str, str]]:
    for code, name, synonyms in Category.objects.values_list("code", "name", "synonyms"):
        yield name, code
        yield from ((word, code) for word in synonyms)


def _regions(region: Region) -> Iterator[tuple[str, str]]:
    """With their kinds; by the bare name the text's own region, or a near one, before others of that name."""
    rows = list(Region.objects.filter(level__lte=Level.REGENCY).order_by("code"))
    for row in rows:
        yield row.full_label, row.code
        yield row.label, row.code
    yield "nasional", NATION
    own = region.code.split(".")[0]
    near = sorted(rows, key=lambda row: (row.pk != region.pk, row.code.split(".")[0] != own, row.level))
    yield from ((row.name, row.code) for row in near)
