"""The page of the ledger: filters, who may read it, files, and words for what changed."""

import re
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
from budgets.services.contribution import record_contributions
from participants.models import Category
from participants.services.headcount import HEADCOUNTS, record_headcounts
from regions.act_words import details_of
from regions.enums import Verb
from regions.models import Act, User
from regions.selectors.act import LedgerQuestion, list_acts, name_acts, page_of_acts
from regions.services.act import record_act
from regions.services.head import check_every_night
from tests.cast import KOTA_A, KOTA_B
from tests.factories import ContributionFactory, HeadcountFactory
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
    first = page_of_acts(cast.lestari, question, beyond=None, size=3)
    second = page_of_acts(cast.lestari, question, beyond=first.beyond, size=3)
    assert [act.pk for act in first.acts] == [act.pk for act in reversed(acts[1:])]
    assert second.acts[0].pk == acts[0].pk
    assert page_of_acts(cast.lestari, question, beyond=acts[0].pk, size=50).beyond is None


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
    page = client.get(reverse("ledger"), {"dari": "bukan tanggal", "lewat": "9" * 40}).content.decode()
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


def shown(act):
    return details_of(name_acts([act])[0])


def test_a_grid_entry_says_month_place_field_old_and_new(cast):
    """It said "baru 1" and nothing else."""
    row = {"region_id": KOTA_A, "category_id": "linmas", "funding_id": "apbd_kabkota"}
    record_headcounts([HeadcountFactory(people=1_200, **row)], by=cast.wayan)
    record_headcounts([HeadcountFactory(people=1_300, **row)], by=cast.wayan, overwrite=True)
    first, second = Act.objects.filter(verb=Verb.RECORDED, actor_name="wayan").order_by("pk")
    about = "Juli 2025, Kota Cilegon, Anggota Linmas, APBD kabupaten/kota"
    assert shown(first) == [(about, "orang – → 1.200"), ("lewat", "berkas")]
    assert shown(second) == [(about, "orang 1.200 → 1.300"), ("lewat", "berkas")]
    assert (first.detail["months"], second.detail["months"]) == (["2025-07"], ["2025-07"])


def test_corrected_and_removed_facts_say_which_row_it_was(cast):
    row = record_headcounts([HeadcountFactory(people=120)], by=cast.wayan).rows[0]
    HEADCOUNTS.correct(pk=row.pk, revision=1, by=cast.siti, reason="salah ketik", new={"people": 130})
    HEADCOUNTS.remove(pk=row.pk, revision=2, by=cast.siti, reason="salah kategori")
    about = ("tentang", "Juli 2025, Kota Cilegon, Anggota Linmas, APBD kabupaten/kota")
    corrected, removed = Act.objects.filter(actor_name="siti").order_by("pk")
    assert shown(corrected) == [about, ("orang", "120 → 130"), ("alasan", "salah ketik")]
    assert shown(removed) == [about, ("orang", "130 → –"), ("alasan", "salah kategori")]


def test_money_says_choices_days_and_spans_in_words_and_nothing_of_what_is_empty(cast):
    bill = ContributionFactory(
        amount=1_500_000, first_month=date(2025, 5, 1), last_month=date(2025, 7, 1), paid_on=date(2025, 7, 5)
    )
    record_contributions([bill], by=cast.siti)
    act = Act.objects.order_by("-pk").first()
    ((about, told_),) = [pair for pair in shown(act) if "→" in pair[1]]
    assert about.startswith("Mei 2025 – Juli 2025, Kota Cilegon")
    assert "rupiah – → 1.500.000" in told_
    assert "tanggal bayar – → 5 Juli 2025" in told_
    assert "referensi" not in told_
    assert act.detail["months"] == ["2025-05", "2025-06", "2025-07"]


def test_of_many_rows_the_ledger_tells_the_number_as_well(cast):
    months = [date(2024, 1 + place % 12, 1) for place in range(24)]
    categories = ["linmas"] * 12 + ["kader"] * 12
    rows = [HeadcountFactory(month=m, category_id=c) for m, c in zip(months, categories, strict=True)]
    record_headcounts(rows, by=cast.wayan)
    told_ = dict(shown(Act.objects.order_by("-pk").first()))
    assert (told_["baris baru"], told_["baris lain"]) == ("24", "4")


def test_acts_of_before_are_told_as_they_were_noted():
    facts = [{"about": ["2025-07", "36.72", "linmas"], "changed": {"people": ["", "120"]}}]
    act = Act(subject="jumlah orang per kategori", detail={"facts": facts, "created": 1})
    assert details_of(act) == [("2025-07, 36.72, linmas", "orang – → 120")]


@pytest.fixture
def monthly(cast):
    """Three acts about July, one about August, one about none."""
    record_headcounts([HeadcountFactory(month=date(2025, 7, 1))], by=cast.wayan)
    record_headcounts([HeadcountFactory(month=date(2025, 8, 1))], by=cast.wayan)
    made = [
        record_act(by=cast.siti, verb=Verb.CLOSED, subject="bulan laporan 2025-07", region_code=KOTA_A),
        record_act(
            by=cast.siti,
            verb=Verb.RECORDED,
            subject="jumlah orang per kategori",
            region_code=KOTA_A,
            detail={"facts": [{"about": ["2025-07", KOTA_A], "changed": {}}]},
        ),
        record_act(by=cast.siti, verb=Verb.SIGNED_IN, subject="", region_code=KOTA_A),
    ]
    return [*Act.objects.filter(actor_name="wayan").order_by("pk"), *made]


def test_a_month_is_found_in_acts_of_now_and_of_before(cast, monthly):
    def found(**asked):
        return [monthly.index(act) for act in list_acts(cast.siti, LedgerQuestion(**asked)) if act in monthly]

    assert found(month=date(2025, 7, 1)) == [3, 2, 0]
    assert found(month=date(2025, 8, 1)) == [1]
    assert found(month=date(2025, 7, 1), person="siti", verb=Verb.RECORDED) == [3]
    assert found(month=date(2025, 7, 1), oldest_first=True) == [0, 2, 3]
    assert found(month=date(2025, 7, 1), region=KOTA_B) == []


def test_filters_and_order_survive_paging_and_the_file(cast, client_of):
    for number in range(60):
        place = {"subject": f"uji {number}", "region_code": KOTA_A, "months": [date(2025, 7, 1)]}
        record_act(by=cast.wayan, verb=Verb.RECORDED, **place)
        record_act(by=cast.wayan, verb=Verb.RECORDED, subject="lain", region_code=KOTA_A)
    client = client_of(cast.siti)
    asked = {"orang": "wayan", "bulan": "2025-07", "urut": "waktu"}
    first = client.get(reverse("ledger"), asked)
    link = re.search(r'rel="next"\s+href="([^"]+)"', first.content.decode())[1].replace("&amp;", "&")
    second = client.get(f"{reverse('ledger')}{link}")
    told_ = [act.subject for page in (first, second) for act in page.context["page"].acts]
    assert told_ == [f"uji {number}" for number in range(60)]
    assert 'aria-sort="ascending"' in first.content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', first.content.decode()))
    assert hidden.items() >= asked.items()
    lines = (
        client.post(reverse("ledger_export", args=["csv"]), asked).content.decode("utf-8-sig").splitlines()
    )
    rows = [line.split(";") for line in lines[1:]]
    assert [row[3] for row in rows] == told_
    assert {(row[5], row[6]) for row in rows} == {("Kota Cilegon", "Juli 2025")}
    act = Act.objects.order_by("-pk").first()
    assert act.detail["filters"] == "orang=wayan, bulan=2025-07"


def test_names_are_asked_for_once_whatever_the_number_of_acts(cast, client_of):
    client = client_of(cast.lestari)

    def questions():
        client.get(reverse("ledger"))
        with CaptureQueriesContext(connection) as queries:
            client.get(reverse("ledger"))
        return len(queries)

    record_headcounts([HeadcountFactory(month=date(2024, 1, 1))], by=cast.wayan)
    few = questions()
    for month in range(2, 13):
        record_headcounts([HeadcountFactory(month=date(2024, month, 1), category_id="kader")], by=cast.wayan)
    assert (few, questions()) == (few, few)
    assert few <= 12


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
    assert [label for label, _text in shown["id"]] == ["orang", "alasan"]
    assert [label for label, _text in shown["en"]] == ["people", "reason"]


def test_a_reference_table_says_old_and_new(cast, client_of):
    category = Category.objects.get(pk="linmas")
    page = reverse("admin:participants_category_change", args=["linmas"])
    client = client_of(cast.admin)
    form = client.get(page).context["adminform"].form
    sent = {name: "" if form.initial.get(name) is None else form.initial[name] for name in form.fields}
    sent = {name: ",".join(value) if isinstance(value, list) else value for name, value in sent.items()}
    sent = {name: value for name, value in sent.items() if value is not False}
    assert client.post(page, sent | {"name": "Linmas kelurahan"}).status_code == 302
    act = Act.objects.order_by("-pk").first()
    assert act.detail["changed"] == {"name": [category.name, "Linmas kelurahan"]}
    assert ("nama", f"{category.name} → Linmas kelurahan") in shown(act)
