"""Months brought on, packs taken, figures explained, acts read by program: as by hand, no more."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from participants.enums import ExtraAbout
from participants.models import MembershipCount
from participants.services.headcount import record_headcounts
from participants.services.month_extra import save_month_extra
from regions.enums import MonthState, Verb
from regions.models import Act, ReportingMonth
from reports.models import Pack, PackDownload
from reports.services.pack_work import work_on_packs
from tests.cast import KOTA_A
from tests.factories import HeadcountFactory
from tests.months import without_money
from tests.participants.extra_fields import make_field
from tests.programs import program_of, send_json
from tests.reports.packs import file_of

STEPS = reverse("api_month_steps", args=[KOTA_A, "2025-07"])

pytestmark = pytest.mark.usefixtures("figures_once")


def test_a_month_goes_its_way_and_who_may_not_bring_it_on_does_not(figures, cast):
    assert send_json(cast.siti, STEPS, {"verb": "completed"}).status_code == 409
    without_money(cast.wayan)
    record_headcounts([HeadcountFactory()], by=cast.wayan)
    dry = send_json(cast.wayan, f"{STEPS}?dry_run=true", {"verb": "completed"})
    assert (dry.status_code, dry.json()["state"]) == (200, MonthState.COMPLETE)
    assert not ReportingMonth.objects.filter(region_id=KOTA_A, state=MonthState.COMPLETE).exists()
    assert send_json(cast.wayan, STEPS, {"verb": "completed"}).json()["state"] == MonthState.COMPLETE
    for person, verb, state in (
        ("siti", "submitted", MonthState.SUBMITTED),
        ("anton", "verified", MonthState.VERIFIED),
        ("anton", "closed", MonthState.CLOSED),
    ):
        assert send_json(cast.wayan, STEPS, {"verb": verb}).status_code == 403
        answer = send_json(getattr(cast, person), STEPS, {"verb": verb})
        assert (answer.status_code, answer.json()["state"]) == (200, state), answer.content
    act = Act.objects.filter(verb=Verb.CLOSED).latest("pk")
    assert (act.actor_name, bool(act.detail["token"])) == ("anton", True)
    assert send_json(cast.budi, STEPS, {"verb": "completed"}).status_code == 404
    assert send_json(cast.siti, STEPS, {"verb": "x"}).status_code == 400


def test_a_pack_is_asked_for_watched_and_taken_byte_for_byte(figures, cast):
    jobs = reverse("api_pack_jobs")
    body = {"region": KOTA_A, "period": "month-2025-07"}
    assert send_json(cast.wayan, jobs, body).status_code == 403
    answer = send_json(cast.siti, jobs, body)
    assert (answer.status_code, answer.json()["state"]) == (202, "waiting"), answer.content
    job = reverse("api_pack_job", args=[answer.json()["id"]])
    work_on_packs()
    told = program_of(cast.siti).get(job).json()
    pack = Pack.objects.get()
    assert (told["state"], told["pack"]) == ("ready", pack.code)
    file = program_of(cast.siti).get(reverse("api_pack_file", args=[pack.code, "xlsx"]))
    assert file.content == file_of(pack, "xlsx")
    assert PackDownload.objects.get().by == cast.siti
    assert program_of(cast.budi).get(job).status_code == 404
    assert program_of(cast.budi).get(reverse("api_pack_file", args=[pack.code, "xlsx"])).status_code == 404
    assert send_json(cast.siti, jobs, body | {"region": "36.73"}).status_code in {403, 404}
    assert send_json(cast.siti, jobs, {"region": KOTA_A, "period": "Juli"}).status_code == 400


def test_a_figure_is_explained_down_to_the_row_and_its_source(figures, cast):
    address = reverse("api_explanation", args=[KOTA_A, "2025-07", "COV-01"])
    told = program_of(cast.wayan).get(address).json()
    assert (told["figure"]["numerator"], told["figure"]["denominator"]) == (76_062, 174_897)
    rows = {row["kind"]: row for section in told["sections"] for row in section["rows"]}
    members = MembershipCount.objects.get(region_id=KOTA_A)
    assert rows["membership_count"]["id"] == members.pk
    assert (rows["membership_count"]["amount"], rows["membership_count"]["source"]) == (
        *(76_062, members.source),
    )
    row = reverse("api_membership_count_row", args=[members.pk])
    assert program_of(cast.wayan).get(row).json()["source"] == members.source
    assert program_of(cast.wayan).get(f"{address}?segment=pu").status_code == 404


def test_acts_are_read_where_the_ledger_is_and_taking_them_away_is_one(figures, cast):
    acts = reverse("api_acts")
    told = program_of(cast.siti).get(f"{acts}?region={KOTA_A}&limit=1000").json()["data"]
    assert {act["region"] for act in told} == {KOTA_A}
    assert program_of(cast.wayan).get(acts).status_code == 403
    answer = program_of(cast.siti).get(f"{acts}?region={KOTA_A}", headers={"accept": "text/csv"})
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content).count(b"\n") > 1
    act = Act.objects.filter(verb=Verb.EXPORTED).latest("pk")
    assert (act.actor_name, act.detail["filters"]) == ("siti", f"region={KOTA_A}")


def test_tasks_and_alerts_are_those_of_the_page(figures, cast):
    tasks = program_of(cast.wayan).get(reverse("api_tasks")).json()["data"]
    assert {task["region"] for task in tasks} == {KOTA_A}
    page = Client()
    page.force_login(cast.wayan)
    shown = page.get(reverse("inbox")).content.decode()
    assert all(task["title"].split()[0] in shown for task in tasks)
    assert program_of(cast.wayan).get(reverse("api_alerts")).status_code == 200


def test_a_required_field_of_the_month_comes_first(figures, cast):
    field = make_field(cast.admin, about=ExtraAbout.MONTH, name="Nomor surat", is_required=True)
    without_money(cast.wayan)
    record_headcounts([HeadcountFactory()], by=cast.wayan)
    refused = send_json(cast.wayan, STEPS, {"verb": "completed"})
    assert (refused.status_code, "Nomor surat" in refused.json()["detail"]) == (409, True)
    save_month_extra(
        region_code=KOTA_A, month=date(2025, 7, 1), cells={field.key: "12"}, revision=0, by=cast.wayan
    )
    assert send_json(cast.wayan, STEPS, {"verb": "completed"}).status_code == 200
