"""Telling people what waits for them: in the application at once, by e-mail once a day."""

import logging
from datetime import date
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import override

from regions.access import require
from regions.enums import Verb
from regions.models import User
from regions.month import iso_month
from regions.personal_numbers import masked_numbers
from regions.roles import Permission
from regions.selectors.user import list_people
from regions.services.act import record_act
from regions.services.head import head_to_print
from reports.models import Mail, Reminder
from reports.selectors.tasks.inbox import list_tasks
from reports.selectors.tasks.task import Task

log = logging.getLogger(__name__)
_TASKS = "tugas"
# A server that refuses three times today will refuse again.
_ATTEMPTS = 3


@transaction.atomic
def remind(*, region_code: str, month: date, text: str, by: User) -> Reminder:
    """Ask for a month to be handed in; it stands with that person's task, and in their next e-mail.

    Asked twice on one day it is asked once. Raises OutsideScope or NotPermitted.
    """
    require(by, Permission.REMIND, region_code)
    today = Reminder.objects.filter(region_id=region_code, month=month, by=by, at__date=localdate()).first()
    if today is not None:
        return today
    reminder = Reminder.objects.create(
        region_id=region_code, month=month, text=masked_numbers(text.strip())[:500], by=by, at=now()
    )
    record_act(
        by=by,
        verb=Verb.REMINDED,
        subject=_("bulan laporan %s") % iso_month(month),
        region_code=region_code,
        detail={"reason": reminder.text},
        months=[month],
    )
    return reminder


def send_task_mails() -> int:
    """To everybody with an e-mail address, what is due within three days, late, or was asked for; once a day.

    What failed stays to be seen, with its cause, and is tried again.
    """
    head = head_to_print()
    return sum(_send(user, head) for user in list_people() if user.email)


def _send(user: User, head: str) -> bool:
    tasks = [task for task in list_tasks(user) if task.is_late or task.is_soon or task.reminder]
    if not tasks:
        return False
    mail, _made = Mail.objects.get_or_create(
        user=user, day=localdate(), kind=_TASKS, defaults={"subject": _subject(tasks)}
    )
    if mail.sent_at is not None or mail.attempts >= _ATTEMPTS:
        return False
    mail.attempts += 1
    try:
        with override(settings.LANGUAGE_CODE):
            address = settings.PUBLIC_URL
            context = {
                "user": user,
                "tasks": tasks[:40],
                "url": f"{address}{reverse('inbox')}",
                "head": head,
                "home": address,
            }
            body = render_to_string("reports/mail_tasks.txt", context)
        send_mail(mail.subject, body, None, [user.email])
    except (OSError, SMTPException) as error:
        log.warning("mail %s was not sent: %s", mail.pk, type(error).__name__)
        mail.failure = f"{type(error).__name__}: {error}"[:300]
    else:
        mail.sent_at, mail.failure = now(), ""
    mail.save()
    return mail.sent_at is not None


def _subject(tasks: list[Task]) -> str:
    late = sum(1 for task in tasks if task.is_late)
    if late:
        return _("%(late)s tugas terlambat dari %(count)s") % {"late": late, "count": len(tasks)}
    return _("%(count)s tugas menunggu") % {"count": len(tasks)}
