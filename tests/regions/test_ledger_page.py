"""The page of the ledger: filters, who may read it, files, and words for what changed."""

from datetime import date, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from python_calamine import CalamineWorkbook

from budgets.models import Allocation, Contribution
from participants.services.headcount import record_headcounts
from regions.act_words import details_of
from regions.enums import Verb
from regions.models import Act, User
from regions.selectors.act import LedgerQuestion, list_acts, page_of_acts
from regions.services.act import record_act
from regions.services.head import check_every_night
from tests.cast import KOTA_A, KOTA_B
from tests.factories import HeadcountFactory
from tests.ledgers import settle

pytestmark = pytest.mark.usefixtures("cast_once")


@pytest.fixture
def acts(cast, time_machine):
    """Four acts on three days of two cities."""
    told = [
        (cast.wayan, Verb.RECORDED, "kiriman #1", KOTA_A, 1),
        (cast.siti, Verb.CLOSED, "bulan 2025-07", KOTA_A, 2),
        (cast.budi, Verb.RECORDED, "kiriman #2", KOTA_B, 2),
        (cast.wayan, Verb.EXPORTED, "=1+1", KOTA_A, 3),
    ]
    made = []
    for by, verb, subject, code, day in told:
        time_machine.move_to(datetime(2025, 9, day, 23, 30, tzinfo=ZoneInfo("Asia/Jakarta")), tick=False)
        made.append(record_act(by=by, verb=verb, subject=subject, region_code=code))
    return made


@pytest.mark.parametrize(
    ("question", "found"),
    [
        (LedgerQuestion(person="wayan"), [3, 0]),
        (LedgerQuestion(verb=Verb.RECORDED), [2, 0]),
        (LedgerQuestion(region=KOTA_B), [2]),
        (LedgerQuestion(region="36"), [3, 2, 1, 0]),
        (LedgerQuestion(subject="KIRIMAN"), [2, 0]),
        (LedgerQuestion(since=date(2025, 9, 2)), [3, 2, 1]),
        (LedgerQuestion(until=date(2025, 9, 2)), [2, 1, 0]),
        (LedgerQuestion(since=date(2025, 9, 2), until=date(2025, 9, 2), verb=Verb.CLOSED), [1]),
    ],
)
def test_filters_narrow_what_one_may_read(cast, acts, question, found):
    numbers = {act.pk: place for place, act in enumerate(acts)}
    seen = [numbers[act.pk] for act in list_acts(cast.lestari, question) if act.pk in numbers]
    assert seen == found


def test_pages_go_on_without_counting(cast, acts):
    question = LedgerQuestion(region="36")
    first = page_of_acts(cast.lestari, question, before=None, size=3)
    second = page_of_acts(cast.lestari, question, before=first.older, size=3)
    assert [act.pk for act in first.acts] == [act.pk for act in reversed(acts[1:])]
    assert second.acts[0].pk == acts[0].pk
    assert page_of_acts(cast.lestari, question, before=acts[0].pk, size=50).older is None


def test_supervisors_auditors_and_approvers_read_it_in_few_questions(cast, acts, client_of):
    settle()
    check_every_night()
    for who in (cast.siti, cast.anton, cast.lestari, cast.admin):
        client = client_of(who)
        client.get(reverse("ledger"))
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(reverse("ledger"), {"orang": "wayan", "perbuatan": "recorded"})
        assert answer.status_code == 200
        page = answer.content.decode()
        assert ("kiriman #1" in page, "kiriman #2" in page) == (True, False)
        assert "catatan utuh" in page
        assert len(queries) <= 12


def test_wrong_filters_say_so_and_odd_pages_are_the_first(cast, acts, client_of):
    client = client_of(cast.siti)
    page = client.get(reverse("ledger"), {"dari": "bukan tanggal", "sebelum": "9" * 40}).content.decode()
    assert "field-error" in page
    assert "kiriman #1" in page


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_holds_what_was_asked_and_is_an_act(cast, acts, client_of, kind):
    answer = client_of(cast.siti).post(reverse("ledger_export", args=[kind]), {"wilayah": KOTA_A})
    if kind == "csv":
        lines = answer.content.decode("utf-8-sig").splitlines()
        rows = [line.split(";") for line in lines]
    else:
        rows = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    mine = [row for row in rows if row[1] in {"wayan", "siti"} and row[4] == KOTA_A]
    assert [row[3].lstrip("'") for row in mine[:3]] == ["=1+1", "bulan 2025-07", "kiriman #1"]
    assert mine[2][0] == "2025-09-01 23:30:00"
    assert not any(row[3] == "kiriman #2" for row in rows)
    act = Act.objects.order_by("-pk").first()
    assert (act.verb, act.subject, act.actor_name) == (Verb.EXPORTED, "log aktivitas", "siti")
    assert act.detail == {"filters": f"wilayah={KOTA_A}", "count": len(rows) - 1}


def test_a_grid_entry_says_field_old_new_and_month(cast):
    """It said "baru 1" and nothing else."""
    record_headcounts([HeadcountFactory(region_id=KOTA_A, people=120)], by=cast.wayan)
    record_headcounts([HeadcountFactory(region_id=KOTA_A, people=130)], by=cast.wayan, overwrite=True)
    first, second = Act.objects.filter(verb=Verb.RECORDED, actor_name="wayan").order_by("pk")
    row = HeadcountFactory.build(region_id=KOTA_A)
    about = f"{row.month:%Y-%m}, {KOTA_A}, {row.category_id}, {row.funding_id}"
    assert (about, "orang – → 120") in [
        (label, text.split(", ")[0].lower()) for label, text in details_of(first)
    ]
    assert (about, "orang 120 → 130") in [(label, text.lower()) for label, text in details_of(second)]


def test_a_number_of_a_person_is_not_looked_for(cast, acts, client_of):
    page = client_of(cast.lestari).get(reverse("ledger"), {"tentang": "orang 3672 0107 0465 0001"})
    assert page.context["form"].errors.keys() == {"tentang"}
    assert "Jangan menulis NIK di sini" in page.content.decode()


def told(subject, **detail):
    return details_of(Act(subject=subject, detail=detail))


def test_a_column_is_called_as_its_own_table_calls_it():
    """Both have an amount; it was called as the first table of all calls it."""
    moved = {"changed": {"amount": ["1", "2"]}}
    bill, line = (str(model._meta.verbose_name) for model in (Contribution, Allocation))
    assert told(f"{bill} #7", **moved) == [("rupiah", "1 → 2")]
    assert told(f"{line} #7", **moved) == [("pagu", "1 → 2")]
    with override("en"):
        name = str(Contribution._meta.verbose_name)
        assert told(f"{name} #7", **moved) == told(f"{bill} #7", **moved)
    assert told(
        "wayan", about=3, changed={"second_factor": ["terpasang", "dihapus"], "is_active": ["a", "b"]}
    ) == [
        ("langkah kedua", "terpasang → dihapus"),
        (str(User._meta.get_field("is_active").verbose_name), "a → b"),
    ]
    assert told("apa saja", changed={"sudah_tidak_ada": ["1", "2"]}) == [("sudah_tidak_ada", "1 → 2")]


def test_tables_are_walked_once_and_labels_follow_the_reader(monkeypatch):
    told("apa saja", changed={"people": ["1", "2"]})
    monkeypatch.setattr(apps, "get_models", lambda: pytest.fail("the tables were walked again"))
    shown = {}
    for language in ("id", "en"):
        with override(language):
            shown[language] = told("apa saja", reason="x", changed={"people": ["1", "2"]})
    assert [label for label, _text in shown["id"]] == ["alasan", "orang"]
    assert [label for label, _text in shown["en"]] == ["reason", "people"]
