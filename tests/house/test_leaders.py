"""Leaders are told of closed months alone: a walk over all addresses, with numbers that only drafts hold."""

import re
from datetime import date

import pytest
from django.urls import reverse

from budgets.services.claim import record_claims
from budgets.services.contribution import record_contributions
from participants.services.headcount import record_headcounts
from participants.services.membership_count import record_membership_counts
from regions.access import sees_all_drafts, sees_drafts
from regions.errors import MonthNotClosed
from regions.models import Region, User
from regions.month_steps import CLOSE, COMPLETE, SUBMIT, VERIFY
from regions.roles import Role
from regions.services.reporting_month import move_month
from regions.services.user import assign_role, ensure_system_user
from reports.pack.period import parse_period
from reports.selectors.boards.board import get_board
from reports.selectors.run import find_run, periods_of
from reports.selectors.standing import require_all_told
from reports.services.pack import ask_pack
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, KOTA_B, PROVINCE, SINCE
from tests.factories import ClaimFactory, ContributionFactory, HeadcountFactory, MembershipCountFactory
from tests.house.access_world import make_addresses
from tests.house.worlds import asked, make_world, places_of, used

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,
    pytest.mark.usefixtures("plain_rendering"),
]
JUNE, AUGUST = date(2025, 6, 1), date(2025, 8, 1)
# As people write them; of the draft of August, and of June, which is closed.
DRAFT = {"members": "61.637", "people": "5.419", "paid": "71.237.119", "claimed": "91.239.117"}
CLOSED = {"members": "60.521", "people": "4.327"}
NEVER = {"account_logout", "set_language"}


def number(text):
    return int(text.replace(".", ""))


def close(code, month, people):
    for step, by in zip((COMPLETE, SUBMIT, VERIFY, CLOSE), people, strict=True):
        move_month(step, region_code=code, month=month, by=by)


def administrators(system):
    """Two who complete and submit for the province, one who checks."""
    made = [User.objects.create(username=f"pusat{n}", full_name=f"Pusat {n}") for n in range(3)]
    for user in made:
        assign_role(user=user, role=Role.ADMINISTRATOR, by=system, region_code="ID", valid_from=SINCE)
    return [*made, made[-1]]


@pytest.fixture(scope="module")
def world(shared_rows):
    """That of the doors, with a closed June of Kota A and the province, and an August that is a draft."""
    made = make_world(make_addresses)
    system = ensure_system_user()
    record_membership_counts(
        [
            MembershipCountFactory(region_id=KOTA_A, month=JUNE, members=number(CLOSED["members"])),
            MembershipCountFactory(region_id=KOTA_A, month=AUGUST, members=number(DRAFT["members"])),
        ],
        by=system,
    )
    record_headcounts(
        [
            HeadcountFactory(region_id=KOTA_A, month=JUNE, people=number(CLOSED["people"])),
            HeadcountFactory(region_id=KOTA_A, month=AUGUST, people=number(DRAFT["people"])),
        ],
        by=system,
    )
    paid = {"paid_on": date(2025, 8, 9), "first_month": AUGUST, "last_month": AUGUST}
    record_contributions([ContributionFactory(amount=number(DRAFT["paid"]), **paid)], by=system)
    record_claims([ClaimFactory(amount=number(DRAFT["claimed"]), paid_on=date(2025, 8, 9))], by=system)
    recompute_stale()
    people = administrators(system)
    for code in (KOTA_A, PROVINCE):
        close(code, JUNE, people)
    recompute_stale()
    return made


def every_place(addresses, batch):
    """Each address as it is, and of the month that is a draft however it can be asked for."""
    for name, places in places_of(addresses, batch).items():
        for place in places if name not in NEVER else ():
            yield place
            yield place.replace("2025-07", "2025-08")
            joined = "&" if "?" in place else "?"
            yield f"{place}{joined}periode=2025-08&wilayah={KOTA_A}&dari=2025-06&sampai=2025-08"
            yield f"{place}{joined}periode=2025-06&per=2030-01-01".replace("2025-07", "2025-06")


# Microseconds are any digits: now and then those of a figure.
TIME_OF_DAY = re.compile(r"T\d\d:\d\d:\d\d\.\d+")


def seen_by(user, world, client_of):
    _cast, addresses, batch = world
    client, found = used(client_of(user)), {}
    for place in dict.fromkeys(every_place(addresses, batch)):
        for method in ("GET", "POST"):
            _response, text, _seen = asked(client, method, place, {"reason": "x", "alasan": "x"})
            text = TIME_OF_DAY.sub("", text)
            for word in (*DRAFT.values(), *CLOSED.values()):
                if word in text or word.replace(".", "") in text:
                    found.setdefault(word, set()).add(place)
    return found


def test_no_address_shows_a_leader_a_month_that_is_not_closed(world, client_of):
    seen = seen_by(world[0].ratna, world, client_of)
    assert {word: seen[word] for word in DRAFT.values() if word in seen} == {}
    # What was closed is told, on many pages.
    assert len(seen[CLOSED["members"]]) > 5


def test_a_planner_sees_the_same_drafts(world, client_of):
    """The numbers of the walk are those that pages show of the draft."""
    client = client_of(world[0].dewi)
    addresses = [f"{reverse('region_board', args=[KOTA_A])}?periode=2025-08"]
    addresses += [reverse(f"{name}_list") for name in ("headcount", "contribution", "claim")]
    shown = "".join(client.get(address).content.decode() for address in addresses)
    assert [word for word in DRAFT.values() if word not in shown] == []


def test_a_draft_asked_for_says_which_month_was_closed_last(world, client_of):
    ratna = world[0].ratna
    region = Region.objects.get(pk=KOTA_A)
    assert (sees_drafts(ratna, KOTA_A), sees_all_drafts(ratna), sees_all_drafts(world[0].dewi)) == (
        False,
        False,
        True,
    )
    assert periods_of(ratna, region)[0] == JUNE
    assert find_run(ratna, region, AUGUST) is None
    assert find_run(world[0].wayan, region, AUGUST) is not None
    with pytest.raises(MonthNotClosed) as refused:
        get_board(ratna, region, AUGUST)
    assert refused.value.sentence == ("Agustus 2025 belum ditutup. Bulan terakhir yang ditutup: Juni 2025.")
    # Of the province's closed month the cities that have not closed theirs are not told.
    board = get_board(ratna, Region.objects.get(pk=PROVINCE), None)
    assert board.period == JUNE
    assert [row.region.pk for row in board.rank if row.rate is not None] == [KOTA_A]


def test_a_city_is_told_by_its_own_closing_whatever_its_districts(world):
    ratna, city = world[0].ratna, Region.objects.get(pk=KOTA_A)
    Region.objects.create(code=f"{KOTA_A}.99", name="Uji", level=3, kind="kecamatan", parent=city)
    require_all_told(ratna, city, JUNE)
    with pytest.raises(MonthNotClosed):
        require_all_told(ratna, Region.objects.get(pk=PROVINCE), JUNE)


def test_months_before_the_first_are_history_and_no_draft(world, client_of):
    client, board = client_of(world[0].ratna), reverse("region_board", args=[KOTA_A])
    before = client.get(f"{board}?periode=2025-05").content.decode()
    assert "sebelum bulan laporan pertama" in before
    assert "Tahap bulan laporan" not in before
    assert "Tahap bulan laporan" in client.get(f"{board}?periode=2025-06").content.decode()
    assert reverse("arrears", args=[KOTA_A]) not in client.get(board).content.decode()


def test_a_pack_of_an_open_month_is_not_asked_for(world, client_of):
    ratna, august = world[0].ratna, parse_period("month-2025-08")
    with pytest.raises(MonthNotClosed):
        ask_pack(region_code=KOTA_A, period=august, by=ratna)
    form = {"region": KOTA_A, "period": "month-2025-08", "revision": 0}
    answer = client_of(ratna).post(reverse("pack_make"), form)
    assert answer.status_code == 422
    assert "Agustus 2025 belum ditutup" in answer.content.decode()
    assert ask_pack(region_code=KOTA_A, period=parse_period("month-2025-06"), by=ratna).pk


def test_who_leads_in_one_place_and_works_in_another_sees_the_drafts_of_the_other(world):
    cast, system = world[0], ensure_system_user()
    assign_role(user=cast.budi, role=Role.VIEWER, by=system, region_code=KOTA_A, valid_from=SINCE)
    both = User.objects.get(pk=cast.budi.pk)
    assert (sees_drafts(both, KOTA_A), sees_drafts(both, KOTA_B), sees_all_drafts(both)) == (
        False,
        True,
        False,
    )
    assert periods_of(both, Region.objects.get(pk=KOTA_A))[0] == JUNE
    assert date(2025, 7, 1) in periods_of(both, Region.objects.get(pk=KOTA_B))
