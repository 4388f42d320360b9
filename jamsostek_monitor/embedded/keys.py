"""Secrets of a fresh machine: made once, kept beside the embedded data, never printed."""

import base64
import os
import secrets
from collections.abc import Callable
from pathlib import Path

from jamsostek_monitor.embedded.places import Places


def kept(path: Path, make: Callable[[], str]) -> str:
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(path.name + ".new")
        fresh.unlink(missing_ok=True)
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as stream:
            stream.write(make())
            stream.flush()
            # A lost key makes every stored NIK unreadable: on disk before it is first used.
            os.fsync(stream.fileno())
        fresh.replace(path)
    return path.read_text().strip()


def kept_ledger_key(var: Path) -> str:
    """The key that signs heads of the ledger, for an installation beside a server of its own."""
    return kept(Places(var).secrets / "LEDGER_KEY", _random_key)


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def kept_secrets(places: Places) -> dict[str, str]:
    return {
        "LEDGER_KEY": kept_ledger_key(places.var),
        "SECRET_KEY": kept(places.secrets / "SECRET_KEY", lambda: secrets.token_urlsafe(50)),
        "NIK_KEYS": kept(places.secrets / "NIK_KEYS", lambda: f"1:{_random_key()}"),
    }
