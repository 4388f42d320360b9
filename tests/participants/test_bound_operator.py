"""An operator who is bound to an institution sees and enters what it sends or pays for, and nothing else."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse, reverse_lazy

from participants.enums import EmptyReason, Occurrence
from participants.errors import BatchRefused, PersonRefused
from participants.importers.header import Field
from participants.models import (
    Batch,
    Category,
    Enrolment,
    FundingSource,
    Headcount,
    LifeEvent,
    Participant,
)
from participants.month_entry_key import MonthEntryKey
from participants.selectors.batches.batch import get_batch, list_batches
from participants.selectors.institution_category import categories_of
from participants.selectors.month_entry.grid import get_month_entry_page
from participants.selectors.persons.person import PersonFilters, get_person_of, list_persons
from participants.services.batches.batch import cancel_batch, confirm_batch
from participants.services.batches.mend import mend_row
from participants.services.batches.undo import undo_batch
from participants.services.batches.work import work_on_batches
from participants.services.headcount import correct_headcount, record_headcounts
from participants.services.institution_category import set_categories
from participants.services.month_entry.cells import MonthEntryTerms, Typed, save_month_entries
from participants.services.month_entry.empty_cell import leave_empty
from participants.services.persons.category_change import change_category
from participants.services.persons.correction import correct_person
from participants.services.persons.participant import record_life_event
from regions.access import OF_INSTITUTIONS, scope_of
from regions.enums import InstitutionKind
from regions.errors import AccountRefused, FactRefused, NotPermitted, OutsideScope
from regions.models import Act, Assignment, User
from regions.roles import Permission, Role
from regions.services.assignment import Grant, grant_role
from regions.services.institution import create_institution
from regions.services.user import assign_role
from reports.navigation import navigation_of
from reports.selectors.tasks.inbox import list_tasks
from tests.cast import KOTA_A, KOTA_B, PASSWORD, SINCE
from tests.factories import HeadcountFactory
from tests.house.access_table import TABLE
from tests.house.access_world import make_addresses
from tests.pages import page_of
from tests.participants.batches import people, send, store
from tests.participants.made_files import person

pytestmark = pytest.mark.django_db

JULY, JUNE = date(2025, 7, 1), date(2025, 6, 1)


@pytest.fixture
def offices(cast):
    return [
        create_institution(region_code=code, name=name, kind=InstitutionKind.KPU, by=cast.admin)
        for code, name in ((KOTA_A, "KPU Kota A"), (KOTA_A, "Dinas Sosial"), (KOTA_B, "KPU Kota B"))
    ]


@pytest.fixture
def kpu(offices, cast):
    """Of the KPU of Kota A."""
    user = User(username="kartika", full_name="Kartika")
    user.set_password(PASSWORD)
    user.save()
    assign_role(
        user=user,
        role=Role.OPERATOR,
        by=cast.admin,
        region_code=KOTA_A,
        institution_code=offices[0].pk,
        is_bound=True,
        valid_from=SINCE,
    )
    return user


@pytest.fixture
def lists(offices, cast):
    """Sent by the KPU; by another office; sent by the other and paid by the KPU; by nobody named."""
    own, other, _elsewhere = (one.pk for one in offices)
    return {
        "own": store(people(1, 1), cast.wayan, institution=own),
        "other": store(people(1, 2), cast.wayan, institution=other, category="kader"),
        "paid": store(people(1, 3), cast.wayan, institution=other, payer=own, category="marbot"),
        "nobody": store(people(1, 4), cast.wayan, category="rt_rw"),
    }


def names(user):
    return [one.name for one in list_persons(user, PersonFilters())]


def test_nothing_is_held_for_a_whole_region_but_its_figures(kpu, offices):
    scope = scope_of(kpu)
    assert scope.codes == {Permission.VIEW_COVERAGE: frozenset({KOTA_A})}
    assert scope.roles == {}
    assert scope.bound == dict.fromkeys(OF_INSTITUTIONS, frozenset({(KOTA_A, offices[0].pk)}))
    for code, institution, expected in (
        (KOTA_A, offices[0].pk, True),
        (f"{KOTA_A}.01", offices[0].pk, True),
        (KOTA_A, offices[1].pk, False),
        (KOTA_A, None, False),
        (KOTA_B, offices[0].pk, False),
    ):
        assert scope.holds_of(Permission.ENTER_PERSONS, code, institution) is expected
    assert not scope.holds_of(Permission.UNMASK, KOTA_A, offices[0].pk)


def test_lists_and_persons_of_the_institution_alone(kpu, lists, cast):
    assert list(list_batches(kpu)) == [lists["paid"], lists["own"]]
    assert names(kpu) == ["Budi b", "Budi d"]
    assert names(cast.wayan) == ["Budi b", "Budi c", "Budi d", "Budi e"]
    for name, expected in (("own", True), ("paid", True), ("other", False), ("nobody", False)):
        assert (get_batch(kpu, lists[name].pk) is not None) is expected, name
        spell = Enrolment.objects.get(batch=lists[name])
        assert (get_person_of(kpu, spell.participant_id) is not None) is expected, name


def test_of_a_person_only_the_spells_of_the_institution(kpu, offices, lists, cast, client_of):
    store(people(1, 1), cast.wayan, institution=offices[1].pk, category="nelayan", funding="apbn")
    person_of = Participant.objects.get(name="Budi b")
    client = client_of(kpu)
    page = page_of(client.get(reverse("person_detail", args=[person_of.pk])))
    assert "Anggota Linmas" in page
    assert "Nelayan" not in page
    listed = page_of(client.get(reverse("person_list")))
    assert "Anggota Linmas" in listed
    for hidden in ("cari-nik", "NIK utuh", reverse("matching_send")):
        assert hidden not in listed
    others = [Enrolment.objects.get(batch=lists[name]).participant_id for name in ("other", "nobody")]
    for address in ("person_detail", "person_correct", "person_event"):
        assert client.get(reverse(address, args=[person_of.pk])).status_code == 200
        assert {client.get(reverse(address, args=[pk])).status_code for pk in others} == {404}
    running = client.get(reverse("person_event", args=[person_of.pk])).context["running"]
    assert [spell.category_id for spell in running] == ["linmas"]
    for address in ("person_proposal", "person_comment", "person_unmask"):
        assert client.post(reverse(address, args=[person_of.pk])).status_code == 403
    filtered = PersonFilters(category="nelayan")
    assert (list(list_persons(kpu, filtered)), list(list_persons(cast.wayan, filtered))) == ([], [person_of])


def test_corrects_persons_of_the_institution_alone(kpu, lists):
    def correct(name):
        row = Enrolment.objects.get(batch=lists[name]).participant
        typed = {Field.NAME: "Nama Betul", Field.BIRTH_DATE: "07/04/1965", Field.SEX: "L"}
        return correct_person(participant_id=row.pk, revision=1, cells=typed, reason="KTP", by=kpu)

    for name in ("own", "paid"):
        person_of = correct(name).participant
        assert (person_of.name, person_of.entered_by) == ("Nama Betul", kpu)
        assert Act.objects.filter(actor_id=kpu.pk, region_code=KOTA_A).latest("pk").verb == "corrected"
    for name in ("other", "nobody"):
        with pytest.raises(OutsideScope):
            correct(name)
    assert Participant.objects.filter(name="Nama Betul").count() == 2


def test_an_event_ends_what_the_institution_has_and_the_rest_is_the_regions(kpu, offices, lists, cast):
    store(people(1, 1), cast.wayan, institution=offices[1].pk, category="nelayan", funding="apbn")
    one = Participant.objects.get(name="Budi b")

    def died(pk, by):
        record_life_event(
            participant_id=pk, kind=Occurrence.DIED, happened_on=date(2025, 8, 3), source="Akta", by=by
        )

    def ends():
        rows = Enrolment.objects.filter(participant=one).order_by("category_id")
        return [(row.category_id, row.last_month) for row in rows]

    died(one.pk, kpu)
    assert ends() == [("linmas", date(2025, 8, 1)), ("nelayan", None)]
    with pytest.raises(PersonRefused, match="sudah dicatat"):
        died(one.pk, kpu)
    died(one.pk, cast.wayan)
    assert ends() == [("linmas", date(2025, 8, 1)), ("nelayan", date(2025, 8, 1))]
    assert LifeEvent.objects.count() == 1
    for name in ("other", "nobody"):
        with pytest.raises(OutsideScope):
            died(Enrolment.objects.get(batch=lists[name]).participant_id, kpu)


def test_changes_the_category_of_its_own_spells_alone(kpu, offices, lists, cast):
    store(people(1, 1), cast.wayan, institution=offices[1].pk, category="nelayan", funding="apbn")
    one = Participant.objects.get(name="Budi b")

    def change(category):
        change_category(
            participant_id=one.pk,
            from_category=Category.objects.get(pk=category),
            to_category=Category.objects.get(pk="kader"),
            funding=FundingSource.objects.get(pk="apbd_kabkota"),
            happened_on=date(2025, 8, 3),
            source="SK",
            by=kpu,
        )

    with pytest.raises(PersonRefused, match="tidak sedang terdaftar"):
        change("nelayan")
    change("linmas")
    spells = Enrolment.objects.filter(participant=one, category="kader")
    assert [spell.institution_id for spell in spells] == [offices[0].pk]


def test_takes_out_the_rows_of_the_institution_alone(kpu, offices, lists, cast, client_of):
    store(people(1, 1), cast.wayan, institution=offices[1].pk, category="nelayan", funding="apbn")
    client = client_of(kpu)
    taken = client.get(f"{reverse('person_export')}?bentuk=csv")
    text = b"".join(taken.streaming_content).decode()
    assert [name for name in ("Budi b", "Budi c", "Budi d", "Budi e") if name in text] == ["Budi b", "Budi d"]
    assert "Linmas" in text
    assert "Nelayan" not in text
    act = Act.objects.filter(actor_id=kpu.pk, verb="exported").get()
    assert (act.region_code, act.detail["count"], act.detail["whole_nik"]) == (KOTA_A, 2, False)
    assert (
        client.post(f"{reverse('person_export')}?bentuk=csv", {"alasan": "perlu sekali"}).status_code == 403
    )


def test_sends_mends_confirms_and_takes_back_its_own(kpu, offices):
    batch = send([*people(1), person(2, nik="12")], kpu, institution=offices[0].pk)
    row = batch.rows.get(state="refused")
    mend_row(
        batch_id=batch.pk,
        row_id=row.pk,
        cells={Field.NIK: "3672010704650002", Field.NAME: "Budi c"},
        by=kpu,
    )
    confirm_batch(pk=batch.pk, by=kpu)
    work_on_batches()
    assert names(kpu) == ["Budi b", "Budi c"]
    undo_batch(pk=batch.pk, by=kpu, reason="salah bulan")
    assert names(kpu) == []


@pytest.mark.parametrize("institution", [1, None])
def test_sends_nothing_for_another(institution, kpu, offices):
    named = None if institution is None else offices[institution].pk
    with pytest.raises(NotPermitted):
        send(people(1), kpu, institution=named)
    with pytest.raises(OutsideScope):
        send(people(1), kpu, institution=offices[0].pk, region_code=KOTA_B)
    assert not Batch.objects.exists()


@pytest.mark.parametrize("act", [confirm_batch, cancel_batch])
def test_touches_no_list_of_another(act, kpu, lists):
    for name in ("other", "nobody"):
        with pytest.raises(NotPermitted):
            act(pk=lists[name].pk, by=kpu)
    with pytest.raises(NotPermitted):
        undo_batch(pk=lists["other"].pk, by=kpu, reason="x")
    with pytest.raises(BatchRefused):
        cancel_batch(pk=lists["own"].pk, by=kpu)


def test_the_form_offers_the_own_institution_alone(kpu, offices, client_of):
    page = page_of(client_of(kpu).get(reverse("batch_send")))
    assert "KPU Kota A" in page
    assert "Dinas Sosial" not in page
    typed = page_of(client_of(kpu).get(reverse("person_add")))
    assert "Dinas Sosial" not in typed


def test_the_menu_leads_where_something_opens(kpu, client_of):
    client = client_of(kpu)
    labels = {page.label for item in navigation_of("/", kpu) for page in (item.pages or [item])}
    assert {"Data peserta (by name by address)", "Unggahan daftar peserta"} <= labels
    assert "Data ganda" not in labels
    assert "Peserta per bulan" not in labels
    for item in navigation_of("/", kpu):
        for page in item.pages or [item]:
            assert client.get(page.url, follow=True).status_code == 200, page.url
    assert client.get("/").status_code == 200


def test_tasks_are_those_of_the_own_lists(kpu, offices, cast):
    send(people(1, 1), cast.wayan, institution=offices[0].pk)
    send(people(1, 2), cast.wayan, institution=offices[1].pk)
    (task,) = list_tasks(kpu)
    assert task.title.startswith("Setujui unggahan")
    assert len([one for one in list_tasks(cast.wayan) if "Setujui" in one.title]) == 2


class TestFigures:
    """Numbers of the institution's categories alone."""

    grid = reverse_lazy("month_entry_grid", args=[KOTA_A, "2025-07"])

    @pytest.fixture
    def reporting(self, kpu, offices, cast):
        set_categories(code=offices[0].pk, categories=["adhoc_kpu", "entah"], by=cast.admin)
        record_headcounts(
            [HeadcountFactory(month=JUNE, category_id=one, people=70) for one in ("adhoc_kpu", "kader")],
            by=cast.wayan,
        )
        return kpu

    def save(self, by, category, value=71, revision=0):
        key = MonthEntryKey.headcount(category, "apbd_kabkota")
        terms = MonthEntryTerms("Surat 1", JULY, "salah ketik")
        save_month_entries(
            by=by, region_code=KOTA_A, month=JULY, typed={key: Typed(value, revision)}, terms=terms
        )

    def test_the_grid_holds_them_and_no_others(self, reporting, client_of):
        page = get_month_entry_page(reporting, KOTA_A, JULY)
        assert [str(cell.key) for one in page.sections for cell in one.cells] == [
            "headcount:adhoc_kpu:apbd_kabkota"
        ]
        assert page.counts == (0, 0, 1)
        client = client_of(reporting)
        assert client.get(self.grid).status_code == 200
        for name, status in (("adhoc_kpu", 200), ("kader", 404)):
            cell = MonthEntryKey.headcount(name, "apbd_kabkota")
            address = reverse("month_entry_cell", args=[KOTA_A, "2025-07", cell])
            assert client.get(address).status_code == status
        members = reverse("month_entry_cell", args=[KOTA_A, "2025-07", "members:pu"])
        assert client.get(members).status_code == 404

    def test_own_ones_are_stored_corrected_and_emptied(self, reporting):
        self.save(reporting, "adhoc_kpu")
        row = Headcount.objects.get(month=JULY)
        self.save(reporting, "adhoc_kpu", 72, row.revision)
        row.refresh_from_db()
        assert (row.people, row.entered_by) == (72, reporting)

    def test_others_are_refused(self, reporting):
        with pytest.raises(NotPermitted):
            self.save(reporting, "kader")
        key = MonthEntryKey.headcount("kader", "apbd_kabkota")
        with pytest.raises(NotPermitted):
            leave_empty(by=reporting, region_code=KOTA_A, month=JULY, key=key, reason=EmptyReason.NOBODY)
        with pytest.raises(FactRefused, match="di luar wewenang"):
            record_headcounts([HeadcountFactory(month=JULY, category_id="kader")], by=reporting)
        row = Headcount.objects.get(category="kader")
        with pytest.raises(NotPermitted):
            correct_headcount(pk=row.pk, revision=1, by=reporting, reason="x", new={"people": 1})
        assert not Headcount.objects.filter(month=JULY).exists()

    def test_a_month_taken_over_leaves_others_alone(self, reporting, client_of):
        page = page_of(client_of(reporting).get(reverse("month_entry_repeat", args=[KOTA_A, "2025-07"])))
        assert "adhoc_kpu" in page
        assert "kader" not in page

    def test_without_categories_nothing_opens(self, kpu, client_of):
        assert client_of(kpu).get(self.grid).status_code == 403

    def test_the_page_of_the_categories(self, kpu, offices, cast, client_of):
        address = reverse("institution_categories", args=[offices[0].pk])
        client = client_of(cast.admin)
        assert client.post(address, {"categories": ["adhoc_kpu", "kader"]}).status_code == 302
        assert categories_of(offices[0].pk) == {"adhoc_kpu", "kader"}
        act = Act.objects.filter(subject=f"lembaga {offices[0].pk}").latest("pk")
        assert act.detail == {"changed": {"category": ["", "adhoc_kpu, kader"]}}
        assert client.post(address, {"categories": ["entah"]}).status_code == 422
        assert client.post(address, {"categories": []}).status_code == 302
        assert categories_of(offices[0].pk) == set()


def test_binding_is_said_when_the_role_is_given(offices, cast):
    given = {"region": offices[0].region, "institution": offices[0], "reason": "SK 1"}
    for role, institution in ((Role.SUPERVISOR, offices[0]), (Role.OPERATOR, None)):
        grant = Grant(role=role, is_bound=True, **{**given, "institution": institution})
        with pytest.raises(AccountRefused, match="satu lembaga"):
            grant_role(user_id=cast.nobody.pk, grant=grant, by=cast.admin)
    grant_role(user_id=cast.nobody.pk, grant=Grant(role=Role.OPERATOR, is_bound=True, **given), by=cast.admin)
    assert Assignment.objects.get(user=cast.nobody).is_bound
    with pytest.raises(IntegrityError), transaction.atomic():
        Assignment.objects.filter(user=cast.wayan).update(is_bound=True)


def test_an_institution_alone_binds_nobody(offices, cast):
    Assignment.objects.filter(user=cast.wayan).update(institution=offices[0])
    wayan = User.objects.get(pk=cast.wayan.pk)
    assert scope_of(wayan).holds(Permission.ENTER_PERSONS, KOTA_A)
    assert scope_of(wayan).bound == {}


# What opens for whoever is bound.
OPEN = {"person_list", "person_export", "person_add", "batch_list", "batch_send"}


@pytest.mark.usefixtures("plain_rendering", "figures")
def test_every_address_of_persons_stays_shut_but_these(kpu, cast, system, client_of):
    addresses, client = make_addresses(cast, system), client_of(kpu)
    personal = ("person_", "batch_", "duplicate_", "overlap_", "double_", "matching_", "reconciliation_")
    asked = [name for name in TABLE if name.startswith((*personal, "employer_", "construction_"))]
    opened = {name for name in asked if client.get(addresses[name]).status_code == 200}
    assert opened == OPEN
    entered = [name for name in TABLE if name.endswith(("_record", "_correct", "_grid"))]
    assert {name for name in entered if client.get(addresses[name]).status_code == 200} == set()
