"""Roles and what each may do. Roles live in code; who holds one, and where, lives in rows."""

from enum import StrEnum
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Words


class Permission(StrEnum):
    VIEW_COVERAGE = "view_coverage"
    # Figures of months that are not closed, and the registers from which they are made.
    VIEW_DRAFTS = "view_drafts"
    ENTER_MEMBERSHIP = "enter_membership"
    ENTER_HEADCOUNT = "enter_headcount"
    ENTER_WORKFORCE = "enter_workforce"
    ENTER_CONTRIBUTION = "enter_contribution"
    ENTER_CLAIM = "enter_claim"
    # Budget lines, bills on their way, and the wages on which contributions are paid.
    ENTER_BUDGET = "enter_budget"
    # Rules and their drafts, duties with their evidence, meetings and what was promised there, outreach.
    ENTER_REGULATION = "enter_regulation"
    # Saying whether somebody else's evidence shows that a duty is done.
    CHECK_EVIDENCE = "check_evidence"
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
    # Accounts and roles, of people who serve nowhere but where it is held.
    MANAGE_USERS = "manage_users"


class Role(models.TextChoices):
    OPERATOR = "operator", _("Operator")
    SUPERVISOR = "supervisor", _("Verifikator")
    PLANNER = "planner", _("Perencana")
    BRANCH_HEAD = "branch_head", _("Kepala Cabang")
    AUDITOR = "auditor", _("Auditor")
    VIEWER = "viewer", _("Pimpinan")
    ADMINISTRATOR = "administrator", _("Administrator")


# Leaders alone read closed months only: a draft in a meeting becomes a figure that is quoted.
_READING = {Permission.VIEW_COVERAGE, Permission.VIEW_DRAFTS}
_ENTRY = {
    Permission.ENTER_MEMBERSHIP,
    Permission.ENTER_HEADCOUNT,
    Permission.ENTER_WORKFORCE,
    Permission.ENTER_CONTRIBUTION,
    Permission.ENTER_CLAIM,
    Permission.ENTER_BUDGET,
    Permission.ENTER_REGULATION,
    Permission.VIEW_PERSONS,
    Permission.ENTER_PERSONS,
    Permission.COMMENT,
}
_DECISION = {Permission.DECIDE_PERSONS, Permission.UNMASK, Permission.CHECK_EVIDENCE}
_MAKING = {Permission.COMPLETE_MONTH, Permission.SUBMIT_MONTH, Permission.REMIND}

ROLE_PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.OPERATOR: frozenset({Permission.COMPLETE_MONTH, *_READING, *_ENTRY}),
    Role.SUPERVISOR: frozenset(
        {
            Permission.MAKE_PACK,
            Permission.VIEW_JOBS,
            Permission.VIEW_LEDGER,
            *_READING,
            *_ENTRY,
            *_DECISION,
            *_MAKING,
        }
    ),
    Role.PLANNER: frozenset(
        {
            Permission.MAKE_PACK,
            Permission.VIEW_JOBS,
            Permission.ENTER_WORKFORCE,
            Permission.ENTER_BUDGET,
            Permission.ENTER_REGULATION,
            Permission.REMIND,
            *_READING,
        }
    ),
    Role.BRANCH_HEAD: frozenset(
        {
            Permission.MAKE_PACK,
            Permission.VIEW_JOBS,
            Permission.VIEW_LEDGER,
            Permission.VERIFY_MONTH,
            Permission.REMIND,
            *_READING,
            *_ENTRY,
            *_DECISION,
        }
    ),
    Role.AUDITOR: frozenset(
        {
            Permission.MAKE_PACK,
            Permission.VIEW_JOBS,
            Permission.VIEW_LEDGER,
            Permission.VIEW_PERSONS,
            Permission.UNMASK,
            *_READING,
        }
    ),
    Role.VIEWER: frozenset({Permission.VIEW_COVERAGE, Permission.MAKE_PACK, Permission.REMIND}),
    Role.ADMINISTRATOR: frozenset(Permission),
}

# What a program may hold: none of them unmasks, decides, checks or administers.
PROGRAM_ROLES = (Role.OPERATOR, Role.PLANNER, Role.VIEWER)

# What a permission allows, to be read after "Izin untuk …".
PERMISSION_WORDS: dict[Permission, "Words"] = {
    Permission.VIEW_COVERAGE: _("melihat angka wilayah"),
    Permission.VIEW_DRAFTS: _("melihat bulan yang belum ditutup"),
    Permission.ENTER_MEMBERSHIP: _("mengisi peserta aktif"),
    Permission.ENTER_HEADCOUNT: _("mengisi orang per kategori"),
    Permission.ENTER_WORKFORCE: _("mengisi jumlah pekerja dan target"),
    Permission.ENTER_CONTRIBUTION: _("mengisi iuran"),
    Permission.ENTER_CLAIM: _("mengisi klaim"),
    Permission.ENTER_BUDGET: _("mengisi anggaran dan tagihan"),
    Permission.ENTER_REGULATION: _("mencatat regulasi, bukti kewajiban, rapat, komitmen, dan sosialisasi"),
    Permission.CHECK_EVIDENCE: _("memeriksa bukti kewajiban"),
    Permission.VIEW_PERSONS: _("melihat data peserta dan pemberi kerja dengan nama"),
    Permission.ENTER_PERSONS: _("mengisi peserta dengan nama"),
    Permission.DECIDE_PERSONS: _("memutuskan data ganda dan menarik unggahan"),
    Permission.UNMASK: _("membuka NIK utuh"),
    Permission.COMPLETE_MONTH: _("menyatakan bulan lengkap"),
    Permission.SUBMIT_MONTH: _("mengajukan bulan"),
    Permission.VERIFY_MONTH: _("memverifikasi dan menutup bulan"),
    Permission.REMIND: _("mengirim pengingat"),
    Permission.COMMENT: _("menulis catatan"),
    Permission.MAKE_PACK: _("membuat paket monev"),
    Permission.VIEW_JOBS: _("melihat proses latar belakang"),
    Permission.VIEW_LEDGER: _("membaca log aktivitas"),
    Permission.MANAGE_REFERENCE: _("mengubah tabel acuan"),
    Permission.MANAGE_USERS: _("mengelola pengguna"),
}


def roles_with(permission: Permission) -> list[Role]:
    return [role for role in Role if permission in ROLE_PERMISSIONS[role]]
