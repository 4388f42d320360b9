"""The order of the tests, and how two processes share them: file by file, the longest first.

A file whose tests share one world builds it once then, in one process; and no process is left alone with a
long file at the end.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby

import pytest
from coverage import Coverage
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

# What takes more than a few seconds, the longest first; all others follow as they stand in their folders.
LONGEST = (
    "house/test_impossible_input.py",
    "house/test_doors.py",
    "house/test_practice_walls.py",
    "house/test_access_table.py",
    "reports/test_recount.py",
    "participants/test_months_elsewhere.py",
    "reports/test_pack_faces.py",
    "reports/test_pack_work.py",
    "reports/test_verification.py",
    "reports/test_pages.py",
    "reports/test_since_approval.py",
    "reports/test_broken_layouts.py",
    "reports/test_examples.py",
    "house/test_query_budgets.py",
    "regions/test_viewing.py",
    "house/test_dead_files.py",
    "budgets/test_money_files.py",
    # Those that commit come after all of the above.
    "browser/test_faces.py",
    "participants/test_killed_worker.py",
    "reports/test_pack_killed.py",
    "browser/test_correction_flow.py",
    "browser/test_grid.py",
    "reports/test_engine_killed.py",
    "browser/test_list_flow.py",
    "browser/test_practice_flow.py",
    "browser/test_stranger.py",
    "browser/test_month_entry_grid.py",
    "browser/test_month_flow.py",
    # And last those without a database.
    "house/test_embedded.py",
    "house/test_structure.py",
    "house/test_words.py",
    "house/test_translations.py",
)


# Walks over all addresses, and over whole histories of figures: what they reach, tests of its own reach too.
# To measure them as well would double what takes half of the time.
UNMEASURED = frozenset(
    {
        "tests/browser/test_faces.py",
        "tests/house/test_access_table.py",
        "tests/house/test_dead_files.py",
        "tests/house/test_doors.py",
        "tests/house/test_impossible_input.py",
        "tests/house/test_odd_addresses.py",
        "tests/house/test_practice_walls.py",
        "tests/house/test_query_budgets.py",
        "tests/participants/test_batch_fuzz.py",
        "tests/participants/test_months_elsewhere.py",
        "tests/regions/test_region_load.py",
        "tests/reports/test_closed_money.py",
        "tests/reports/test_examples.py",
        "tests/reports/test_golden.py",
        "tests/reports/test_money_golden.py",
    }
)


def longest_first(items: list[pytest.Item]) -> None:
    """Within each kind of tests; what empties the tables comes after all that find the reference tables."""
    place = {f"tests/{name}": at for at, name in enumerate(LONGEST)}
    items.sort(key=lambda item: (_kind(item), place.get(file_of(item.nodeid), len(place))))


def _kind(item: pytest.Item) -> int:
    """As pytest-django puts them: tests within a transaction, tests that commit, and the others."""
    fixtures = getattr(item, "fixturenames", ())
    marker = item.get_closest_marker("django_db")
    if (marker and marker.kwargs.get("transaction")) or {"transactional_db", "live_server"} & set(fixtures):
        return 1
    return 0 if marker or "db" in fixtures else 2


@contextmanager
def unmeasured(nodeid: str) -> Iterator[None]:
    """Coverage, where it is measured at all, rests during a walk."""
    measuring = Coverage.current() if file_of(nodeid) in UNMEASURED else None
    if measuring is None:
        yield
        return
    measuring.stop()
    try:
        yield
    finally:
        measuring.start()


def file_of(nodeid: str) -> str:
    return nodeid.partition("::")[0]


class WholeFiles(LoadScopeScheduling):
    """A unit of work is what stands together of one file."""

    def __init__(self, config: pytest.Config, log: Producer | None = None) -> None:
        super().__init__(config, log)
        config.option.loadscopereorder = False
        self._units: dict[str, str] = {}

    def _split_scope(self, nodeid: str) -> str:
        if not self._units and self.collection:
            self._units = units_of(self.collection)
        return self._units[nodeid]


def units_of(nodeids: Sequence[str]) -> dict[str, str]:
    """Test → the unit it belongs to: its file, with a number, since a file may come twice."""
    runs = groupby(nodeids, key=file_of)
    return {nodeid: f"{file} {number}" for number, (file, run) in enumerate(runs) for nodeid in run}
