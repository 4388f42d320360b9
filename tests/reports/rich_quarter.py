"""A quarter in which everything that a pack tells of has happened, in both cities."""

from datetime import date

from budgets.services.allocation import record_allocations
from budgets.services.claim import record_claims
from budgets.services.contribution import record_contributions
from budgets.services.realisation import record_realisations
from participants.services.headcount import record_headcounts
from participants.services.membership_count import record_membership_counts
from participants.services.target import record_targets
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, PROVINCE
from tests.factories import (
    AllocationFactory,
    ClaimFactory,
    ContributionFactory,
    HeadcountFactory,
    MembershipCountFactory,
    RealisationFactory,
    TargetFactory,
)


def make_rich(system):
    """A quarter in which everything a pack tells of has happened, in both cities."""
    june, september = date(2025, 6, 1), date(2025, 9, 1)
    for code, more in ((KOTA_A, 0), ("36.73", 7)):
        record_membership_counts(
            [
                MembershipCountFactory(region_id=code, month=june, members=70_000 + more),
                *(
                    MembershipCountFactory(region_id=code, month=september, segment=segment, members=n + more)
                    for segment, n in (("pu", 40_000), ("bpu", 31_111), ("jakon", 9_999))
                ),
            ],
            by=system,
        )
        heads = [("linmas", 1_593), ("nelayan", 2_001), ("rt_rw", 317)]
        record_headcounts(
            [
                HeadcountFactory(region_id=code, month=september, category_id=category, people=n + more)
                for category, n in heads
            ],
            by=system,
        )
        record_contributions(
            [
                ContributionFactory(region_id=code, amount=480_457_660, paid_on=date(2025, 5, 10)),
                ContributionFactory(region_id=code, amount=12_345_678, paid_on=date(2025, 8, 10)),
            ],
            by=system,
        )
        record_claims(
            [
                ClaimFactory(
                    region_id=code, amount=790_000_000, paid_on=date(2025, 3, 3), programme="jkm", cases=19
                ),
                ClaimFactory(
                    region_id=code, amount=42_000_000, paid_on=date(2025, 8, 3), programme="jkm", cases=1
                ),
            ],
            by=system,
        )
    record_targets([TargetFactory(), TargetFactory(region_id=PROVINCE, frame="rpjmd", percent=60)], by=system)
    (line,) = record_allocations([AllocationFactory()], by=system).created
    paid = {"billed_amount": 26_762_400, "paid_amount": 26_762_400, "paid_on": date(2025, 8, 20)}
    record_realisations([RealisationFactory(allocation=line, **paid)], by=system)
    recompute_stale()
