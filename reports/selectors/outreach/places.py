"""Districts and villages of a regency by the keys under which lists name them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from participants.models import OutreachEvent
from participants.place_names import place_key
from participants.selectors.persons.newcomers import PlaceKey
from regions.selectors.region import districts_and_villages


@dataclass(frozen=True)
class PlaceNames:
    """Of one regency: place → its name as people read it."""

    districts: dict[PlaceKey, str] = field(default_factory=dict)
    villages: dict[PlaceKey, str] = field(default_factory=dict)

    @classmethod
    def of(cls, codes: Iterable[str]) -> dict[str, "PlaceNames"]:
        """Of each of these regencies."""
        found = {}
        for code, districts in districts_and_villages(codes).items():
            found[code] = places = cls()
            for district, villages in districts.items():
                places.districts[place_key(district), ""] = district
                for village in villages:
                    places.villages[place_key(district), place_key(village)] = f"{village}, {district}"
        return found

    def like(self, place: PlaceKey) -> dict[PlaceKey, str]:
        """Places of the same kind; nothing is like the whole regency."""
        district, village = place
        if village:
            return self.villages
        return self.districts if district else {}

    @property
    def homes(self) -> dict[str, str]:
        """Village → district, of those villages whose name stands once."""
        times = Counter(village for _district, village in self.villages)
        return {village: district for district, village in self.villages if times[village] == 1}


def place_of(event: OutreachEvent) -> PlaceKey:
    return place_key(event.district_name), place_key(event.village_name)


def touches(one: PlaceKey, other: PlaceKey) -> bool:
    """Whether one place is the other or lies within it."""
    return all(a == b or not a or not b for a, b in zip(one, other, strict=True))
