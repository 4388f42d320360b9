"""People who ended by name lower next month's number, or it says why not: typed, copied and billed."""

import json
from datetime import date

import pytest
from django.urls import reverse

from budgets.enums import MoneyKind
from budgets.models import Realisation
from budgets.services.realisation import record_realisations
from participants.enums import EmptyReason, Occurrence
from participants.models import Headcount
from participants.month_entry_key import MonthEntryKey
from participants.selectors.month_entry.endings import EndedBefore, endings_of
from participants.selectors.month_entry.grid import get_month_entry_page
from participants.selectors.month_entry.questions import count_unanswered
from participants.services.headcount import record_headcounts
from participants.services.month_entry.category_month import repeat_month
from participants.services.month_entry.cells import held_back, repeatable
from participants.services.month_entry.empty_cell import leave_empty
from participants.services.month_entry.lower import lower_month_entry
from participants.services.persons.participant import record_life_event
from regions.enums import Origin
from regions.errors import ChangedMeanwhile, FactRefused, MonthRefused, NotPermitted, OutsideScope
from regions.month_steps import COMPLETE
from reports.services.handing_in import take_step
from tests.budgets.money_files import send as send_bills
from tests.budgets.money_files import store as store_bills
from tests.budgets.money_files import workbook
from tests.cast import KOTA_A, KOTA_B
from tests.factories import EnrolmentFactory, HeadcountFactory, ParticipantFactory, RealisationFactory
from tests.months import without_money
from tests.pages import page_of

pytestmark = pytest.mark.usefixtures("cast_once")

JUNE, JULY, AUGUST = date(2025, 6, 1), date(2025, 7, 1), date(2025, 8, 1)
LINMAS = MonthEntryKey.headcount("linmas", "apbd_kabkota")
ROW = reverse("month_entry_grid_row", args=[KOTA_A, "2025-07"])
CELL = reverse("month_entry_cell", args=[KOTA_A, "2025-07", LINMAS])
THREE = "3 orang berakhir pada Juni 2025 (2 meninggal, 1 diangkat menjadi ASN atau PPPK)"
ASKED = f"{THREE}, tetapi jumlahnya tidak berkurang dari 1.593. Kurangi menjadi 1.590."


@pytest.fixture
def ended(cast):
    """Three of five ended in June, when 1.593 were reported."""
    record_headcounts([HeadcountFactory(month=JUNE, people=1_593)], by=cast.wayan)
    people = [ParticipantFactory(entered_by=cast.wayan) for _one in range(5)]
    for one in people:
        EnrolmentFactory(participant=one, entered_by=cast.wayan)
    causes = (Occurrence.DIED, Occurrence.DIED, Occurrence.BECAME_ASN)
    for one, cause in zip(people, causes, strict=False):
        record_life_event(
            participant_id=one.pk, kind=cause, happened_on=date(2025, 6, 20), source="Surat 1", by=cast.wayan
        )
    return people


def typed(people, **more):
    return HeadcountFactory(month=JULY, people=people, origin=Origin.FORM, **more)


def send(client, by, text, **more):
    data = {
        "typist": by.pk,
        "enrolment": str(LINMAS),
        "revision": json.dumps({"value": more.pop("revision", 0)}),
        "value": text,
        "source": "Surat 12/2025",
        "as_of": "2025-07-31",
        **more,
    }
    return client.post(ROW, data, headers={"accept": "application/json"})


class TestWhoEnded:
    def test_by_figure_with_their_causes(self, ended, cast):
        found = endings_of([KOTA_A, KOTA_B], JULY)
        assert found == {KOTA_A: {LINMAS: EndedBefore(JUNE, {"died": 2, "became_asn": 1})}}
        assert found[KOTA_A][LINMAS].words == THREE
        assert endings_of([KOTA_A], AUGUST) == {}

    def test_a_spell_that_ran_out_is_no_ending(self, cast):
        person = ParticipantFactory(entered_by=cast.wayan)
        EnrolmentFactory(participant=person, entered_by=cast.wayan, last_month=JUNE)
        assert endings_of([KOTA_A], JULY) == {}

    def test_who_began_in_their_place_is_told_beside_them(self, ended, cast):
        for _one in range(2):
            person = ParticipantFactory(entered_by=cast.wayan)
            EnrolmentFactory(participant=person, entered_by=cast.wayan, first_month=JULY)
        ending = endings_of([KOTA_A], JULY)[KOTA_A][LINMAS]
        assert (ending.count, ending.begun, ending.fewer) == (3, 2, 1)
        assert ending.words == f"{THREE}, 2 mulai"
        assert ending.lowered(1_593) == 1_592

    @pytest.mark.parametrize(
        ("value", "before", "begun", "asks"),
        [
            (1_593, 1_593, 0, True),
            (1_600, 1_593, 0, True),
            (1_592, 1_593, 0, False),
            (1_590, 1_593, 0, False),
            (1_593, None, 0, False),
            (1_593, 1_593, 3, False),
            (1_593, 1_593, 2, True),
        ],
    )
    def test_what_is_asked(self, value, before, begun, asks):
        ending = EndedBefore(JUNE, {"died": 3}, begun)
        assert bool(ending.question(value, before)) is asks

    def test_no_number_falls_below_nought(self):
        assert EndedBefore(JUNE, {"died": 3}).lowered(2) == 0


class TestTyped:
    def test_a_number_that_is_not_lower_waits_for_its_reason(self, ended, cast):
        for people in (1_593, 1_600):
            with pytest.raises(FactRefused, match=r"tidak berkurang dari 1\.593"):
                record_headcounts([typed(people)], by=cast.wayan)
        record_headcounts([typed(1_593, note="pengganti sudah diangkat")], by=cast.wayan)
        assert Headcount.objects.get(month=JULY).people == 1_593

    @pytest.mark.parametrize("people", [1_590, 1_592])
    def test_a_lower_one_is_taken(self, people, ended, cast):
        record_headcounts([typed(people)], by=cast.wayan)
        assert Headcount.objects.get(month=JULY).people == people

    def test_those_who_ended_explain_a_large_fall_by_just_as_many(self, cast):
        record_headcounts([HeadcountFactory(month=JUNE, people=40)], by=cast.wayan)
        for _one in range(12):
            person = ParticipantFactory(entered_by=cast.wayan)
            EnrolmentFactory(
                participant=person, entered_by=cast.wayan, last_month=JUNE, state="ended", ended_by="moved"
            )
        with pytest.raises(FactRefused, match="Turun"):
            record_headcounts([typed(20)], by=cast.wayan)
        record_headcounts([typed(28)], by=cast.wayan)

    def test_the_grid_asks_and_offers_the_lower_number(self, ended, cast, client_of):
        client = client_of(cast.wayan)
        answer = send(client, cast.wayan, "1.593")
        assert answer.status_code == 422
        assert answer.json() == {
            "sentence": "",
            "faults": {},
            "asks": [f"{ASKED} Bila benar, tulis sebabnya."],
            "offers": {"value": "1.590"},
        }
        assert send(client, cast.wayan, "1.590").status_code == 200

    def test_an_event_noted_later_is_asked_about_before_the_month_is_complete(self, cast):
        record_headcounts([HeadcountFactory(month=JUNE, people=1_593)], by=cast.wayan)
        record_headcounts([typed(1_593)], by=cast.wayan)
        person = ParticipantFactory(entered_by=cast.wayan)
        EnrolmentFactory(participant=person, entered_by=cast.wayan)
        without_money(cast.wayan)
        for segment in ("pu", "bpu"):
            key = MonthEntryKey.members(segment)
            leave_empty(by=cast.wayan, region_code=KOTA_A, month=JULY, key=key, reason=EmptyReason.NOBODY)
        assert count_unanswered([KOTA_A], JULY) == {KOTA_A: 0}
        record_life_event(
            participant_id=person.pk,
            kind=Occurrence.DIED,
            happened_on=date(2025, 6, 20),
            source="Surat 1",
            by=cast.wayan,
        )
        assert count_unanswered([KOTA_A], JULY) == {KOTA_A: 1}
        with pytest.raises(MonthRefused, match="tidak berkurang"):
            take_step(COMPLETE, region_code=KOTA_A, month=JULY, by=cast.wayan)


class TestLowered:
    def lower(self, by, expected=1_590, revision=0, code=KOTA_A):
        return lower_month_entry(
            by=by, region_code=code, month=JULY, key=LINMAS, expected=expected, revision=revision
        )

    def test_one_act_lowers_an_empty_figure_and_a_stored_one(self, ended, cast):
        self.lower(cast.wayan)
        row = Headcount.objects.get(month=JULY)
        assert (row.people, row.note, row.source) == (1_590, THREE, "angka Juni 2025 dikurangi yang berakhir")
        Headcount.objects.filter(pk=row.pk).update(people=1_593, note="")
        self.lower(cast.wayan, revision=row.revision)
        row.refresh_from_db()
        assert row.people == 1_590

    def test_not_where_it_is_no_longer_so(self, ended, cast):
        with pytest.raises(ChangedMeanwhile):
            self.lower(cast.wayan, expected=1_591)
        record_headcounts([typed(1_580)], by=cast.wayan)
        with pytest.raises(ChangedMeanwhile):
            self.lower(cast.wayan)

    def test_only_by_those_who_enter(self, ended, cast):
        for who, refusal in (("ratna", NotPermitted), ("budi", OutsideScope)):
            with pytest.raises(refusal):
                self.lower(getattr(cast, who))

    def test_the_page_of_the_figure_offers_it(self, ended, cast, client_of):
        client = client_of(cast.wayan)
        page = page_of(client.get(CELL))
        assert THREE in page
        assert "Kurangi menjadi 1.590" in page
        wrong = client.post(CELL, {"perbuatan": "kurangi", "expected": "1591", "revision": "0"})
        assert wrong.status_code == 409
        done = client.post(CELL, {"perbuatan": "kurangi", "expected": "1590", "revision": "0"})
        assert done.status_code == 302
        assert Headcount.objects.get(month=JULY).people == 1_590
        assert "Kurangi menjadi" not in page_of(client.get(CELL))

    def test_the_grid_tells_of_them_before_anything_is_typed(self, ended, cast):
        cell = get_month_entry_page(cast.wayan, KOTA_A, JULY).cell(LINMAS)
        assert (cell.ended, cell.lower_to, cell.question) == (THREE, 1_590, "")


class TestCopied:
    def test_the_whole_month_is_taken_over_without_them(self, ended, cast, client_of):
        record_headcounts([HeadcountFactory(month=JUNE, category_id="kader", people=70)], by=cast.wayan)
        sections = {LINMAS.section}
        assert repeatable(KOTA_A, JULY, sections) == {MonthEntryKey.headcount("kader", "apbd_kabkota"): 70}
        assert held_back(KOTA_A, JULY, sections) == {LINMAS: THREE}
        page = page_of(client_of(cast.wayan).get(reverse("month_entry_repeat", args=[KOTA_A, "2025-07"])))
        assert THREE in page

    def test_a_single_figure_is_asked(self, ended, cast, client_of):
        answer = client_of(cast.wayan).post(CELL, {"perbuatan": "sama", "expected": "1593"})
        assert answer.status_code == 422
        assert ASKED in answer.content.decode()
        assert not Headcount.objects.filter(month=JULY).exists()

    def test_a_category_taken_over_by_name_is_lowered(self, ended, cast, client_of):
        address = reverse("person_month_repeat", args=[KOTA_A, "2025-07", "linmas", "apbd_kabkota"])
        page = page_of(client_of(cast.wayan).get(address))
        assert "1.590" in page
        repeat_month(by=cast.wayan, region_code=KOTA_A, category="linmas", funding="apbd_kabkota", month=JULY)
        row = Headcount.objects.get(month=JULY)
        assert (row.people, row.note) == (1_590, THREE)


class TestBilled:
    def bill(self, heads, **more):
        values = {
            "first_month": JULY,
            "last_month": JULY,
            "category_id": "linmas",
            "funding_id": "apbd_kabkota",
            "heads": heads,
            "origin": Origin.FORM,
        }
        return RealisationFactory(**(values | more))

    def test_a_bill_for_as_many_as_reported_is_asked(self, ended, cast):
        with pytest.raises(FactRefused, match=r"tidak berkurang dari 1\.593") as refused:
            record_realisations([self.bill(1_593)], by=cast.wayan)
        assert [one.field for one in refused.value.problems] == ["note"]
        record_realisations([self.bill(1_593, note="tagihan terbit sebelum suratnya")], by=cast.wayan)
        assert Realisation.objects.count() == 1

    def test_the_bill_before_counts_more_than_what_was_reported(self, ended, cast):
        june = {"first_month": JUNE, "last_month": JUNE}
        record_realisations([self.bill(1_500, **june)], by=cast.wayan)
        with pytest.raises(FactRefused, match=r"tidak berkurang dari 1\.500"):
            record_realisations([self.bill(1_500)], by=cast.wayan)
        record_realisations([self.bill(1_497)], by=cast.wayan)

    @pytest.mark.parametrize(
        "changes", [{"origin": Origin.EXAMPLE}, {"category_id": None}, {"heads": None}, {"heads": 1_590}]
    )
    def test_others_are_taken(self, changes, ended, cast):
        record_realisations([self.bill(**{"heads": 1_593, **changes})], by=cast.wayan)
        assert Realisation.objects.count() == 1

    def test_a_file_is_asked_row_by_row_and_answers_in_its_note(self, ended, cast):
        head = [
            "Untuk Bulan",
            "No Tagihan",
            "Tagihan",
            "Tgl Tagihan",
            "Kategori",
            "Sumber Dana",
            "Jumlah Orang",
        ]
        cells = ["Linmas", "APBD kabupaten/kota"]
        july = ["Juli 2025", "T-1", "1.000.000", "05/07/2025", *cells, 1_593]
        august = ["Agustus 2025", "T-2", "1.000.000", "05/08/2025", *cells, 1_593]
        batch = send_bills(workbook([july, august], head), cast.wayan, kind=MoneyKind.REALISATION)
        asked, taken = batch.rows.order_by("number")
        assert (asked.state, taken.state) == ("refused", "new")
        assert asked.faults[-1][0] == "note"
        assert asked.faults[-1][1] == f"{ASKED} Bila benar, tulis sebabnya."
        answered = workbook([[*july, "tagihan terbit lebih dahulu"]], [*head, "Keterangan"])
        store_bills(answered, cast.wayan, kind=MoneyKind.REALISATION)
        assert list(Realisation.objects.values_list("heads", "note")) == [
            (1_593, "tagihan terbit lebih dahulu")
        ]


def test_other_categories_are_asked_nothing(ended, cast):
    record_headcounts([HeadcountFactory(month=JUNE, category_id="kader", people=70)], by=cast.wayan)
    record_headcounts([typed(70, category_id="kader")], by=cast.wayan)
    assert Headcount.objects.get(month=JULY, category="kader").people == 70
