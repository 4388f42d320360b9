"""What a backup holds beside the database: answers of setup and signed heads of the ledger."""

import json
import os
from pathlib import Path

from jamsostek_monitor.backup.keys import NAMES, is_secret
from jamsostek_monitor.kept_settings import keep_settings, kept_settings


def return_settings(path: Path, keys: dict[str, str]) -> list[str]:
    """Answers that were given here already stay; what differs is told."""
    kept = kept_settings()
    wanted = json.loads(path.read_text(encoding="utf-8"))
    wanted |= {name: value for name, value in keys.items() if name not in NAMES and is_secret(name)}
    new = {name: value for name, value in wanted.items() if name not in kept}
    if new:
        keep_settings(new)
    different = sorted(name for name, value in wanted.items() if name in kept and kept[name] != value)
    return [f"Setelan {name} di mesin ini berbeda dari cadangan dan tidak diubah." for name in different]


def return_heads(path: Path, anchors: Path) -> None:
    """Heads that were signed here later stay: they tell how much a restore took back. Those of another
    installation are put aside, for they would fit nothing."""
    if not path.exists():
        return
    told = path.read_text(encoding="utf-8")
    here = anchors.read_text(encoding="utf-8") if anchors.exists() else ""
    if here.startswith(told):
        return
    anchors.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if here and not told.startswith(here):
        anchors.replace(anchors.with_name(f"{anchors.name}.before"))
    fresh = anchors.with_name(f"{anchors.name}.new")
    with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as stream:
        stream.write(told)
        stream.flush()
        os.fsync(stream.fileno())
    fresh.replace(anchors)
