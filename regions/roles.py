"""Roles and what each may do. Roles live in code; who holds one, and where, lives in rows."""

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Permission(StrEnum):
    VIEW_COVERAGE = "view_coverage"
    ENTER_MEMBERSHIP = "enter_membership"
    ENTER_HEADCOUNT = "enter_headcount"
    ENTER_WORKFORCE = "enter_workforce"
    ENTER_CONTRIBUTION = "enter_contribution"
    ENTER_CLAIM = "enter_claim"
    # Budget lines, bills on their way, and the wages on which contributions are paid.
    ENTER_BUDGET = "enter_budget"
    # Persons by name, their NIK masked; whole lists of a file are entered with ENTER_PERSONS.
    VIEW_PERSONS = "view_persons"
    ENTER_PERSONS = "enter_persons"
    # Remarks on persons and figures: reading is not writing.
    COMMENT = "comment"
    # Merging two persons, and undoing what a colleague brought in.
    DECIDE_PERSONS = "decide_persons"
    UNMASK = "unmask"
    # The life of a reporting month: said complete, submitted; then verified, returned or closed.
    COMPLETE_MONTH = "complete_month"
    SUBMIT_MONTH = "submit_month"
    VERIFY_MONTH = "verify_month"
    REMIND = "remind"
    # Asking for monitoring packs, and writing the words in them.
    MAKE_PACK = "make_pack"
    VIEW_JOBS = "view_jobs"
    VIEW_LEDGER = "view_ledger"
    MANAGE_REFERENCE = "manage_reference"


class Role(models.TextChoices):
    OPERATOR = "operator", _("Operator")
    SUPERVISOR = "supervisor", _("Penyelia")
    PLANNER = "planner", _("Perencana")
    BRANCH_HEAD = "branch_head", _("Kepala Cabang")
    AUDITOR = "auditor", _("Pemeriksa")
    VIEWER = "viewer", _("Pimpinan")
    ADMINISTRATOR = "administrator", _("Administrator")


_ENTRY = {
    Permission.ENTER_MEMBERSHIP,
    Permission.ENTER_HEADCOUNT,
    Permission.ENTER_WORKFORCE,
    Permission.ENTER_CONTRIBUTION,
    Permission.ENTER_CLAIM,
    Permission.ENTER_BUDGET,
    Permission.VIEW_PERSONS,
    Permission.ENTER_PERSONS,
    Permission.COMMENT,
}
_DECISION = {Permission.DECIDE_PERSONS, Permission.UNMASK}
_MAKING = {Permission.COMPLETE_MONTH, Permission.SUBMIT_MONTH, Permission.REMIND}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OPERATOR: frozenset({Permission.VIEW_COVERAGE, Permission.COMPLETE_MONTH, *_ENTRY}),
    Role.SUPERVISOR: frozenset(
        {
            Permission.VIEW_COVERAGE,
            Permission.MAKE_PACK,
            Permission.VIEW_JOBS,
            Permission.VIEW_LEDGER,
            *_ENTRY,
            *_DECISION,
            *_MAKING,
        }
    ),
    Role.PLANNER: frozenset(
        {
            Permission.VIEW_COVERAGE,
            Permission.MAKE_PACK,
            Permission.VIEW_JOBS,
            Permission.ENTER_WORKFORCE,
            Permission.ENTER_BUDGET,
            Permission.REMIND,
        }
    ),
    Role.BRANCH_HEAD: frozenset(
        {
            Permission.VIEW_COVERAGE,
            Permission.MAKE_PACK,
            Permission.VIEW_JOBS,
            Permission.VERIFY_MONTH,
            Permission.REMIND,
            *_ENTRY,
            *_DECISION,
        }
    ),
    Role.AUDITOR: frozenset(
        {
            Permission.VIEW_COVERAGE,
            Permission.MAKE_PACK,
            Permission.VIEW_JOBS,
            Permission.VIEW_LEDGER,
            Permission.VIEW_PERSONS,
            Permission.UNMASK,
        }
    ),
    Role.VIEWER: frozenset({Permission.VIEW_COVERAGE, Permission.MAKE_PACK, Permission.REMIND}),
    Role.ADMINISTRATOR: frozenset(Permission),
}
