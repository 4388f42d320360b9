from datetime import timedelta

from django.conf import settings
from django.utils.timezone import now

from budgets.tasks import work_on_waiting_money, work_on_waiting_scenarios
from participants.models import MembershipCount
from participants.services.batches.batch import send_file
from participants.services.membership_count import correct_membership_count
from participants.tasks import apply_retention, note_readings, work_on_waiting_batches
from regions.tasks import (
    clear_sessions,
    deliver_hooks,
    forget_kept_answers,
    forget_links,
    forget_outbox,
    rest_dormant_accounts,
)
from reports.corrections import recompute_stale
from reports.models import Heartbeat, Run
from reports.tasks import (
    ask_scheduled_packs,
    check_ledger,
    end_practice_rooms,
    extend_examples,
    keep_practice_ready,
    mail_tasks,
    note_new_month,
    rebuild,
    recount,
    relock,
    thin,
    work_in_practice_rooms,
    work_on_waiting_packs,
)
from tests.cast import KOTA_A
from tests.participants.batches import people, terms, workbook


def test_the_task_beats_and_computes_and_may_run_twice(figures, cast):
    row = MembershipCount.objects.get(region_id=KOTA_A)
    correct_membership_count(pk=row.pk, revision=1, by=cast.wayan, reason="uji", new={"members": 9})
    for _time in range(2):
        recompute_stale()
    assert Run.objects.filter(region_id=KOTA_A).count() == 2
    assert Heartbeat.objects.get(name="worker").at > now() - timedelta(seconds=10)


def test_beat_calls_the_task_by_a_name_that_exists():
    entries = {entry["task"]: entry["schedule"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    tasks = {
        recompute_stale.name,
        rebuild.name,
        thin.name,
        recount.name,
        check_ledger.name,
        work_on_waiting_batches.name,
        note_readings.name,
        apply_retention.name,
        work_on_waiting_money.name,
        work_on_waiting_scenarios.name,
        note_new_month.name,
        relock.name,
        mail_tasks.name,
        extend_examples.name,
        clear_sessions.name,
        forget_links.name,
        forget_kept_answers.name,
        forget_outbox.name,
        deliver_hooks.name,
        rest_dormant_accounts.name,
        work_on_waiting_packs.name,
        ask_scheduled_packs.name,
        work_in_practice_rooms.name,
        keep_practice_ready.name,
        end_practice_rooms.name,
    }
    assert set(entries) == tasks
    assert entries[recompute_stale.name] <= timedelta(seconds=3)
    assert entries[work_on_waiting_batches.name] <= timedelta(seconds=3)


def test_the_tasks_of_lists_and_months_do_what_waits(cast):
    batch = send_file(terms=terms(), file_name="a.xlsx", content=workbook(people(1)), by=cast.wayan)
    work_on_waiting_batches()
    batch.refresh_from_db()
    assert batch.state == "checked"
    note_new_month()
