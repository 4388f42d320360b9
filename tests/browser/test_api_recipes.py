"""The recipes of docs/api.md do what they say, run as they stand against a server."""

import csv
import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from participants.models import Headcount
from regions.models import User
from regions.services.api_token import make_api_token
from tests.cast import KOTA_A

WRITTEN = Path(__file__).parents[2] / "docs" / "api.md"
RECIPES = re.findall(r"^```(\w+)\n(.*?)^```", WRITTEN.read_text(), re.MULTILINE | re.DOTALL)

pytestmark = pytest.mark.django_db(transaction=True)


def recipes(language):
    return [text for name, text in RECIPES if name == language]


@pytest.fixture
def token(site):
    wayan = User.objects.get(username="wayan")
    (role,) = wayan.assignments.all()
    return make_api_token(by=wayan, assignment_id=role.pk, name="x", days=1, may_write=True).text


@pytest.fixture
def run(site, token, tmp_path):
    def _run(*command):
        environment = {**os.environ, "BASE": site, "TOKEN": token}
        done = subprocess.run(
            command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    return _run


def test_there_is_a_recipe_of_every_kind():
    assert {name for name, _text in RECIPES} == {"sh", "python", "powerquery"}


def test_curl_reads_and_writes(run):
    reads, writes = recipes("sh")
    assert '"numerator":76062' in run("bash", "-c", reads)
    told = run("bash", "-e", "-c", writes)
    assert (told.count('"created":2'), told.count('"dry_run":true')) == (2, 1)
    rows = Headcount.objects.filter(region_id=KOTA_A, source__startswith="Rekap")
    assert sorted(rows.values_list("category_id", "people")) == [("kader", 2110), ("linmas", 1593)]


def test_python_reads_and_writes(run):
    reads, writes = recipes("python")
    assert "36.72    43.49" in run(sys.executable, "-c", reads)
    first, second = run(sys.executable, "-c", writes).splitlines()
    assert first == "0 created"
    assert second.startswith("1 refused The number of people")
    assert Headcount.objects.get(source="Rekap kecamatan").people == 1593


def test_power_query_asks_for_a_table_with_the_columns_that_it_types(token):
    (text,) = recipes("powerquery")
    place = re.search(r'RelativePath = "([^"]+)"', text)[1]
    query = dict(re.findall(r'(\w+) = "([^"]+)"', re.search(r"Query = \[([^\]]+)\]", text)[1]))
    accept = re.search(r'Accept = "([^"]+)"', text)[1]
    client = Client(headers={"authorization": f"Bearer {token}", "accept": accept})
    answer = client.get(f"/{place}", query, SERVER_NAME="127.0.0.1")
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    typed = re.findall(r'\{"(\w+)", ', text)
    assert set(typed) < set(rows[0])
    assert {row["region"] for row in rows} == {KOTA_A}
