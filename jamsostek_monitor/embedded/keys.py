"""Secrets of a fresh machine: made once, kept beside the embedded data, never printed."""

import base64
import os
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from jamsostek_monitor.embedded.places import Places


def kept(path: Path, make: Callable[[], str]) -> str:
    """What the file says. Of several processes that find none, one makes it and all read the same."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        number, fresh = tempfile.mkstemp(prefix=f"{path.name}.", dir=path.parent)
        try:
            with open(number, "w") as stream:
                stream.write(make())
                stream.flush()
                # A lost key makes every stored NIK unreadable: on disk before it is first used.
                os.fsync(stream.fileno())
            with suppress(FileExistsError):
                os.link(fresh, path)
        finally:
            os.unlink(fresh)
    return path.read_text().strip()


def kept_ledger_key(var: Path) -> str:
    """The key that signs heads of the ledger, made where there is none: by `prepare` alone."""
    return kept(_ledger_key_of(var), _random_key)


def found_ledger_key(var: Path) -> str:
    """The same, made by nobody: "" where there is none."""
    path = _ledger_key_of(var)
    return path.read_text().strip() if path.exists() else ""


def _ledger_key_of(var: Path) -> Path:
    return Places(var).secrets / "LEDGER_KEY"


def _random_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def kept_secrets(places: Places) -> dict[str, str]:
    return {
        "LEDGER_KEY": kept_ledger_key(places.var),
        "SECRET_KEY": kept(places.secrets / "SECRET_KEY", lambda: secrets.token_urlsafe(50)),
        "NIK_KEYS": kept(places.secrets / "NIK_KEYS", lambda: f"1:{_random_key()}"),
    }
