"""Packs that make themselves after each quarter, and telling people that they are there, or are not."""

import logging
from collections.abc import Iterable
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import override

from regions.access import get_region, scope_of
from regions.enums import Level, Verb
from regions.errors import OutsideScope
from regions.models import User
from regions.roles import Permission, Role
from regions.selectors.user import list_people
from regions.services.act import record_act
from regions.services.head import head_to_print
from reports.models import Document, JobState, Mail, PackSchedule
from reports.pack.period import Period, PeriodKind
from reports.quarter import quarter_before
from reports.selectors.packs.schedule import kind_of
from reports.services.pack import queue_job

log = logging.getLogger(__name__)
_ATTEMPTS = 3


@transaction.atomic
def set_schedule(*, region_code: str, roles: Iterable[str], by: User) -> PackSchedule:
    """From now on after each quarter; without roles no longer. Raises OutsideScope or NotPermitted."""
    region = get_region(by, region_code, Permission.MAKE_PACK)
    if region.level > Level.REGENCY:
        raise OutsideScope(region_code)
    named = [role for role in Role.values if role in set(roles)]
    # What is past is not made up for: the first one is the quarter that ends next.
    start = quarter_before(localdate()).first
    schedule, _made = PackSchedule.objects.update_or_create(
        region=region,
        defaults={"roles": named, "by": by, "at": now()},
        create_defaults={"roles": named, "by": by, "at": now(), "last_month": start},
    )
    record_act(
        by=by,
        verb=Verb.RECORDED,
        subject=_("jadwal paket monev"),
        region_code=region_code,
        detail={"people": ", ".join(str(Role(role).label) for role in named)},
    )
    return schedule


def ask_due_packs() -> int:
    """Ask for the pack of the quarter whose tenth has come; once, however often it is called."""
    quarter = quarter_before(localdate())
    if localdate() < quarter.due:
        return 0
    period, asked = Period(PeriodKind.QUARTER, quarter.first), 0
    for pk in list(PackSchedule.objects.exclude(roles=[]).values_list("pk", flat=True)):
        with transaction.atomic():
            schedule = PackSchedule.objects.select_for_update(of=("self",)).select_related("by").get(pk=pk)
            if schedule.last_month is not None and schedule.last_month >= quarter.first:
                continue
            schedule.job = queue_job(
                region_code=schedule.region_id, period=period, by=schedule.by, document=Document.PACK
            )
            schedule.last_month, schedule.told_at = quarter.first, None
            schedule.save(update_fields=["job", "last_month", "told_at"])
            asked += 1
    return asked


def tell_of_packs() -> int:
    """Write to the roles once the work is over, also that it failed. What was not sent is tried anew."""
    sent = 0
    rows = PackSchedule.objects.filter(told_at=None, job__finished_at__isnull=False)
    for schedule in rows.select_related("region", "job__pack"):
        results = [_tell(schedule, user) for user in recipients(schedule)]
        sent += sum(results)
        if all(results) or not settings.EMAIL_HOST:
            PackSchedule.objects.filter(pk=schedule.pk).update(told_at=now())
    return sent


def recipients(schedule: PackSchedule) -> list[User]:
    """People with an e-mail address who hold one of the roles where the region is visible to them."""
    found = []
    for user in list_people():
        named = any(one.role in schedule.roles for one in user.current_assignments)
        if named and user.email and scope_of(user).holds(Permission.VIEW_COVERAGE, schedule.region_id):
            found.append(user)
    return found


def _tell(schedule: PackSchedule, user: User) -> bool:
    """Whether nothing is left to do for this person."""
    job = schedule.job
    if job is None:
        return True
    with override(settings.LANGUAGE_CODE):
        subject = _subject(schedule)
        path = (
            reverse("pack_detail", args=[job.pack.code]) if job.pack else reverse("pack_job", args=[job.pk])
        )
        context = {
            "user": user,
            "schedule": schedule,
            "job": job,
            "url": f"{settings.PUBLIC_URL}{path}",
            "head": head_to_print(),
            "home": settings.PUBLIC_URL,
        }
        body = render_to_string("reports/mail_pack.txt", context)
    mail, _made = Mail.objects.get_or_create(
        user=user, day=localdate(), kind=kind_of(schedule), defaults={"subject": subject}
    )
    if mail.sent_at is not None or mail.attempts >= _ATTEMPTS:
        return True
    mail.attempts += 1
    try:
        if not settings.EMAIL_HOST:
            raise OSError(_("server surel belum diatur (EMAIL_HOST)"))
        send_mail(subject, body, None, [user.email])
    except (OSError, SMTPException) as error:
        log.warning("mail %s was not sent: %s", mail.pk, type(error).__name__)
        mail.failure = f"{type(error).__name__}: {error}"[:300]
    else:
        mail.sent_at, mail.failure = now(), ""
    mail.save()
    return mail.sent_at is not None


def _subject(schedule: PackSchedule) -> str:
    job = schedule.job
    told = {"region": schedule.region.full_label, "period": job.period.label if job else ""}
    if job and job.state == JobState.READY:
        return _("Paket monev %(region)s, %(period)s siap") % told
    return _("Paket monev %(region)s, %(period)s gagal dibuat") % told
