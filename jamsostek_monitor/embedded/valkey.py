"""One Valkey per data folder: the broker of Celery and the cache."""

import secrets
import socket
import subprocess
import time
import zlib
from pathlib import Path

from jamsostek_monitor.embedded import account, processes
from jamsostek_monitor.embedded.places import Places, valkey_binary
from jamsostek_monitor.embedded.problems import StartProblem

START_SECONDS = 10
# Below the range from which the kernel takes ports for outgoing connections: nobody grabs ours by
# chance during the second in which a killed server is brought back.
PORTS = range(20_000, 32_000)

# Nothing is written to disk: a lost message costs one recomputation, which the next round of the
# schedule asks for again, because the truth is in PostgreSQL.
# volatile-lru drops cached values (they carry an expiry) and never a queue (it carries none);
# allkeys-lru could drop the queue itself.
CONFIGURATION = """\
bind 127.0.0.1
protected-mode yes
port {port}
requirepass {password}
daemonize yes
pidfile "{folder}/pid"
logfile "{log}"
loglevel warning
dir "{folder}"
save ""
appendonly no
maxmemory 64mb
maxmemory-policy volatile-lru
tcp-keepalive 60
"""


class Valkey:
    """A TCP port on the loopback, not a Unix socket, so that cache, broker and production share one kind
    of address. Every user of the machine can reach the port, therefore it asks for a password."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.account = account.service_account(places.postgres)
        self.log = places.log / "valkey.log"

    @property
    def url(self) -> str:
        return f"redis://:{self._password()}@127.0.0.1:{self._port()}/0"

    def is_running(self) -> bool:
        return self._ask("PING").startswith(b"+PONG")

    def start(self) -> None:
        """Bring the server up, if possible at its old address. Call under the start lock."""
        self.account.folder(self.places.valkey)
        if not self._password():
            self.account.file(self.places.valkey / "password", secrets.token_hex(16))
        if not self.is_running() and not self._recovers():
            processes.finish(self._pids(), 2)
            self._settle_port()
            self._launch()

    def restart(self) -> None:
        """Bring a died server back at the address its clients know."""
        if not self._recovers():
            processes.finish(self._pids(), 2)
            self._launch()

    def stop(self) -> None:
        if self.is_running():
            self._ask("SHUTDOWN NOSAVE")
        processes.wait_until_gone(self._pids(), 2)
        processes.finish(self._pids(), 1)

    def _recovers(self) -> bool:
        """Whether a living but silent server answers again: on a loaded machine that takes a while."""
        end = time.monotonic() + START_SECONDS
        while self._pids() and time.monotonic() < end:
            if self.is_running():
                return True
            time.sleep(0.2)
        return False

    def _launch(self) -> None:
        account.let_through(self.places.valkey / "pid", self.account)
        account.let_through(valkey_binary(), self.account)
        self.account.log(self.log)
        text = CONFIGURATION.format(
            port=self._port(), password=self._password(), folder=self.places.valkey, log=self.log
        )
        settings = self.account.file(self.places.valkey / "valkey.conf", text)
        try:
            ended = self.account.run([str(valkey_binary()), str(settings)], self.places.valkey, START_SECONDS)
        except (OSError, subprocess.TimeoutExpired) as error:
            raise StartProblem(f"Valkey tidak dapat dijalankan: {error}.") from error
        end = time.monotonic() + START_SECONDS
        while not self.is_running():
            if ended.returncode or time.monotonic() > end:
                raise StartProblem(
                    f"Valkey tidak mau mulai: {ended.stdout.strip()} Lihat {self.log}, "
                    f"atau setel REDIS_URL ke Redis yang sudah ada."
                )
            time.sleep(0.02)

    def _settle_port(self) -> None:
        """Keep the remembered port when it is free, so that nothing needs a new address."""
        first = zlib.crc32(str(self.places.var).encode()) % len(PORTS)
        candidates = [self._port(), *(PORTS[(first + step) % len(PORTS)] for step in range(200))]
        for port in candidates:
            if port and binding_error(port) is None:
                self.account.file(self.places.valkey / "port", str(port))
                return
        raise StartProblem("Tidak ada port kosong untuk Valkey. Setel REDIS_URL ke Redis yang sudah ada.")

    def _port(self) -> int:
        text = read(self.places.valkey / "port")
        return int(text) if text.isdigit() else 0

    def _password(self) -> str:
        return read(self.places.valkey / "password")

    def _pids(self) -> list[int]:
        """Our server's process, if it lives; the number in the file may since belong to another."""
        text = read(self.places.valkey / "pid")
        shown = processes.command_line(int(text)) if text.isdigit() else ""
        return [int(text)] if "valkey-server" in shown and f":{self._port()}" in shown else []

    def _ask(self, command: str) -> bytes:
        """One command over a fresh connection; empty when nobody or somebody else answers."""
        try:
            with socket.create_connection(("127.0.0.1", self._port()), timeout=2) as client:
                client.sendall(f"AUTH {self._password()}\r\n{command}\r\n".encode())
                answer = b""
                while answer.count(b"\r\n") < 2:
                    received = client.recv(1024)
                    if not received:
                        break
                    answer += received
        except OSError:
            return b""
        first, _, rest = answer.partition(b"\r\n")
        return rest if first == b"+OK" else b""


def binding_error(port: int, host: str = "127.0.0.1") -> OSError | None:
    """Why nobody could listen on this port; nothing when it is free."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as candidate:
        candidate.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            candidate.bind((host, port))
        except OSError as error:
            return error
    return None


def read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return ""
