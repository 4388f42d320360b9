"""Evidence of duties as something that documents are attached to."""

from django.urls import reverse
from django.utils.translation import gettext as _

from participants.selectors.attachment_subject import AttachmentSubject, SubjectFinder, number_of
from regions.access import scope_of
from regions.duty import EvidenceState
from regions.errors import OutsideScope
from regions.models import User
from regions.roles import Permission
from regions.selectors.duty import get_evidence


class EvidenceSubjects(SubjectFinder):
    """Once it is checked, what the second person saw stays."""

    kinds = ("duty_evidence",)

    def find(self, user: User, kind: str, key: str) -> AttachmentSubject | None:
        try:
            found = get_evidence(user, number_of(key))
        except OutsideScope:
            return None
        scope = scope_of(user)
        return AttachmentSubject(
            *(kind, str(found.pk), found.region, _("Bukti kewajiban #%s") % found.pk),
            reverse("duty_evidence", args=[found.pk]),
            scope.holds_of(Permission.ENTER_REGULATION, found.region_id, found.institution_id),
            final=found.state != EvidenceState.FILED,
        )
