"""A machine: a process in namespaces of its own (network, mounts, processes, host name), joined by a switch.

Nothing of it outlives the drill: a killed drill kills the first process of each machine, and with it go all
its processes, its network card and its view of /etc and /var.
"""

import ctypes
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = "/opt/jamsostek"
NETWORK = "10.77.0"
_CLONE_NEWNET = 0x40000000

# Own /etc, /var, /run and /tmp over those of this computer; the checkout where it lies on servers.
_BEGIN = """
set -e
mount -t tmpfs tmpfs /mnt
{shown}
mount -t tmpfs tmpfs /opt && mkdir {code} && mount --bind {root} {code}
for folder in etc var; do
  mount -t overlay overlay -o lowerdir=/$folder,upperdir={disk}/$folder,workdir={disk}/$folder.work /$folder
done
mount -t tmpfs -o mode=755 tmpfs /run
mount -t tmpfs -o mode=1777 tmpfs /tmp
hostname {name}
ip link set lo up
echo ready
exec sleep infinity
"""


class Missing(Exception):
    """What this computer lacks for the drill; nothing is wrong with what is tried."""


def require(*programs: str) -> None:
    if os.geteuid() != 0:
        raise Missing("namespaces are made by root")
    if missing := [name for name in programs if not shutil.which(name)]:
        raise Missing(f"not installed: {', '.join(missing)}")


def require_packages(*names: str) -> None:
    """What `deploy/set_up` would install from Debian, on machines without a way to it."""
    asked = ["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *names]
    told = subprocess.run(asked, check=False, capture_output=True, text=True).stdout
    if missing := sorted(
        set(names) - {line.split()[0] for line in told.splitlines() if " installed" in line}
    ):
        raise Missing(f"apt-get install --no-install-recommends {' '.join(missing)}")


class Machine:
    def __init__(self, name: str, host: int, disk: Path, network: "Network") -> None:
        self.name, self.address, self.disk, self.network = name, f"{NETWORK}.{host}", disk, network
        self.processes: list[subprocess.Popen[bytes]] = []
        self.begin()

    def begin(self) -> None:
        for part in ("etc", "etc.work", "var", "var.work", "log"):
            (self.disk / part).mkdir(parents=True, exist_ok=True)
        script = _BEGIN.format(code=CODE, root=ROOT, disk=self.disk, name=self.name, shown=_shown())
        kinds = ["--net", "--mount", "--uts", "--ipc", "--pid", "--fork", "--mount-proc"]
        command = ["setpriv", "--pdeathsig=KILL", "unshare", *kinds, "--propagation=private"]
        command += ["--kill-child=KILL", "sh", "-c", script]
        self.first = subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL)
        assert self.first.stdout is not None
        if self.first.stdout.readline() != b"ready\n":
            raise Missing(f"namespaces or overlays do not work here (machine {self.name})")
        self.inner = int(_children(self.first.pid)[0])
        self.network.join(self)

    def entering(self, user: str = "root", folder: str = CODE) -> list[str]:
        """What stands before a command that is to run on this machine."""
        inside = ["nsenter", f"--target={self.inner}", "--net", "--mount", "--uts", "--ipc", "--pid"]
        inside += ["env", f"--chdir={folder}", "setpriv", "--pdeathsig=KILL"]
        if user != "root":
            inside += [f"--reuid={user}", f"--regid={user}", "--init-groups", "--no-new-privs"]
        return [*inside, "--"]

    def run(
        self,
        *command: str,
        user: str = "root",
        env: dict[str, str] | None = None,
        feed: str | None = None,
        seconds: float = 600,
    ) -> str:
        """What the command says; AssertionError with its words where it fails."""
        ended = subprocess.run(
            [*self.entering(user), *command],
            env=_environment(env),
            input=feed,
            capture_output=True,
            text=True,
            timeout=seconds,
            check=False,
        )
        assert ended.returncode == 0, f"{self.name}: {' '.join(command)}\n{ended.stdout}{ended.stderr}"
        return ended.stdout

    def start(
        self,
        name: str,
        *command: str,
        user: str = "root",
        env: dict[str, str] | None = None,
        folder: str = CODE,
    ) -> "subprocess.Popen[bytes]":
        with (self.disk / "log" / f"{name}.log").open("ab") as log:
            started = subprocess.Popen(
                [*self.entering(user, folder), *command],
                env=_environment(env),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                # Ctrl-C is for the drill, which ends its machines in order.
                start_new_session=True,
            )
        self.processes.append(started)
        return started

    def write(self, path: str, text: str, *, mode: int = 0o644) -> None:
        self.run("install", "-D", f"-m{mode:o}", "/dev/null", path)
        self.run("sh", "-c", f"cat >{path}", feed=text)

    def log(self, name: str, lines: int = 25) -> str:
        path = self.disk / "log" / f"{name}.log"
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:]) if path.exists() else ""

    def power_off(self) -> None:
        """As if the plug were pulled: no word on the line first, then every process at once.

        The kernel would otherwise say goodbye on all connections of what is killed, as no dead machine does.
        """
        self.network.cut(self)
        self.first.kill()
        self.first.wait()
        for process in self.processes:
            process.wait()
        self.processes.clear()
        # Connections that nobody closed would keep the dead machine's end of the cable for minutes.
        self.network.unplug(self)

    @contextmanager
    def inside(self) -> Iterator[None]:
        """Sockets that this thread opens meanwhile are opened on this machine."""
        libc = ctypes.CDLL(None, use_errno=True)
        home = os.open("/proc/thread-self/ns/net", os.O_RDONLY)
        there = os.open(f"/proc/{self.inner}/ns/net", os.O_RDONLY)
        try:
            if libc.setns(there, _CLONE_NEWNET):
                raise OSError(ctypes.get_errno(), "setns")
            yield
        finally:
            libc.setns(home, _CLONE_NEWNET)
            os.close(there)
            os.close(home)


class Network:
    """The switch and the machines at it; ends all of them, whatever happened."""

    def __init__(self, disk: Path) -> None:
        self.disk = disk
        self.machines: dict[str, Machine] = {}
        self.switch = subprocess.Popen(
            ["setpriv", "--pdeathsig=KILL", "unshare", "--net", "--", "sleep", "infinity"],
            stdin=subprocess.DEVNULL,
        )
        _until(lambda: _net_of(self.switch.pid) != _net_of(os.getpid()))
        self._switch("ip", "link", "add", "switch", "type", "bridge")
        self._switch("ip", "link", "set", "switch", "up")

    def machine(self, name: str, host: int) -> Machine:
        self.machines[name] = Machine(name, host, self.disk / name, self)
        return self.machines[name]

    def join(self, machine: Machine) -> None:
        port, net = f"to-{machine.name}", str(machine.inner)
        cable = ["ip", "link", "add", port, "type", "veth", "peer", "name", "eth0", "netns", net]
        self._switch(*cable)
        self._switch("ip", "link", "set", port, "master", "switch", "up")
        machine.run("ip", "address", "add", f"{machine.address}/24", "dev", "eth0")
        machine.run("ip", "link", "set", "eth0", "up")

    def cut(self, machine: Machine) -> None:
        with suppress(subprocess.CalledProcessError):
            self._switch("ip", "link", "set", f"to-{machine.name}", "down")

    def unplug(self, machine: Machine) -> None:
        with suppress(subprocess.CalledProcessError):
            self._switch("ip", "link", "del", f"to-{machine.name}")

    def shape(self, machine: Machine, *limits: str) -> None:
        """What this machine is sent comes no faster than so; CalledProcessError where the kernel cannot."""
        self._switch("tc", "qdisc", "replace", "dev", f"to-{machine.name}", "root", "tbf", *limits)

    def open_line(self, machine: Machine) -> None:
        self._switch("tc", "qdisc", "del", "dev", f"to-{machine.name}", "root")

    def _switch(self, *command: str) -> str:
        entered = ["nsenter", f"--target={self.switch.pid}", "--net", "--", *command]
        return subprocess.run(entered, check=True, capture_output=True, text=True).stdout

    def end(self) -> None:
        for machine in self.machines.values():
            if machine.first.poll() is None:
                machine.power_off()
        self.switch.kill()
        self.switch.wait()


@contextmanager
def network() -> Iterator[Network]:
    """In `var/drill`, which a drill that was killed may have left."""
    disk = Path(os.environ.get("JAMSOSTEK_VAR") or ROOT / "var").resolve() / "drill"
    shutil.rmtree(disk, ignore_errors=True)
    disk.mkdir(parents=True)
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    made = Network(disk)
    try:
        yield made
    finally:
        made.end()
        if not os.environ.get("KEEP_DRILL"):
            shutil.rmtree(disk, ignore_errors=True)


def _stop(number: int, _frame: object) -> None:
    raise SystemExit(128 + number)


def _shown() -> str:
    """Python may lie in a folder of root's: on the machines everybody reaches it, under the same name."""
    lines = []
    for path in {Path(sys.base_prefix), (ROOT / ".venv").resolve()}:
        closed = [folder for folder in path.parents if not folder.stat().st_mode & stat.S_IXOTH]
        if closed:
            held = f"/mnt/{path.name}"
            lines += [
                f"mkdir {held}; mount --bind {path} {held}",
                f"mount -t tmpfs -o mode=755 tmpfs {closed[-1]}",
            ]
            lines += [f"mkdir -p {path}; mount --bind {held} {path}"]
    return "\n".join(lines)


def _environment(given: dict[str, str] | None) -> dict[str, str]:
    """Of this process only what finds programs: what a unit does not say, its process does not know."""
    path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
    return {"PATH": path, "LANG": "C.UTF-8"} | (given or {})


def _children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()


def _net_of(pid: int) -> str:
    return os.readlink(f"/proc/{pid}/ns/net")


def _until(holds: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.02)
