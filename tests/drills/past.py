"""A moment of a PostgreSQL of one's own: its log is fetched as it is written, and played to a time."""

import time

from tests.drills.machines import CODE, Machine
from tests.drills.province import FILES, Province
from tests.drills.steps import step
from tests.drills.unit_files import Unit
from tests.drills.visitor import Visitor

BACKUPS, PAST = "/var/backups/jamsostek", "/var/lib/jamsostek/past"
# Moments are written as text alike on both servers.
_ALIKE = "SET TIME ZONE 'UTC'; "
_COUNTS = "SELECT md5(string_agg(t::text, ' ' ORDER BY id)) FROM participants_membershipcount AS t"


def bring_back_a_moment(province: Province, visitor: Visitor) -> None:
    keeper = province["worker1"]
    _keep(keeper)
    visitor.correct_members(70_111)
    then = province.primary.sql(
        f"{_ALIKE}SELECT ({_COUNTS}) || '|' || clock_timestamp()", database="jamsostek"
    )
    digest, moment = then.split("|")
    time.sleep(1)
    visitor.correct_members(70_222)
    after = province.primary.sql(_ALIKE + _COUNTS, database="jamsostek")
    assert after != digest
    # What was committed a moment ago is on its way: the receiver writes as it comes.
    time.sleep(2)
    began = time.monotonic()
    keeper.run(f"{CODE}/deploy/many/restore_to", BACKUPS, moment, PAST, user="jamsostek")
    _start(province, keeper)
    found = _ask(province, keeper, _ALIKE + _COUNTS)
    assert found == digest, (found, digest, after)
    took = time.monotonic() - began
    step(f"PostgreSQL of one's own: as it was at {moment}, digests the same, in {took:.1f} s")


def _keep(keeper: Machine) -> None:
    Unit(FILES / "jamsostek-wal.service").start(keeper)
    time.sleep(1)
    Unit(FILES / "jamsostek-base.service").start(keeper, wait=True)
    step("jamsostek-wal.service fetches the log, jamsostek-base.service made and checked a base")


def _start(province: Province, keeper: Machine) -> None:
    own = ["-c", f"config_file={PAST}/past.conf", "-c", f"hba_file={PAST}/past_hba.conf"]
    keeper.start(
        "past", str(province.primary.bin / "postgres"), "-D", PAST, *own, user="jamsostek", folder="/"
    )
    end = time.monotonic() + 60
    while True:
        try:
            if _ask(province, keeper, "SELECT pg_is_in_recovery()") == "f":
                return
        except AssertionError:
            assert time.monotonic() < end, keeper.log("past")
        time.sleep(0.2)


def _ask(province: Province, keeper: Machine, statement: str) -> str:
    psql = [str(province.primary.bin / "psql"), "-XAtq", "-h", PAST, "-U", "postgres", "-d", "jamsostek"]
    return keeper.run(*psql, "-c", statement, user="jamsostek").strip()
