"""Figures are divided in one place; what else divides or rounds is listed here, each with its reason."""

import ast
import re
from pathlib import Path
from typing import TypeGuard

from tests.house.source import CODE, name_of, text_of

# Modules that divide or round something that is no figure, or that are the one place.
ALLOWED = {
    "reports/models/measure_value.py": "the one division: the generated column of a measure value",
    "regions/rate.py": "the same rounding before a value is stored, or of what is not stored at all",
    "regions/formats.py": "numbers are rounded as they are written, never to be counted with",
    "reports/value_words.py": "stored rates of months and rupiah are rounded as they are written",
    "budgets/planning/columns.py": "how many people a ceiling pays for at most",
    "budgets/planning/rows.py": "rupiah counted in the largest unit that all costs share, without a rest",
    "budgets/planning/programme.py": "the same",
    "budgets/planning/solve.py": "ceilings times a factor, for the curve of a plan",
    "budgets/planning/search.py": "whole people out of the solver's floating numbers",
    "budgets/planning/outlook.py": "assumptions of a plan in whole people, never a figure",
    "participants/pace.py": "whole people who must still be reached or come; it says what to do, not what is",
    "budgets/price.py": "contributions are rounded to whole rupiah as the law says",
    "budgets/tariff.py": "percent of a wage, by law",
    "budgets/timeline.py": "lengths in a drawing",
    "budgets/once.py": "percent of a slice of a contract, by law",
    "budgets/selectors/money_end.py": "whole months that the amount of a line pays for",
    "budgets/cost_check.py": "what a plan would buy: whole months and whole people",
    "budgets/selectors/received.py": "a prepaid sum is shared out by months without losing a rupiah",
    "budgets/terbilang.py": "an amount in words, thousand by thousand",
    "participants/hints.py": "how unusual a typed number is; a warning, never stored or shown as a figure",
    "participants/importers/titles.py": "letters of spreadsheet columns",
    "participants/importers/list_row.py": "letters of spreadsheet columns",
    "participants/importers/birth_date.py": "hours of a time of day",
    "participants/selectors/batches/batch.py": "how far a batch is and when it will be done",
    "participants/services/persons/duplicate.py": "how near two names are",
    "reports/models/pack_job.py": "how far the making of packs is",
    "reports/services/run.py": "milliseconds of a run",
    "reports/selectors/backlog.py": "how long the work that waits will take",
    "reports/context.py": "whole seconds that a page may be old",
    "regions/selectors/replica.py": "places in the log of PostgreSQL are written with a stroke",
    "reports/views/verification.py": "minutes of a rate limit, megabytes of a message",
    "reports/evidence/check_bundle.py": "shares done over to see whether they come out",
    "reports/selectors/figure_question.py": "how many steps a question has gone up",
    "reports/quarter.py": "which quarter a month is in",
    "reports/pack/crest_drawing.py": "pixels of a picture",
    "reports/pack/period.py": "which part of a year a month is in",
    "reports/measures/quantities.py": "how many regencies a number of reports stands for",
    "reports/measures/shares.py": "how whole a figure is: a share that only picks a letter",
    "reports/selectors/moves/step.py": "what a step of a change is worth, exactly, never stored",
    "regions/month.py": "years and months",
    "regions/viewing.py": "minutes that are left",
    "regions/services/reset_mail.py": "hours for which a link holds",
    "participants/services/persons/erasure.py": "digits of a number that stands for no NIK",
    "regions/importers/geojson.py": "coordinates of outlines",
}
# Folders in which sizes on paper and screen are reckoned, made-up figures invented, machines set up.
ALLOWED_FOLDERS = {
    "reports/statements": "sums that others claim, done over to see whether they come out",
    "reports/outreach": "statistics of what came after events, never stored as a figure",
    "reports/drawing": "lengths in drawings",
    "reports/recount": "the second computation divides by itself, to be held against the first",
    "reports/pack/faces": "widths and heights on paper",
    "reports/paper": "widths and heights on paper",
    "reports/examples": "example figures are invented, not derived",
    "jamsostek_monitor": "paths and machines, no figures",
}
CALLS = {"round", "Round", "quantize", "divmod", "Avg", "fmean", "mean", "to_integral_value", "ceil", "floor"}
# In text that is SQL: an operand, a stroke, an operand; or a function that divides or rounds.
SQL = re.compile(r"\bSELECT\b|\bUPDATE\b", re.IGNORECASE)
SQL_DIVISION = re.compile(r"[\w)]\s*/\s*[\w(%]|\b(?:avg|round|div)\s*\(", re.IGNORECASE)
# Bytes in a kilobyte, as messages say how large a file may be.
MEGABYTE = {"2 ** 20", "1 << 20"}


def divisions_of(source: str) -> list[tuple[int, str]]:
    """Line and text of everything that divides or rounds; joined paths and sizes of files are none."""
    nodes = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.expr | ast.stmt))
    return sorted((node.lineno, ast.unparse(node)) for node in nodes if _divides(node))


def _divides(node: ast.AST) -> bool:
    if isinstance(node, ast.BinOp | ast.AugAssign):
        is_division = isinstance(node.op, ast.Div | ast.FloorDiv)
        return is_division and not _joins_a_path(node) and not _is_megabytes(node)
    if isinstance(node, ast.Call):
        return _name_of(node.func) in CALLS
    return _is_text(node) and bool(SQL.search(node.value) and SQL_DIVISION.search(node.value))


def _name_of(function: ast.expr) -> str:
    return getattr(function, "id", getattr(function, "attr", ""))


def _is_megabytes(node: ast.BinOp | ast.AugAssign) -> bool:
    return isinstance(node, ast.BinOp) and ast.unparse(node.right) in MEGABYTE


def _joins_a_path(node: ast.BinOp | ast.AugAssign) -> bool:
    """A stroke before a text, or after what is called a path or a folder."""
    if not isinstance(node, ast.BinOp) or isinstance(node.op, ast.FloorDiv):
        return False
    left = ast.unparse(node.left)
    return (
        isinstance(node.right, ast.JoinedStr)
        or _is_text(node.right)
        or left.endswith(("DATA", "_DIR", "_FOLDER"))
    )


def _is_text(node: ast.AST) -> TypeGuard[ast.Constant]:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


def is_allowed(path: Path) -> bool:
    name = name_of(path)
    return name in ALLOWED or any(name.startswith(f"{folder}/") for folder in ALLOWED_FOLDERS)


def test_figures_are_divided_and_rounded_in_one_place():
    found = {
        f"{name_of(path)}:{line}: {text}"
        for path in CODE
        if not is_allowed(path)
        for line, text in divisions_of(text_of(path))
    }
    assert found == set()


def test_every_exception_is_still_needed():
    used = {name_of(path) for path in CODE if divisions_of(text_of(path))}
    assert [name for name in ALLOWED if name not in used] == []
    assert [
        folder for folder in ALLOWED_FOLDERS if not any(name.startswith(f"{folder}/") for name in used)
    ] == []


MADE_UP = """
share = paid * 100 / ceiling
left //= 12
share = part.quantize(HUNDREDTH)
mean = rows.aggregate(mean=Avg("amount"))
rows = query("SELECT sum(paid) / sum(ceiling) FROM line")
rows = query("SELECT avg(paid) FROM line")
rounded = round(share, 2)
"""
HARMLESS = """
folder = DATA / "rates.csv"
folder = DATA / name
page = root / f"{name}.html"
limit = MOST // 2**20
words = "orang/bulan, kabupaten/kota"
rows = query("SELECT paid FROM line")
half = paid * 2
"""


def test_the_finder_finds_every_kind_of_division():
    assert [line for line, _text in divisions_of(MADE_UP)] == [2, 3, 4, 5, 6, 7, 8]
    assert divisions_of(HARMLESS) == []
