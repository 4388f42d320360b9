"""District and village of an event or an agent, written as the register of regions writes them."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from django.utils.translation import gettext as _

from participants.place_names import place_key
from regions.errors import Problem
from regions.selectors.region import districts_and_villages


class NamesItsPlace(Protocol):
    region_id: str
    district_name: str
    village_name: str


def settle_place(rows: Sequence[NamesItsPlace]) -> None:
    """Known names are written in one way; unknown ones stay as they were typed."""
    places = _places_of(rows)
    for row in rows:
        districts = places.get(row.region_id, {})
        row.district_name = " ".join(row.district_name.split())
        row.village_name = " ".join(row.village_name.split())
        if place_key(row.district_name) in districts:
            row.district_name, villages = districts[place_key(row.district_name)]
            row.village_name = villages.get(place_key(row.village_name), row.village_name)


def unknown_place(rows: Sequence[NamesItsPlace]) -> Iterable[Problem]:
    places = _places_of(rows)
    for index, row in enumerate(rows):
        districts = places.get(row.region_id, {})
        if row.village_name and not row.district_name:
            yield Problem(index, "district_name", _("Sebut juga kecamatannya."))
        elif row.district_name and place_key(row.district_name) not in districts:
            yield Problem(
                index,
                "district_name",
                _("Kecamatan ini tidak ada di wilayah itu. Pilih dari daftarnya, atau kosongkan."),
            )
        elif row.village_name:
            _name, villages = districts[place_key(row.district_name)]
            if place_key(row.village_name) not in villages:
                yield Problem(
                    index,
                    "village_name",
                    _("Desa atau kelurahan ini tidak ada di kecamatan itu. Periksa namanya, atau kosongkan."),
                )


def _places_of(rows: Sequence[NamesItsPlace]) -> dict[str, dict[str, tuple[str, dict[str, str]]]]:
    """Region code → key of a district → its name, and its villages by key."""
    named = {row.region_id for row in rows if row.district_name.strip()}
    return {
        code: {
            place_key(name): (name, {place_key(one): one for one in villages})
            for name, villages in districts.items()
        }
        for code, districts in districts_and_villages(named).items()
    }
