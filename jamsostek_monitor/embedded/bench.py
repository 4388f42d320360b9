"""./script/bench: run one measuring program against a database of its own."""

import ast
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg2
from psycopg2 import sql

from jamsostek_monitor.embedded.places import CHECKOUT, Places
from jamsostek_monitor.embedded.problems import Problem
from jamsostek_monitor.embedded.running import run
from jamsostek_monitor.embedded.services import Services

PROGRAMS = CHECKOUT / "tests" / "benchmarks"


def available() -> dict[str, str]:
    """The measuring programs and the first line of what each says about itself."""
    found = {}
    for path in sorted(PROGRAMS.glob("*.py")):
        if not path.stem.startswith("_"):
            said = ast.get_docstring(ast.parse(path.read_text())) or ""
            found[path.stem] = said.split("\n")[0]
    return found


def measure(places: Places, command: list[str]) -> int:
    programs = available()
    if not command:
        print("./script/bench NAMA [--json] [--small] [--rows N]\n")
        for name, said in programs.items():
            print(f"{name:20} {said}")
        return 0
    name = command[0]
    if name not in programs:
        raise Problem(f"Tidak ada pengukuran bernama {name}. Yang ada: {', '.join(programs) or 'belum ada'}.")
    services = Services(places)
    with services.held(), scratch_database(services, name) as url:
        program = [sys.executable, "-m", f"tests.benchmarks.{name}", *command[1:]]
        return run(services, program, {"DATABASE_URL": url})


@contextmanager
def scratch_database(services: Services, name: str) -> Iterator[str]:
    """A database that exists only while the block lasts; its address."""
    server = services.environment()["DATABASE_URL"]
    scratch = f"bench_{name}_{os.getpid()}"
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(scratch)))
        try:
            yield urlsplit(server)._replace(path=f"/{scratch}").geturl()
        finally:
            cursor.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(scratch)))
    connection.close()
