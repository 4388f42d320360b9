"""A database to which all migrations were applied, kept beside that of the tests until one of them changes.

Applying them takes longer than most files of tests. PostgreSQL copies a database in less than a second.
"""

import os
import subprocess
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from urllib.parse import urlsplit

from django.apps import apps
from django.db import connection

from jamsostek_monitor.embedded.places import postgres_binaries

_LOCK = 7_312_999
_BUILT_BY = ("django", "django-pgtrigger", "django-pghistory", "django-allauth")


def begin_with_copy() -> bool:
    """A new database of the tests, copied where one is kept for just these migrations; whether it was."""
    with connection._nodb_cursor() as cursor:
        tests = connection.creation._get_test_db_name()
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        cursor.execute(f"DROP DATABASE IF EXISTS {tests} WITH (FORCE)")
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, 'migrated_')")
        kept = {name for (name,) in cursor.fetchall()}
        for name in kept - {kept_name()}:
            cursor.execute(f"DROP DATABASE {name}")
        if kept_name() in kept:
            cursor.execute(f"CREATE DATABASE {tests} TEMPLATE {kept_name()}")
        return kept_name() in kept


def keep_copy() -> None:
    """Of the database of the tests as the migrations left it, while nobody is connected."""
    connection.close()
    tests = connection.settings_dict["NAME"]
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        cursor.execute("SELECT EXISTS (SELECT FROM pg_database WHERE datname = %s)", [kept_name()])
        if cursor.fetchone() == (False,):
            cursor.execute(f"CREATE DATABASE {kept_name()} TEMPLATE {tests}")


def structure_of_kept(path: Path) -> None:
    """What the copy holds as statements for another server, which then needs to apply no migration."""
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{kept_name()}").geturl()
    asked = ["--no-owner", "--no-privileges", f"--file={path}", address]
    subprocess.run([postgres_binaries() / "pg_dump", *asked], check=True)


def kept_name() -> str:
    """Named for what decides the tables: migrations, models, and the packages that apply them."""
    folders = [Path(app.path) / part for app in apps.get_app_configs() for part in ("migrations", "models")]
    files = sorted(file for folder in folders for file in folder.rglob("*.py"))
    told = sha256("".join(f"{name} {version(name)}\n" for name in _BUILT_BY).encode())
    for file in files:
        told.update(file.name.encode())
        told.update(file.read_bytes())
    return f"migrated_{told.hexdigest()[:16]}"
