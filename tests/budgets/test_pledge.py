"""Offers to payers: from the offer to what was paid, what is refused, and what is still to be paid."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from budgets.models import Pledge, PledgePayment
from budgets.selectors.pledge import list_pledges, pledges_due
from budgets.services.pledge import PLEDGES, correct_pledge, record_pledge_payments, record_pledges
from regions.errors import FactRefused, NotPermitted, OutsideScope
from regions.models import Act
from tests.cast import KOTA_A, KOTA_B
from tests.factories import PledgeFactory, PledgePaymentFactory
from tests.sent_facts import stored_pledge

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("system")]
AMOUNT = 100 * 5 * 16_800


def stages(user):
    return [(row.stage, row.paid) for row in list_pledges(user, region_code=KOTA_A)]


def refused(action):
    with pytest.raises(FactRefused) as told:
        action()
    return [problem.field for problem in told.value.problems]


def paid(pledge, amount, by, **more):
    return record_pledge_payments([PledgePaymentFactory(pledge=pledge, amount=amount, **more)], by=by).rows[0]


def test_an_offer_is_worth_people_times_months_times_rate(cast, system):
    (row,) = record_pledges([PledgeFactory()], by=cast.dewi).rows
    assert row.amount == AMOUNT == 8_400_000
    assert stages(cast.dewi) == [("offered", 0)]
    assert Act.objects.filter(region_code=KOTA_A, actor_id=cast.dewi.pk).count() == 1


def test_it_goes_from_offer_to_pledge_to_payment(cast, system):
    pledge = stored_pledge()
    assert stages(cast.dewi) == [("pledged", 0)]
    paid(pledge, 1_680_000, cast.dewi)
    assert stages(cast.dewi) == [("part_paid", 1_680_000)]
    paid(pledge, AMOUNT - 1_680_000, cast.dewi, paid_on=date(2025, 8, 5))
    assert stages(cast.dewi) == [("paid", AMOUNT)]


def test_what_was_withdrawn_stays_so_with_what_was_paid(cast, system):
    pledge = stored_pledge()
    paid(pledge, 1_680_000, cast.dewi)
    correct_pledge(
        pk=pledge.pk, revision=1, by=cast.dewi, reason="batal", new={"withdrawn_on": date(2025, 9, 1)}
    )
    assert stages(cast.dewi) == [("withdrawn", 1_680_000)]
    assert refused(lambda: paid(pledge, 1, cast.dewi, paid_on=date(2025, 9, 2))) == ["paid_on"]


def test_correcting_people_changes_the_worth_and_never_below_what_was_paid(cast, system):
    pledge = stored_pledge()
    paid(pledge, 1_680_000, cast.dewi)

    def corrected(people):
        return correct_pledge(pk=pledge.pk, revision=1, by=cast.dewi, reason="x", new={"people": people})

    assert refused(lambda: corrected(19)) == ["people"]
    assert corrected(20).amount == 1_680_000
    assert stages(cast.dewi) == [("paid", 1_680_000)]


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"people": 0}, "people"),
        ({"months": 13}, "months"),
        ({"months": 6}, "months"),
        ({"first_month": date(2026, 8, 1)}, "first_month"),
        ({"offered_on": date(2100, 1, 1)}, "offered_on"),
        ({"withdrawn_on": date(2025, 7, 4)}, "withdrawn_on"),
        ({"due_on": date(2025, 7, 4)}, "due_on"),
        ({"pledged_on": date(2025, 7, 6), "due_on": date(2025, 8, 1)}, "institution"),
    ],
)
def test_what_cannot_be_is_refused_at_its_cell(told, field, system):
    assert field in refused(lambda: record_pledges([PledgeFactory(**told)], by=system))
    assert not Pledge.objects.exists()


def test_a_pledge_needs_a_day_on_which_it_is_due(system):
    pledge = stored_pledge()
    answer = refused(
        lambda: correct_pledge(pk=pledge.pk, revision=1, by=system, reason="x", new={"due_on": None})
    )
    assert answer == ["due_on"]


def test_payments_of_offers_of_others_and_beyond_the_pledge_are_refused(cast, system):
    offer = record_pledges([PledgeFactory()], by=system).rows[0]
    assert refused(lambda: paid(offer, 1, system)) == ["pledge"]
    pledge = stored_pledge()
    assert refused(lambda: paid(pledge, 1, system, region_id=KOTA_B)) == ["pledge"]
    assert refused(lambda: paid(pledge, AMOUNT + 1, system)) == ["amount"]
    assert refused(lambda: paid(pledge, 1, system, paid_on=date(2025, 7, 19))) == ["paid_on"]
    two = [PledgePaymentFactory(pledge=pledge, amount=AMOUNT // 2 + 1) for _each in range(2)]
    assert refused(lambda: record_pledge_payments(two, by=system)) == ["amount"]
    assert not PledgePayment.objects.exists()


def test_the_database_itself_keeps_the_worth(system):
    pledge = stored_pledge()
    with pytest.raises(IntegrityError), transaction.atomic():
        Pledge.objects.filter(pk=pledge.pk).update(amount=1)


def test_neighbours_neither_see_nor_write(cast, system):
    pledge = stored_pledge()
    assert not list_pledges(cast.budi).exists()
    with pytest.raises(OutsideScope):
        correct_pledge(pk=pledge.pk, revision=1, by=cast.budi, reason="x", new={"people": 1})
    with pytest.raises((FactRefused, NotPermitted)):
        record_pledges([PledgeFactory()], by=cast.ratna)


def test_a_pledge_with_payments_is_not_removed(cast, system):
    pledge = stored_pledge()
    paid(pledge, 1_680_000, system)
    assert refused(lambda: PLEDGES.remove(pk=pledge.pk, revision=1, by=system, reason="x")) == ["__all__"]


def test_what_is_due_is_what_is_pledged_and_not_paid(cast, system):
    today = localdate()
    record_pledges([PledgeFactory(category_id="kader")], by=system)
    pledge = stored_pledge()
    assert [row.pk for row in pledges_due(cast.dewi, today)] == [pledge.pk]
    assert not pledges_due(cast.dewi, date(2025, 8, 31) - timedelta(days=1))
    assert not pledges_due(cast.budi, today)
    paid(pledge, AMOUNT, system)
    assert not pledges_due(cast.dewi, today)
