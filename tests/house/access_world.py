"""Something of Kota A behind every address of the table, and the address that leads to it."""

from datetime import date

from django.urls import reverse

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
from budgets.planning.asked import PlanAsked
from budgets.selectors.planning.need import Covered
from budgets.services.allocation import record_allocations
from budgets.services.claim import record_claims
from budgets.services.construction_project import record_projects
from budgets.services.contribution import record_contributions
from budgets.services.employer import record_employers
from budgets.services.pledge import record_pledge_payments
from budgets.services.project_count import record_project_counts
from budgets.services.realisation import record_realisations
from budgets.services.reconciliation import FileQuestion, Upload
from budgets.services.scenario import ask_scenario, work_on_scenarios
from budgets.services.wage_base import record_wage_bases
from participants.enums import CandidateState
from participants.models import (
    Comment,
    DuplicateCandidate,
    Headcount,
    MembershipCount,
    Participant,
    Workforce,
)
from participants.services.attachment import attach_document
from participants.services.category_population import record_category_populations
from participants.services.category_target import record_category_targets
from participants.services.category_term import record_category_terms
from participants.services.headcount import record_headcounts
from participants.services.membership_count import record_membership_counts
from participants.services.target import record_targets
from reports.models import Crest, MeasureValue, PackTemplate, Restatement, Run
from reports.pack.faces.pdf import house_template
from reports.services.figure_question import ask_question
from reports.services.recompute import recompute_stale
from tests.budgets.money_files import paid
from tests.budgets.money_files import store as store_money
from tests.budgets.money_files import workbook as money_workbook
from tests.budgets.reconciliations import reconcile
from tests.cast import KOTA_A
from tests.factories import (
    AllocationFactory,
    CategoryPopulationFactory,
    CategoryTargetFactory,
    CategoryTermFactory,
    ClaimFactory,
    ConstructionProjectFactory,
    ContributionFactory,
    EmployerFactory,
    HeadcountFactory,
    MembershipCountFactory,
    ParticipantFactory,
    PledgePaymentFactory,
    ProjectCountFactory,
    RealisationFactory,
    TargetFactory,
    WageBaseFactory,
)
from tests.house.access_table import TABLE
from tests.house.accounts_of_addresses import (
    accounts_of,
    fields_of_an_office,
    of_an_office,
    of_another_system,
)
from tests.house.plain_addresses import ASKED, OF_PLACES, OF_WORDS
from tests.house.rules_of_addresses import rows_for_programs, rules_of_an_office
from tests.house.worlds import OF_NO_BATCH
from tests.participants.batches import people, store
from tests.participants.documents import PNG, pdf
from tests.participants.made_files import person
from tests.reports.packs import JULY_MONTH, made
from tests.sent_facts import stored_pledge


def packs_of(cast, system, run):
    """Arguments of the addresses of packs: one made for Kota A, and one layout of its own."""
    pack = made(cast.siti)
    job = [pack.jobs.get().pk]
    found = dict.fromkeys(("pack_job", "pack_cancel", "pack_zip"), job)
    found |= {"pack_detail": [pack.code], "verify": [pack.code], "pack_download": [pack.code, "xlsx"]}
    found |= {"api_pack_file": [pack.code, "xlsx"], "api_pack_job": job}
    found |= {"pack_text": [KOTA_A, JULY_MONTH.key], "pack_schedule_end": [KOTA_A]}
    layout = PackTemplate.objects.create(
        region_id=KOTA_A,
        face="pdf",
        content=house_template("pack"),
        file_name="a.typ",
        by=system,
        at=run.computed_at,
    )
    asked_layout = [layout.pk]
    found |= dict.fromkeys(("pack_template_use", "pack_template_preview"), asked_layout)
    Crest.objects.create(
        region_id=KOTA_A, content=PNG, file_name="lambang.png", by=system, at=run.computed_at
    )
    found |= {"crest_image": [KOTA_A], "crest_remove": [KOTA_A]}
    return found


def plans_of(cast):
    """Arguments of the addresses of a plan of Kota A that was solved."""
    asked = PlanAsked(KOTA_A, 2026, {"apbd_kabkota": 1_000_000})
    made = ask_scenario(asked=asked, name="Uji", bases={}, covered=Covered({}, {}), by=cast.wayan)
    work_on_scenarios()
    found = {f"plan_{page}": [made.pk] for page in ("page", "edit", "accept", "budget")}
    found |= {"plan_month": [made.pk, 3], "plan_ceiling": [made.pk, "apbd_kabkota"]}
    return found | {"plan_annex": [made.pk, "xlsx"], "plan_line": [made.pk, 0]}


def questions_of(cast):
    value = MeasureValue.objects.filter(run__region=KOTA_A, measure="COV-01", run__is_current=True).first()
    question = ask_question(value=value, text="Mengapa turun?", by=cast.wayan)
    return {f"question_{page}": [question.pk] for page in ("detail", "settle")}


def record_registers(system):
    """Employers and projects, whose rows name people; a pledge and its payment."""
    record_employers([EmployerFactory(name="Toko Rahasia", wages=5_111_000)], by=system)
    secret = {"package_name": "Rumah Rahasia", "contractor": "CV Rahasia", "contract_value": 6_111_000}
    record_projects([ConstructionProjectFactory(**secret)], by=system)
    record_project_counts([ProjectCountFactory(packages=7_111)], by=system)
    record_pledge_payments([PledgePaymentFactory(pledge=stored_pledge(), amount=555_000)], by=system)


def record_second_category(system):
    """One alone is not drawn."""
    record_headcounts([HeadcountFactory(category_id="kader")], by=system)
    recompute_stale()


def record_months(system):
    record_second_category(system)
    record_earlier_month(system)


def targets_of(system):
    own = record_targets([TargetFactory()], by=system).rows[0]
    of_category = record_category_targets([CategoryTargetFactory()], by=system).rows[0]
    found = {"target_correct": [own.pk], "category_target_correct": [of_category.pk]}
    population = record_category_populations([CategoryPopulationFactory()], by=system).rows[0]
    found["category_population_correct"] = [population.pk]
    term = record_category_terms([CategoryTermFactory()], by=system).rows[0]
    found["category_term_correct"] = [term.pk]
    return found | rows_for_programs(found)


def persons_for_programs(batch, person):
    of_batch = ("api_batch", *(f"api_batch_{one}" for one in ("rows", "confirm", "cancel", "undo")))
    found = {name: [batch.pk] for name in of_batch}
    return found | {name: [person.pk] for name in ("api_person", "api_person_unmask")}


def documents_of(siti):
    """Those of a count of Kota A, and of its month."""
    fact = MembershipCount.objects.filter(region_id=KOTA_A).first()
    told = {"title": "Surat Uji", "file_name": "surat.pdf", "content": pdf(), "by": siti}
    row = attach_document(kind="membership_count", subject=str(fact.pk), **told)
    names = ("attachment_file", "attachment_remove", "api_attachment_file", "api_attachment_removal")
    return {"attachment_list": ["membership_count", fact.pk], **{key: [row.pk] for key in names}}


def record_earlier_month(system):
    """Two months, of which figures and people by category differ: what is drawn of a change."""
    may = date(2025, 5, 1)
    cells = [HeadcountFactory(month=may, category_id=one, people=700) for one in ("linmas", "kader")]
    record_headcounts(cells, by=system)
    record_membership_counts([MembershipCountFactory(month=may, members=70_000)], by=system)
    recompute_stale()


CORRECTED = {
    "membership_count_correct": MembershipCount,
    "headcount_correct": Headcount,
    "workforce_correct": Workforce,
    "contribution_correct": Contribution,
    "claim_correct": Claim,
    "allocation_correct": Allocation,
    "realisation_correct": Realisation,
    "wage_base_correct": WageBase,
    "employer_correct": Employer,
    "construction_project_correct": ConstructionProject,
    "project_count_correct": ProjectCount,
    "pledge_correct": Pledge,
    "pledge_payment_correct": PledgePayment,
}


def facts_of(system):
    record_contributions([ContributionFactory(amount=111)], by=system)
    record_claims([ClaimFactory(amount=222)], by=system)
    (line,) = record_allocations([AllocationFactory(amount=333_000, heads=None)], by=system).created
    record_realisations([RealisationFactory(allocation=line, billed_amount=222_000)], by=system)
    record_wage_bases([WageBaseFactory(rupiah=2_111_000)], by=system)
    record_registers(system)
    found = {name: [model.objects.get(region_id=KOTA_A).pk] for name, model in CORRECTED.items()}
    record_months(system)
    return found


def money_of(cast):
    """A file of money with a row that is refused, and a reconciliation."""
    file = store_money(money_workbook([paid(1, 444_444), paid(2, "x")]), cast.wayan)
    compared = reconcile(
        question=FileQuestion(KOTA_A, date(2025, 7, 1)),
        members=Upload("aktif.csv", b"NIK;Nama;Iuran\n3672010704650001;Orang Uji;16.800"),
        by=cast.wayan,
    )
    found = {name: [file.pk] for name in TABLE if name.startswith("money_batch_")}
    found |= {name: [compared.pk] for name in TABLE if name.startswith("reconciliation_")}
    for name in ("money_batch_list", "reconciliation_list", "reconciliation_make"):
        del found[name]
    return found | {"money_batch_send": ["iuran"], "money_template": ["iuran"]}


def persons_of(cast):
    """A list with a row that is refused, and the person of its other row."""
    batch = store([*people(1), person(2, nik="12")], cast.wayan)
    row = batch.rows.get(state="refused")
    found = {
        name: [batch.pk, row.pk] if name.startswith("batch_row") else [batch.pk]
        for name in TABLE
        if name.startswith("batch_") and name not in OF_NO_BATCH
    }
    listed = Participant.objects.get(region_id=KOTA_A)
    found |= persons_for_programs(batch, listed)
    pages = ("detail", "correct", "event", "proposal", "comment", "unmask", "privacy", "disclose")
    found |= {f"person_{page}": [listed.pk] for page in pages}
    of_listed = ("erasure_ask", "erasure_decide", "double_funding_person", "double_funding_letter")
    found |= dict.fromkeys(of_listed, (listed.pk,))
    return found | {"person_comment_settle": [listed.pk, 1], "list_effect": [batch.pk]}


def questions_between_people(system):
    """A remark, a restatement and two persons who may be one."""
    remark = Comment.objects.create(
        region_id=KOTA_A,
        month=date(2025, 7, 1),
        category_id="linmas",
        funding_id="apbd_kabkota",
        text="uji",
        entered_by=system,
    )
    run = july_run()
    restated = Restatement.objects.create(
        region_id=KOTA_A, period=run.period, before=run, after=run, reason="uji", at=run.computed_at
    )
    pair = [ParticipantFactory(entered_by=system) for _number in range(2)]
    candidate = DuplicateCandidate.objects.create(
        region_id=KOTA_A, first=pair[0], second=pair[1], similarity=1, state=CandidateState.OPEN
    )
    return {
        "comment_settle": [remark.pk],
        "restatement_detail": [restated.pk],
        "reopening_decide": [1],
        "duplicate_decide": [candidate.pk],
    }


def july_run():
    return Run.objects.get(region_id=KOTA_A, period=date(2025, 7, 1), is_current=True)


def make_addresses(cast, system):
    """Name → address, of every row of the table; each leads to something of Kota A."""
    arguments = facts_of(system)
    arguments |= rows_for_programs(arguments) | targets_of(system) | plans_of(cast)
    arguments |= fields_of_an_office(cast.admin) | money_of(cast)
    arguments |= OF_PLACES | OF_WORDS | questions_of(cast)
    arguments |= persons_of(cast)
    arguments |= of_an_office() | of_another_system(cast) | questions_between_people(system)
    arguments |= packs_of(cast, system, july_run()) | {"pack_template_house": ["docx"]}
    arguments |= accounts_of(cast) | documents_of(cast.siti) | rules_of_an_office(cast, system)
    return {name: reverse(name, args=arguments.get(name)) + ASKED.get(name, "") for name in TABLE}
