"""Lists of the API: whose rows they hold, page by page, and what they refuse in which words."""

import csv
import io
from datetime import date

import fastparquet
import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from participants.services.membership_count import record_membership_counts
from regions.enums import MonthState, Verb
from regions.selectors.fact_change import counted_kinds
from regions.services.reporting_month import locked_row, step
from reports.api.facts import fact_kinds
from reports.measures.catalogue import MEASURES
from reports.models import MeasureValue
from reports.selectors.listed import list_told_values
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, KOTA_B
from tests.factories import MembershipCountFactory

VALUES, COUNTS, REGIONS = (reverse(name) for name in ("api_values", "api_membership_count", "api_regions"))
JULY = date(2025, 7, 1)

pytestmark = pytest.mark.usefixtures("figures_once")


def data(answer):
    assert answer.status_code == 200, answer.content
    return answer.json()["data"]


def all_pages(client, address):
    found = []
    while address:
        answer = client.get(address).json()
        found += answer["data"]
        address = answer["next"]
    return found


def test_values_are_those_that_are_stored_page_by_page(figures, cast, client_of):
    client = client_of(cast.wayan)
    rows = all_pages(client, f"{VALUES}?limit=4")
    stored = MeasureValue.objects.filter(run__region=KOTA_A, run__is_current=True)
    assert len(rows) == stored.count() > 8
    assert {(row["measure"], row["numerator"]) for row in rows} == set(
        stored.values_list("measure", "numerator")
    )
    (coverage,) = data(client.get(f"{VALUES}?measure=COV-01&period=2025-07"))
    assert (coverage["region"], coverage["period"], coverage["numerator"]) == (KOTA_A, "2025-07-01", 76_062)
    assert coverage["rate"] == 43.49


def test_nobody_reads_rows_of_another_region(figures, cast, client_of):
    for address in (VALUES, COUNTS, REGIONS):
        shown = str(all_pages(client_of(cast.budi), f"{address}?limit=1000&under={KOTA_A}"))
        assert KOTA_A not in shown
        assert all_pages(client_of(cast.budi), f"{address}?limit=1000") != []
    assert all_pages(client_of(cast.nobody), f"{VALUES}?limit=1000") == []


def test_leaders_read_closed_months_only(figures, cast, system, client_of):
    client = client_of(cast.ratna)
    assert all_pages(client, f"{VALUES}?period=2025-07") == []
    assert client.get(COUNTS).status_code == 403
    step(locked_row(KOTA_A, JULY), Verb.CLOSED, MonthState.CLOSED, by=system)
    recompute_stale()
    assert {row["region"] for row in all_pages(client, f"{VALUES}?period=2025-07")} == {KOTA_A}
    assert list_told_values(cast.ratna).filter(run__region=KOTA_B).count() == 0


def test_every_kind_of_fact_has_its_address(figures, cast, client_of):
    kinds = list(fact_kinds())
    assert {kind.name for kind in kinds} <= {kind.name for kind in counted_kinds() if hasattr(kind, "name")}
    assert len(kinds) == 23
    for kind in kinds:
        answer = client_of(cast.admin).get(reverse(f"api_{kind.name}"))
        assert answer.status_code == 200, kind.name
        for row in answer.json()["data"]:
            assert not set(row) & ({*kind.personal} - {*kind.values})


def test_facts_come_with_their_source_and_revision(figures, cast, system, client_of):
    record_membership_counts(
        [MembershipCountFactory(month=date(2025, 6, 1), members=70_000, source="Rekap Juni")], by=system
    )
    (row,) = data(client_of(cast.wayan).get(f"{COUNTS}?month=2025-06"))
    assert (row["region"], row["month"], row["members"]) == (KOTA_A, "2025-06-01", 70_000)
    assert (row["source"], row["revision"]) == ("Rekap Juni", 1)
    assert data(client_of(cast.wayan).get(f"{COUNTS}?month_from=2025-08")) == []


def test_only_the_columns_that_were_asked_for(figures, cast, client_of):
    client = client_of(cast.wayan)
    assert data(client.get(f"{REGIONS}?fields=code,name&level=2")) == [{"code": KOTA_A, "name": "Cilegon"}]
    refused = client.get(f"{REGIONS}?fields=code,nama")
    assert refused.status_code == 400
    assert refused["Content-Type"] == "application/problem+json"
    (error,) = refused.json()["errors"]
    assert error["pointer"] == "/fields"
    assert error["message"].startswith("Kolom nama tidak ada.")


def test_lists_are_ordered_as_asked_page_by_page(figures, cast, client_of):
    client = client_of(cast.wayan)
    told = all_pages(client, f"{VALUES}?limit=3&ordering=-numerator")
    counts = [row["numerator"] for row in told]
    assert counts == sorted(counts, reverse=True)
    assert len(told) == len(all_pages(client, f"{VALUES}?limit=1000"))
    codes = [
        row["code"] for row in all_pages(client_of(cast.admin), f"{REGIONS}?limit=7&ordering=level&level=2")
    ]
    assert len(codes) == len(set(codes)) > 7
    refused = client.get(f"{VALUES}?ordering=rate")
    assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "/ordering")


def test_the_whole_list_as_csv(figures, cast, client_of):
    client = client_of(cast.wayan)
    answer = client.get(f"{VALUES}?period=2025-07", headers={"accept": "text/csv"})
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(answer.streaming_content).decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    told = all_pages(client, f"{VALUES}?period=2025-07")
    assert len(rows) == len(told)
    assert list(rows[0]) == list(told[0])
    assert {row["numerator"] for row in rows} == {str(row["numerator"]) for row in told}


def test_no_text_of_a_csv_runs_in_a_spreadsheet(figures, cast, system, client_of):
    record_membership_counts(
        [MembershipCountFactory(month=date(2025, 6, 1), source="=1+1", note="x;@SUM(A1)")], by=system
    )
    answer = client_of(cast.wayan).get(f"{COUNTS}?month=2025-06", headers={"accept": "text/csv"})
    (row,) = csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode()))
    assert (row["source"], row["note"]) == ("'=1+1", "x;'@SUM(A1)")


def test_what_has_not_changed_is_not_sent_again(figures, cast, client_of):
    client = client_of(cast.wayan)
    first = client.get(REGIONS)
    again = client.get(REGIONS, headers={"if-none-match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_refusals_are_problems_in_both_languages(figures, cast, client_of):
    answer = client_of(cast.dewi).get(reverse("api_employer"))
    assert answer.status_code == 403
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json() == {
        "type": "urn:jamsostek-monitor:not-permitted",
        "status": 403,
        "title": "Peran Anda tidak mencakup tindakan ini.",
        "title_en": "Your role does not cover this act.",
        "detail": "melihat data peserta dan pemberi kerja dengan nama",
    }
    wrong = client_of(cast.wayan).get(f"{VALUES}?period=2025-13")
    assert (wrong.status_code, wrong.json()["errors"][0]["pointer"]) == (400, "/period")
    post = client_of(cast.wayan).post(VALUES, {}, content_type="application/json")
    assert post.status_code == 405
    assert client_of(cast.wayan).get(VALUES, headers={"accept": "image/png"}).status_code == 406


def test_measures_are_told_in_words(figures, cast, client_of):
    rows = data(client_of(cast.wayan).get(reverse("api_measure_words")))
    assert [row["code"] for row in rows] == list(MEASURES)
    coverage = rows[0]
    assert coverage["code"] == "COV-01"
    assert coverage["concept"]["id"] == "Universal Coverage Jamsostek (UCJ)"
    assert coverage["definition"]["en"] != coverage["definition"]["id"]


def body(answer):
    return b"".join(answer.streaming_content)


def test_the_whole_list_as_workbook_and_as_parquet(figures, cast, client_of):
    client = client_of(cast.wayan)
    told = all_pages(client, f"{VALUES}?period=2025-07")
    media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    answer = client.get(f"{VALUES}?period=2025-07", headers={"accept": media})
    assert answer["Content-Type"] == media
    header, *rows = CalamineWorkbook.from_filelike(io.BytesIO(body(answer))).get_sheet_by_index(0).to_python()
    assert header == list(told[0])
    assert [row[header.index("numerator")] for row in rows] == [float(row["numerator"]) for row in told]
    media = "application/vnd.apache.parquet"
    answer = client.get(f"{VALUES}?period=2025-07", headers={"accept": media})
    frame = fastparquet.ParquetFile(io.BytesIO(body(answer))).to_pandas()
    assert list(frame.columns) == list(told[0])
    assert list(frame["numerator"]) == [row["numerator"] for row in told]
    assert {f"{month:%Y-%m-%d}" for month in frame["period"]} == {"2025-07-01"}
    rates = [row["rate"] for row in told]
    assert [
        None if missing else rate for rate, missing in zip(frame["rate"], frame["rate"].isna(), strict=False)
    ] == rates


def test_a_list_without_rows_is_a_file_with_its_columns(figures, cast, client_of):
    address = f"{COUNTS}?month=2019-01"
    answer = client_of(cast.wayan).get(address, headers={"accept": "application/vnd.apache.parquet"})
    frame = fastparquet.ParquetFile(io.BytesIO(body(answer))).to_pandas()
    assert (len(frame), "members" in frame.columns) == (0, True)


@pytest.mark.parametrize("name", ["api_values", "api_headcount", "api_persons", "api_batches", "api_acts"])
def test_a_filter_that_nobody_knows_is_refused(figures, cast, client_of, name):
    answer = client_of(cast.admin).get(f"{reverse(name)}?wilayah={KOTA_A}")
    assert answer.status_code == 400
    (error,) = answer.json()["errors"]
    assert error["pointer"] == "/wilayah" and "limit" in error["message"]
    assert error["message"] != error["message_en"]
