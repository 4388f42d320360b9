"""The steps that a reporting month may take. In which order, and by whom: `regions/month_way.py`."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from regions.enums import LOCKED_STATES, MonthState, Verb
from regions.models.reporting_month import ReportingMonth
from regions.roles import Permission


@dataclass(frozen=True)
class Transition:
    """`permission` names in words what the step allows."""

    verb: Verb
    permission: Permission
    target: MonthState
    needs_reason: bool = False

    @property
    def label(self) -> str:
        """What the button says."""
        return _LABELS[self.verb]()

    @property
    def signer(self) -> str:
        """The column that names who took the step in the present round."""
        return f"{self.verb}_by"


COMPLETE = Transition(Verb.COMPLETED, Permission.COMPLETE_MONTH, MonthState.COMPLETE)
UNCOMPLETE = Transition(Verb.UNCOMPLETED, Permission.COMPLETE_MONTH, MonthState.OPEN)
SUBMIT = Transition(Verb.SUBMITTED, Permission.SUBMIT_MONTH, MonthState.SUBMITTED)
VERIFY = Transition(Verb.VERIFIED, Permission.VERIFY_MONTH, MonthState.VERIFIED)
RECONCILE = Transition(Verb.RECONCILED, Permission.VERIFY_MONTH, MonthState.RECONCILED)
APPROVE = Transition(Verb.APPROVED, Permission.VERIFY_MONTH, MonthState.APPROVED)
RETURN = Transition(Verb.RETURNED, Permission.VERIFY_MONTH, MonthState.RETURNED, needs_reason=True)
CLOSE = Transition(Verb.CLOSED, Permission.VERIFY_MONTH, MonthState.CLOSED)
# Steps that may stand between submitting and closing.
BETWEEN = (VERIFY, RECONCILE, APPROVE)
# Steps that say of figures that they are right.
CHECKS = frozenset({*BETWEEN, CLOSE})
# Steps before which the figures are read beside others.
REVIEWED = frozenset({SUBMIT, *CHECKS})
TRANSITIONS = {one.verb: one for one in (COMPLETE, UNCOMPLETE, SUBMIT, *BETWEEN, RETURN, CLOSE)}
# Steps that somebody signs for the round, in the order in which none can come twice.
SIGNED = (COMPLETE, SUBMIT, *BETWEEN)

_LABELS = {
    Verb.COMPLETED: lambda: _("Nyatakan lengkap"),
    Verb.UNCOMPLETED: lambda: _("Kembalikan ke draf"),
    Verb.SUBMITTED: lambda: _("Ajukan"),
    Verb.VERIFIED: lambda: _("Verifikasi"),
    Verb.RECONCILED: lambda: _("Cocokkan"),
    Verb.APPROVED: lambda: _("Setujui"),
    Verb.RETURNED: lambda: _("Kembalikan"),
    Verb.CLOSED: lambda: _("Tutup"),
}


def needs_changers(row: ReportingMonth) -> bool:
    """Whether somebody might be about to check their own changes: those made before a first closing were
    said to be complete and submitted by two others, those in a reopened month perhaps by nobody."""
    return row.state in LOCKED_STATES - {MonthState.CLOSED}
