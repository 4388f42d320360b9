"""The project's own files, read and parsed once for all tests of its structure."""

import ast
from functools import cache
from math import ceil
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("regions", "participants", "budgets", "reports")
STOREYS = {name: level for level, name in enumerate(APPS)}
CODE = sorted(
    path
    for app in (*APPS, "jamsostek_monitor")
    for path in (ROOT / app).rglob("*.py")
    if "migrations" not in path.parts
)
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def text_of(path: Path) -> str:
    return path.read_text(encoding="utf-8")


@cache
def nodes_of(path: Path) -> tuple[ast.AST, ...]:
    return tuple(ast.walk(ast.parse(text_of(path))))


def functions_of(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in nodes_of(path) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def percentile(numbers: list[int], share: float) -> int:
    """The smallest number that so large a share of them does not exceed."""
    ordered = sorted(numbers)
    return ordered[ceil(len(ordered) * share) - 1]


def modules() -> dict[str, Path]:
    """Every module by its dotted name."""
    found = {}
    for path in CODE:
        parts = list(path.relative_to(ROOT).with_suffix("").parts)
        if parts[-1] == "__init__":
            parts.pop()
        found[".".join(parts)] = path
    return found


def imports_of(path: Path, known: dict[str, Path]) -> set[str]:
    """The project's modules that a file imports, wherever in the file that stands."""
    found = set()
    for node in nodes_of(path):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            deeper = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= (deeper & known.keys()) or {node.module}
    return found & known.keys()


def circles(arrows: dict[str, set[str]]) -> list[list[str]]:
    """Ways along the arrows that come back to where they began, one for each found."""
    found: list[list[str]] = []
    done: set[str] = set()

    def visit(name: str, way: list[str]) -> None:
        if name in way:
            found.append([*way[way.index(name) :], name])
            return
        if name in done:
            return
        for following in sorted(arrows.get(name, ())):
            visit(following, [*way, name])
        done.add(name)

    for start in sorted(arrows):
        visit(start, [])
    return found
