"""Runs one measuring program against a database of its own, made before and dropped after."""

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg2
from psycopg2 import sql

PROGRAMS = Path(__file__).parent


def available() -> dict[str, str]:
    """The measuring programs and the first line of what each says about itself."""
    paths = sorted(path for path in PROGRAMS.glob("*.py") if not path.stem.startswith("_"))
    said = {path.stem: ast.get_docstring(ast.parse(path.read_text())) or "" for path in paths}
    return {name: words.split("\n")[0] for name, words in said.items()}


@contextmanager
def scratch_database(name: str) -> Iterator[str]:
    """A database that exists only while the block lasts; its address."""
    server = os.environ["DATABASE_URL"]
    scratch = f"bench_{name}_{os.getpid()}"
    connection = psycopg2.connect(server)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(scratch)))
        try:
            yield urlsplit(server)._replace(path=f"/{scratch}").geturl()
        finally:
            drop = sql.SQL("DROP DATABASE {} WITH (FORCE)")
            cursor.execute(drop.format(sql.Identifier(scratch)))
    connection.close()


def main() -> int:
    programs, wanted = available(), sys.argv[1:]
    if not wanted:
        print("./script/bench NAMA [--json] [--small] [--rows N]\n")
        for name, said in programs.items():
            print(f"{name:20} {said}")
        return 0
    name, *rest = wanted
    if name not in programs:
        print(f"Tidak ada pengukuran bernama {name}. Yang ada: {', '.join(programs)}.", file=sys.stderr)
        return 2
    with scratch_database(name) as address:
        command = [sys.executable, "-m", f"tests.benchmarks.{name}", *rest]
        return subprocess.run(command, env={**os.environ, "DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
