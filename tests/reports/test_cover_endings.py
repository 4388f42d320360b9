"""Whose cover ends: terms, money, names; persons once; the cliff of Cilegon; nothing of it in a measure."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from budgets.models import Contribution
from budgets.services.allocation import record_allocations
from budgets.services.contribution import record_contributions
from participants.models import PersonReading
from participants.services.category_term import record_category_terms
from participants.services.headcount import record_headcounts
from regions.models import Act, Region
from regions.rate import rate_of
from reports.enums import AlertKind, EndingCause
from reports.models import MeasureValue
from reports.selectors.cover_endings import get_cover_endings, persons_ending
from reports.selectors.tasks.alert import list_alerts
from reports.services.definition import ensure_alert_rules
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, KOTA_B, NATION, PROVINCE
from tests.factories import (
    AllocationFactory,
    CategoryTermFactory,
    ContributionFactory,
    EnrolmentFactory,
    HeadcountFactory,
    ParticipantFactory,
)
from tests.table_files import told_in

pytestmark = pytest.mark.usefixtures("cast_once")

JULY, AUGUST, SEPTEMBER = date(2025, 7, 1), date(2025, 8, 1), date(2025, 9, 1)
TODAY = date(2025, 8, 15)
LINMAS = ("linmas", "apbd_kabkota")


def region(code=KOTA_A):
    return Region.objects.get(code=code)


def endings(user, code=KOTA_A, **asked):
    recompute_stale()
    return get_cover_endings(user, region(code), TODAY, **asked)


def said(found):
    """(Month, category, cause, named, unnamed) of every line."""
    return [
        (one.month, line.category.pk, line.cause, line.named, line.unnamed)
        for one in found.months
        for line in one.lines
    ]


def spell(system, person=None, **told):
    person = person or ParticipantFactory(entered_by=system)
    EnrolmentFactory(participant=person, entered_by=system, **{"first_month": date(2025, 1, 1), **told})
    return person


def test_the_cliff_of_cilegon(cast, system):
    """August 2024: 13.021 of 19.185 leave with the election; three months at 16.800 are Rp656.258.400."""
    august = date(2024, 8, 1)
    people = {"rt_rw": 1528, "kader": 2650, "nelayan": 332, "kebersihan_dlh": 61, "linmas": 1593}
    people |= {"adhoc_kpu": 11_658, "adhoc_bawaslu": 1_363}
    rows = [HeadcountFactory(month=august, category_id=name, people=n) for name, n in people.items()]
    record_headcounts(rows, by=system)
    duty = {"starts_on": date(2023, 6, 1), "ends_on": date(2024, 8, 31)}
    terms = [CategoryTermFactory(category_id=name, **duty) for name in ("adhoc_kpu", "adhoc_bawaslu")]
    record_category_terms(terms, by=system)
    found = endings(cast.wayan, price=16_800)
    cliff = found.of(august)
    assert (found.covered, cliff.people, cliff.holding(3)) == (19_185, 13_021, 656_258_400)
    assert (found.worst, found.people, found.open_ended) == (cliff, 13_021, 19_185 - 13_021)
    # Nobody recorded a wage of election staff: without a price that somebody names, the cost is not guessed.
    assert endings(cast.wayan).of(august).holding(3) is None


def test_a_term_of_a_region_above_holds_and_ones_own_goes_before_it(cast, system):
    record_headcounts([HeadcountFactory(category_id="adhoc_kpu", people=10)], by=system)
    record_category_terms([CategoryTermFactory(region_id=NATION, ends_on=date(2025, 12, 31))], by=system)
    assert said(endings(cast.wayan)) == [(date(2025, 12, 1), "adhoc_kpu", EndingCause.TERM, 0, 10)]
    record_category_terms([CategoryTermFactory(ends_on=date(2025, 10, 2))], by=system)
    assert said(endings(cast.wayan)) == [(date(2025, 10, 1), "adhoc_kpu", EndingCause.TERM, 0, 10)]


def test_money_ends_with_the_months_of_the_line_and_goes_on_with_the_next_year(cast, system):
    record_headcounts([HeadcountFactory(people=100)], by=system)
    line = {"category_id": "linmas", "funding_id": "apbd_kabkota", "heads": 100, "monthly_rate": 16_800}
    nine = AllocationFactory(year=2025, months=9, amount=15_120_000, **line)
    record_allocations([nine], by=system)
    assert said(endings(cast.wayan)) == [(SEPTEMBER, "linmas", EndingCause.BUDGET, 0, 100)]
    whole = AllocationFactory(
        year=2025, months=12, amount=20_160_000, phase="perubahan", decided_on=date(2025, 8, 1), **line
    )
    record_allocations([whole], by=system)
    assert said(endings(cast.wayan)) == [(date(2025, 12, 1), "linmas", EndingCause.BUDGET, 0, 100)]
    after = AllocationFactory(year=2026, months=4, amount=6_720_000, decided_on=date(2025, 8, 2), **line)
    record_allocations([after], by=system)
    assert said(endings(cast.wayan)) == [(date(2026, 4, 1), "linmas", EndingCause.BUDGET, 0, 100)]


def test_what_was_paid_ahead_covers_beyond_the_budget(cast, system):
    record_headcounts([HeadcountFactory(people=100)], by=system)
    ahead = ContributionFactory(
        first_month=AUGUST,
        last_month=SEPTEMBER,
        amount=2 * 1_680_000,
        category_id="linmas",
        funding_id="apbd_kabkota",
    )
    record_contributions([ahead], by=system)
    assert said(endings(cast.wayan)) == [(SEPTEMBER, "linmas", EndingCause.PREPAID, 0, 100)]
    Contribution.objects.update(amount=2 * 1_680_000 - 1)
    # The first of both months is short by one rupiah.
    assert said(endings(cast.wayan)) == []


def test_a_person_in_two_endings_counts_once_and_with_the_later_one(cast, system):
    twice = spell(system, last_month=AUGUST)
    spell(system, twice, category_id="kader", last_month=SEPTEMBER)
    stays = spell(system, last_month=AUGUST)
    spell(system, stays, category_id="kader")
    renewed = spell(system, last_month=AUGUST)
    spell(system, renewed, first_month=SEPTEMBER, last_month=date(2025, 10, 1))
    gap = spell(system, last_month=AUGUST)
    spell(system, gap, first_month=date(2025, 10, 1))
    record_headcounts([HeadcountFactory(category_id="rt_rw", people=1)], by=system)
    found = endings(cast.wayan, month=JULY)
    assert said(found) == [
        (AUGUST, "linmas", EndingCause.SPELL, 1, 0),
        (SEPTEMBER, "kader", EndingCause.SPELL, 1, 0),
        (date(2025, 10, 1), "linmas", EndingCause.SPELL, 1, 0),
    ]
    assert found.open_ended == 2
    told = {
        month: set(persons_ending(cast.wayan, region(), TODAY, month, start=JULY))
        for month in (AUGUST, SEPTEMBER, date(2025, 10, 1))
    }
    assert list(told.values()) == [{gap.pk}, {twice.pk}, {renewed.pk}]


def test_those_without_names_are_what_the_report_has_more(cast, system):
    spell(system, last_month=AUGUST)
    spell(system)
    record_headcounts([HeadcountFactory(people=10)], by=system)
    record_category_terms([CategoryTermFactory(category_id="linmas")], by=system)
    found = endings(cast.wayan, month=JULY)
    # The open spell ends with the term, like the eight without names.
    assert said(found) == [
        (AUGUST, "linmas", EndingCause.SPELL, 1, 0),
        (SEPTEMBER, "linmas", EndingCause.TERM, 1, 8),
    ]
    assert found.open_ended == 0


def test_the_forecast_starts_from_the_stored_coverage_and_changes_no_measure(figures, cast, system):
    rows = [HeadcountFactory(category_id="kader", people=1_000)]
    record_headcounts(rows, by=system)
    recompute_stale()
    before = list(MeasureValue.objects.order_by("pk").values_list("pk", "numerator"))
    record_category_terms([CategoryTermFactory(category_id="kader", ends_on=date(2025, 8, 31))], by=system)
    found = endings(cast.wayan)
    stored = found.coverage
    assert stored.rate is not None
    assert found.of(JULY).members == stored.numerator
    assert {one.members for one in found.months[1:]} == {stored.numerator - 1_000}
    assert found.months[-1].rate == rate_of(stored.numerator - 1_000, stored.denominator)
    assert list(MeasureValue.objects.order_by("pk").values_list("pk", "numerator")) == before


def test_the_calendar_of_a_province(cast, system):
    rows = [HeadcountFactory(people=5), HeadcountFactory(region_id=KOTA_B, people=7)]
    record_headcounts(rows, by=system)
    record_category_terms([CategoryTermFactory(region_id=PROVINCE, category_id="linmas")], by=system)
    found = endings(cast.admin, PROVINCE)
    calendar = {place.region.pk: place.people for place in found.places}
    zeros = [0] * 12
    assert calendar[KOTA_A] == [*zeros[:2], 5, *zeros[3:]]
    assert calendar[KOTA_B] == [*zeros[:2], 7, *zeros[3:]]
    (group,) = found.of(SEPTEMBER).groups
    assert (group.people, group.monthly, len(group.lines)) == (12, 12 * 16_800, 2)
    assert endings(cast.ratna, PROVINCE) is None


def test_page_file_and_names(cast, client_of, system):
    person = spell(system, last_month=AUGUST)
    record_headcounts([HeadcountFactory(people=3)], by=system)
    recompute_stale()
    page = reverse("cover_endings", args=[KOTA_A])
    names = reverse("cover_ending_people", args=[KOTA_A, "2025-08"])
    shown = client_of(cast.wayan).get(f"{page}?periode=2025-07").content.decode()
    assert names in shown
    assert person.name not in shown
    (line,) = told_in(client_of(cast.wayan).get(f"{page}?periode=2025-07&unduh=csv"))
    assert (line["bulan_terakhir"], line["orang"], line["biaya_menahan"]) == ("2025-08", "1", "50400")
    planner = client_of(cast.dewi)
    assert names not in planner.get(f"{page}?periode=2025-07").content.decode()
    assert planner.get(names).status_code == 403
    assert not PersonReading.objects.exists()
    assert person.name in client_of(cast.wayan).get(f"{names}?periode=2025-07").content.decode()
    assert PersonReading.objects.get().persons == [person.pk]
    assert client_of(cast.budi).get(names).status_code == 404


def test_the_letter_is_a_pdf_an_act_and_names_nobody(cast, client_of, system):
    record_headcounts([HeadcountFactory(people=10)], by=system)
    record_category_terms([CategoryTermFactory(category_id="linmas")], by=system)
    recompute_stale()
    address = reverse("cover_ending_letter", args=[KOTA_A, "2025-09"]) + "?periode=2025-07"
    client = client_of(cast.wayan)
    assert "Satpol PP" in client.get(address).content.decode()
    answer = client.post(address, {"office": "Satpol PP", "signer_title": "Kepala Dinas"})
    assert answer.content.startswith(b"%PDF")
    act = Act.objects.order_by("id").last()
    assert act.detail["people"] == 10
    assert client.post(address, {"office": "Dinas Lain", "signer_title": "x"}).status_code == 422


def test_alerts_at_sixty_and_at_thirty_days(cast, system):
    ensure_alert_rules()
    today = localdate()

    def term(category, days, since=-100):
        told = {"starts_on": today + timedelta(days=since), "ends_on": today + timedelta(days=days)}
        return CategoryTermFactory(category_id=category, **told)

    terms = [
        *(term("adhoc_kpu", 30), term("adhoc_bawaslu", 31), term("atlet_event", 60), term("kader", 61)),
        *(term("linmas", 10), term("linmas", 300, since=11)),
    ]
    record_category_terms(terms, by=system)
    kinds = {AlertKind.ENDING, AlertKind.ENDING_NEAR}
    told = [one.kind for one in list_alerts(cast.wayan) if one.kind in kinds]
    assert sorted(told) == [AlertKind.ENDING, AlertKind.ENDING, AlertKind.ENDING_NEAR]
    assert not [one for one in list_alerts(cast.budi) if one.kind in kinds]


def test_lines_of_a_budget_that_end_are_one_alert(cast, system):
    ensure_alert_rules()
    today = localdate()
    lines = [
        AllocationFactory(
            year=today.year, months=today.month, category_id=one, decided_on=date(today.year, 1, 1)
        )
        for one in ("linmas", "kader")
    ]
    record_allocations(lines, by=system)
    (alert,) = [one for one in list_alerts(cast.wayan) if one.kind == AlertKind.ENDING_NEAR]
    assert alert.sentence.startswith("Anggaran iuran untuk 2 kategori")
