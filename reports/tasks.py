import logging

from celery import shared_task
from django.conf import settings

from regions.services.head import check_every_night
from regions.services.reopening import relock_months
from regions.services.user import ensure_system_user
from reports.models import Cause
from reports.services.example_steps import extend_examples as extend
from reports.services.pack_schedule import ask_due_packs, tell_of_packs
from reports.services.pack_work import work_on_packs
from reports.services.practice.databases import PracticeRefused
from reports.services.practice.rooms import end_overdue_rooms
from reports.services.practice.work import work_on_rooms
from reports.services.practice.world import ensure_pattern
from reports.services.recompute import recompute_stale as recompute
from reports.services.recount import recount_sample
from reports.services.reminder import send_task_mails
from reports.services.thinning import thin_runs
from reports.services.waiting_region import note_month_turn

log = logging.getLogger(__name__)


@shared_task
def rebuild() -> None:
    """Compute what a new version or a rebuild asks for, by workers that no correction waits for."""
    recompute(causes=(Cause.REBUILD,))


@shared_task
def extend_examples() -> None:
    """After the first start of an installation with example data: the rest of the nation, bit by bit."""
    if settings.EXAMPLE_DATA:
        extend(by=ensure_system_user())


@shared_task
def thin() -> None:
    """Every night: superseded runs that nothing needs any more go."""
    thin_runs()


@shared_task
def recount() -> None:
    """Every night: a sample of months is counted a second time; what differs becomes an alert."""
    recount_sample()


@shared_task
def check_ledger() -> None:
    """Every night: all acts against their tree and every signed head; what differs becomes an alert."""
    check_every_night()


@shared_task
def note_new_month() -> None:
    """Open spells reach into a month by themselves; no change of facts would say so."""
    note_month_turn()


@shared_task
def relock() -> None:
    """Months whose reopening is over are handed in as they are. What is locked is locked without it."""
    relock_months()


@shared_task
def mail_tasks() -> None:
    """One message a day to each person; what went out is not sent again."""
    if settings.EMAIL_HOST:
        send_task_mails()


@shared_task
def work_on_waiting_packs() -> None:
    """Make the packs that wait. The requests wait in PostgreSQL; this message only says "look now"."""
    if work_on_packs(seconds=3):
        tell_of_packs()


@shared_task
def work_in_practice_rooms() -> None:
    """Make, tidy away and work in practice rooms; they wait in PostgreSQL, this message only says "look"."""
    work_on_rooms(seconds=3)


@shared_task
def keep_practice_ready() -> None:
    """The pattern of practice rooms, where there is none of this version and month yet."""
    try:
        ensure_pattern()
    except PracticeRefused as refused:
        log.info("no practice rooms: %s", refused.sentence)


@shared_task
def end_practice_rooms() -> None:
    """Every night: rooms whose days are over, and databases that belong to none. Safe to run twice."""
    end_overdue_rooms()


@shared_task
def ask_scheduled_packs() -> None:
    """After the tenth that follows a quarter, once for each schedule; and messages that did not go out."""
    ask_due_packs()
    tell_of_packs()
