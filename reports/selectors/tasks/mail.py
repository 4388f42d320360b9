"""Messages that were sent to a person."""

from django.db.models import QuerySet

from regions.models import User
from reports.models import Mail


def list_mails(user: User) -> QuerySet[Mail]:
    """The last messages to this person, newest first."""
    return Mail.objects.filter(user=user).order_by("-pk")[:5]
