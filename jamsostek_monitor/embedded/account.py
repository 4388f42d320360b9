"""The system account that owns the embedded services' data."""

import os
import pwd
import shutil
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from jamsostek_monitor.embedded.problems import StartProblem, notice

ACCOUNT = "jamsostek"


@dataclass(frozen=True)
class Account:
    uid: int
    gid: int

    @property
    def differs(self) -> bool:
        return self.uid != os.geteuid()

    def run(self, command: list[str], folder: Path, seconds: float) -> "subprocess.CompletedProcess[str]":
        """Run a program of PostgreSQL or Valkey as this account.

        Output goes to a file, not a pipe: the servers that pg_ctl leaves behind would hold a pipe open.
        """
        output = os.memfd_create("output")
        try:
            ended = subprocess.run(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                timeout=seconds,
                check=False,
                user=self.uid if self.differs else None,
                group=self.gid if self.differs else None,
                extra_groups=[] if self.differs else None,
            )
            text = os.pread(output, 100_000, 0).decode(errors="replace")
        finally:
            os.close(output)
        return subprocess.CompletedProcess(command, ended.returncode, text)

    def folder(self, path: Path) -> Path:
        """Make a folder that only this account (and root) may enter."""
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        if path.is_symlink() or path.stat().st_uid not in (self.uid, os.geteuid()):
            raise StartProblem(
                f"Folder {path} milik pengguna lain. Hapus folder itu, atau setel JAMSOSTEK_VAR "
                f"ke folder lain yang dapat Anda tulis."
            )
        if path.stat().st_uid != self.uid:
            os.chown(path, self.uid, self.gid)
        return path

    def file(self, path: Path, text: str) -> Path:
        """Write a file that only this account may read, complete or not at all."""
        fresh = path.with_name(path.name + ".new")
        fresh.unlink(missing_ok=True)
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(text)
        if self.differs:
            os.chown(fresh, self.uid, self.gid)
        fresh.replace(path)
        return path

    def log(self, path: Path) -> None:
        """Make a log file ready for a server of this account; a long one is put aside first."""
        if path.exists() and path.stat().st_size > 5_000_000:
            path.replace(path.with_name(path.name + ".1"))
        path.touch(mode=0o600)
        if path.stat().st_uid != self.uid:
            os.chown(path, self.uid, self.gid)


def service_account(data: Path) -> Account:
    """PostgreSQL refuses to run as root; root therefore runs it as another account."""
    if os.geteuid() != 0:
        return Account(os.geteuid(), os.getegid())
    if data.exists() and data.stat().st_uid != 0:
        return Account(data.stat().st_uid, data.stat().st_gid)
    try:
        entry = pwd.getpwnam(ACCOUNT)
    except KeyError:
        entry = make_account()
    return Account(entry.pw_uid, entry.pw_gid)


def make_account() -> pwd.struct_passwd:
    useradd = shutil.which("useradd")
    command = [
        useradd or "",
        "--system",
        "--user-group",
        "--no-create-home",
        "--home-dir",
        "/nonexistent",
    ]
    try:
        subprocess.run(
            [*command, "--shell", "/usr/sbin/nologin", ACCOUNT],
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        return pwd.getpwnam(ACCOUNT)
    except (OSError, subprocess.CalledProcessError, KeyError) as error:
        raise StartProblem(
            f"PostgreSQL tidak mau berjalan sebagai root, dan akun sistem {ACCOUNT} tidak dapat dibuat "
            f"({error}). Jalankan skrip ini sebagai pengguna biasa."
        ) from error


def let_through(path: Path, account: Account) -> None:
    """Let the other account pass the folders above its data and programs.

    Passing (x) is enough; unlike reading it shows nobody the names inside.
    """
    if not account.differs:
        return
    for folder in path.parents:
        status = folder.stat()
        if status.st_mode & stat.S_IXOTH or status.st_uid == account.uid:
            continue
        folder.chmod(stat.S_IMODE(status.st_mode) | stat.S_IXOTH)
        notice(f"Folder {folder} diberi izin o+x agar akun {ACCOUNT} dapat mencapai PostgreSQL.")
