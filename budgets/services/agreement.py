"""What both sides of a reconciliation agree on, and their signatures."""

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from budgets.enums import ReconciliationState, Side
from budgets.errors import ReconciliationRefused
from budgets.models import Reconciliation
from budgets.services.reconciliation import note, settle, supersede
from participants.nik import mask_digits
from regions.access import require
from regions.enums import Verb
from regions.models import User
from regions.roles import Permission

# Who signs for a side: those who submit the month of the region, and those who verify it at the branch.
SIGNING = {Side.PEMDA: Permission.SUBMIT_MONTH, Side.BPJS: Permission.VERIFY_MONTH}


@transaction.atomic
def write_agreement(*, pk: int, text: str, by: User) -> Reconciliation:
    """Say what both sides agreed on; signatures given before fall. Raises as `make_reconciliation`."""
    reconciliation = _locked(pk, by, Permission.ENTER_CONTRIBUTION)
    reconciliation.agreement = mask_digits(text.strip())[:2000]
    settle(reconciliation)
    note(reconciliation, by, Verb.CORRECTED, {"code": reconciliation.code})
    return reconciliation


@transaction.atomic
def sign_reconciliation(*, pk: int, side: Side, code: str, by: User) -> Reconciliation:
    """Sign for one side the text of this code; with both signatures it is agreed.

    Who made it does not sign it, nor does one person sign for both.
    """
    reconciliation = _locked(pk, by, SIGNING[side])
    if reconciliation.code != code:
        raise ReconciliationRefused(_("Isinya berubah sesudah halaman ini dibuka. Baca lagi, lalu setujui."))
    if by.pk == reconciliation.made_by_id:
        raise ReconciliationRefused(_("Pembuatnya tidak menyetujui sendiri. Minta rekan yang berwenang."))
    if by.pk in {reconciliation.pemda_signer_id, reconciliation.bpjs_signer_id}:
        raise ReconciliationRefused(_("Anda sudah menyetujuinya. Pihak lain disetujui oleh orang lain."))
    if getattr(reconciliation, f"{side.value}_signer_id"):
        raise ReconciliationRefused(_("Pihak ini sudah menyetujui. Muat ulang halamannya."))
    setattr(reconciliation, f"{side.value}_signer", by)
    setattr(reconciliation, f"{side.value}_signed_at", now())
    if reconciliation.pemda_signer_id and reconciliation.bpjs_signer_id:
        older = supersede(reconciliation, ReconciliationState.AGREED)
        older.update(superseded_by=reconciliation)
        reconciliation.state = ReconciliationState.AGREED
    reconciliation.save()
    note(reconciliation, by, Verb.VERIFIED, {"side": side.value, "code": code})
    return reconciliation


def _locked(pk: int, by: User, permission: Permission) -> Reconciliation:
    reconciliation = Reconciliation.objects.select_for_update(of=("self",)).get(pk=pk)
    require(by, permission, reconciliation.region_id)
    if reconciliation.state != ReconciliationState.DRAFT:
        raise ReconciliationRefused(
            _("Rekonsiliasi ini telah %(state)s dan tidak dapat diubah. Buat rekonsiliasi baru bila perlu.")
            % {"state": reconciliation.get_state_display()}
        )
    return reconciliation
