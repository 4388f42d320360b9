"""Every address × everyone. An address without a row here fails the build.

What everyone gets is compared with the table in `test_doors.py`, whose walk asks for it.
"""

from datetime import date

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

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
from participants.enums import CandidateState, ExtraAbout
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
from participants.services.outreach_event import record_outreach_events
from participants.services.perisai_agent import record_agent_recruits
from participants.services.target import record_targets
from regions.cipher import seal
from regions.enums import InstitutionKind
from regions.hook_signature import new_secret
from regions.models import Hook, Region
from regions.roles import Role
from regions.services.api_token import make_api_token
from regions.services.assignment import Grant
from regions.services.duty import DutyGiven, file_evidence, record_duty
from regions.services.hook import send_test
from regions.services.institution import create_institution
from regions.services.invitation import offer_reset
from regions.services.meeting import record_commitments, record_minutes
from regions.services.program import make_program, make_program_token
from regions.services.regulation import record_regulations
from regions.services.user import ensure_system_user
from reports.models import Crest, MeasureValue, Pack, PackTemplate, Restatement, Run
from reports.pack.faces.pdf import house_template
from reports.services.exchange import create_system
from reports.services.figure_question import ask_question
from reports.services.recompute import recompute_stale
from reports.services.statement import keep_check
from tests.budgets.money_files import paid
from tests.budgets.money_files import store as store_money
from tests.budgets.money_files import workbook as money_workbook
from tests.budgets.reconciliations import reconcile
from tests.cast import KOTA_A, make_cast
from tests.conftest import make_figures
from tests.factories import (
    AgentRecruitsFactory,
    AllocationFactory,
    CategoryPopulationFactory,
    CategoryTargetFactory,
    CategoryTermFactory,
    ClaimFactory,
    CommitmentFactory,
    ConstructionProjectFactory,
    ContributionFactory,
    EmployerFactory,
    HeadcountFactory,
    MembershipCountFactory,
    MinutesFactory,
    OutreachEventFactory,
    ParticipantFactory,
    PledgePaymentFactory,
    ProjectCountFactory,
    RealisationFactory,
    RegulationFactory,
    TargetFactory,
    WageBaseFactory,
)
from tests.house.worlds import OF_NO_BATCH
from tests.participants.batches import people, store
from tests.participants.documents import PNG, pdf
from tests.participants.extra_fields import make_field
from tests.participants.made_files import person
from tests.reports.packs import JULY_MONTH, made
from tests.sent_facts import stored_agent, stored_pledge

pytestmark = pytest.mark.usefixtures("plain_rendering")
OK, MOVED, UNAUTHORIZED, FORBIDDEN, HIDDEN, NOT_ALLOWED, GONE = 200, 302, 401, 403, 404, 405, 410
PEOPLE = ("wayan", "siti", "budi", "ratna", "anton", "dewi", "lestari", "admin", "nobody")


def everyone(status):
    return dict.fromkeys(PEOPLE, status)


# Pages about Kota A: Budi is the stranger, nobody has no assignment at all.
SEES_A = {**everyone(OK), "budi": HIDDEN, "nobody": HIDDEN}
# Figures and registers of months that are not closed: leaders are told of closed ones, and July is none.
DRAFTS_A = {**SEES_A, "ratna": FORBIDDEN}
DRAFT_ROWS_A = {**SEES_A, "ratna": HIDDEN}
REGISTER = {**everyone(OK), "ratna": FORBIDDEN, "nobody": FORBIDDEN}
# Correcting facts of Kota A.
WRITES_A = {
    "wayan": OK,
    "siti": OK,
    "anton": OK,
    "admin": OK,
    "ratna": FORBIDDEN,
    "lestari": FORBIDDEN,
    "dewi": FORBIDDEN,
    "budi": HIDDEN,
    "nobody": HIDDEN,
}
# Persons of Kota A by name: planners and leaders see numbers only.
NAMES_A = {**WRITES_A, "lestari": OK}
NAMES = {**everyone(OK), "ratna": FORBIDDEN, "dewi": FORBIDDEN, "nobody": FORBIDDEN}
# Acts that a GET does not do.
POSTS = everyone(NOT_ALLOWED)
# Acts whose address, asked for, leads back to the page about Kota A.
LEADS_BACK = {**everyone(MOVED), "budi": HIDDEN, "nobody": HIDDEN}
# Recording somewhere of one's own.
WRITES = {**WRITES_A, "budi": OK, "nobody": FORBIDDEN}
JOBS = {
    **everyone(OK),
    "wayan": FORBIDDEN,
    "budi": FORBIDDEN,
    "ratna": FORBIDDEN,
    "nobody": FORBIDDEN,
}
LEDGER = {**everyone(FORBIDDEN), **dict.fromkeys(("siti", "anton", "lestari", "admin"), OK)}
# Persons by name: those above without names, and who has no assignment, are refused.
PERSONS = {**everyone(OK), "ratna": FORBIDDEN, "dewi": FORBIDDEN, "nobody": FORBIDDEN}
# One person of Kota A.
PERSON_OF_A = {**PERSONS, "budi": HIDDEN, "nobody": HIDDEN}

# Persons by name of Kota A; addresses that only take lead back to their page by GET.
READS_PERSONS_A = {**WRITES_A, "lestari": OK}
TAKES_PERSONS_A = {**WRITES_A, **dict.fromkeys(("wayan", "siti", "anton", "admin"), MOVED)}
# Figures of a month, in any region of one's own.
FIGURES = {**everyone(OK), **dict.fromkeys(("ratna", "dewi", "lestari", "nobody"), FORBIDDEN)}

# Asking for packs somewhere of one's own: everybody but operators.
MAKES_PACKS = {**everyone(OK), **dict.fromkeys(("wayan", "budi", "nobody"), FORBIDDEN)}
ADMINISTERS = {**everyone(FORBIDDEN), "admin": OK}

# Lists for programs: what everybody may ask for, and of which they see their own.
API_NAMES_A = {**NAMES_A, "nobody": FORBIDDEN}
API_LISTS = (
    *("api_regions", "api_categories", "api_funding_sources", "api_institutions", "api_measure_words"),
    *("api_values", "api_runs", "api_published_figures", "api_months", "api_packs"),
    *("api_offices", "api_office_coverages"),
)
API_REGISTERS = (
    *("headcount", "membership_count", "contribution", "claim", "realisation", "wage_base"),
    *("project_count", "pledge", "pledge_payment", "agent_recruits"),
)
# Whose rows name people.
API_NAMING = ("employer", "construction_project", "perisai_agent")
API_PLANS = ("target", "category_target", "category_population", "category_term", "workforce", "allocation")
API_PLANS += ("regulation", "minutes", "commitment", "outreach_event")

TABLE = {
    "home": everyone(OK),
    "region_index": {**everyone(MOVED), "nobody": HIDDEN},
    "region_board": SEES_A,
    "region_tab": SEES_A,
    "meeting": SEES_A,
    "region_comparison": DRAFTS_A,
    "region_comparison_csv": DRAFTS_A,
    "region_comparison_pdf": DRAFTS_A,
    "region_comparison_picture": DRAFTS_A,
    "region_status": SEES_A,
    "category_need": SEES_A,
    "used_plan": DRAFTS_A,
    "region_pledges": DRAFTS_A,
    "cover_endings": SEES_A,
    "cover_ending_people": READS_PERSONS_A,
    "cover_ending_letter": {**WRITES_A, "dewi": OK},
    "region_csv": SEES_A,
    "region_pdf": DRAFT_ROWS_A,
    "region_picture": DRAFTS_A,
    "region_share": SEES_A,
    "region_card": DRAFT_ROWS_A,
    "explanation": DRAFTS_A,
    "question_list": {**everyone(OK), "nobody": HIDDEN},
    "question_ask": POSTS,
    "question_detail": DRAFT_ROWS_A,
    "question_settle": POSTS,
    "evidence": {**LEDGER, "budi": HIDDEN, "nobody": HIDDEN},
    "what_moved": DRAFTS_A,
    "what_moved_csv": DRAFTS_A,
    "what_moved_pdf": DRAFTS_A,
    "what_moved_picture": DRAFTS_A,
    # --- for programs ---
    "api": everyone(OK),
    "api_schema": everyone(OK),
    "api_changes": DRAFTS_A,
    "api_measures": DRAFTS_A,
    **dict.fromkeys(API_LISTS, everyone(OK)),
    **{f"api_{name}": REGISTER for name in API_REGISTERS},
    **{f"api_{name}": everyone(OK) | {"nobody": FORBIDDEN} for name in API_PLANS},
    **{f"api_{name}_row": {**REGISTER, "budi": HIDDEN} for name in API_REGISTERS},
    **{f"api_{name}_row": {**everyone(OK), "budi": HIDDEN, "nobody": FORBIDDEN} for name in API_PLANS},
    **{f"api_{name}_removal": POSTS for name in (*API_REGISTERS, *API_PLANS, *API_NAMING)},
    **{f"api_{name}": PERSONS for name in API_NAMING},
    **{f"api_{name}_row": {**PERSONS, "budi": HIDDEN} for name in API_NAMING},
    "api_rates": everyone(OK) | {"nobody": FORBIDDEN},
    "api_explanation": DRAFTS_A,
    "api_exchange": everyone(OK),
    "api_data_values": SEES_A,
    "statement_list": REGISTER,
    "statement_detail": DRAFTS_A,
    "exchange_list": {**everyone(OK), "nobody": FORBIDDEN},
    "exchange_create": ADMINISTERS,
    "exchange_codes": SEES_A,
    "exchange_remove": POSTS,
    "api_alerts": {**everyone(OK), "nobody": HIDDEN},
    "api_tasks": {**everyone(OK), "nobody": HIDDEN},
    "api_acts": LEDGER,
    "api_persons": NAMES,
    "api_person_unmask": POSTS,
    "api_batches": NAMES,
    **dict.fromkeys(("api_person", "api_batch", "api_batch_rows"), API_NAMES_A),
    **dict.fromkeys(("api_batch_confirm", "api_batch_cancel", "api_batch_undo"), POSTS),
    "api_attachments": DRAFTS_A,
    "api_attachment_file": DRAFTS_A | {"nobody": FORBIDDEN},
    "api_attachment_removal": POSTS,
    "api_month_steps": POSTS,
    "api_extra_fields": everyone(OK),
    "api_hooks": everyone(OK),
    **{key: {**everyone(HIDDEN), "wayan": OK} for key in ("api_hook", "api_hook_deliveries")},
    "api_month_extra": DRAFTS_A,
    "api_nothing": everyone(HIDDEN),
    "api_pack_file": DRAFT_ROWS_A,
    "api_pack_jobs": POSTS,
    "api_pack_job": SEES_A,
    "api_token_list": everyone(OK),
    "api_token_revoke": POSTS,
    **dict.fromkeys(("program_make", "program_detail", "program_keeper"), ADMINISTERS),
    "program_token_revoke": POSTS,
    "hook_list": everyone(OK),
    "hook_detail": {**everyone(HIDDEN), "wayan": OK},
    **dict.fromkeys(("hook_test", "hook_secret", "hook_stop", "hook_replay"), POSTS),
    "definitions": everyone(OK),
    "region_definitions": DRAFTS_A,
    "definition_detail": everyone(OK),
    "definition_propose": {**everyone(HIDDEN), "dewi": FORBIDDEN, "admin": OK},
    "definition_decide": POSTS,
    "job_retry": POSTS,
    "components": everyone(OK),
    "month_matrix": {**everyone(OK), "nobody": HIDDEN},
    "month_page": SEES_A,
    "month_step": LEADS_BACK,
    "month_bulk_step": POSTS,
    "month_remind": POSTS,
    "reopening_ask": LEADS_BACK,
    "reopening_decide": POSTS,
    "restatement_list": {**everyone(OK), "nobody": HIDDEN},
    # --- packs ---
    "pack_list": {**everyone(OK), "nobody": HIDDEN},
    "pack_make": MAKES_PACKS,
    "pack_job": {**SEES_A, **dict.fromkeys((p for p in SEES_A if SEES_A[p] == OK), MOVED)},
    "pack_cancel": POSTS,
    "pack_zip": everyone(HIDDEN),
    "pack_text": {**SEES_A, "wayan": FORBIDDEN},
    "pack_detail": DRAFT_ROWS_A,
    "pack_download": DRAFT_ROWS_A,
    "pack_schedule_list": MAKES_PACKS,
    "pack_schedule_end": POSTS,
    "pack_template_list": ADMINISTERS,
    "pack_template_use": POSTS,
    "pack_template_preview": {**SEES_A, **dict.fromkeys(PEOPLE, FORBIDDEN), "admin": OK}
    | {"budi": HIDDEN, "nobody": HIDDEN},
    "pack_template_house": ADMINISTERS,
    "crest_list": ADMINISTERS,
    "crest_image": ADMINISTERS,
    "crest_remove": POSTS,
    "closing_record": POSTS,
    "institution_list": ADMINISTERS,
    "institution_create": ADMINISTERS,
    "institution_change": ADMINISTERS,
    "institution_categories": ADMINISTERS,
    "month_rule_list": ADMINISTERS,
    **dict.fromkeys(("extra_field_list", "extra_field_create"), ADMINISTERS),
    **dict.fromkeys(("extra_field_change", "extra_field_end"), ADMINISTERS),
    "month_rule_set": ADMINISTERS,
    "verify_index": everyone(OK),
    "verify": everyone(OK),
    # --- end of packs ---
    "restatement_detail": SEES_A,
    # --- documents: of a fact, as that fact is seen ---
    "attachment_list": DRAFTS_A | {"nobody": FORBIDDEN},
    "attachment_file": DRAFTS_A | {"nobody": FORBIDDEN},
    "attachment_remove": POSTS,
    # --- help: the same for everybody, and the first steps of one's own ---
    **dict.fromkeys(
        ("glossary", "glossary_term", "handbook_index", "handbook", "handbook_pdf"), everyone(OK)
    ),
    **dict.fromkeys(("first_day", "first_day_next"), everyone(OK)),
    "first_day_away": POSTS,
    # --- practice: one's own room; nobody has one here, and addresses in rooms lead nowhere ---
    "practice": everyone(OK),
    "practice_file": everyone(HIDDEN),
    **dict.fromkeys(("practice_begin", "practice_renew", "practice_end"), POSTS),
    **dict.fromkeys(("practice_over", "practice_over_below"), everyone(HIDDEN)),
    "inbox": {**everyone(OK), "nobody": HIDDEN},
    "search": {**everyone(OK), "nobody": HIDDEN},
    "search_suggest": POSTS,
    "jobs": JOBS,
    "ledger": LEDGER,
    "ledger_export": POSTS,
    "membership_count_list": REGISTER,
    "membership_count_record": WRITES,
    "membership_count_correct": WRITES_A,
    "headcount_list": REGISTER,
    "headcount_record": WRITES,
    "headcount_correct": WRITES_A,
    "workforce_list": everyone(OK),
    "workforce_record": {**WRITES, "dewi": OK},
    "workforce_correct": {**WRITES_A, "dewi": OK},
    "contribution_list": REGISTER,
    "contribution_record": WRITES,
    "contribution_correct": WRITES_A,
    "claim_list": REGISTER,
    "claim_record": WRITES,
    "claim_correct": WRITES_A,
    # --- money set aside, bills, rates ---
    # --- employers: names of people are among theirs ---
    "employer_list": PERSONS,
    "employer_record": WRITES,
    "employer_correct": {**WRITES_A, "ratna": HIDDEN, "dewi": HIDDEN},
    "construction_project_list": PERSONS,
    "construction_project_record": WRITES,
    "construction_project_correct": {**WRITES_A, "ratna": HIDDEN, "dewi": HIDDEN},
    "project_count_list": REGISTER,
    "project_count_record": WRITES,
    "project_count_correct": WRITES_A,
    "allocation_list": REGISTER,
    "plan_list": REGISTER,
    "plan_compare": REGISTER,
    "plan_create": {**WRITES, "dewi": OK},
    "plan_page": DRAFT_ROWS_A,
    "plan_annex": DRAFT_ROWS_A,
    **dict.fromkeys(("plan_line", "plan_month", "plan_ceiling"), DRAFT_ROWS_A),
    **dict.fromkeys(("plan_edit", "plan_accept", "plan_budget"), POSTS),
    "allocation_record": {**WRITES, "dewi": OK},
    "allocation_correct": {**WRITES_A, "dewi": OK},
    "pledge_list": REGISTER,
    "pledge_record": {**WRITES, "dewi": OK},
    "pledge_correct": {**WRITES_A, "dewi": OK},
    "pledge_payment_list": REGISTER,
    "pledge_payment_record": {**WRITES, "dewi": OK},
    "pledge_payment_correct": {**WRITES_A, "dewi": OK},
    "realisation_list": REGISTER,
    "realisation_record": {**WRITES, "dewi": OK},
    "realisation_correct": {**WRITES_A, "dewi": OK},
    "wage_base_list": REGISTER,
    "wage_base_record": {**WRITES, "dewi": OK},
    "wage_base_correct": {**WRITES_A, "dewi": OK},
    "tariff_calculator": {**everyone(OK), "nobody": FORBIDDEN},
    "tariff_table": {**everyone(OK), "nobody": FORBIDDEN},
    "tariff_timeline": {**everyone(OK), "nobody": FORBIDDEN},
    "money_batch_list": REGISTER,
    "money_batch_send": WRITES,
    "money_template": WRITES,
    "money_batch_detail": DRAFT_ROWS_A,
    "money_batch_confirm": POSTS,
    "money_batch_cancel": POSTS,
    "money_batch_undo": POSTS,
    "money_batch_comma": POSTS,
    "money_batch_titles": POSTS,
    "money_batch_marked": POSTS,
    "arrears_index": {**everyone(MOVED), "ratna": FORBIDDEN, "nobody": FORBIDDEN},
    "arrears": DRAFTS_A,
    "reconciliation_list": REGISTER,
    "reconciliation_make": WRITES,
    "reconciliation_detail": DRAFT_ROWS_A,
    "reconciliation_record": POSTS,
    "reconciliation_csv": {**READS_PERSONS_A, "ratna": HIDDEN},
    "reconciliation_agreement": POSTS,
    "reconciliation_sign": POSTS,
    # --- end of money ---
    "batch_list": NAMES,
    "batch_drop": POSTS,
    "batch_drop_forget": POSTS,
    "batch_send": WRITES,
    "batch_detail": NAMES_A,
    "batch_funnel": NAMES_A,
    "list_effect": NAMES_A,
    "batch_confirm": POSTS,
    "batch_cancel": POSTS,
    "batch_undo": POSTS,
    "batch_columns": POSTS,
    "batch_answer": POSTS,
    "batch_password": POSTS,
    "batch_unpack": POSTS,
    "batch_carry": POSTS,
    "batch_marked": POSTS,
    "batch_row": WRITES_A,
    "batch_mend": WRITES_A,
    "batch_mend_row": TAKES_PERSONS_A,
    "batch_row_skip": POSTS,
    "batch_row_unmask": POSTS,
    "list_template": WRITES_A,
    # --- persons by name: the grid and the month ---
    "person_grid": READS_PERSONS_A,
    "person_grid_row": TAKES_PERSONS_A,
    "person_grid_undo": TAKES_PERSONS_A,
    "person_month": READS_PERSONS_A,
    "person_month_index": {**everyone(MOVED), **dict.fromkeys(("ratna", "dewi", "nobody"), FORBIDDEN)}
    | {"lestari": OK, "admin": OK},
    "person_month_repeat": WRITES_A,
    "person_month_end": WRITES_A,
    "cell_comments": READS_PERSONS_A,
    "comment_settle": TAKES_PERSONS_A,
    # --- end of the grid and the month ---
    "target_list": everyone(OK),
    "target_record": {**WRITES, "dewi": OK},
    "target_correct": {**WRITES_A, "dewi": OK},
    "target_page": SEES_A,
    "category_target_list": everyone(OK),
    "category_target_record": {**WRITES, "dewi": OK},
    "category_target_correct": {**WRITES_A, "dewi": OK},
    "category_population_list": everyone(OK),
    "category_population_record": {**WRITES, "dewi": OK},
    "category_population_correct": {**WRITES_A, "dewi": OK},
    "category_term_list": everyone(OK),
    "category_term_record": {**WRITES, "dewi": OK},
    "category_term_correct": {**WRITES_A, "dewi": OK},
    # --- rules, duties, meetings ---
    "regulation_list": everyone(OK),
    "regulation_record": {**WRITES, "dewi": OK},
    "regulation_correct": {**WRITES_A, "dewi": OK},
    "regulation_detail": SEES_A,
    "regulation_stages": {**WRITES_A, "dewi": OK},
    **dict.fromkeys(("regulation_link", "regulation_unlink"), POSTS),
    "legal_basis_index": {**everyone(MOVED), "nobody": HIDDEN},
    "legal_basis": SEES_A,
    "duty_index": {**everyone(MOVED), "nobody": HIDDEN},
    "duty_record": {**WRITES, "dewi": OK},
    "duty_change": {**WRITES_A, "dewi": OK},
    "duty_board": {**SEES_A, **dict.fromkeys((p for p in SEES_A if SEES_A[p] == OK), MOVED)},
    **dict.fromkeys(("duty_place", "duty_addressees", "duty_evidence"), SEES_A),
    "duty_file": {**WRITES_A, "dewi": OK},
    "duty_letter": {**SEES_A, "wayan": FORBIDDEN, "lestari": FORBIDDEN},
    "duty_check": POSTS,
    **dict.fromkeys(("minutes_list", "commitment_list"), everyone(OK)),
    **{key: {**WRITES, "dewi": OK} for key in ("minutes_record", "commitment_record")},
    **{key: {**WRITES_A, "dewi": OK} for key in ("minutes_correct", "commitment_correct")},
    **dict.fromkeys(("minutes_detail", "minutes_file"), SEES_A),
    # --- outreach: names of agents are among theirs ---
    "outreach_event_list": everyone(OK),
    "outreach_event_record": {**WRITES, "dewi": OK},
    "outreach_event_correct": {**WRITES_A, "dewi": OK},
    "outreach_event_detail": SEES_A,
    "outreach_board": DRAFTS_A,
    "dossier_index": {**everyone(MOVED), "ratna": FORBIDDEN, "nobody": FORBIDDEN},
    "dossier": DRAFTS_A,
    "dossier_file": DRAFTS_A,
    "perisai_agent_list": PERSONS,
    "perisai_agent_record": WRITES,
    "perisai_agent_correct": {**WRITES_A, "ratna": HIDDEN, "dewi": HIDDEN},
    "agent_recruits_list": REGISTER,
    "agent_recruits_record": WRITES,
    "agent_recruits_correct": WRITES_A,
    # --- end of rules ---
    "denominators": DRAFTS_A,
    # Figures of a month; addresses that only take lead back to their page by GET.
    "month_entry_index": everyone(MOVED)
    | dict.fromkeys(("ratna", "dewi", "lestari", "nobody"), FORBIDDEN)
    | {"admin": OK},
    "month_entry_grid": WRITES_A,
    "month_entry_grid_row": TAKES_PERSONS_A,
    "month_entry_grid_undo": TAKES_PERSONS_A,
    "month_entry_repeat": WRITES_A,
    "month_entry_print": WRITES_A,
    "month_extra": WRITES_A,
    "month_extra_list": REGISTER,
    "month_entry_cell": WRITES_A,
    "money_month": WRITES_A,
    "money_month_row": TAKES_PERSONS_A,
    "money_month_undo": TAKES_PERSONS_A,
    "money_month_none": TAKES_PERSONS_A,
    "month_entry_regions": FIGURES,
    "month_entry_regions_row": {name: MOVED if code == OK else code for name, code in FIGURES.items()},
    "month_entry_regions_undo": {name: MOVED if code == OK else code for name, code in FIGURES.items()},
    "duplicate_list": PERSONS,
    "duplicate_decide": PERSON_OF_A,
    "overlap_matrix": PERSONS,
    "overlap_persons": PERSONS,
    "double_funding_list": PERSONS,
    "double_funding_export": PERSONS,
    "double_funding_person": NAMES_A,
    "double_funding_letter": TAKES_PERSONS_A,
    "person_list": NAMES,
    "person_find": POSTS,
    "person_add": WRITES,
    "person_export": NAMES,
    "person_end_for_age": POSTS,
    "person_funnel": PERSONS,
    "matching_send": WRITES,
    "person_detail": NAMES_A,
    "person_correct": WRITES_A,
    "person_event": WRITES_A,
    "person_proposal": POSTS,
    "person_comment": POSTS,
    "person_comment_settle": POSTS,
    "person_unmask": POSTS,
    "person_privacy": NAMES_A,
    "person_disclose": POSTS,
    "erasure_ask": POSTS,
    "erasure_decide": POSTS,
    # --- people ---
    "user_list": ADMINISTERS,
    "user_invite": ADMINISTERS,
    "user_detail": ADMINISTERS,
    "user_grant": ADMINISTERS,
    "user_switch": ADMINISTERS,
    "user_factor": ADMINISTERS,
    "user_office": ADMINISTERS,
    "assignment_end": ADMINISTERS,
    "user_reset": POSTS,
    "viewing_begin": POSTS,
    "viewing_end": POSTS,
    "link_send_again": POSTS,
    "link_revoke": POSTS,
    "link_page": everyone(GONE),
    "link_open": everyone(MOVED),
    "preparation": ADMINISTERS,
    # --- end of people ---
    "account_login": everyone(MOVED),
    "account_inactive": everyone(OK),
    "account_logout": everyone(OK),
    "account_change_password": everyone(OK),
    "account_shortcuts": everyone(OK),
    "account_reauthenticate": everyone(OK),
    "account_reset_password": everyone(OK),
    "account_reset_password_done": everyone(OK),
    "account_reset_password_from_key": everyone(OK),
    "account_reset_password_from_key_done": everyone(OK),
    "usersessions_list": everyone(OK),
    # Without a provider in the environment there is nothing.
    "openid_connect_login": everyone(HIDDEN),
    "openid_connect_callback": everyone(HIDDEN),
    "mfa_list_webauthn": everyone(OK),
    "mfa_add_webauthn": everyone(MOVED),
    "mfa_edit_webauthn": everyone(MOVED),
    "mfa_remove_webauthn": everyone(MOVED),
    "mfa_login_webauthn": everyone(MOVED),
    "mfa_reauthenticate_webauthn": everyone(MOVED),
    "mfa_index": everyone(OK),
    "mfa_activate_totp": everyone(MOVED),
    "mfa_deactivate_totp": everyone(HIDDEN),
    "mfa_view_recovery_codes": everyone(HIDDEN),
    "mfa_generate_recovery_codes": everyone(MOVED),
    "mfa_download_recovery_codes": everyone(HIDDEN),
    "mfa_reauthenticate": everyone(MOVED),
    "mfa_authenticate": everyone(MOVED),
    "healthz": everyone(OK),
    "healthz_live": everyone(OK),
    "healthz_ready": everyone(OK),
    # Switched off here; tests/reports/test_public.py switches it on.
    **dict.fromkeys(("public_index", "public_region", "public_csv"), everyone(HIDDEN)),
    "healthz_deep": JOBS,
    "metrics": JOBS,
    "set_language": everyone(MOVED),
}
# Signing out without being signed in leads home, and from there to signing in.
OPEN_TO_ANONYMOUS = {
    "account_logout": MOVED,
    "healthz": OK,
    "healthz_live": OK,
    "healthz_ready": OK,
    "healthz_deep": FORBIDDEN,
    "metrics": FORBIDDEN,
    "set_language": MOVED,
    "account_login": OK,
    "account_inactive": OK,
    "mfa_authenticate": MOVED,
    "mfa_login_webauthn": MOVED,
    "openid_connect_login": HIDDEN,
    "openid_connect_callback": HIDDEN,
    "account_reset_password": OK,
    "account_reset_password_done": OK,
    "account_reset_password_from_key": OK,
    "account_reset_password_from_key_done": OK,
    "verify_index": OK,
    "verify": OK,
    "link_page": GONE,
    **dict.fromkeys(("public_index", "public_region", "public_csv"), HIDDEN),
    "link_open": MOVED,
}
API = {name for name in TABLE if name.startswith("api") and not name.startswith("api_token")}


def named_patterns(resolver=None, namespace=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = pattern.namespace or namespace
            yield from named_patterns(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield namespace, pattern.name


OURS = sorted({name for namespace, name in named_patterns() if namespace != "admin"}, key=str)


def test_every_address_has_a_name_and_a_row():
    assert None not in OURS
    assert set(OURS) == set(TABLE)


# Asked for with these.
QUERIES = {"list_template": f"?wilayah={KOTA_A}&kategori=linmas&bulan=2025-07", "search": "?kata=Budi"}


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


def accounts_of(cast):
    """Arguments of the addresses of people: those of Wayan, and a link to a new password for him."""
    wayan = [cast.wayan.pk]
    link = [offer_reset(user_id=cast.wayan.pk, by=cast.admin).link.pk]
    pages = ("detail", "grant", "switch", "reset", "factor", "office")
    found = dict.fromkeys(("viewing_begin", *(f"user_{page}" for page in pages)), wayan)
    token = make_api_token(
        by=cast.wayan, assignment_id=cast.wayan.assignments.get().pk, name="Dasbor", days=30
    )
    found["api_token_revoke"] = [token.row.pk]
    found |= hooks_of(cast) | programs_of(cast)
    found |= {"link_send_again": link, "link_revoke": link, "link_open": ["never-made"]}
    found |= {"mfa_edit_webauthn": [1], "mfa_remove_webauthn": [1]}
    found["account_reset_password_from_key"] = ["never", "made"]
    found["assignment_end"] = [cast.wayan.pk, cast.wayan.assignments.get().pk]
    return found


def rules_of_an_office(cast, system):
    """Arguments of the addresses of a rule of Kota A, and of a duty with evidence."""
    (rule,) = record_regulations([RegulationFactory()], by=system).created
    pages = ("correct", "detail", "stages", "link")
    found = {f"regulation_{page}": [rule.pk] for page in pages}
    given = DutyGiven("Sosialisasi", ["wali_kota"], "Surat uji nomor 1")
    duty = record_duty(regulation=rule.pk, given=given, by=cast.wayan)
    filed = file_evidence(
        duty=duty.pk, region_code=KOTA_A, period=None, statement="Rapat 1 Juli", by=cast.wayan
    )
    found |= {"duty_change": [duty.pk], "duty_file": [duty.pk, KOTA_A]}
    found |= {"duty_evidence": [filed.pk], "duty_check": [filed.pk]}
    found |= {"duty_place": [KOTA_A], "duty_letter": [KOTA_A], "duty_addressees": [KOTA_A, duty.pk]}
    (held,) = record_minutes([MinutesFactory()], by=system).created
    (promised,) = record_commitments(
        [CommitmentFactory(minutes=held, problem="Nelayan Uji", promise="Uji")], by=system
    ).created
    found |= {f"minutes_{page}": [held.pk] for page in ("correct", "detail", "file")}
    found |= {"commitment_correct": [promised.pk], "duty_board": [KOTA_A]}
    found |= outreach_of(system)
    facts = ("regulation_correct", "minutes_correct", "commitment_correct", *OUTREACH)
    found |= rows_for_programs({name: found[name] for name in facts})
    return {**found, "regulation_unlink": [rule.pk, 1], "legal_basis": [KOTA_A]}


OUTREACH = ("outreach_event_correct", "perisai_agent_correct", "agent_recruits_correct")


def outreach_of(system):
    """Arguments of the addresses of an event, an agent and whom they registered."""
    (event,) = record_outreach_events([OutreachEventFactory(title="Nelayan Uji")], by=system).created
    agent = stored_agent(name="Agen Rahasia")
    (recruits,) = record_agent_recruits([AgentRecruitsFactory(agent=agent)], by=system).created
    return {
        "outreach_event_detail": [event.pk],
        **{key: [KOTA_A] for key in ("outreach_board", "dossier", "dossier_file")},
        **dict(zip(OUTREACH, ([event.pk], [agent.pk], [recruits.pk]), strict=True)),
    }


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


def programs_of(cast):
    """Arguments of the addresses of a program of Kota A, with a token."""
    grant = Grant(role=Role.OPERATOR, region=Region.objects.get(code=KOTA_A), reason="SK 1")
    account = make_program(
        name="Aplikasi Desa", purpose="uji", keeper_id=cast.wayan.pk, grant=grant, by=cast.admin
    )
    token = make_program_token(user_id=account.pk, name="uji", days=9, may_write=True, by=cast.admin)
    found = {f"program_{page}": [account.pk] for page in ("detail", "keeper")}
    return {**found, "program_token_revoke": [account.pk, token.row.pk]}


def hooks_of(cast):
    """Arguments of the addresses of notices to programs: one of Wayan's, with a delivery."""
    hook = Hook.objects.create(
        owner=cast.wayan,
        assignment=cast.wayan.assignments.get(),
        name="Dasbor",
        url="https://kait.contoh.go.id/",
        events=["month.closed"],
        secret_sealed=seal(new_secret()),
    )
    delivery = send_test(pk=hook.pk, by=cast.wayan)
    pages = ("detail", "test", "secret", "stop")
    found = {**{f"hook_{page}": [hook.pk] for page in pages}, "hook_replay": [hook.pk, delivery.pk]}
    return found | {"api_hook": [hook.pk], "api_hook_deliveries": [hook.pk]}


@pytest.fixture(scope="module")
def world(shared_rows):
    """The people, and every address with arguments that lead to something of Kota A."""
    cast = make_cast()
    system = ensure_system_user()
    make_figures(system)
    return cast, make_addresses(cast, system)


@pytest.fixture(scope="module")
def signed_in(world):
    """The cookies of everybody, signed in once for all addresses."""
    cookies = {}
    for user in world[0]:
        client = Client()
        client.force_login(user)
        cookies[user.pk] = client.cookies
    return cookies


@pytest.fixture
def client_of(signed_in, db):
    """A new client with somebody's cookies, or one without any."""

    def of(user):
        client = Client()
        if user is not None:
            client.cookies.load({name: cookie.value for name, cookie in signed_in[user.pk].items()})
        return client

    return of


@pytest.fixture
def cast(world, db):
    return world[0]


@pytest.fixture
def addresses(world, db):
    return world[1]


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


def rows_for_programs(arguments):
    """The same rows at the addresses of the API."""
    return {
        f"api_{name.removesuffix('_correct')}_{place}": one
        for name, one in arguments.items()
        for place in ("row", "removal")
    }


def persons_for_programs(batch, person):
    of_batch = ("api_batch", *(f"api_batch_{one}" for one in ("rows", "confirm", "cancel", "undo")))
    found = {name: [batch.pk] for name in of_batch}
    return found | {name: [person.pk] for name in ("api_person", "api_person_unmask")}


def check_of(siti):
    told = {"statement": "Klaim Rp790.000.000.", "region_code": KOTA_A, "source": "Uji"}
    return {"statement_detail": [keep_check(**told, day=date(2025, 7, 31), by=siti).pk]}


def of_another_system(cast):
    create_system(code="uji", label="Sistem Uji", region_code=KOTA_A, by=ensure_system_user())
    found = dict.fromkeys(("exchange_codes", "exchange_remove", "api_data_values"), ("uji",))
    return found | check_of(cast.siti)


def documents_of(siti):
    """Those of a count of Kota A, and of its month."""
    fact = MembershipCount.objects.filter(region_id=KOTA_A).first()
    told = {"title": "Surat Uji", "file_name": "surat.pdf", "content": pdf(), "by": siti}
    row = attach_document(kind="membership_count", subject=str(fact.pk), **told)
    names = ("attachment_file", "attachment_remove", "api_attachment_file", "api_attachment_removal")
    return {"attachment_list": ["membership_count", fact.pk], **{key: [row.pk] for key in names}}


def of_an_office():
    row = create_institution(
        region_code=KOTA_A, name="Dinas Uji", kind=InstitutionKind.OPD, by=ensure_system_user()
    )
    return {key: [row.pk] for key in ("institution_change", "institution_categories")}


def fields_of_an_office(admin):
    """One of persons, which the addresses of persons then show too, and one of months."""
    field = make_field(admin)
    make_field(admin, about=ExtraAbout.MONTH, name="Agen Perisai 7")
    return {key: [field.pk] for key in ("extra_field_change", "extra_field_end")}


def record_earlier_month(system):
    """Two months, of which figures and people by category differ: what is drawn of a change."""
    may = date(2025, 5, 1)
    cells = [HeadcountFactory(month=may, category_id=one, people=700) for one in ("linmas", "kader")]
    record_headcounts(cells, by=system)
    record_membership_counts([MembershipCountFactory(month=may, members=70_000)], by=system)
    recompute_stale()


def make_addresses(cast, system):
    record_contributions([ContributionFactory(amount=111)], by=system)
    record_claims([ClaimFactory(amount=222)], by=system)
    (line,) = record_allocations([AllocationFactory(amount=333_000, heads=None)], by=system).created
    record_realisations([RealisationFactory(allocation=line, billed_amount=222_000)], by=system)
    record_wage_bases([WageBaseFactory(rupiah=2_111_000)], by=system)
    record_registers(system)
    facts = {
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
    arguments = {name: [model.objects.get(region_id=KOTA_A).pk] for name, model in facts.items()}
    record_months(system)
    arguments |= (
        rows_for_programs(arguments) | targets_of(system) | plans_of(cast) | fields_of_an_office(cast.admin)
    )
    file = store_money(money_workbook([paid(1, 444_444), paid(2, "x")]), cast.wayan)
    compared = reconcile(
        question=FileQuestion(KOTA_A, date(2025, 7, 1)),
        members=Upload("aktif.csv", b"NIK;Nama;Iuran\n3672010704650001;Orang Uji;16.800"),
        by=cast.wayan,
    )
    for name in TABLE:
        if name.startswith(("money_batch_", "reconciliation_")):
            arguments[name] = [file.pk if name.startswith("money") else compared.pk]
    arguments |= {"money_batch_send": ["iuran"], "money_template": ["iuran"]}
    for name in ("money_batch_list", "reconciliation_list", "reconciliation_make"):
        del arguments[name]
    arguments |= {"arrears": [KOTA_A], "ledger_export": ["csv"]}
    arguments |= {
        "glossary_term": ["ucj"],
        "practice_over": [1],
        "practice_over_below": [1, "kiriman/"],
        **{key: ["perencana"] for key in ("handbook", "handbook_pdf")},
        "region_board": [KOTA_A],
        "region_tab": [KOTA_A, "uang"],
        "meeting": [KOTA_A],
        "region_comparison": [KOTA_A],
        "region_comparison_csv": [KOTA_A],
        "region_comparison_pdf": [KOTA_A],
        "region_comparison_picture": [KOTA_A],
        "region_status": [KOTA_A],
        "category_need": [KOTA_A],
        "used_plan": [KOTA_A],
        "region_pledges": [KOTA_A],
        "cover_endings": [KOTA_A],
        "cover_ending_people": [KOTA_A, "2025-09"],
        "cover_ending_letter": [KOTA_A, "2025-09"],
        "region_definitions": [KOTA_A],
        "definition_detail": ["ucj-semua-segmen"],
        "definition_decide": ["ucj-semua-segmen"],
        "job_retry": [KOTA_A],
        "region_csv": [KOTA_A, "angka"],
        "region_pdf": [KOTA_A, "uang"],
        "region_picture": [KOTA_A, "kategori"],
        **{key: [KOTA_A] for key in ("region_share", "region_card")},
        "explanation": [KOTA_A, "2025-07", "COV-01"],
        "evidence": [KOTA_A, "2025-07"],
        "public_region": [KOTA_A],
        "question_ask": [KOTA_A, "2025-07", "COV-01"],
        **questions_of(cast),
        "public_csv": [KOTA_A],
        "what_moved": [KOTA_A],
        "what_moved_csv": [KOTA_A],
        "what_moved_pdf": [KOTA_A],
        "what_moved_picture": [KOTA_A, "ditanggung"],
        "api_changes": [KOTA_A, "2025-06", "2025-07"],
        "api_measures": [KOTA_A, "2025-07"],
        "api_nothing": ["tidak-ada"],
        **dict.fromkeys(("api_month_steps", "api_month_extra", "month_extra"), (KOTA_A, "2025-07")),
        "api_explanation": [KOTA_A, "2025-07", "COV-01"],
    }
    batch = store([*people(1), person(2, nik="12")], cast.wayan)
    row = batch.rows.get(state="refused")
    for name in TABLE:
        if name.startswith("batch_") and name not in OF_NO_BATCH:
            arguments[name] = [batch.pk, row.pk] if name.startswith("batch_row") else [batch.pk]
    listed = Participant.objects.get(region_id=KOTA_A)
    arguments |= persons_for_programs(batch, listed)
    for name in ("detail", "correct", "event", "proposal", "comment", "unmask", "privacy", "disclose"):
        arguments[f"person_{name}"] = [listed.pk]
    of_listed = ("erasure_ask", "erasure_decide", "double_funding_person", "double_funding_letter")
    arguments |= {name: [listed.pk] for name in of_listed} | {
        "person_comment_settle": [listed.pk, 1],
        "batch_funnel": [batch.pk],
        "list_effect": [batch.pk],
    }
    grid = [KOTA_A, "linmas", "apbd_kabkota", "2025-07"]
    arguments |= dict.fromkeys(("person_grid", "person_grid_row", "person_grid_undo"), grid)
    cell = [KOTA_A, "2025-07", "linmas", "apbd_kabkota"]
    arguments |= dict.fromkeys(("person_month_repeat", "person_month_end", "cell_comments"), cell)
    arguments |= {
        "target_page": [KOTA_A],
        "denominators": [KOTA_A],
        **of_an_office(),
        **of_another_system(cast),
    }
    month = [KOTA_A, "2025-07"]
    grid_pages = ("grid", "grid_row", "grid_undo", "repeat", "print")
    money_pages = ("money_month", "money_month_row", "money_month_undo", "money_month_none")
    arguments |= dict.fromkeys((*(f"month_entry_{page}" for page in grid_pages), *money_pages), month)
    regions = ("month_entry_regions", "month_entry_regions_row", "month_entry_regions_undo")
    arguments |= {name: ["2025-07"] for name in regions} | {"month_entry_cell": [*month, "members:pu"]}
    remark = Comment.objects.create(
        region_id=KOTA_A,
        month=date(2025, 7, 1),
        category_id="linmas",
        funding_id="apbd_kabkota",
        text="uji",
        entered_by=system,
    )
    arguments |= {"person_month": cell[:2], "comment_settle": [remark.pk]}
    arguments |= dict.fromkeys(("month_page", "month_step", "reopening_ask"), cell[:2])
    run = Run.objects.get(region_id=KOTA_A, period=date(2025, 7, 1), is_current=True)
    restated = Restatement.objects.create(
        region_id=KOTA_A, period=run.period, before=run, after=run, reason="uji", at=run.computed_at
    )
    arguments |= {"restatement_detail": [restated.pk], "reopening_decide": [1]}
    arguments |= packs_of(cast, system, run) | {"pack_template_house": ["docx"], "closing_record": month}
    pair = [ParticipantFactory(entered_by=system) for _number in range(2)]
    candidate = DuplicateCandidate.objects.create(
        region_id=KOTA_A, first=pair[0], second=pair[1], similarity=1, state=CandidateState.OPEN
    )
    arguments["duplicate_decide"] = [candidate.pk]
    arguments |= accounts_of(cast) | documents_of(cast.siti) | rules_of_an_office(cast, system)
    questions = {
        "api_data_values": "?period=202507",
        "api_attachments": f"?kind=month&subject={KOTA_A}_2025-07",
        "overlap_persons": "?kategori=linmas&kategori=kader",
        "region_picture": "?periode=2025-07",
        "region_comparison_picture": "?periode=2025-07",
        "what_moved_csv": "?dari=2025-05&sampai=2025-07",
        "what_moved_picture": "?dari=2025-05&sampai=2025-07",
    }
    return {
        name: reverse(name, args=arguments.get(name)) + (questions | QUERIES).get(name, "") for name in TABLE
    }


@pytest.mark.parametrize("name", sorted(TABLE))
def test_the_anonymous_are_sent_to_sign_in(name, addresses, client_of):
    response = client_of(None).get(addresses[name])
    if name in OPEN_TO_ANONYMOUS:
        assert response.status_code == OPEN_TO_ANONYMOUS[name]
    elif name in API:
        assert response.status_code == UNAUTHORIZED
    else:
        assert (response.status_code, response.url.partition("?")[0]) == (
            MOVED,
            reverse("account_login"),
        )


def pack_code():
    return Pack.objects.get().printed_code


@pytest.mark.parametrize(
    "name",
    [name for name, row in TABLE.items() if row["budi"] == OK and name.endswith(("_list", "home"))],
)
def test_lists_never_show_the_stranger_what_is_not_his(name, addresses, cast, client_of):
    shown = client_of(cast.budi).get(addresses[name]).content.decode()
    for secret in (
        "Cilegon",
        "76.062",
        "Rp111",
        "Rp222",
        "333.000",
        "2.111.000",
        "Toko Rahasia",
        "Rumah Rahasia",
        "CV Rahasia",
        "6.111.000",
        "7.111",
        "5.111.000",
        "444.444",
        "rekap.xlsx",
        "daftar.xlsx",
        "Budi b",
        pack_code(),
    ):
        assert secret not in shown
    also = client_of(cast.wayan).get(addresses[name]).content.decode()
    assert "Cilegon" in also


@pytest.mark.parametrize("query", ["wilayah=36.72", "wilayah=36.72&periode=2025-07", "wilayah=36"])
@pytest.mark.parametrize("name", [name for name in TABLE if name.endswith("_list")])
def test_a_filter_does_not_open_another_region(name, query, addresses, cast, client_of):
    shown = client_of(cast.budi).get(f"{addresses[name]}?{query}").content.decode()
    assert "Kota Cilegon" not in shown


def test_the_stranger_cannot_write_to_another_region(cast, client_of, addresses):
    client = client_of(cast.budi)
    row = MembershipCount.objects.get(region_id=KOTA_A, month=date(2025, 7, 1))
    form = {"members": "1", "source": "x", "as_of": "2025-07-31", "reason": "x", "revision": "1"}
    assert client.post(addresses["membership_count_correct"], form).status_code == HIDDEN
    created = client.post(
        addresses["membership_count_record"],
        {**form, "region": KOTA_A, "month": "2025-06", "segment": "all", "programmes": ["jkk"]},
    )
    assert created.status_code == 422
    assert "di luar wewenang Anda" in created.content.decode()
    row.refresh_from_db()
    assert row.members == 76_062
    assert not MembershipCount.objects.filter(month=date(2025, 6, 1)).exists()


UNSEEN = "Alasan\x00 yang\u200b \x02cukup"
SENT = ("alasan", "reason", "text", "note", "source", "title", "revision", "kata", "sebab", "wilayah")


@pytest.mark.ignore_template_errors
def test_no_form_falls_over_characters_that_nobody_sees(addresses, cast, client_of):
    clients = {one: client_of(getattr(cast, one)) for one in ("wayan", "siti", "anton", "admin")}
    fallen = []
    for name in sorted(set(TABLE) - set(API)):
        for one, client in clients.items():
            client.raise_request_exception = False
            with transaction.atomic():
                response = client.post(addresses[name], dict.fromkeys(SENT, UNSEEN))
                transaction.set_rollback(True)
            if response.status_code >= 500:
                fallen.append((name, one))
    assert fallen == []


@pytest.mark.parametrize("person", [p for p in PEOPLE if p != "admin"])
def test_reference_tables_are_for_administrators(person, cast, client_of):
    client = client_of(getattr(cast, person))
    assert client.get(reverse("admin:index")).status_code in {MOVED, FORBIDDEN, HIDDEN}


@pytest.mark.ignore_template_errors
def test_the_administrator_reaches_every_reference_table(cast, client_of):
    client = client_of(cast.admin)
    assert client.get(reverse("admin:index")).status_code == OK
    tables = {
        "regions": ("region", "office"),
        "participants": ("category", "overlapallowance"),
        "budgets": ("contributionrate", "contributionrelief", "benefit", "membershiprule"),
    }
    for app, models in tables.items():
        for model in models:
            assert client.get(reverse(f"admin:{app}_{model}_changelist")).status_code == OK
