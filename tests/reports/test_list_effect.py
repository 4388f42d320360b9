"""What a stored list says it changed is what the pages of people and contributions due say."""

from datetime import date

from django.urls import reverse

from budgets.selectors.expected import explain_expected
from participants.enums import BatchState
from participants.services.headcount import record_headcounts
from participants.services.membership_count import record_membership_counts
from reports.selectors.list_effect import effect_of
from tests.cast import KOTA_A
from tests.factories import HeadcountFactory, MembershipCountFactory
from tests.participants.batches import people, send, store
from tests.reports.test_pages import text_of

JANUARY, JULY, AUGUST, DECEMBER = (date(2025, month, 1) for month in (1, 7, 8, 12))
PRICE = 16_800


def due(month):
    rows = explain_expected(KOTA_A, month, month)
    return sum(row.rupiah for row in rows if row.category == "linmas")


def test_a_first_list_adds_its_people_and_their_contributions(cast):
    before = due(JULY)
    effect = effect_of(store(people(3), cast.wayan, first_month=JULY))
    assert (effect.new, effect.changed, effect.same) == (3, 0, 0)
    assert (effect.named_before, effect.named, effect.added) == (0, 3, 3)
    assert effect.in_month.price.rupiah == PRICE
    assert effect.in_month.rupiah == due(JULY) - before == 3 * PRICE
    assert (effect.until, effect.until_year_end) == (DECEMBER, 6 * 3 * PRICE)


def test_a_second_list_counts_what_it_made_longer_and_not_what_stood(cast):
    store(people(2), cast.wayan, first_month=JULY, last_month=JULY)
    effect = effect_of(store(people(3), cast.wayan, first_month=JULY, last_month=AUGUST))
    # Two stood in July already and were made longer; one is new.
    assert (effect.new, effect.changed) == (1, 2)
    assert (effect.named_before, effect.named, effect.added) == (2, 3, 1)
    assert [(row.month, row.people) for row in effect.due] == [(JULY, 1), (AUGUST, 3)]
    assert effect.until_year_end == 4 * PRICE


def test_the_same_list_again_changes_nothing(cast):
    store(people(2), cast.wayan, first_month=JULY, source="Surat lama")
    effect = effect_of(store(people(2), cast.wayan, first_month=JULY, source="Surat baru"))
    assert (effect.same, effect.added, effect.named_before, effect.named, effect.due) == (2, 0, 2, 2, ())


def test_where_the_number_was_reported_names_change_no_rupiah(cast, system, client_of):
    record_headcounts([HeadcountFactory(people=10, month=JULY)], by=system)
    before = due(JULY)
    batch = store(people(3), cast.wayan, first_month=JULY, last_month=JULY)
    effect = effect_of(batch)
    assert (effect.reported, effect.gap, effect.due) == (10, 7, ())
    assert due(JULY) == before
    page = text_of(client_of(cast.wayan).get(reverse("list_effect", args=[batch.pk])))
    assert "Yang dilaporkan untuk bulan itu 10 orang; 7 di antaranya belum ada namanya." in page
    assert "Iuran terutang tidak berubah, sebab dihitung dari 10 orang yang dilaporkan" in page


def test_a_proposal_changes_nothing_yet(cast, client_of):
    batch = store(people(2), cast.wayan, first_month=JULY, is_proposal=True)
    effect = effect_of(batch)
    assert (effect.added, effect.named, effect.due) == (0, 0, ())
    page = text_of(client_of(cast.wayan).get(reverse("list_effect", args=[batch.pk])))
    assert "daftar ini usulan" in page


def test_the_page_of_the_list_leads_to_it_and_a_part_of_it_comes_by_script(cast, client_of):
    batch = store(people(3), cast.wayan, first_month=JULY, last_month=AUGUST)
    client, address = client_of(cast.wayan), reverse("list_effect", args=[batch.pk])
    assert address in client.get(reverse("batch_detail", args=[batch.pk])).content.decode()
    whole, part = client.get(address), client.get(address, headers={"HX-Request": "true"})
    for answer in (whole, part):
        said = text_of(answer).replace("\u00a0", " ")
        assert "3 baru, 0 diperbarui, 0 sudah sama" in said
        assert "Menurut nama, Anggota Linmas yang dibayar APBD kabupaten/kota, Juli 2025: 0 → 3" in said
        assert "Iuran terutang bertambah Rp50.400 sebulan (3 orang × Rp16.800)" in said
        assert "Rp100.800 sampai Agustus 2025" in said
    assert "<html" not in part.content.decode()


def test_a_list_that_is_not_stored_has_changed_nothing(cast, system, client_of):
    record_membership_counts([MembershipCountFactory()], by=system)
    batch = send(people(1), cast.wayan, first_month=JULY)
    assert batch.state == BatchState.CHECKED
    assert client_of(cast.wayan).get(reverse("list_effect", args=[batch.pk])).status_code == 404
