"""No page asks more than twelve questions, however many rows it shows."""

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from budgets.services.allocation import record_allocations
from budgets.services.construction_project import record_projects
from budgets.services.employer import record_employers
from budgets.services.realisation import record_realisations
from budgets.services.wage_base import record_wage_bases
from participants.enums import CandidateState
from participants.models import DuplicateCandidate, Participant
from participants.services.headcount import record_headcounts
from participants.services.membership_count import record_membership_counts
from participants.services.workforce import record_workforces
from regions.models import Region
from regions.services.user import ensure_system_user
from reports.services.published_figure import load_published
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, make_cast
from tests.conftest import make_figures
from tests.factories import (
    AllocationFactory,
    ConstructionProjectFactory,
    EmployerFactory,
    EnrolmentFactory,
    HeadcountFactory,
    MembershipCountFactory,
    ParticipantFactory,
    RealisationFactory,
    WageBaseFactory,
    WorkforceFactory,
    nik_of,
)
from tests.regions.signing import with_totp

BUDGET = 12
# Three lists of whoever enters and checks: what waits, how far each month is, the report of the quarter.
LANDING_BUDGET = 26
# One question for each kind of thing that is found.
SEARCH_BUDGET = 14
BOARDS = [
    ("dewi", "/wilayah/ID/?periode=2025-07"),
    ("dewi", "/"),
    ("lestari", "/wilayah/36/?periode=2025-07"),
    ("lestari", "/wilayah/36/antarwilayah/?periode=2025-07"),
    ("lestari", "/wilayah/36/semua/?periode=2025-07"),
    ("ratna", "/"),
    ("wayan", f"/wilayah/{KOTA_A}/?periode=2025-07"),
    ("anton", f"/wilayah/{KOTA_A}/?periode=2025-07"),
    ("wayan", "/"),
    ("anton", "/"),
    ("siti", f"/wilayah/{KOTA_A}/?periode=2025-07"),
    ("siti", "/"),
    ("wayan", "/peserta-aktif/"),
    ("wayan", f"/isian/{KOTA_A}/2025-07/"),
    ("admin", "/isian/wilayah/2025-07/"),
    ("wayan", f"/target/{KOTA_A}/"),
    ("wayan", f"/penyebut/{KOTA_A}/"),
    ("wayan", "/cari/?kata=kota+a"),
    ("dewi", "/cari/?kata=2025-07+kota"),
    ("wayan", f"/wilayah/{KOTA_A}/status/?periode=2025-07"),
]


def asked_in(queries):
    """Questions; the one note of who saw whom answers none."""
    return sum(not one["sql"].startswith('INSERT INTO "participants_personreading"') for one in queries)


def budget_of(person, address):
    if address.startswith("/cari/"):
        return SEARCH_BUDGET
    return LANDING_BUDGET if address == "/" and person in {"wayan", "siti", "anton"} else BUDGET


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    return asked_in(queries)


def counted(cast, client_of):
    """(Person, address) → how many questions the page asks; nothing of what it did remains."""
    found = {}
    for person, address in BOARDS:
        cache.delete_pattern("*")
        with transaction.atomic():
            found[person, address] = queries_of(client_of(getattr(cast, person)), address)
            transaction.set_rollback(True)
    return found


def many_rows(system):
    """Figures of sixty regencies and what was published of others."""
    codes = list(Region.objects.filter(level=2, valid_until=None).values_list("code", flat=True)[:60])
    codes = [code for code in codes if not code.startswith("36")] + [
        "36.01",
        "36.02",
        "36.03",
        "36.71",
    ]
    record_workforces([WorkforceFactory(region_id=code) for code in codes], by=system)
    record_membership_counts([MembershipCountFactory(region_id=code) for code in codes], by=system)
    more = [
        HeadcountFactory(category_id=category, people=5)
        for category in ("rt_rw", "kader", "nelayan", "petani", "marbot", "guru_ngaji")
    ]
    record_headcounts(more, by=system)
    load_published(by=system)
    recompute_stale()


@pytest.fixture(scope="module")
def questions(django_db_setup, django_db_blocker, client_of, walking):
    """What each board asks with few rows and with many, of which there is one world for all boards."""
    with django_db_blocker.unblock(), transaction.atomic(), walking():
        cast, system = make_cast(), ensure_system_user()
        make_figures(system)
        few = counted(cast, client_of)
        many_rows(system)
        many = counted(cast, client_of)
        transaction.set_rollback(True)
    return few, many


@pytest.mark.django_db
@pytest.mark.parametrize(("person", "address"), BOARDS)
def test_a_page_keeps_its_budget_with_one_row_and_with_twenty(questions, person, address):
    few, many = (count[person, address] for count in questions)
    assert many <= budget_of(person, address), many
    assert many <= few + 1


@pytest.mark.parametrize(("person", "address"), [row for row in BOARDS if row[0] in {"siti", "anton"}])
def test_the_second_factor_stays_within_the_budget(figures, cast, client_of, settings, person, address):
    settings.REQUIRE_SECOND_FACTOR = True
    with_totp(getattr(cast, person))
    assert queries_of(client_of(getattr(cast, person)), address) <= budget_of(person, address)


PERSON_PAGES = [
    "/peserta/ganda/?wilayah=36.72",
    "/peserta/tumpang-tindih/?wilayah=36.72&periode=2025-07",
    "/peserta/tumpang-tindih/orang/?wilayah=36.72&periode=2025-07&kategori=linmas&kategori=kader",
    "/pendanaan-ganda/?wilayah=36.72&periode=2025-07",
]


def doubled_persons(count, by):
    """Pairs that look alike; the first of each is in two categories, paid for by two and elsewhere too."""
    for _pair in range(count):
        serial = Participant.objects.count() + 1
        name = {"name": f"Nama Uji {serial}", "entered_by": by}
        one = ParticipantFactory(digits=nik_of(serial), **name)
        two = ParticipantFactory(digits=nik_of(serial + 1), **name)
        elsewhere = ParticipantFactory(digits=nik_of(serial), region_id="36.73", **name)
        EnrolmentFactory(participant=one, entered_by=by)
        EnrolmentFactory(participant=one, entered_by=by, category_id="kader", funding_id="apbn")
        EnrolmentFactory(participant=elsewhere, entered_by=by)
        DuplicateCandidate.objects.create(
            region_id=KOTA_A,
            first=one,
            second=two,
            similarity=1,
            reasons=["similar_name"],
            state=CandidateState.OPEN,
        )


@pytest.mark.parametrize("address", PERSON_PAGES)
def test_pages_about_persons_keep_their_budget(cast, client_of, address):
    client = client_of(cast.siti)
    doubled_persons(1, cast.siti)
    few = queries_of(client, address)
    doubled_persons(20, cast.siti)
    many = queries_of(client, address)
    assert many <= BUDGET, many
    assert many == few


MONEY_PAGES = [
    ("wayan", "/anggaran/?wilayah=36.72&periode=2025-07"),
    ("lestari", "/anggaran/?wilayah=36&periode=2025-07"),
    ("wayan", "/anggaran/catat/"),
    ("wayan", "/anggaran/realisasi/"),
    ("wayan", "/anggaran/realisasi/catat/"),
    ("wayan", "/tarif/dasar-upah/"),
    ("wayan", "/tarif/"),
    ("wayan", "/tarif/daftar/"),
    ("wayan", "/tarif/waktu/"),
    ("wayan", "/anggaran/berkas/"),
    ("wayan", "/anggaran/berkas/kirim/pagu/"),
    ("wayan", "/tunggakan/36.72/?periode=2025-07"),
    ("lestari", "/tunggakan/36/?periode=2025-07"),
    ("wayan", "/rekonsiliasi/"),
    ("wayan", "/klaim/"),
    ("wayan", "/pemberi-kerja/"),
    ("wayan", "/pemberi-kerja/catat/"),
    ("wayan", "/proyek-konstruksi/"),
    ("wayan", "/proyek-konstruksi/catat/"),
    ("wayan", "/proyek-konstruksi/jumlah/"),
]


def budgeted(categories, by):
    """A line with two stages, a bill, a wage and people for each category."""
    for category in categories:
        stages = [
            AllocationFactory(category_id=category, heads=None),
            AllocationFactory(category_id=category, heads=None, phase="perubahan"),
        ]
        line = record_allocations(stages, by=by).created[0]
        record_realisations([RealisationFactory(allocation=line, category_id=category)], by=by)
        record_wage_bases([WageBaseFactory(category_id=category)], by=by)
        record_employers([EmployerFactory(npp=f"AA{category}1", name=f"PT {category}")], by=by)
        project = {"package_code": "", "package_name": f"Paket {category}", "office": f"Dinas {category}"}
        record_projects([ConstructionProjectFactory(**project)], by=by)
        record_headcounts([HeadcountFactory(category_id=category)], by=by)


@pytest.mark.parametrize(("person", "address"), MONEY_PAGES)
def test_pages_about_money_keep_their_budget(cast, client_of, person, address):
    client = client_of(getattr(cast, person))
    budgeted(["linmas"], cast.admin)
    few = queries_of(client, address)
    budgeted(["rt_rw", "kader", "nelayan", "petani", "marbot", "guru_ngaji", "non_asn", "bpd"], cast.admin)
    many = queries_of(client, address)
    assert many <= BUDGET, many
    assert many == few
