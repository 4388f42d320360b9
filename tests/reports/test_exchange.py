"""Other systems: their codes kept by administrators, values in and out in those, SDMX-CSV of measures."""

import csv
import io
from datetime import date

import pytest
from django.urls import reverse

from participants.models import Headcount, MembershipCount
from regions.errors import NotPermitted, OutsideScope
from regions.models import Act
from reports.models import ExchangeCode, ExchangeSystem
from reports.selectors.exchange import codes_of, told_to
from reports.services.exchange import ExchangeRefused, create_system, remove_system, replace_codes
from tests.cast import KOTA_A, KOTA_B
from tests.programs import program_of

PLACES = {"O6uvpzGd5pu": KOTA_A, "fdc6uOvgoji": KOTA_B}
FIGURES = {
    "fbfJHSPpUQD": "headcount:linmas:apbd_kabkota",
    "cYeuwXTCPkU": "membership_count:all",
    "Jtf34kNZhzP": "COV-01",
}

pytestmark = pytest.mark.usefixtures("figures_once")


@pytest.fixture
def system_of_another(cast):
    row = create_system(code="dhis2-uji", label="DHIS2 Uji", region_code="36", by=cast.admin)
    replace_codes(code=row.pk, places=PLACES, figures=FIGURES, by=cast.admin)
    return ExchangeSystem.objects.get(pk=row.pk)


JUNE = date(2025, 6, 1)
SETS = reverse("api_data_values", args=["dhis2-uji"])


def value(figure="fbfJHSPpUQD", place="O6uvpzGd5pu", count="1593", period="202506", **more):
    return {"dataElement": figure, "orgUnit": place, "period": period, "value": count, **more}


def send(user, values, query="", **more):
    body = {"dataValues": values, **more}
    return program_of(user).post(SETS + query, body, content_type="application/json")


def test_values_come_in_in_their_codes(figures, cast, system_of_another):
    answer = send(
        cast.wayan,
        [value(), value("cYeuwXTCPkU", count="70000", comment="rekap")],
        source="DHIS2 Banten",
        completeDate="2025-07-05",
    )
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert [one["row"] for one in told["rows"]] == [0, 1]
    heads = Headcount.objects.get(pk=told["rows"][0]["id"])
    assert (heads.region_id, heads.category_id, heads.people) == (KOTA_A, "linmas", 1593)
    assert (heads.source, f"{heads.as_of}", f"{heads.month}") == ("DHIS2 Banten", "2025-07-05", "2025-06-01")
    members = MembershipCount.objects.get(pk=told["rows"][1]["id"])
    assert (members.segment, members.members, members.note) == ("all", 70_000, "rekap")


def test_values_go_out_as_they_came_in(figures, cast, system_of_another):
    sent = [value(), value("cYeuwXTCPkU", count="70000", comment="rekap")]
    assert send(cast.wayan, sent).status_code == 201
    told = program_of(cast.wayan).get(f"{SETS}?period=202506").json()["dataValues"]
    assert sorted(told, key=str) == sorted(sent, key=str)
    july = told_to(cast.wayan, system_of_another, date(2025, 7, 1))
    heads = Headcount.objects.get(region=KOTA_A, month="2025-07-01", category="linmas")
    assert {(one.place, one.figure, one.value) for one in july} == {
        ("O6uvpzGd5pu", "fbfJHSPpUQD", heads.people),
        ("O6uvpzGd5pu", "cYeuwXTCPkU", 76_062),
        ("O6uvpzGd5pu", "Jtf34kNZhzP", 43.49),
    }


def test_each_value_that_is_not_known_is_named(figures, cast, system_of_another):
    values = [
        value(),
        value(figure="x"),
        value(place="x"),
        value(period="2025-06"),
        value(count="1,5"),
        value("Jtf34kNZhzP"),
        value(place="fdc6uOvgoji"),
        "nilai",
    ]
    answer = send(cast.wayan, values)
    assert answer.status_code == 422
    assert {error["pointer"] for error in answer.json()["errors"]} >= {
        *("/rows/1/dataElement", "/rows/2/orgUnit", "/rows/3/period", "/rows/4/value"),
        *("/rows/5/dataElement", "/rows/7/dataElement"),
    }
    assert not Headcount.objects.filter(month=JUNE).exists()
    answer = send(cast.wayan, values, "?partial=true")
    assert answer.status_code == 207
    assert [one["state"] for one in answer.json()["rows"]] == ["created", *["refused"] * 7]
    assert answer.json()["rows"][6]["errors"][0]["pointer"] == "/rows/6/region"


def test_only_who_may_writes_and_reads(figures, cast, system_of_another):
    assert send(cast.ratna, [value()]).status_code == 403
    assert send(cast.budi, [value()]).status_code == 422
    assert program_of(cast.budi).get(f"{SETS}?period=202507").json()["dataValues"] != []
    shown = program_of(cast.budi).get(f"{SETS}?period=202507").content.decode()
    assert "O6uvpzGd5pu" not in shown
    assert send(cast.wayan, [value()], "?dry_run=true").json()["rows"][0]["id"] is None
    assert not Headcount.objects.filter(month=JUNE).exists()


def test_codes_are_kept_by_administrators_of_the_region(figures, cast, system_of_another):
    with pytest.raises(NotPermitted):
        replace_codes(code="dhis2-uji", places={}, figures={}, by=cast.lestari)
    with pytest.raises(NotPermitted):
        create_system(code="x", label="X", region_code=KOTA_A, by=cast.siti)
    with pytest.raises(OutsideScope):
        replace_codes(code="tidak-ada", places={}, figures={}, by=cast.admin)
    assert codes_of(system_of_another).places == PLACES
    assert Act.objects.filter(subject__endswith="DHIS2 Uji").count() == 2
    remove_system(code="dhis2-uji", by=cast.admin)
    assert not ExchangeCode.objects.exists()


def test_wrong_codes_change_nothing_and_each_is_named(figures, cast, system_of_another):
    with pytest.raises(ExchangeRefused) as refused:
        replace_codes(
            code="dhis2-uji",
            places={"a": "32.73", "b": KOTA_A, "c": KOTA_A},
            figures={"d": "headcount:x:y", "e": "apa"},
            by=cast.admin,
        )
    assert len(refused.value.sentences) == 4
    assert codes_of(system_of_another).places == PLACES


def test_the_page_keeps_codes_as_a_spreadsheet_copies_them(figures, cast, client_of):
    client = client_of(cast.admin)
    made = {"code": "dhis2-b", "label": "DHIS2 B", "region": "36"}
    assert client.post(reverse("exchange_create"), made).status_code == 302
    address = reverse("exchange_codes", args=["dhis2-b"])
    answer = client.post(address, {"places": f"abc\t{KOTA_A}\n\ndef;{KOTA_B}", "figures": "x;COV-01"})
    assert answer.status_code == 302
    assert codes_of(ExchangeSystem.objects.get()).places == {"abc": KOTA_A, "def": KOTA_B}
    assert f"abc;{KOTA_A}" in client.get(address).content.decode()
    for wrong in ("abc", f"abc;{KOTA_A}\nabc;{KOTA_B}", "a;b;c"):
        assert client.post(address, {"places": wrong, "figures": ""}).status_code == 422
    assert client_of(cast.wayan).post(address, {"places": "", "figures": ""}).status_code == 404
    assert client.post(reverse("exchange_remove", args=["dhis2-b"])).status_code == 302
    assert not ExchangeSystem.objects.exists()


def test_measures_as_sdmx_csv(figures, cast, client_of):
    media = "application/vnd.sdmx.data+csv"
    address = f"{reverse('api_values')}?period=2025-07"
    answer = client_of(cast.wayan).get(address, headers={"accept": media})
    assert answer["Content-Type"].startswith(media)
    rows = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert list(rows[0])[:7] == [
        *("STRUCTURE", "STRUCTURE_ID", "ACTION", "FREQ", "REF_AREA", "TIME_PERIOD", "INDICATOR"),
    ]
    assert {(row["STRUCTURE"], row["ACTION"], row["OBS_STATUS"]) for row in rows} == {("dataflow", "R", "P")}
    (coverage,) = [row for row in rows if row["INDICATOR"] == "COV-01"]
    assert (coverage["REF_AREA"], coverage["TIME_PERIOD"], coverage["SEGMENT"]) == (KOTA_A, "2025-07", "_T")
    assert (coverage["OBS_VALUE"], coverage["UNIT_MEASURE"]) == ("43.49", "PT")
    assert (coverage["NUMERATOR"], coverage["DENOMINATOR"]) == ("76062", "174897")
    told = client_of(cast.wayan).get(f"{address}&limit=1000").json()["data"]
    assert len(rows) == len(told)
    keys = [tuple(row[name] for name in list(row)[3:12]) for row in rows]
    assert len(set(keys)) == len(keys)
    assert client_of(cast.wayan).get(reverse("api_headcount"), headers={"accept": media}).status_code == 406
