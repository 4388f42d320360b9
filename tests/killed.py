"""A worker in a process of its own on the database of the test, to be killed at any moment."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import connection, transaction

_WORK = """
import django; django.setup()
from {module} import {function}
print("ready", flush=True)
while True:
    {function}()
"""


@contextmanager
def snapshot() -> Iterator[None]:
    """All questions inside see one state: the server may still be committing for a worker killed just now."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


@contextmanager
def workers(module: str, function: str) -> Iterator[Any]:
    """What starts one that calls the function again and again; all that were started are ended."""
    address = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}")
    environment = {**os.environ, "DATABASE_URL": address.geturl(), "PYTHONPATH": str(settings.BASE_DIR)}
    command = [sys.executable, "-c", _WORK.format(module=module, function=function)]
    running = []

    def start() -> subprocess.Popen[bytes]:
        process = subprocess.Popen(command, env=environment, cwd=settings.BASE_DIR, stdout=subprocess.PIPE)
        running.append(process)
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        return process

    yield start
    for process in running:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
