"""On a database that was never prepared every command says what to do, and none fails with a traceback."""

import importlib

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from regions.prepared import PreparedCommand
from tests.house.source import APPS, ROOT

COMMANDS = sorted(
    (path.stem, f"{app}.management.commands.{path.stem}")
    for app in APPS
    for path in (ROOT / app / "management/commands").glob("[a-z]*.py")
)
_OF_ACCOUNTS = ("nobody", "--reason", "uji")
ARGUMENTS = {
    "assign_role": ("nobody", "viewer", "--region", "ID"),
    **dict.fromkeys(("deactivate", "detach_office_account", "remove_second_factor"), _OF_ACCOUNTS),
    "load_boundaries": ("shapes.geojson", "--source", "nobody"),
    "facts": ("--region", "36.72", "--from", "2024-08", "--to", "2024-08", "--out", "facts.csv"),
    "tariff": ("--segment", "bpu", "--month", "2025-07", "--programmes", "jkk,jkm"),
    "check_statement": ("siaran.txt", "--region", "36.72", "--date", "2024-08-22"),
    "declare_fork": ("--reason", "uji"),
    "erase_person": ("1", "--by", "nobody"),
    "export_person": ("1", "--reason", "uji"),
    "grant_runtime": ("nobody",),
    "plan": ("--region", "36.72", "--year", "2026", "--ceiling", "1"),
    "measures": ("--region", "36.72", "--period", "2024-08"),
}


@pytest.fixture
def unprepared(db):
    """A database in which the newest migration of reports was never applied."""
    recorder = MigrationRecorder(connection)
    newest = max(name for app, name in recorder.applied_migrations() if app == "reports")
    recorder.record_unapplied("reports", newest)


# One makes the tables, the others read a file and ask no table.
WITHOUT_TABLES = ["check_list", "prepare", "write_glossary"]


@pytest.mark.parametrize("name", [name for name, _module in COMMANDS if name not in WITHOUT_TABLES])
def test_a_command_on_a_database_that_lacks_tables_says_so(unprepared, name):
    with pytest.raises(CommandError, match=r"Jalankan \./script/manage prepare dahulu\."):
        call_command(name, *ARGUMENTS.get(name, ()))


def test_only_commands_that_need_no_tables_begin_without_them():
    commands = {name: importlib.import_module(module).Command for name, module in COMMANDS}
    free = [name for name, one in commands.items() if not issubclass(one, PreparedCommand)]
    assert sorted(free) == WITHOUT_TABLES


@pytest.mark.django_db
def test_a_prepared_database_is_left_to_its_command(capsys):
    call_command("measures", region="36.72", period="2024-08")
    assert capsys.readouterr().err == "Belum ada angka Kota Cilegon untuk 2024-08.\n"
