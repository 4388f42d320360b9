"""How the installation is: not only whether this process answers, but whether the work gets done."""

import shutil
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import timedelta
from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError
from django.utils.timezone import now

from regions.selectors.ledger_check import last_check
from regions.selectors.replica import ask_replica, has_replica
from reports.context import worker_silent_since
from reports.selectors.backup import backup_state
from reports.selectors.run import count_all_waiting, get_heartbeat
from reports.selectors.wal import wal_state
from reports.services.heartbeat import WORKER

_LEAST_FREE, _LEAST_SHARE = 1_000_000_000, 0.05
# The nightly check of the ledger may be late once.
_CHECKED_WITHIN = timedelta(days=2)


@dataclass(frozen=True)
class PartHealth:
    """No sentence and no name: numbers that a watching program compares."""

    ok: bool
    told: dict[str, Any]


def deep_health() -> dict[str, Any]:
    """Each part by itself: one that cannot be asked is not well, and hides no other."""
    broker = _asked(_broker)
    parts = {
        "broker": broker,
        **_asked_processes(broker),
        "backlog": _asked(_backlog),
        "disk": _asked(_disk),
        "backup": _asked(_backup),
        "log_of_changes": _asked(_wal),
        "replica": _asked(_replica),
        "ledger": _asked(_ledger),
    }
    well = all(part.ok for part in parts.values())
    return {"status": "ok" if well else "bad", "parts": {name: asdict(part) for name, part in parts.items()}}


def _asked(ask: Callable[[], PartHealth]) -> PartHealth:
    try:
        return ask()
    except (DatabaseError, redis.RedisError, OSError) as error:
        return PartHealth(False, {"error": type(error).__name__})


def _broker() -> PartHealth:
    server = redis.Redis.from_url(settings.REDIS_URL, socket_connect_timeout=2, socket_timeout=2)
    prefix = settings.CELERY_BROKER_TRANSPORT_OPTIONS["global_keyprefix"]
    with server:
        waiting = {q.name: int(server.llen(f"{prefix}{q.name}")) for q in settings.CELERY_TASK_QUEUES}
    return PartHealth(True, {"messages": waiting})


def _asked_processes(broker: PartHealth) -> dict[str, PartHealth]:
    """Beat sends a message every three seconds and the worker notes that it took it: where nothing was noted
    and messages lie about, the worker is down; where none lie there, beat is."""
    try:
        heartbeat = get_heartbeat(WORKER)
    except DatabaseError as error:
        unknown = PartHealth(False, {"error": type(error).__name__})
        return {"worker": unknown, "beat": unknown}
    silent = worker_silent_since(heartbeat) is not None
    lying = broker.told.get("messages", {}).get("corrections", 0)
    told = {"seconds_since": round((now() - heartbeat.at).total_seconds()) if heartbeat else None}
    return {
        "worker": PartHealth(not silent or not lying, told),
        "beat": PartHealth(not silent or bool(lying), told),
    }


def _backlog() -> PartHealth:
    heartbeat = get_heartbeat(WORKER)
    behind = heartbeat.behind_seconds if heartbeat else 0
    return PartHealth(behind < 3600, {"waiting": count_all_waiting(), "seconds_behind": behind})


def _disk() -> PartHealth:
    found = shutil.disk_usage(settings.VAR_DIR)
    enough = found.free >= _LEAST_FREE and found.free >= found.total * _LEAST_SHARE
    return PartHealth(enough, {"free_bytes": found.free, "total_bytes": found.total})


def _backup() -> PartHealth:
    state = backup_state()
    if state is None:
        return PartHealth(True, {"configured": False})
    age = round((now() - state.made_at).total_seconds()) if state.made_at else None
    told = {"configured": True, "age_seconds": age, "failed": bool(state.problem)}
    return PartHealth(not state.is_bad, told)


def _wal() -> PartHealth:
    state = wal_state()
    if state is None:
        return PartHealth(True, {"configured": False})
    age = round((now() - state.kept_at).total_seconds()) if state.kept_at else None
    return PartHealth(not state.is_bad, {"configured": True, "age_seconds": age, "failing": state.failing})


def _replica() -> PartHealth:
    """Pages go on without it, read from the primary; whoever set it up wants to know all the same."""
    if not has_replica():
        return PartHealth(True, {"configured": False})
    state = ask_replica()
    told = {"configured": True, "lag_seconds": state.lag_seconds, "promoted": state.is_promoted}
    return PartHealth(state.is_usable, told)


def _ledger() -> PartHealth:
    """What the nightly check found; checking all of it takes too long for a question."""
    found = last_check()
    if found is None:
        return PartHealth(True, {"checked": False})
    age = now() - found.at
    told = {"checked": True, "age_seconds": round(age.total_seconds()), "faults": len(found.faults)}
    return PartHealth(not found.faults and age < _CHECKED_WITHIN, told)
