"""What must hold of every Python file of the project; each rule lists all its faults at once."""

import ast
import re
from collections import Counter, defaultdict

import pytest
from django.apps import apps

from tests.house.source import (
    APPS,
    CODE,
    ROOT,
    STOREYS,
    TEMPLATES,
    circles,
    functions_of,
    imports_of,
    modules,
    name_of,
    nodes_of,
    percentile,
    text_of,
)

OWN_MODELS = [model for app in APPS for model in apps.get_app_config(app).get_models()]
TRACKED = [model for model in OWN_MODELS if not model.__name__.endswith("Event")]


def test_files_are_short_and_named_for_a_thing():
    lengths = {name_of(path): len(text_of(path).splitlines()) for path in CODE}
    assert {name: lines for name, lines in lengths.items() if lines > 300} == {}
    assert percentile([lines for lines in lengths.values() if lines], 0.95) <= 260
    nameless = {"common", "utils", "helpers", "core", "util", "helper", "misc"}
    assert [name_of(path) for path in CODE if path.stem in nameless] == []


def test_functions_are_short():
    lengths = {
        f"{name_of(path)}:{node.name}": node.end_lineno - node.lineno + 1
        for path in CODE
        for node in functions_of(path)
    }
    assert {name: lines for name, lines in lengths.items() if lines > 50} == {}
    assert percentile(list(lengths.values()), 0.95) <= 25


def test_functions_import_nothing():
    late = [
        f"{name_of(path)}:{node.name}"
        for path in CODE
        for node in functions_of(path)
        if any(isinstance(inner, ast.Import | ast.ImportFrom) for inner in ast.walk(node))
    ]
    assert late == []


def test_no_module_imports_itself_by_a_detour():
    known = modules()
    assert circles({name: imports_of(path, known) - {name} for name, path in known.items()}) == []


def test_the_finder_of_circles_finds_one():
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"b"}, "d": set()}) == [["b", "c", "b"]]


def test_no_class_name_stands_twice():
    """Each app may have its own `Command`, `Migration` and `Meta`: Django looks them up by those names."""
    named = Counter(
        node.name
        for path in CODE
        for node in ast.parse(text_of(path)).body
        if isinstance(node, ast.ClassDef) and node.name != "Command"
    )
    assert [name for name, count in named.items() if count > 1] == []


def test_modules_of_services_selectors_and_measures_open_with_a_sentence():
    rooms_with_sentence = {"services", "selectors", "measures"}
    silent = [
        name_of(path)
        for path in CODE
        if rooms(path) & rooms_with_sentence
        and text_of(path).strip()
        and not ast.get_docstring(ast.parse(text_of(path)))
    ]
    assert silent == []


def test_no_signals_and_no_bare_except():
    signals = re.compile(r"@receiver|\b(pre|post)_(save|delete|init)\b")
    assert [name_of(path) for path in CODE if signals.search(text_of(path))] == []
    bare = [
        f"{name_of(path)}:{node.lineno}"
        for path in CODE
        for node in nodes_of(path)
        if isinstance(node, ast.ExceptHandler) and node.type is None
    ]
    assert bare == []


def test_foreign_keys_between_apps_have_no_way_back():
    faults = []
    for model in OWN_MODELS:
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or field.related_model is None:
                continue
            other, own = field.related_model._meta.app_label, model._meta.app_label
            if other in STOREYS and other != own:
                points_down = STOREYS[other] < STOREYS[own]
                if not field.remote_field.hidden or not points_down:
                    faults.append(f"{model.__name__}.{field.name}")
    assert faults == []


def test_no_text_points_upward():
    faults = []
    for path in CODE:
        app = path.relative_to(ROOT).parts[0]
        above = [name for name, level in STOREYS.items() if level > STOREYS.get(app, len(STOREYS))]
        upward = re.compile(rf"({'|'.join(above) or '(?!)'})[./]\w")
        faults += [
            f"{name_of(path)}: {node.value}"
            for node in nodes_of(path)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and upward.match(node.value)
        ]
    assert faults == []


WRITES = {
    "create",
    "bulk_create",
    "bulk_update",
    "update_or_create",
    "get_or_create",
    "delete",
    "select_for_update",
}
# The places where tables may be asked, and those where they may be written.
READERS = {"selectors", "services", "access.py", "models"}
MAY_WRITE = {"services"}


def rooms(path):
    return set(path.relative_to(ROOT).parts)


def asks(path):
    """Managers named where no table may be asked. Forms only name querysets to choose from."""
    if rooms(path) & (READERS | {"forms", "commands"}) or path.name in {"admin.py", "fields.py"}:
        return []
    return [
        f"{name_of(path)}: {ast.unparse(node)}"
        for node in nodes_of(path)
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    ]


def writes(path):
    if rooms(path) & MAY_WRITE:
        return []
    calls = (
        node.func
        for node in nodes_of(path)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES
    )
    targets = ((function, ast.unparse(function.value)) for function in calls)
    return [
        f"{name_of(path)}: {ast.unparse(function)}"
        for function, target in targets
        if "objects" in target or "_default_manager" in target
    ]


def test_tables_are_asked_in_selectors_and_services_only():
    assert [fault for path in CODE for fault in asks(path)] == []


def test_tables_change_in_services_only():
    assert [fault for path in CODE for fault in writes(path)] == []


def test_every_model_declares_its_personal_fields():
    looks_personal = {"nik", "kpj", "phone", "email", "full_name", "birth_date", "mother_name"}
    faults = defaultdict(list)
    for model in TRACKED:
        declared = [
            vars(base)["personal_fields"] for base in model.__mro__ if "personal_fields" in vars(base)
        ]
        names = {field.name for field in model._meta.get_fields()}
        if not declared:
            faults[model.__name__].append("declares nothing")
        elif not declared[0] <= names:
            faults[model.__name__].append(f"has no {declared[0] - names}")
        elif missing := (names & looks_personal) - {"full_name"} - declared[0]:
            faults[model.__name__].append(f"does not declare {missing}")
    assert faults == {}


def test_migrations_have_names_and_none_was_named_by_a_machine():
    names = [path.name for app in APPS for path in (ROOT / app / "migrations").glob("0*.py")]
    assert [name for name in names if re.search(r"_auto_|_\d{8}_", name)] == []


def test_requirements_are_pinned_with_hashes():
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    for block in re.split(r"\n(?=[a-z0-9])", text):
        lines = [line for line in block.splitlines() if line and not line.lstrip().startswith("#")]
        if lines:
            assert re.match(r"[\w.\-\[\],]+==", lines[0]), lines[0]
            assert "--hash=sha256:" in block, lines[0]
    assert not re.search(r"https?://|--index|--find-links", text)


def test_the_project_speaks_of_itself_alone():
    words = re.compile(r"/(work|root|home|opt)/\w")
    documents = [*sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md"]
    faults = [name_of(path) for path in [*CODE, *TEMPLATES, *documents] if words.search(text_of(path))]
    assert faults == []


@pytest.mark.parametrize(
    ("numbers", "share", "expected"), [([5], 0.95, 5), (list(range(1, 101)), 0.95, 95), ([1, 9], 0.5, 1)]
)
def test_the_percentile_is_a_number_of_the_list(numbers, share, expected):
    assert percentile(numbers, share) == expected
