"""The steps that a reporting month may take, who may take them, and what stands in the way."""

from collections.abc import Collection
from dataclasses import dataclass

from django.utils.translation import gettext as _

from regions.enums import MonthState, Verb
from regions.formats import moment
from regions.models.reporting_month import MonthRule, ReportingMonth
from regions.roles import Permission


@dataclass(frozen=True)
class Transition:
    """`makers` are the columns that name people who may not take this step in the same round."""

    verb: Verb
    permission: Permission
    sources: frozenset[MonthState]
    target: MonthState
    makers: tuple[str, ...] = ()
    needs_reason: bool = False

    @property
    def label(self) -> str:
        """What the button says."""
        return _LABELS[self.verb]()


_DRAFTS = frozenset({MonthState.OPEN, MonthState.RETURNED, MonthState.REOPENED})

COMPLETE = Transition(Verb.COMPLETED, Permission.COMPLETE_MONTH, _DRAFTS, MonthState.COMPLETE)
UNCOMPLETE = Transition(
    Verb.UNCOMPLETED, Permission.COMPLETE_MONTH, frozenset({MonthState.COMPLETE}), MonthState.OPEN
)
SUBMIT = Transition(
    Verb.SUBMITTED,
    Permission.SUBMIT_MONTH,
    frozenset({MonthState.COMPLETE}),
    MonthState.SUBMITTED,
    makers=("completed_by",),
)
VERIFY = Transition(
    Verb.VERIFIED,
    Permission.VERIFY_MONTH,
    frozenset({MonthState.SUBMITTED}),
    MonthState.VERIFIED,
    makers=("completed_by", "submitted_by"),
)
RETURN = Transition(
    Verb.RETURNED,
    Permission.VERIFY_MONTH,
    frozenset({MonthState.SUBMITTED, MonthState.VERIFIED}),
    MonthState.RETURNED,
    needs_reason=True,
)
CLOSE = Transition(
    Verb.CLOSED,
    Permission.VERIFY_MONTH,
    frozenset({MonthState.VERIFIED}),
    MonthState.CLOSED,
    makers=("completed_by", "submitted_by"),
)
# Steps that say of figures that they are right.
CHECKS = frozenset({VERIFY, CLOSE})
# Steps before which the figures are read beside others.
REVIEWED = frozenset({SUBMIT, VERIFY, CLOSE})
TRANSITIONS = {one.verb: one for one in (COMPLETE, UNCOMPLETE, SUBMIT, VERIFY, RETURN, CLOSE)}

_LABELS = {
    Verb.COMPLETED: lambda: _("Nyatakan lengkap"),
    Verb.UNCOMPLETED: lambda: _("Kembalikan ke draf"),
    Verb.SUBMITTED: lambda: _("Ajukan"),
    Verb.VERIFIED: lambda: _("Verifikasi"),
    Verb.RETURNED: lambda: _("Kembalikan"),
    Verb.CLOSED: lambda: _("Tutup"),
}


def needs_changers(row: ReportingMonth) -> bool:
    """Whether somebody might be about to check their own changes: those made before a first closing were
    said to be complete and submitted by two others, those in a reopened month perhaps by nobody."""
    return row.state in {MonthState.SUBMITTED, MonthState.VERIFIED}


def hindrance(
    transition: Transition,
    row: ReportingMonth,
    rule: MonthRule,
    user_id: int,
    changers: Collection[int] = (),
) -> str:
    """Why this person may not take the step now though their role allows it; empty where they may.

    `changers` changed what the month says since it was closed or reopened; ask only where `needs_changers`.
    """
    if row.state not in transition.sources:
        return _elsewhere(row)
    if any(getattr(row, f"{maker}_id") == user_id for maker in transition.makers):
        return _(
            "Tindakan ini harus dilakukan oleh orang selain pembuatnya, misalnya rekan atau atasan Anda."
        )
    if transition in CHECKS and user_id in changers:
        return _(
            "Anda mengubah angka bulan ini sesudah bulan itu ditutup atau dibuka kembali. Yang "
            "memeriksa harus orang lain; minta kepala cabang atau administrator lain."
        )
    if transition is CLOSE and rule.separate_closer and row.verified_by_id == user_id:
        return _("Menurut aturan wilayah ini, penutup harus orang lain daripada pemverifikasi.")
    return ""


def _elsewhere(row: ReportingMonth) -> str:
    if row.pk is None:
        return _("Bulan ini masih draf. Nyatakan lengkap dahulu.")
    told = _(
        "Bulan ini berstatus “%(state)s” sejak %(since)s (%(who)s), sehingga tindakan itu belum dapat "
        "dilakukan."
    )
    return told % {
        "state": row.get_state_display(),
        "since": moment(row.changed_at),
        "who": row.changed_by or _("sistem"),
    }
