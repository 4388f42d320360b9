"""The secrets of an installation, kept apart from its data: together they would protect nothing."""

import json
import os
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

from django.conf import settings

from jamsostek_monitor.backup.problems import BackupProblem
from jamsostek_monitor.embedded.places import Places
from jamsostek_monitor.kept_settings import kept_settings

NAMES = ("NIK_KEYS", "LEDGER_KEY", "SECRET_KEY")
_SECRET = ("PASSWORD", "SECRET", "KEY", "TOKEN", "DATABASE", "REDIS", "CACHE")


def is_secret(setting: str) -> bool:
    return any(word in setting for word in _SECRET)


def keys_in_use() -> dict[str, str]:
    """Those of the cipher and the ledger, and passwords among the kept settings."""
    found = {name: str(getattr(settings, name)) for name in NAMES if getattr(settings, name)}
    return found | {name: value for name, value in kept_settings().items() if value and is_secret(name)}


def mark_of(key: str) -> str:
    """By which a key is known again, without being told."""
    return sha256(b"jamsostek-monitor backup " + key.encode()).hexdigest()[:16]


def marks() -> dict[str, str]:
    """Of each single key of the cipher, by its number, and of the key of the ledger."""
    keys = settings.NIK_KEYS.split(",")
    found = {f"NIK_KEYS {key.partition(':')[0].strip()}": mark_of(key.strip()) for key in keys}
    return found | ({"LEDGER_KEY": mark_of(settings.LEDGER_KEY)} if settings.LEDGER_KEY else {})


def write_keys(path: Path) -> None:
    """Readable by its owner alone; never over a file that is there."""
    try:
        stream = open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8")  # noqa: SIM115
    except FileExistsError as error:
        raise BackupProblem(f"Berkas kunci {path} sudah ada. Pilih nama lain, lalu ulangi.") from error
    except OSError as error:
        raise BackupProblem(f"Berkas kunci {path} tidak dapat ditulis ({error.strerror}).") from error
    with stream:
        json.dump(keys_in_use(), stream, indent=1)
        stream.flush()
        os.fsync(stream.fileno())


def read_keys(path: Path) -> dict[str, str]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BackupProblem(f"Berkas kunci {path} tidak dapat dibaca ({type(error).__name__}).") from error
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise BackupProblem(f"{path} bukan berkas kunci dari perintah backup.")
    return found


def use_keys(keys: Mapping[str, str]) -> list[str]:
    """For the rest of this process, and in the data folder where its own keys lie; what else must be set.

    A key that the data folder had before stays beside it.
    """
    folder = Places(Path(settings.VAR_DIR)).secrets
    left = []
    for name in NAMES:
        if name not in keys or keys[name] == getattr(settings, name):
            continue
        kept = folder / name
        if kept.exists() and kept.read_text(encoding="utf-8").strip() == getattr(settings, name):
            kept.replace(_free(kept.with_name(f"{name}.before")))
            with open(
                os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8"
            ) as stream:
                stream.write(keys[name])
                stream.flush()
                os.fsync(stream.fileno())
        else:
            left.append(name)
        setattr(settings, name, keys[name])
    return left


def _free(path: Path) -> Path:
    number = 1
    while path.exists():
        path, number = path.with_name(f"{path.name.partition('.before')[0]}.before{number}"), number + 1
    return path
