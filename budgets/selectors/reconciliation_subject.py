"""Reconciliations as something that documents are attached to."""

from django.urls import reverse
from django.utils.translation import gettext as _

from budgets.enums import ReconciliationState
from budgets.selectors.reconciliation import get_reconciliation
from participants.selectors.attachment_subject import AttachmentSubject, SubjectFinder, number_of
from regions.access import scope_of
from regions.models import User
from regions.roles import Permission


class ReconciliationSubjects(SubjectFinder):
    """Both sides sign what they saw: once they have agreed, its documents stay."""

    kinds = ("reconciliation",)

    def find(self, user: User, kind: str, key: str) -> AttachmentSubject | None:
        found = get_reconciliation(user, number_of(key))
        if found is None:
            return None
        return AttachmentSubject(
            *(kind, str(found.pk), found.region, _("Rekonsiliasi #%s") % found.pk),
            reverse("reconciliation_detail", args=[found.pk]),
            scope_of(user).holds(Permission.ENTER_CONTRIBUTION, found.region_id),
            months=(found.month,),
            final=found.state == ReconciliationState.AGREED,
        )
