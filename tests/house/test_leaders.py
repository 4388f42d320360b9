"""Leaders are told of closed months alone: a walk over all addresses, with numbers that only drafts hold."""

from datetime import date

import pytest
from django.urls import reverse

from budgets.services.claim import record_claims
from budgets.services.contribution import record_contributions
from participants.services.headcount import record_headcounts
from participants.services.membership_count import record_membership_counts
from regions.models import User
from regions.month_steps import CLOSE, COMPLETE, SUBMIT, VERIFY
from regions.roles import Role
from regions.services.reporting_month import move_month
from regions.services.user import assign_role, ensure_system_user
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, PROVINCE, SINCE
from tests.factories import ClaimFactory, ContributionFactory, HeadcountFactory, MembershipCountFactory
from tests.house.test_access_table import make_addresses
from tests.house.worlds import asked, make_world, places_of, used

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,
    pytest.mark.usefixtures("plain_rendering"),
]
JUNE, JULY = date(2025, 6, 1), date(2025, 7, 1)
# As people write them; of the draft of July, and of June, which is closed.
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
    """That of the doors, with a closed June of Kota A and the province, and a July that is a draft."""
    made = make_world(make_addresses)
    system = ensure_system_user()
    record_membership_counts(
        [
            MembershipCountFactory(region_id=KOTA_A, month=JUNE, members=number(CLOSED["members"])),
            MembershipCountFactory(
                region_id=KOTA_A, month=date(2025, 8, 1), members=number(DRAFT["members"])
            ),
        ],
        by=system,
    )
    record_headcounts(
        [
            HeadcountFactory(region_id=KOTA_A, month=JUNE, people=number(CLOSED["people"])),
            HeadcountFactory(region_id=KOTA_A, month=date(2025, 8, 1), people=number(DRAFT["people"])),
        ],
        by=system,
    )
    paid = {"paid_on": date(2025, 8, 9), "first_month": date(2025, 8, 1), "last_month": date(2025, 8, 1)}
    record_contributions([ContributionFactory(amount=number(DRAFT["paid"]), **paid)], by=system)
    record_claims([ClaimFactory(amount=number(DRAFT["claimed"]), paid_on=date(2025, 8, 9))], by=system)
    recompute_stale()
    people = administrators(system)
    for code in (KOTA_A, PROVINCE):
        close(code, JUNE, people)
    recompute_stale()
    return made


AUGUST = date(2025, 8, 1)


def every_place(addresses, batch):
    """Each address as it is, and of the month that is a draft however it can be asked for."""
    for name, places in places_of(addresses, batch).items():
        for place in places if name not in NEVER else ():
            yield place
            yield place.replace("2025-07", "2025-08")
            joined = "&" if "?" in place else "?"
            yield f"{place}{joined}periode=2025-08&wilayah={KOTA_A}&dari=2025-06&sampai=2025-08"
            yield f"{place}{joined}periode=2025-06&per=2030-01-01".replace("2025-07", "2025-06")


def seen_by(user, world, client_of):
    _cast, addresses, batch = world
    client, found = used(client_of(user)), {}
    for place in dict.fromkeys(every_place(addresses, batch)):
        for method in ("GET", "POST"):
            _response, text, _seen = asked(client, method, place, {"reason": "x", "alasan": "x"})
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
