"""Histories of a few regions and months at random: facts of each kind as the database allows them."""

from datetime import date

from hypothesis import strategies as st

from regions.month import add_months
from tests.cast import KOTA_A, KOTA_B, NATION, PROVINCE

FIRST = date(2024, 10, 1)
MONTHS = [add_months(FIRST, at) for at in range(6)]
# Two regencies of one province, one of another, the provinces themselves and the nation.
PLACES = (KOTA_A, KOTA_B, "17.01", PROVINCE, NATION)
places = st.sampled_from(PLACES)
months = st.sampled_from(MONTHS)
numbers = st.integers(0, 5000)
categories = st.sampled_from(["linmas", "kader", "nelayan", "non_asn"])
sources = st.sampled_from(["apbd_kabkota", "dbh_cht", "csr"])
maybe_categories, maybe_sources = (st.one_of(st.none(), one) for one in (categories, sources))
segments = st.sampled_from(["pu", "bpu", "jakon", "pmi", "all"])
programmes = st.sampled_from(["jkk", "jkm", "jht", "jkk_jkm", "all"])
days = st.dates(date(2024, 9, 20), date(2025, 3, 20))


# From so long before that some no longer hold.
EMPLOYER_MONTHS = [add_months(FIRST, at) for at in range(-13, 6)]
standings = st.sampled_from(["full", "part", "part_workers"])
maybe_workers = st.one_of(st.none(), st.integers(0, 40))


def up_to(size, *columns):
    return st.lists(st.tuples(*columns), max_size=size)


years = st.sampled_from([2024, 2025])

_PEOPLE = {
    "members": st.dictionaries(st.tuples(places, months, segments), numbers, max_size=20),
    "counted": st.one_of(st.none(), st.sampled_from([["pu", "bpu", "jakon"], ["bpu"], ["pu"]])),
    "workers": st.dictionaries(
        st.tuples(places, st.sampled_from([2023, 2024, 2025]), st.sampled_from(["pu", "bpu", "all"])),
        st.integers(1, 9000),
        max_size=10,
    ),
    "people": st.dictionaries(st.tuples(places, months, categories, sources), numbers, max_size=12),
    "spells": up_to(
        12,
        *(st.sampled_from(PLACES[:3]), st.integers(0, 4), categories, sources, months),
        *(st.one_of(st.none(), st.integers(0, 4)), st.sampled_from(["pu", "bpu"]), st.booleans()),
    ),
    "merged": st.dictionaries(st.integers(1, 4), st.just(0), max_size=2),
    "targets": st.dictionaries(
        st.tuples(places, years, st.sampled_from(["rpjmd", "daerah"])),
        st.decimals(1, 100, places=2),
        max_size=4,
    ),
    "asked": st.dictionaries(st.tuples(places, categories, years), numbers, max_size=4),
}
_MONEY = {
    "payments": up_to(
        8,
        places,
        maybe_categories,
        maybe_sources,
        programmes,
        days,
        months,
        st.integers(0, 7),
        numbers,
    ),
    "claims": up_to(
        8,
        *(places, maybe_sources, programmes, days, st.integers(0, 200), numbers),
        *(st.one_of(st.none(), st.integers(0, 9)), st.sampled_from(["cash", "in_kind", "liability"])),
    ),
    "lines": up_to(
        6,
        *(places, years, maybe_categories, maybe_sources, numbers, days),
        st.sampled_from(["murni", "pergeseran", "perubahan"]),
    ),
    "bills": up_to(6, places, maybe_categories, maybe_sources, numbers, days),
    "wages": st.dictionaries(st.tuples(places, categories, months), st.integers(1, 9), max_size=3),
}
_REGISTERS = {
    "employers": st.dictionaries(
        st.tuples(places, st.sampled_from(EMPLOYER_MONTHS), st.integers(0, 2), st.booleans()),
        st.tuples(standings, maybe_workers, maybe_workers, maybe_workers, maybe_workers),
        max_size=14,
    ),
    "projects": st.dictionaries(
        st.tuples(places, years, st.integers(0, 4)),
        st.tuples(
            st.sampled_from(EMPLOYER_MONTHS),
            st.one_of(st.none(), st.integers(1, 9 * 10**9)),
            st.booleans(),
            st.one_of(st.none(), days),
        ),
        max_size=14,
    ),
    "project_counts": st.dictionaries(
        st.tuples(places, st.sampled_from(EMPLOYER_MONTHS)),
        st.tuples(st.integers(1, 40), maybe_workers, maybe_workers, maybe_workers),
        max_size=6,
    ),
}
histories = st.fixed_dictionaries({**_PEOPLE, **_MONEY, **_REGISTERS})
