"""Several machines: what one enters on any web machine is computed on any machine with workers."""

import json
import time

from regions.advisory_lock import AdvisoryLock
from tests.drills.front import check_front
from tests.drills.machines import CODE, Network, require, require_packages
from tests.drills.one import FIGURE, PACKAGES, PROGRAMS
from tests.drills.past import bring_back_a_moment
from tests.drills.province import Province, raise_firewall
from tests.drills.steps import step
from tests.drills.visitor import BOARD, Visitor, refused

_WELL = ("broker", "worker", "beat", "backlog", "replica", "log_of_changes", "backup")
OF_PROVINCES = (*PACKAGES, "postgresql", "redis-server")


def drill(network: Network) -> None:
    require(*PROGRAMS)
    require_packages(*OF_PROVINCES)
    province = Province(network)
    province.begin()
    visitor = Visitor(province.office, province["front"].address, province.authority.pem)
    visitor.watched = [process for name in ("web1", "worker1", "db1") for process in province[name].processes]
    visitor.wait_for("Masuk", "/akun/masuk/", 120)
    # From here on machines lose their power on purpose.
    visitor.watched = []
    step("the sign-in page answers over TLS")
    check_front(visitor, province.office, province["front"])
    _check_walls(province)
    _check_rights(province)
    visitor.sign_in("wayan")
    _enter_where_others_compute(province, visitor)
    _read_the_replica(province, visitor)
    bring_back_a_moment(province, visitor)
    _lose_a_web_machine(province, visitor)
    _check_health(province, visitor)
    _back_up(province)
    _watch_each_machine(province)
    _one_clock(province)


def _check_walls(province: Province) -> None:
    shut = {"web1": 8000, "web2": 8000, "db1": 5432, "db2": 5432, "broker": 6379}
    for name, port in shut.items():
        assert refused(province.office, province[name].address, port), f"{name}:{port} is open to offices"
    assert refused(province["front"], province["db1"].address, 5432), "nginx can reach the database"
    assert refused(province["web1"], province["web2"].address, 8000), "web machines can reach each other"
    step("firewalls: offices reach nginx alone, nginx the web machines alone, those database and Valkey")


def _check_rights(province: Province) -> None:
    """The role of web and workers can read and write rows, and change neither tables nor the ledger."""
    for statement in ("TRUNCATE regions_act", "DELETE FROM regions_act", "CREATE TABLE mine (a int)"):
        try:
            province.primary.sql(f"SET ROLE jamsostek_app; {statement}", database="jamsostek")
        except AssertionError as refusal:
            told = str(refusal)
        else:
            raise AssertionError(f"jamsostek_app may {statement}")
        if "permission denied" not in told:
            raise AssertionError(told)
    step("jamsostek_app may neither empty the ledger nor make tables")


def _enter_where_others_compute(province: Province, visitor: Visitor) -> None:
    """The workers of the first machine are off, so that the figure can come from the second alone."""
    province["worker1"].power_off()
    visitor.correct_members(80_000)
    took = visitor.wait_for(FIGURE)
    step(f"worker1 is off; a corrected number, computed on worker2, is on the board after {took:.1f} s")
    province.boot("worker1")


def _read_the_replica(province: Province, visitor: Visitor) -> None:
    """Boards come from db2; while that is away, from db1."""
    visitor.wait_for_header("X-Read-From", "replica")
    told = visitor.ask(BOARD).headers["X-Read-From"]
    province["db2"].power_off()
    began = time.monotonic()
    answer = visitor.ask(BOARD)
    took = time.monotonic() - began
    assert answer.status == 200, answer.status
    step(f"boards are read from db2 ({told}); it lost its power, the next board took {took:.1f} s")
    province["db2"].begin()
    raise_firewall(province["db2"])
    province.replica.start()
    took = visitor.wait_for_header("X-Read-From", "replica")
    step(f"db2 is back: boards are read from it after {took:.1f} s")


def _lose_a_web_machine(province: Province, visitor: Visitor) -> None:
    province["web1"].power_off()
    began = time.monotonic()
    statuses = [visitor.ask("/healthz/ready").status for _each in range(20)]
    assert set(statuses) == {200}, statuses
    assert "174.897" in visitor.page(BOARD)
    took = time.monotonic() - began
    step(f"web1 lost its power: 21 of 21 requests were answered in {took:.1f} s, still signed in")
    province.boot("web1")


def _back_up(province: Province) -> None:
    """`jm backup` reaches the primary over TLS, and knows which of the two it is."""
    began = time.monotonic()
    told = province["worker1"].run(f"{CODE}/deploy/manage", "backup", "/var/backups/jamsostek/drill")
    assert "utuh" in told, told
    step(f"jm backup on worker1: {told.splitlines()[0]} ({time.monotonic() - began:.1f} s)")


def _watch_each_machine(province: Province) -> None:
    """A program that watches asks each web machine by its address, past nginx."""
    token = province.settings("web1")["MONITOR_TOKEN"]
    for name in ("web1", "web2"):
        address = f"http://{province[name].address}:8000/metrics"
        # web1 has had its power again for a moment only.
        patience = ["--retry", "60", "--retry-delay", "1", "--retry-connrefused"]
        told = province.monitor.run("curl", "-sf", *patience, "-H", f"Authorization: Bearer {token}", address)
        assert "jamsostek_" in told, told[:500]
    step("/metrics of web1 and of web2 answer the machine that watches")


def _one_clock(province: Province) -> None:
    """Both machines run a beat; one of them sends, and when its machine is gone the other does."""
    first = _clock_at(province)
    name = next(name for name in ("worker1", "worker2") if province[name].address == first)
    province[name].power_off()
    began = time.monotonic()
    while (now_at := _clock_at(province)) in (first, ""):
        assert time.monotonic() - began < 90, "nobody took the clock over"
        time.sleep(0.5)
    took = time.monotonic() - began
    step(f"one beat of two sent, {name}; it lost its power, and after {took:.0f} s that of {now_at} sent")
    province.boot(name)


def _clock_at(province: Province) -> str:
    holders = province.primary.sql(
        "SELECT host(client_addr) FROM pg_locks JOIN pg_stat_activity USING (pid)"
        f" WHERE locktype = 'advisory' AND classid = {int(AdvisoryLock.CLOCK)}",
        database="jamsostek",
    ).split()
    assert len(holders) < 2, holders
    return "".join(holders)


def _check_health(province: Province, visitor: Visitor) -> None:
    token = province.settings("web1")["MONITOR_TOKEN"]
    answer = visitor.ask("/healthz/deep", headers={"Authorization": f"Bearer {token}"})
    parts = json.loads(answer.text)["parts"]
    assert all(parts[name]["ok"] for name in _WELL), parts
    step(f"/healthz/deep: well are {', '.join(_WELL)}")
