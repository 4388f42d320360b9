from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from regions.access import home_codes
from regions.errors import OutsideScope
from regions.signed_in import SignedInRequest
from reports.selectors.tasks.alert import list_alerts
from reports.selectors.tasks.inbox import list_tasks
from reports.selectors.tasks.mail import list_mails


@require_safe
def inbox(request: SignedInRequest) -> HttpResponse:
    """What waits for this person, and what crossed a threshold in their regions."""
    if not home_codes(request.user):
        raise OutsideScope("no region")
    context = {
        "tasks": list_tasks(request.user),
        "alerts": list_alerts(request.user),
        "mails": list_mails(request.user),
        "mail_is_on": bool(settings.EMAIL_HOST),
    }
    return render(request, "reports/inbox.html", context)
