"""The primary loses its power while people write, the replica takes its place: what is lost, how long?"""

import subprocess
import time
from contextlib import suppress

from tests.drills.database import Cluster
from tests.drills.machines import Network, require, require_packages
from tests.drills.many import OF_PROVINCES
from tests.drills.one import PROGRAMS
from tests.drills.province import Province, raise_firewall
from tests.drills.steps import step
from tests.drills.visitor import BOARD, Visitor
from tests.drills.writers import Writers

WRITERS, SECONDS = 4, 8
# The line to the replica, as between two buildings; where the kernel can do so.
_SLOW_LINE = ("rate", "2mbit", "burst", "32k", "latency", "50ms")


def drill(network: Network) -> None:
    require(*PROGRAMS)
    require_packages(*OF_PROVINCES)
    province = Province(network)
    province.begin()
    visitor = Visitor(province.office, province["front"].address, province.authority.pem)
    visitor.wait_for("Masuk", "/akun/masuk/", 120)
    visitor.sign_in("wayan")
    owner = province.settings("worker1", "owner.env")["DATABASE_URL"]
    province["worker1"].run(str(province.primary.bin / "psql"), "-Xq", owner, "-c", _TABLE)
    _round(province, visitor, "asynchronous", first=0)
    _follow_again(province)
    province.make_synchronous()
    _until_synchronous(province)
    lost = _round(province, visitor, "synchronous", first=100)
    assert lost == 0, f"{lost} acknowledged rows are gone"


_TABLE = (
    "CREATE TABLE drill_writes (writer int, number int, words text, PRIMARY KEY (writer, number));"
    "GRANT SELECT, INSERT ON drill_writes TO jamsostek_app"
)


def _round(province: Province, visitor: Visitor, kind: str, first: int) -> int:
    """How many acknowledged rows the new primary lacks."""
    dying, heir = province.primary, province.replica
    if kind == "asynchronous":
        _slow_down(province, heir)
    address = province.settings("web2")["DATABASE_URL"]
    # Writers are threads of the drill, with the network of web2 but the files of this computer.
    address = address.replace("=/etc/", f"={province['web2'].disk}/etc/")
    writers = Writers(province["web2"], address, WRITERS, first)
    writers.start()
    time.sleep(SECONDS)
    members = 80_000 + first
    visitor.correct_members(members, f"latihan {kind}")
    behind = dying.sql("SELECT pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn) FROM pg_stat_replication")
    dying.machine.power_off()
    off, before = time.monotonic(), writers.acknowledged
    assert before, "nobody could write"
    heir.promote()
    visitor.wait_for('"ok"', "/healthz/ready", 60)
    away = time.monotonic() - off
    _until_written(writers, len(before))
    writers.end()
    if kind == "asynchronous":
        with suppress(subprocess.CalledProcessError):
            province.network.open_line(heir.machine)
    lost = _missing(heir, before)
    step(
        f"{kind}: {len(before)} rows were acknowledged in {SECONDS} s by {WRITERS} writers"
        f" ({writers.milliseconds:.1f} ms each, median); "
        f"the replica was {int(float(behind)) // 1024} KiB behind; {lost} of them are lost"
    )
    step(f"{kind}: writers waited {writers.away_seconds:.1f} s, the site was back after {away:.1f} s")
    province.primary, province.replica = heir, dying
    figure = f"{members // 1000}.{members % 1000:03d} dari 174.897"
    if lost == 0:
        step(f"the number entered last stands on the board after {visitor.wait_for(figure, BOARD):.1f} s")
    return lost


def _slow_down(province: Province, replica: Cluster) -> None:
    """So that an asynchronous replica really is behind, while the writers are not held up."""
    name = replica.machine.name
    try:
        province.network.shape(replica.machine, *_SLOW_LINE)
    except subprocess.CalledProcessError:
        step("skipped: this kernel shapes no traffic, so the replica is hardly behind")
    else:
        step(f"the line to {name} carries 2 Mbit/s")


def _until_written(writers: Writers, before: int) -> None:
    """Until somebody's row was acknowledged by the new primary."""
    end = time.monotonic() + 60
    while len(writers.acknowledged) <= before:
        assert time.monotonic() < end, "nobody could write after the promotion"
        time.sleep(0.05)
    time.sleep(2)


def _missing(cluster: Cluster, acknowledged: set[tuple[int, int]]) -> int:
    told = cluster.sql("SELECT writer, number FROM drill_writes", database="jamsostek")
    stored = {tuple(map(int, line.split("|"))) for line in told.splitlines()}
    return len(acknowledged - stored)


def _follow_again(province: Province) -> None:
    """The old primary comes back and follows; what only it had is thrown away."""
    back = province.replica
    began = time.monotonic()
    back.machine.begin()
    raise_firewall(back.machine)
    try:
        back.start()
    except AssertionError as refusal:
        if "would be a second primary" not in str(refusal):
            raise
    else:
        raise AssertionError("the old primary began to write beside the new one")
    step(f"{back.machine.name} has its power again, and does not start while another writes")
    back.follow(province.primary.machine)
    while province.primary.sql("SELECT state FROM pg_stat_replication") != "streaming":
        assert time.monotonic() - began < 60, "it does not follow"
        time.sleep(0.2)
    took = time.monotonic() - began
    step(f"{back.machine.name} follows, {took:.1f} s after it had its power again")


def _until_synchronous(province: Province) -> None:
    end = time.monotonic() + 30
    while province.primary.sql("SELECT sync_state FROM pg_stat_replication") != "quorum":
        assert time.monotonic() < end, "the replica is not synchronous"
        time.sleep(0.1)
