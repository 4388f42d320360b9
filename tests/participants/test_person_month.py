import random
from datetime import date

import pytest
from django.urls import reverse

from participants.enums import Occurrence
from participants.models import Comment, Enrolment, Headcount, LifeEvent
from participants.selectors.persons.month import count_people, list_months
from participants.services.headcount import record_headcounts
from participants.services.month_entry.category_month import Ended, end_category, repeat_month
from participants.services.persons.comment import comment_on_cell, settle_comment
from regions.errors import FactRefused, NotPermitted, OutsideScope
from regions.models import Act, Change
from regions.month import add_months, months_between
from tests.cast import KOTA_A, KOTA_B
from tests.factories import EnrolmentFactory, HeadcountFactory, ParticipantFactory

pytestmark = pytest.mark.usefixtures("cast_once")

JUNE, JULY, AUGUST = date(2025, 6, 1), date(2025, 7, 1), date(2025, 8, 1)
CELL = {"region_code": KOTA_A, "category": "linmas", "funding": "apbd_kabkota"}
URL = [KOTA_A, "2025-07", "linmas", "apbd_kabkota"]
END = {**CELL, "on_date": date(2025, 7, 15), "cause": Occurrence.DUTY_ENDED, "reason": "SK 5"}


@pytest.fixture
def spell(cast):
    """Makes a spell of a new person; by default one of Kota A that runs from January without end."""

    def make(name="Orang Uji", region_id=KOTA_A, merged_into=None, **columns):
        person = ParticipantFactory(
            name=name, region_id=region_id, merged_into=merged_into, entered_by=cast.siti
        )
        return EnrolmentFactory(participant=person, entered_by=cast.siti, **columns)

    return make


def record(system, **columns):
    return record_headcounts([HeadcountFactory(**columns)], by=system).rows[0]


def states(*names):
    rows = Enrolment.objects.filter(participant__name__in=names).order_by("participant__name")
    return {
        row.participant.name: (
            row.state,
            f"{row.first_month:%Y-%m}",
            row.last_month and f"{row.last_month:%Y-%m}",
        )
        for row in rows.select_related("participant")
    }


def test_counts_agree_with_a_naive_recount_of_a_random_history(cast, spell):
    rnd = random.Random(11)
    first, last = date(2024, 7, 1), JULY
    for _number in range(120):
        start = add_months(date(2024, 1, 1), rnd.randrange(24))
        end = rnd.choice([None, add_months(start, rnd.randrange(10))])
        state = rnd.choice(["active", "active", "ended", "proposed", "rejected"])
        spell(
            region_id=rnd.choice([KOTA_A, KOTA_A, KOTA_B]),
            category_id=rnd.choice(["linmas", "rt_rw"]),
            funding_id=rnd.choice(["apbd_kabkota", "dana_desa"]),
            first_month=start,
            last_month=(end or start) if state == "ended" else end,
            state=state,
            ended_by="died" if state == "ended" else "",
            reason="x",
        )
    people = list(Enrolment.objects.filter(region_id=KOTA_A).values_list("participant", flat=True))
    for kept, other in zip(people[:30:2], people[1:30:2], strict=True):
        Enrolment.objects.get(participant=other).participant.__class__.objects.filter(pk=other).update(
            merged_into=kept
        )
    naive = {}
    for month in months_between(first, last):
        for row in Enrolment.objects.filter(region_id=KOTA_A).select_related("participant"):
            if row.state in {"active", "ended"} and row.first_month <= month <= (row.last_month or month):
                cell = (row.category_id, row.funding_id)
                person = row.participant.merged_into_id or row.participant_id
                naive.setdefault(cell, {}).setdefault(month, set()).add(person)
    counted = count_people(KOTA_A, first, last)
    assert {cell: {month: n for month, n in months.items() if n} for cell, months in counted.items()} == {
        cell: {month: len(persons) for month, persons in months.items()} for cell, months in naive.items()
    }


def test_a_row_has_the_month_the_past_the_report_and_the_open_comments(cast, spell, system):
    for name in ("Satu", "Dua"):
        spell(name)
    spell("Tiga", first_month=date(2024, 1, 1), last_month=date(2024, 7, 1))
    spell("Orang B", region_id=KOTA_B)
    record(system, people=5)
    record(system, region_id=KOTA_B, people=99)
    record(system, category_id="rt_rw", month=JUNE, people=7)
    comment_on_cell(by=cast.wayan, month=JULY, text="Dua belum ada", **CELL)
    settled = comment_on_cell(by=cast.wayan, month=JULY, text="Lama", **CELL)
    settle_comment(by=cast.siti, pk=settled.pk)
    rows = list_months(cast.wayan, KOTA_A, JULY)
    assert [
        (r.category.code, r.funding.code, r.people, r.last_month, r.last_year, r.reported, r.gap, r.comments)
        for r in rows
    ] == [
        ("linmas", "apbd_kabkota", 2, 2, 1, 5, 3, 1),
        ("rt_rw", "apbd_kabkota", 0, 0, 0, None, None, 0),
    ]
    assert [past.month for past in rows[0].past] == [add_months(JULY, -back) for back in range(1, 13)]


def test_only_who_sees_persons_is_told_of_them(cast, spell):
    spell()
    for stranger in (cast.budi, cast.nobody):
        with pytest.raises(OutsideScope):
            list_months(stranger, KOTA_A, JULY)
    with pytest.raises(NotPermitted):
        list_months(cast.ratna, KOTA_A, JULY)


def test_a_month_like_the_one_before_extends_just_who_ended_with_it(cast, spell, system):
    spell("Diteruskan", last_month=JUNE)
    spell("Terus")
    spell("Lebih Lama", last_month=date(2025, 5, 1))
    spell("Diakhiri", last_month=JUNE, state="ended", ended_by="died")
    spell("Diusulkan", last_month=JUNE, state="proposed")
    spell("Orang B", region_id=KOTA_B, last_month=JUNE)
    moved = spell("Pindah", last_month=JUNE)
    LifeEvent.objects.create(
        participant=moved.participant,
        kind=Occurrence.MOVED,
        happened_on=date(2025, 6, 20),
        region_id=KOTA_A,
        source="Surat",
        as_of=JULY,
        origin="form",
        entered_by=cast.siti,
    )
    again = spell("Sudah Ada", last_month=JUNE)
    EnrolmentFactory(participant=again.participant, first_month=JULY, last_month=JULY, entered_by=cast.siti)
    record(system, month=JUNE, people=332)
    before = states("Terus", "Lebih Lama", "Diakhiri", "Diusulkan", "Orang B", "Pindah")
    Change.objects.all().delete()
    done = repeat_month(by=cast.wayan, month=JULY, **CELL)
    assert (done.extended, done.headcount.people) == (1, 332)
    assert states("Diteruskan") == {"Diteruskan": ("active", "2025-01", "2025-07")}
    assert states("Terus", "Lebih Lama", "Diakhiri", "Diusulkan", "Orang B", "Pindah") == before
    copied = Headcount.objects.get(region_id=KOTA_A, month=JULY)
    assert (copied.people, copied.source) == (332, "sama dengan bulan Juni 2025")
    assert (KOTA_A, JULY, JULY) in set(Change.objects.values_list("region_id", "first_month", "last_month"))
    act = Act.objects.order_by("-pk").first()
    assert (act.verb, act.region_code, act.detail["people_extended"]) == ("enrolled", KOTA_A, 1)
    twice = repeat_month(by=cast.wayan, month=JULY, **CELL)
    assert (twice.extended, twice.headcount) == (0, None)


def test_a_month_to_come_is_not_filled_from_the_one_before(cast, spell):
    spell("Nanti", last_month=date(2099, 6, 1))
    with pytest.raises(FactRefused):
        repeat_month(by=cast.wayan, month=date(2099, 7, 1), **CELL)
    assert states("Nanti") == {"Nanti": ("active", "2025-01", "2099-06")}


def test_an_ended_category_ends_who_runs_and_rejects_who_would_start_later(cast, spell):
    spell("Berjalan")
    spell("Lewat", last_month=date(2025, 12, 1))
    spell("Pas", last_month=JULY)
    spell("Selesai", last_month=JUNE)
    spell("Nanti", first_month=AUGUST)
    spell("Usulan Nanti", first_month=AUGUST, state="proposed")
    spell("Lain", category_id="rt_rw")
    spell("Orang B", region_id=KOTA_B)
    Change.objects.all().delete()
    assert end_category(by=cast.wayan, **END) == Ended(ended=3, rejected=2)
    names = ("Berjalan", "Lewat", "Pas", "Selesai", "Nanti", "Usulan Nanti", "Lain", "Orang B")
    assert states(*names) == {
        "Berjalan": ("ended", "2025-01", "2025-07"),
        "Lewat": ("ended", "2025-01", "2025-07"),
        "Pas": ("ended", "2025-01", "2025-07"),
        "Selesai": ("active", "2025-01", "2025-06"),
        "Nanti": ("rejected", "2025-08", None),
        "Usulan Nanti": ("rejected", "2025-08", None),
        "Lain": ("active", "2025-01", None),
        "Orang B": ("active", "2025-01", None),
    }
    ended = set(Enrolment.objects.filter(state="ended").values_list("ended_by", "reason"))
    assert ended == {("duty_ended", "SK 5")}
    assert [(c.region_id, c.first_month, c.last_month) for c in Change.objects.all()] == [
        (KOTA_A, AUGUST, None)
    ]
    act = Act.objects.order_by("-pk").first()
    assert (act.verb, act.detail["ended"], act.detail["rejected"]) == ("ended", 3, 2)
    assert end_category(by=cast.wayan, **END) == Ended(ended=0, rejected=0)


@pytest.mark.parametrize(("person", "refusal"), [("budi", OutsideScope), ("lestari", NotPermitted)])
def test_nobody_else_does_anything_to_a_category(cast, spell, person, refusal):
    spell("Berjalan")
    spell("Diteruskan", last_month=JUNE)
    before = states("Berjalan", "Diteruskan")
    by = getattr(cast, person)
    comment = comment_on_cell(by=cast.wayan, month=JULY, text="Periksa", **CELL)
    for act in (
        lambda: repeat_month(by=by, month=JULY, **CELL),
        lambda: end_category(by=by, **END),
        lambda: comment_on_cell(by=by, month=JULY, text="x", **CELL),
        lambda: settle_comment(by=by, pk=comment.pk),
    ):
        with pytest.raises(refusal):
            act()
    assert states("Berjalan", "Diteruskan") == before
    assert list(Comment.objects.values_list("text", "settled_at")) == [("Periksa", None)]


def test_the_page_of_a_month_tells_the_difference_and_hides_other_regions(cast, spell, system, client_of):
    spell("Satu")
    spell("Orang B", region_id=KOTA_B)
    record(system, people=332)
    address = reverse("person_month", args=[KOTA_A, "2025-07"])
    page = client_of(cast.wayan).get(address).content.decode()
    assert "dilaporkan 332, menurut daftar nama 1, tanpa nama 331" in page
    assert client_of(cast.budi).get(address).status_code == 404
    own = client_of(cast.budi).get(reverse("person_month", args=[KOTA_B, "2025-07"])).content.decode()
    assert "332" not in own
    seen = client_of(cast.lestari).get(address).content.decode()
    assert "Akhiri kategori" in page
    assert "Akhiri kategori" not in seen


def test_repeating_is_confirmed_with_names_and_masked_numbers(cast, spell, client_of):
    row = spell("Diteruskan Uji", last_month=JUNE)
    spell("Terus Uji")
    client = client_of(cast.wayan)
    address = reverse("person_month_repeat", args=URL)
    page = client.get(address)
    assert page.context["people"] == [("Diteruskan Uji", str(row.participant.nik))]
    assert row.participant.nik.digits not in page.content.decode()
    other = client.post(address, {"expected": "7/-"})
    assert other.status_code == 409
    assert states("Diteruskan Uji")["Diteruskan Uji"][2] == "2025-06"
    assert client.post(address, {"expected": page.context["expected"]}).status_code == 302
    assert states("Diteruskan Uji")["Diteruskan Uji"][2] == "2025-07"


def test_ending_tells_the_number_before_it_is_done(cast, spell, client_of):
    spell("Berjalan")
    spell("Nanti", first_month=AUGUST)
    client = client_of(cast.wayan)
    address = reverse("person_month_end", args=URL)
    form = {"on_date": "2025-07-31", "cause": "duty_ended", "reason": "SK 5"}
    assert client.post(address, {**form, "reason": ""}).context["form"].errors == {
        "reason": ["Tulis alasannya, misalnya nomor SK pemberhentian."]
    }
    asked = client.post(address, form)
    assert (asked.context["touched"]["running"], asked.context["touched"]["later"]) == (1, 1)
    assert states("Berjalan")["Berjalan"][0] == "active"
    done = client.post(address, {**form, "expected": asked.context["touched"]["expected"]})
    assert done.status_code == 302
    assert states("Berjalan", "Nanti") == {
        "Berjalan": ("ended", "2025-01", "2025-07"),
        "Nanti": ("rejected", "2025-08", None),
    }


def test_a_comment_is_written_without_numbers_and_settled(cast, client_of):
    client, budi = client_of(cast.wayan), client_of(cast.budi)
    address = reverse("cell_comments", args=URL)
    refused = client.post(address, {"text": "Orang 3672010704650001 sudah pindah"})
    assert (refused.status_code, "Jangan menulis NIK" in refused.content.decode()) == (422, True)
    text = "Orang dari Cibeber sudah pindah"
    assert budi.post(address, {"text": text}).status_code == 404
    assert client_of(cast.lestari).post(address, {"text": text}).status_code == 403
    assert client.post(address, {"text": text}).status_code == 302
    comment = Comment.objects.get()
    assert (comment.text, comment.settled_at) == (text, None)
    settle = reverse("comment_settle", args=[comment.pk])
    assert budi.post(settle).status_code == 404
    assert client.get(settle).url == address
    assert client.post(settle).status_code == 302
    comment.refresh_from_db()
    assert comment.settled_by == cast.wayan
    assert text in client.get(address).content.decode()


def test_the_way_to_a_month_or_a_grid(cast, client_of, spell):
    spell()
    index = reverse("person_month_index")
    client = client_of(cast.wayan)
    assert client.get(index).url.startswith(f"/peserta/bulan/{KOTA_A}/")
    asked = f"{index}?wilayah={KOTA_A}&periode=2025-07"
    assert client.get(asked).url == reverse("person_month", args=[KOTA_A, "2025-07"])
    grid = reverse("person_grid", args=[KOTA_A, "linmas", "apbd_kabkota", "2025-07"])
    assert client.get(f"{asked}&kategori=linmas&sumber=apbd_kabkota").url == grid
    assert client.get(f"{index}?wilayah=a/b&periode=2025-07").status_code == 302
    listed = client_of(cast.lestari).get(index)
    assert KOTA_A in {region.code for region in listed.context["regions"]}
    assert client_of(cast.ratna).get(index).status_code == 403


@pytest.mark.parametrize("kinds", [1, 8])
def test_the_month_asks_no_more_than_twelve_questions(
    cast, client_of, spell, system, kinds, django_assert_max_num_queries
):
    codes = ("linmas", "rt_rw", "kader", "nelayan", "petani", "marbot", "guru_ngaji", "bpd")
    for code in codes[:kinds]:
        spell(category_id=code)
        record(system, category_id=code, people=3)
    client = client_of(cast.wayan)
    address = reverse("person_month", args=[KOTA_A, "2025-07"])
    client.get(address)
    with django_assert_max_num_queries(12):
        assert len(client.get(address).context["rows"]) == kinds
