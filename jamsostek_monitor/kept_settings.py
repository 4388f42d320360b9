"""Settings of an installation that were answered once: a file in the data folder, beneath the environment.

What the environment says goes first, so a file never hides what an operator sets for one start.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from dotenv import dotenv_values, load_dotenv, set_key

CHECKOUT = Path(__file__).resolve().parent.parent


def settings_file() -> Path:
    var = os.environ.get("JAMSOSTEK_VAR") or str(CHECKOUT / "var")
    return Path(var).expanduser().resolve() / "settings.env"


def use_kept_settings() -> None:
    """Into the environment, where nothing is set there yet."""
    load_dotenv(settings_file(), override=False, interpolate=False)


def kept_settings() -> dict[str, str]:
    return {name: value or "" for name, value in dotenv_values(settings_file(), interpolate=False).items()}


def keep_settings(changes: Mapping[str, str]) -> Path:
    """Write these answers and leave the others. Readable by its owner alone: a password may be in it."""
    path = settings_file()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    path.chmod(0o600)
    for name, value in changes.items():
        set_key(path, name, value, quote_mode="always")
    return path
