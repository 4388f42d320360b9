"""What must hold of every file of the house."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

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
OWN_MODELS = [model for app in APPS for model in apps.get_app_config(app).get_models()]
TRACKED = [model for model in OWN_MODELS if not model.__name__.endswith("Event")]


def name_of(path):
    return str(path.relative_to(ROOT))


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_files_are_short_and_named_for_a_thing(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 310
    assert path.stem not in {"common", "utils", "helpers", "core", "util", "helper", "misc"}


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_functions_are_short_and_import_nothing(path):
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno - node.lineno < 50, node.name
            inside = [n for n in ast.walk(node) if isinstance(n, ast.Import | ast.ImportFrom)]
            assert not inside, node.name


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_no_signals_and_no_bare_except(path):
    text = path.read_text(encoding="utf-8")
    assert "@receiver" not in text
    assert not re.search(r"\b(pre|post)_(save|delete|init)\b", text)
    for node in ast.walk(tree(path)):
        assert not (isinstance(node, ast.ExceptHandler) and node.type is None)


def test_foreign_keys_between_apps_have_no_way_back():
    for model in OWN_MODELS:
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or field.related_model is None:
                continue
            other, own = field.related_model._meta.app_label, model._meta.app_label
            if other in STOREYS and other != own:
                hidden = field.remote_field.hidden
                assert hidden, f"{model.__name__}.{field.name} needs related_name='+'"
                assert STOREYS[other] < STOREYS[own]


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_no_text_points_upward(path):
    app = path.relative_to(ROOT).parts[0]
    if app not in STOREYS:
        return
    above = [name for name, level in STOREYS.items() if level > STOREYS[app]]
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            for name in above:
                assert not re.match(rf"{name}[./]\w", node.value), node.value


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


@pytest.mark.parametrize("path", CODE, ids=name_of)
def test_one_writer_and_one_reader(path):
    """Tables change in services only and are asked in selectors (and services) only."""
    for node in ast.walk(tree(path)):
        if not isinstance(node, ast.Attribute):
            continue
        manager = node.attr in {"objects", "_default_manager"}
        if manager and not rooms(path) & READERS:
            used = ast.unparse(node)
            allowed = "forms" in rooms(path) or path.name in {"admin.py", "fields.py"}
            # Forms only name querysets to choose from; they are asked when rendered.
            assert allowed or path.parent.name == "commands", f"{name_of(path)}: {used}"
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITES:
            target = ast.unparse(node.func.value)
            if "objects" in target or "_default_manager" in target:
                assert rooms(path) & MAY_WRITE, f"{name_of(path)}: {ast.unparse(node.func)}"


@pytest.mark.parametrize("model", TRACKED, ids=lambda model: model.__name__)
def test_every_model_declares_its_personal_fields(model):
    declared = [base.__dict__["personal_fields"] for base in model.__mro__ if "personal_fields" in vars(base)]
    assert declared, model
    names = {field.name for field in model._meta.get_fields()}
    assert declared[0] <= names
    looks_personal = {"nik", "kpj", "phone", "email", "full_name", "birth_date", "mother_name"}
    assert (names & looks_personal) - {"full_name"} <= declared[0]


def test_migrations_have_names_and_none_was_named_by_a_machine():
    for app in APPS:
        for path in (ROOT / app / "migrations").glob("0*.py"):
            assert not re.search(r"_auto_|_\d{8}_", path.name), path.name


# Looked up by Django and allauth by their own names.
LOOKED_UP = re.compile(r"^(account|mfa|allauth)/(?!_)|^(400|403|403_csrf|404|500)\.html$")
# Views choose between these by role.
CHOSEN = {"reports/home_leader.html", "reports/home_planner.html"}


def test_every_template_is_used():
    used = "\n".join(path.read_text(encoding="utf-8") for path in [*CODE, *TEMPLATES])
    for path in TEMPLATES:
        name = str(path.relative_to(ROOT / "templates"))
        if not LOOKED_UP.match(name) and name not in CHOSEN:
            assert f'"{name}"' in used, name


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_templates_carry_no_style_and_no_script_of_their_own(path):
    text = path.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son\w+=\"|javascript:", text)
    assert not re.search(r"<script(?![^>]*\bsrc=)", text)
    assert not re.search(r"https?://(?!www\.w3\.org)", text)


def test_requirements_are_pinned_with_hashes():
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", text)
    for block in blocks:
        lines = [line for line in block.splitlines() if line and not line.lstrip().startswith("#")]
        if lines:
            assert re.match(r"[\w.\-\[\],]+==", lines[0]), lines[0]
            assert "--hash=sha256:" in block, lines[0]
    assert not re.search(r"https?://|--index|--find-links", text)


def test_the_project_speaks_of_itself_alone():
    words = re.compile(r"/(work|root|home|opt)/\w")
    for path in [*CODE, *TEMPLATES, *sorted((ROOT / "docs").glob("*.md")), ROOT / "README.md"]:
        assert not words.search(path.read_text(encoding="utf-8")), path
