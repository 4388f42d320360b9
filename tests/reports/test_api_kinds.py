"""Every kind of fact, from its description: one fact is the same by program, by form and by file."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from regions.models import Act
from reports.api.fact_rows import written_columns
from reports.api.facts import fact_kinds
from tests.budgets.money_files import send as send_file
from tests.budgets.money_files import store as store_file
from tests.cast import KOTA_A
from tests.factories import MembershipCountFactory
from tests.participants.made_files import xlsx
from tests.programs import program_of
from tests.sent_facts import FACTORY_OF, as_file, as_form, as_json, file_kind_of, sample, says

KINDS = {kind.name: kind for kind in fact_kinds()}
# Who may write what in Kota A; Budi elsewhere only, and the others nowhere.
WRITERS = {"wayan", "siti", "anton", "admin"}
PLANNED = {"allocation", "realisation", "wage_base", "target", "category_target", "workforce"}
PLANNED |= {"category_population", "category_term", "regulation", "minutes", "commitment"}
PLANNED |= {"outreach_event"}
PLANNED |= {"pledge", "pledge_payment"}

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("system")]


def test_there_is_a_sample_of_every_kind():
    assert set(FACTORY_OF) == set(KINDS)


def send(user, kind, row, query=""):
    body = {"rows": [as_json(row)]}
    address = reverse(f"api_{kind.name}") + query
    return program_of(user).post(address, body, content_type="application/json")


def stored(kind):
    return kind.model._default_manager.get()


@pytest.mark.parametrize("name", KINDS)
def test_one_fact_is_the_same_by_program_and_by_form(name, cast, client_of):
    kind, row = KINDS[name], sample(name)
    answer = send(cast.admin, kind, row)
    assert answer.status_code == 201, answer.content
    by_program = stored(kind)
    said = says(by_program)
    by_program.delete()
    form = as_form(row)
    if "reference" in form:
        form["reference"] = "formulir:satu"
    answer = client_of(cast.admin).post(reverse(kind.url_name("record")), form)
    assert answer.status_code == 302, answer.content.decode()
    assert says(stored(kind)) == said


@pytest.mark.parametrize("name", [name for name in FACTORY_OF if file_kind_of(name)])
def test_one_fact_is_the_same_by_program_and_by_file(name, cast):
    kind, row = KINDS[name], sample(name)
    row.source = "Rekap uji nomor 1 (berkas rekap.xlsx)"
    assert send(cast.admin, kind, row).status_code == 201
    said = says(stored(kind))
    stored(kind).delete()
    file = file_kind_of(name)
    header, line = as_file(file, row)
    content = xlsx({"Rekap": [header, line]})
    batch = store_file(content, cast.admin, kind=file)
    assert kind.model._default_manager.exists(), (batch.state, batch.refusal, batch.counts)
    by_file = says(stored(kind))
    # A file says in which row a fact stood.
    assert {**by_file, "note": ""} == {**said, "note": ""}


@pytest.mark.parametrize("name", KINDS)
def test_what_was_written_is_read_back_by_all_faces(name, cast, client_of):
    kind, row = KINDS[name], sample(name)
    number = send(cast.admin, kind, row).json()["rows"][0]["id"]
    client = client_of(cast.admin)
    one = client.get(reverse(f"api_{name}_row", args=[number])).json()
    (listed,) = client.get(reverse(f"api_{name}")).json()["data"]
    assert one == listed
    sent = as_json(stored(kind))
    readable = set(written_columns(kind))
    assert {column: one[column] for column in readable} == {
        column: float(sent[column]) if column == "percent" else sent[column] for column in readable
    }
    table = client.get(reverse(f"api_{name}"), headers={"accept": "text/csv"})
    (line,) = csv.DictReader(io.StringIO(b"".join(table.streaming_content).decode()))
    told = {column: "" if value is None else value for column, value in listed.items()}
    assert {column: line[column] for column in ("region", "source", "as_of", "revision")} == {
        column: str(told[column]) for column in ("region", "source", "as_of", "revision")
    }
    page = client.get(reverse(kind.url_name("list"))).content.decode()
    assert "Cilegon" in page


@pytest.mark.parametrize("name", KINDS)
def test_everybody_writes_where_their_role_lets_them(name, cast):
    kind, row = KINDS[name], sample(name)
    may = WRITERS | ({"dewi"} if name in PLANNED else set())
    for person, user in vars(cast).items():
        if person == "nobody":
            continue
        answer = send(user, kind, row, "?dry_run=true")
        expected = 200 if person in may else 422 if person == "budi" else 403
        assert answer.status_code == expected, (person, answer.content)
        if person == "budi":
            assert [one["pointer"] for one in answer.json()["errors"]] == ["/rows/0/region"]
    assert not kind.model._default_manager.exists()


@pytest.mark.parametrize("name", KINDS)
def test_each_kind_is_corrected_and_removed(name, cast):
    kind, row = KINDS[name], sample(name)
    number = send(cast.admin, kind, row).json()["rows"][0]["id"]
    program = program_of(cast.admin)
    address = reverse(f"api_{name}_row", args=[number])
    change = {"note": "menurut surat kedua", "reason": "dilengkapi"}
    answer = program.patch(address, change, content_type="application/json", headers={"if-match": '"1"'})
    assert answer.status_code == 200, answer.content
    assert (answer.json()["note"], answer.json()["revision"]) == ("menurut surat kedua", 2)
    answer = program.post(
        reverse(f"api_{name}_removal", args=[number]),
        {"reason": "salah wilayah"},
        content_type="application/json",
        headers={"if-match": '"2"'},
    )
    assert answer.status_code == 204, answer.content
    assert not kind.model._default_manager.exists()
    assert Act.objects.filter(region_code=KOTA_A, detail__token__isnull=False).count() == 3


def test_a_made_up_month_of_a_file_is_no_fact(cast):
    """Guards the comparison above: a file that is refused stores nothing."""
    batch = send_file(xlsx({"Rekap": [["x"], ["y"]]}), cast.admin, as_of=date(2025, 7, 31))
    assert batch.refusal
    assert MembershipCountFactory().pk is None
