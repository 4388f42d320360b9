"""Reading of the project's own reference files: text stays text, an empty cell is an empty string."""

import hashlib
from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pandas as pd

Row = dict[str, str]


def read_rows(path: Path) -> list[Row]:
    """Rows of a UTF-8 CSV with a header; codes such as `32.10` keep their last zero."""
    frame = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")
    rows: list[Row] = frame.to_dict("records")
    return rows


def sha256_of(paths: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def optional_date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def is_yes(text: str) -> bool:
    return text == "ya"
