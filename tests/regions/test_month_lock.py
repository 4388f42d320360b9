"""What the guard of a month says: one problem for each span, at its first locked month."""

from datetime import datetime

import pytest
from django.db import transaction
from django.utils.timezone import get_current_timezone

from regions.enums import MonthState, ReportKind
from regions.errors import MonthLocked
from regions.models import MonthRule, ReportingMonth
from regions.month import add_months
from regions.services.month_lock import demand_open
from tests.cast import KOTA_A, KOTA_B
from tests.months import JULY

JUNE, AUGUST, SEPTEMBER = add_months(JULY, -1), add_months(JULY, 1), add_months(JULY, 2)
MEMBERS = ReportKind.MEMBERS


@pytest.fixture
def closed(cast):
    """July and August of Kota A, July of Kota B."""
    at = datetime(2025, 10, 3, 9, tzinfo=get_current_timezone())
    for code, month in ((KOTA_A, JULY), (KOTA_A, AUGUST), (KOTA_B, JULY)):
        ReportingMonth.objects.create(
            region_id=code,
            month=month,
            state=MonthState.CLOSED,
            closing=1,
            changed_at=at,
            changed_by=cast.anton,
        )


def refused(spans, **more):
    """The problems as (row, field, beginning of the sentence)."""
    with pytest.raises(MonthLocked) as caught, transaction.atomic():
        demand_open(spans, MEMBERS, **more)
    return [(one.row, one.field, one.message.split(" terkunci ")[0]) for one in caught.value.problems]


def test_of_one_region_the_month_is_said_and_not_the_code(closed):
    spans = [(KOTA_A, (JULY, JULY)), (KOTA_A, (JUNE, JUNE))]
    assert refused(spans) == [(0, "__all__", "Juli 2025")]


def test_of_several_regions_each_is_named_even_where_one_alone_is_locked(closed):
    spans = [(KOTA_A, (JULY, JULY)), (KOTA_B, (JULY, JULY))]
    named = [(0, "__all__", f"{KOTA_A}: Juli 2025"), (0, "__all__", f"{KOTA_B}: Juli 2025")]
    assert refused(spans) == named
    assert refused([(KOTA_A, (AUGUST, AUGUST)), (KOTA_B, (AUGUST, AUGUST))]) == [
        (0, "__all__", f"{KOTA_A}: Agustus 2025")
    ]
    three = [*spans, ("36", (JULY, JULY))]
    assert refused(three) == named


def test_a_span_is_told_once_by_its_first_locked_month(closed):
    assert refused([(KOTA_A, (JUNE, SEPTEMBER))]) == [(0, "__all__", "Juli 2025")]
    assert refused([(KOTA_A, (AUGUST, SEPTEMBER))]) == [(0, "__all__", "Agustus 2025")]
    # Without an end it reaches to the last locked month.
    assert refused([(KOTA_A, (JUNE, None))]) == [(0, "__all__", "Juli 2025")]
    assert refused([(KOTA_A, (AUGUST, None))]) == [(0, "__all__", "Agustus 2025")]


def test_each_span_says_which_row_spoke_of_it(closed):
    spans = [(KOTA_A, (JUNE, JUNE)), (KOTA_A, (JULY, JULY)), (KOTA_A, (AUGUST, AUGUST))]
    told = [(7, "__all__", "Juli 2025"), (9, "__all__", "Agustus 2025")]
    assert refused(spans, rows=[5, 7, 9]) == told


def test_a_rule_locks_months_of_which_nothing_is_stored_yet(cast):
    MonthRule.objects.create(region_id="36", first_month=JULY, lock_days=20, legal_source="SE 1/2025")
    assert refused([(KOTA_A, (JUNE, None))]) == [(0, "__all__", "Juli 2025")]
    # The rule of the nearest region holds.
    MonthRule.objects.create(region_id=KOTA_A, first_month=JULY, legal_source="SE 2/2025")
    with transaction.atomic():
        demand_open([(KOTA_A, (JUNE, None))], MEMBERS)
    assert refused([(KOTA_B, (JULY, JULY))]) == [(0, "__all__", "Juli 2025")]


def test_what_is_open_is_let_through(closed):
    with transaction.atomic():
        demand_open([], MEMBERS)
        demand_open([(KOTA_A, (SEPTEMBER, None)), (KOTA_B, (AUGUST, AUGUST))], MEMBERS)
        demand_open([(KOTA_A, (JUNE, JUNE))], MEMBERS)
