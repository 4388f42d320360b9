from datetime import date

import factory

from budgets.enums import Programme
from budgets.models import Claim, Contribution
from participants.enums import CountedSegment, TargetFrame, WorkforceKind
from participants.models import Headcount, MembershipCount, Target, Workforce
from regions.enums import Origin


class FactFactory(factory.Factory):
    """Rows are built unsaved: the services under test save them."""

    class Meta:
        abstract = True

    region_id = "36.72"
    source = "Surat uji nomor 1"
    as_of = date(2025, 7, 31)
    origin = Origin.FORM


class MembershipCountFactory(FactFactory):
    class Meta:
        model = MembershipCount

    month = date(2025, 7, 1)
    segment = CountedSegment.ALL
    members = 76_062


class WorkforceFactory(FactFactory):
    class Meta:
        model = Workforce

    year = 2025
    kind = WorkforceKind.LABOUR_FORCE
    segment = CountedSegment.ALL
    workers = 174_897
    is_official = True


class HeadcountFactory(FactFactory):
    class Meta:
        model = Headcount

    month = date(2025, 7, 1)
    category_id = "linmas"
    funding_id = "apbd_kabkota"
    people = 1_593


class TargetFactory(FactFactory):
    class Meta:
        model = Target

    year = 2025
    frame = TargetFrame.DAERAH
    percent = 55


class MoneyFactory(FactFactory):
    class Meta:
        abstract = True

    reference = factory.Sequence(lambda n: f"formulir:uji-{n}")
    programme = Programme.ALL
    paid_on = date(2025, 7, 10)


class ContributionFactory(MoneyFactory):
    class Meta:
        model = Contribution

    amount = 480_457_660
    first_month = date(2025, 7, 1)
    last_month = date(2025, 7, 1)


class ClaimFactory(MoneyFactory):
    class Meta:
        model = Claim

    amount = 790_000_000
