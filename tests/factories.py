from datetime import date

import factory

from budgets.enums import EmployerStanding, ProgrammeGroup, ProjectStanding
from budgets.models import (
    Allocation,
    Claim,
    ConstructionProject,
    Contribution,
    Employer,
    Pledge,
    PledgePayment,
    ProjectCount,
    Realisation,
    WageBase,
)
from participants.enums import (
    CountedSegment,
    EnrolmentState,
    PopulationKind,
    Segment,
    TargetFrame,
    WorkforceKind,
)
from participants.models import (
    AgentRecruits,
    CategoryPopulation,
    CategoryTarget,
    CategoryTerm,
    Enrolment,
    Headcount,
    MembershipCount,
    OutreachEvent,
    Participant,
    PerisaiAgent,
    Target,
    Workforce,
)
from regions.cipher import digest, seal
from regions.enums import Origin
from regions.models import Commitment, Minutes, Regulation


class FactFactory(factory.Factory):
    """Rows are built unsaved: the services under test save them."""

    class Meta:
        abstract = True

    region_id = "36.72"
    source = "Surat uji nomor 1"
    as_of = date(2025, 7, 31)
    # Figures of a file, so that tests may let them jump from month to month.
    origin = Origin.FILE


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


class CategoryTargetFactory(FactFactory):
    class Meta:
        model = CategoryTarget

    year = 2025
    frame = TargetFrame.DAERAH
    category_id = "linmas"
    people = 2_000


class CategoryPopulationFactory(FactFactory):
    class Meta:
        model = CategoryPopulation

    year = 2025
    category_id = "linmas"
    people = 4_000
    kind = PopulationKind.REGISTER


class CategoryTermFactory(FactFactory):
    class Meta:
        model = CategoryTerm

    category_id = "adhoc_kpu"
    starts_on = date(2025, 1, 1)
    ends_on = date(2025, 9, 30)
    document = "SK KPU 12/2025"


class RegulationFactory(FactFactory):
    class Meta:
        model = Regulation

    kind = "perwal"
    number = "7"
    year = 2025
    title = "Jaminan Sosial Ketenagakerjaan Uji"
    enacted_on = date(2025, 3, 1)
    promulgated_on = date(2025, 3, 3)


class MinutesFactory(FactFactory):
    class Meta:
        model = Minutes

    held_on = date(2025, 7, 15)
    meeting_kind = "monev"
    title = "Monev Triwulan II"
    place = "Aula Disnaker"
    attendance = "Faruk | Plt. Kepala Bidang | Disnaker"


class CommitmentFactory(FactFactory):
    class Meta:
        model = Commitment

    month = date(2025, 7, 1)
    problem = "Data nelayan belum lengkap"
    promise = "Mendata ulang nelayan"
    owner = "Dinas Perikanan"
    due_on = date(2025, 8, 31)
    state = "open"


class OutreachEventFactory(FactFactory):
    class Meta:
        model = OutreachEvent

    planned_on = date(2025, 7, 15)
    title = "Sosialisasi nelayan"
    audience = "pekerja"
    topic = "daftar"
    expected_people = 50
    planned_cost = 2_000_000


class PerisaiAgentFactory(FactFactory):
    class Meta:
        model = PerisaiAgent

    number = "P-001"
    name = "Agen Uji"
    since = date(2025, 1, 6)
    yearly_target = 120


class AgentRecruitsFactory(FactFactory):
    class Meta:
        model = AgentRecruits

    month = date(2025, 7, 1)
    people = 9


class MoneyFactory(FactFactory):
    class Meta:
        abstract = True

    reference = factory.Sequence(lambda n: f"formulir:uji-{n}")
    programme = ProgrammeGroup.ALL
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


class EmployerFactory(FactFactory):
    """Registered in full, ten workers, nothing known of arrears."""

    class Meta:
        model = Employer

    month = date(2025, 7, 1)
    npp = "AA123456"
    name = "PT Uji Jaya"
    standing = EmployerStanding.FULL
    workers_known = 10
    workers_registered = 10


class ConstructionProjectFactory(FactFactory):
    """A package of one billion that began in March and is not registered."""

    class Meta:
        model = ConstructionProject

    year = 2025
    package_code = "50123456"
    package_name = "Peningkatan Jalan Uji"
    office = "Dinas PU Uji"
    first_month = date(2025, 3, 1)
    contract_value = 1_000_000_000
    jakon_status = ProjectStanding.UNREGISTERED


class ProjectCountFactory(FactFactory):
    class Meta:
        model = ProjectCount

    month = date(2025, 6, 1)
    packages = 40
    registered = 10


class WageBaseFactory(FactFactory):
    """A base of 2,000,000 at the lowest risk: 0.54 percent of it is 10,800."""

    class Meta:
        model = WageBase

    category_id = "rt_rw"
    first_month = date(2025, 1, 1)
    rupiah = 2_000_000
    risk_class = 1
    programmes = ["jkk", "jkm"]


class AllocationFactory(FactFactory):
    class Meta:
        model = Allocation

    year = 2025
    sub_activity = "2.07.05.2.01.0003"
    account = "5.1.02.02.02.0006"
    category_id = "linmas"
    funding_id = "apbd_kabkota"
    phase = "murni"
    sequence = 1
    amount = 3_024_000_000
    heads = 15_000
    months = 12
    monthly_rate = 16_800
    decided_on = date(2025, 1, 2)
    document = "DPA uji nomor 1"


class RealisationFactory(FactFactory):
    """A bill of one month, not yet paid; give `allocation` for its line."""

    class Meta:
        model = Realisation

    reference = factory.Sequence(lambda n: f"formulir:tagihan-{n}")
    category_id = "linmas"
    funding_id = "apbd_kabkota"
    first_month = date(2025, 7, 1)
    last_month = date(2025, 7, 1)
    heads = 1_593
    billed_amount = 26_762_400
    billed_on = date(2025, 7, 5)


class PledgeFactory(FactFactory):
    """Offered to the companies' CSR and not answered."""

    class Meta:
        model = Pledge

    reference = factory.Sequence(lambda n: f"formulir:janji-{n}")
    year = 2025
    category_id = "linmas"
    funding_id = "csr"
    people = 100
    first_month = date(2025, 8, 1)
    months = 5
    monthly_rate = 16_800
    offered_on = date(2025, 7, 5)


class PledgePaymentFactory(FactFactory):
    """Give `pledge`, stored."""

    class Meta:
        model = PledgePayment

    reference = factory.Sequence(lambda n: f"formulir:bayar-janji-{n}")
    paid_on = date(2025, 7, 30)
    amount = 1_680_000


def nik_of(serial: int, *, region: str = "367201", birth: str = "070465") -> str:
    """An invented NIK: region, day-month-year of birth, serial."""
    return f"{region}{birth}{serial:04}"


class ParticipantFactory(factory.django.DjangoModelFactory):
    """A saved person of Kota A; give `digits` for a NIK of your own, `entered_by` always."""

    class Meta:
        model = Participant
        exclude = ("digits",)

    # Another district than the rows of `made_files`: the two never meet by chance.
    digits = factory.Sequence(lambda n: nik_of(n % 9999 + 1, region="367202"))
    region_id = "36.72"
    name = factory.Sequence(lambda n: f"Orang Uji {chr(65 + n % 26)}{chr(65 + n // 26 % 26)}")
    birth_date = date(1965, 4, 7)
    sex = "L"
    district_name = "Cibeber"
    nik_digest = factory.LazyAttribute(lambda person: digest(person.digits))
    nik_sealed = factory.LazyAttribute(lambda person: seal(person.digits))


class EnrolmentFactory(factory.django.DjangoModelFactory):
    """A saved spell of a saved person, open-ended from January 2025; give `participant`, `entered_by`."""

    class Meta:
        model = Enrolment

    region_id = factory.LazyAttribute(lambda spell: spell.participant.region_id)
    category_id = "linmas"
    funding_id = "apbd_kabkota"
    segment = Segment.BPU
    programmes = ["jkk", "jkm"]
    first_month = date(2025, 1, 1)
    state = EnrolmentState.ACTIVE
    source = "Daftar uji nomor 1"
    as_of = date(2025, 1, 31)
    origin = Origin.FORM
