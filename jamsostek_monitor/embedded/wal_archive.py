"""The log of changes (WAL) of the embedded server, kept beside the backups: any moment can be restored."""

import shlex
from pathlib import Path

from jamsostek_monitor.embedded.account import Account, let_through
from jamsostek_monitor.embedded.problems import StartProblem, notice

FOLDER = "wal"
# At most so much is lost with the machine. A segment that was not filled is mostly zeros and packs to little.
SECONDS = 60


def archive_settings(backups: Path, account: Account) -> dict[str, str]:
    """For a server that keeps its log there; while the folder cannot be written, it holds the log back."""
    folder = backups / FOLDER
    try:
        account.folder(folder)
        let_through(folder / "segment", account)
    except (OSError, StartProblem) as error:
        notice(
            f"Folder {folder} belum dapat dipakai untuk log perubahan ({error}). Perbaiki lalu mulai ulang."
        )
    return {
        "wal_level": "replica",
        "max_wal_senders": "3",
        "archive_mode": "on",
        "archive_timeout": f"{SECONDS}s",
        "archive_command": archive_command(folder),
    }


def archive_command(folder: Path) -> str:
    """Whole under its name or not at all; what is there already is only accepted when it is the same."""
    kept, fresh = _quoted(folder, "%f.gz"), _quoted(folder, ".%f.new")
    here = shlex.quote(str(folder)).replace("%", "%%")
    return (
        f"if [ -f {kept} ]; then gzip -dc {kept} | cmp -s - %p; "
        f"else gzip -c %p >{fresh} && sync {fresh} && mv {fresh} {kept} && sync {here}; fi"
    )


def restore_command(folder: Path) -> str:
    """Without a shell's complaint where a segment is not there: the server asks for the next one, too."""
    kept = _quoted(folder, "%f.gz")
    return f"test -f {kept} && gzip -dc {kept} >%p"


def _quoted(folder: Path, name: str) -> str:
    """PostgreSQL reads a percent sign as the start of a name of its own."""
    return shlex.quote(f"{folder}/".replace("%", "%%") + name)
