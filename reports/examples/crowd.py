"""Many invented persons of a regency: nine tenths of those whose contributions are paid, by name."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from reports.examples.facts import people_paid_for
from reports.examples.lists import GIVEN, SECOND, ExampleList, workbook_of
from reports.examples.places import Place

# Together about 150,000 persons.
CROWDED = ("36.03", "36.71", "36.74")
# As long as a list that an office still sends as one file.
_MOST = 20_000
_MONTHS = 18
_THIRD = (
    *("Abadi", "Akbar", "Aulia", "Basuki", "Cahyadi", "Darmawan", "Efendi", "Firmansyah", "Gunawan", "Hakim"),
    *("Iskandar", "Jatmiko", "Kusuma", "Laksana", "Mahendra", "Nugraha", "Oktavian", "Pratama", "Ramadhan"),
    *("Setiawan", "Taufik", "Utama", "Wibowo", "Yulianto", "Zulkarnain"),
)


@dataclass(frozen=True)
class Group:
    """People of one category and source of funds; `first` is the number of the first of them in the place."""

    category: str
    funding: str
    first: int
    count: int


def groups_of(place: Place) -> list[Group]:
    found: list[Group] = []
    serial = 0
    for (category, funding), people in sorted(people_paid_for(place, place.span.last).items()):
        count = min(people * 9 // 10, _MOST)
        found.append(Group(category, funding, serial, count))
        serial += count
    return found


def crowd_list(place: Place, group: Group, districts: Sequence[tuple[str, str]]) -> ExampleList:
    """Their list as an office would send it; `districts` are pairs of two digits and a name."""
    first, last = place.span.months[-_MONTHS], place.span.last.replace(month=12)
    rows = _rows(place, districts, range(group.first, group.first + group.count))
    name = f"{group.category} {place.code} {group.funding}.xlsx"
    return ExampleList(place.code, group.category, group.funding, name, workbook_of(rows), first, last)


def _rows(place: Place, districts: Sequence[tuple[str, str]], serials: range) -> Iterator[list[str]]:
    random = place.random(f"crowd {serials.start}")
    for number, serial in enumerate(serials, start=1):
        sex = random.choice("LP")
        born = date(random.randrange(1962, 2004), random.randrange(1, 13), random.randrange(1, 29))
        digits, district = districts[serial % len(districts)]
        day = born.day + (40 if sex == "P" else 0)
        # Nobody else of that district and day has the same four digits at the end.
        tail = serial // len(districts) % 9_000 + 1_000
        nik = f"{place.code.replace('.', '')}{digits}{day:02}{born.month:02}{born.year % 100:02}{tail}"
        name = f"{random.choice(GIVEN[sex].split())} {random.choice(SECOND)} {random.choice(_THIRD)}"
        address = f"Jl. Contoh {random.randrange(1, 400)}"
        yield [str(number), nik, name, "", f"{born:%d/%m/%Y}", sex, address, "", district]
