"""What beat asks for, and when; the work itself waits in PostgreSQL."""

from datetime import timedelta
from typing import Any

from celery.schedules import crontab

RECOMPUTE_EVERY = timedelta(seconds=3)
BEAT_SCHEDULE: dict[str, dict[str, Any]] = {
    "recompute-stale": {
        "task": "reports.corrections.recompute_stale",
        "schedule": RECOMPUTE_EVERY,
        # The stale rows wait in PostgreSQL; a message that found no worker is worth nothing.
        "options": {"expires": 5},
    },
    "rebuild": {
        "task": "reports.tasks.rebuild",
        "schedule": RECOMPUTE_EVERY,
        "options": {"expires": 5},
    },
    "extend-examples": {
        "task": "reports.tasks.extend_examples",
        "schedule": timedelta(seconds=5),
        "options": {"expires": 5},
    },
    # The same for lists that were sent: a worker that died, or a lost message, costs three seconds.
    "work-on-batches": {
        "task": "participants.tasks.work_on_waiting_batches",
        "schedule": RECOMPUTE_EVERY,
        "options": {"expires": 5},
    },
    "work-on-money": {
        "task": "budgets.tasks.work_on_waiting_money",
        "schedule": RECOMPUTE_EVERY,
        "options": {"expires": 5},
    },
    "work-on-scenarios": {
        "task": "budgets.tasks.work_on_waiting_scenarios",
        "schedule": RECOMPUTE_EVERY,
        "options": {"expires": 5},
    },
    "work-on-packs": {
        "task": "reports.tasks.work_on_waiting_packs",
        "schedule": RECOMPUTE_EVERY,
        "options": {"expires": 5},
    },
    "deliver-hooks": {
        "task": "regions.tasks.deliver_hooks",
        "schedule": RECOMPUTE_EVERY,
        "options": {"expires": 5},
    },
    "work-in-practice-rooms": {
        "task": "reports.tasks.work_in_practice_rooms",
        "schedule": RECOMPUTE_EVERY,
        "options": {"expires": 5},
    },
    # So that whoever begins waits for a copy only.
    "keep-practice-ready": {
        "task": "reports.tasks.keep_practice_ready",
        "schedule": timedelta(minutes=3),
        "options": {"expires": 60},
    },
    "end-practice-rooms": {
        "task": "reports.tasks.end_practice_rooms",
        "schedule": crontab(hour=2, minute=10),
    },
    "note-readings": {
        "task": "participants.tasks.note_readings",
        "schedule": timedelta(minutes=1),
        "options": {"expires": 60},
    },
    "scheduled-packs": {"task": "reports.tasks.ask_scheduled_packs", "schedule": timedelta(hours=1)},
    "note-new-month": {"task": "reports.tasks.note_new_month", "schedule": timedelta(hours=1)},
    "relock": {"task": "reports.tasks.relock", "schedule": timedelta(minutes=15)},
    "thin-runs": {"task": "reports.tasks.thin", "schedule": crontab(hour=2, minute=30)},
    "recount": {"task": "reports.tasks.recount", "schedule": crontab(hour=3, minute=30)},
    "apply-retention": {
        "task": "participants.tasks.apply_retention",
        "schedule": crontab(hour=1, minute=0),
    },
    "check-ledger": {"task": "reports.tasks.check_ledger", "schedule": crontab(hour=1, minute=30)},
    "clear-sessions": {"task": "regions.tasks.clear_sessions", "schedule": crontab(hour=1, minute=40)},
    "forget-links": {"task": "regions.tasks.forget_links", "schedule": crontab(hour=1, minute=45)},
    "forget-answers": {
        "task": "regions.tasks.forget_kept_answers",
        "schedule": crontab(hour=1, minute=55),
    },
    "forget-outbox": {"task": "regions.tasks.forget_outbox", "schedule": crontab(hour=2, minute=0)},
    "rest-dormant": {"task": "regions.tasks.rest_dormant_accounts", "schedule": crontab(hour=1, minute=50)},
    "mail-tasks": {"task": "reports.tasks.mail_tasks", "schedule": timedelta(hours=1)},
}
# Where BACKUP_DIR is set; before the night's other work.
BACKUP_SCHEDULE: dict[str, dict[str, Any]] = {
    "back-up": {"task": "jamsostek_monitor.tasks.back_up", "schedule": crontab(hour=0, minute=30)},
}
