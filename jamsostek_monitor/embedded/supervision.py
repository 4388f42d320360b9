"""The processes of the application, and the supervisord configuration that keeps them alive."""

import os
import shlex
import sys
from pathlib import Path

from jamsostek_monitor.embedded.places import CHECKOUT, Places

# Shorter than the ten seconds in which everything must be down after Ctrl-C, PostgreSQL included.
STOP_SECONDS = 5

# Whoever waits for a page comes first, then what was just entered, then files, packs and rebuilds.
NICENESS = {"corrections": 5, "worker": 10}

# The log paths are relative to the data folder, in which supervisord runs: it would stumble over a
# percent sign in an absolute one, even when doubled.
HEAD = """\
[supervisord]
nodaemon=true
silent=true
user={user}
pidfile=supervisord.pid
logfile=log/supervisord.log
logfile_maxbytes=1MB
logfile_backups=1
childlogdir=log
minfds=256

; One group: its programs are asked to stop at the same time, not one after the other.
[group:jamsostek]
programs={names}
"""

PROGRAM = """
[program:{name}]
command={command}
directory={checkout}
autorestart=true
startsecs=2
; A broken start (wrong setting, database being upgraded) is tried again for about an hour.
startretries=80
stopwaitsecs={stop}
stopasgroup=true
killasgroup=true
redirect_stderr=true
stdout_logfile=log/{name}.log
stdout_logfile_maxbytes=5MB
stdout_logfile_backups=2
"""


def programs(places: Places, host: str, port: int) -> dict[str, list[str]]:
    address = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    web = ["gunicorn", "jamsostek_monitor.wsgi:application", f"--bind={address}", "--preload"]
    web += ["--workers=2", "--worker-class=jamsostek_monitor.web_worker.WholeRequestWorker"]
    web += ["--threads=4", "--timeout=60"]
    web += [f"--graceful-timeout={STOP_SECONDS - 1}", "--no-control-socket"]
    worker = ["worker", "--without-gossip", "--without-mingle", "--loglevel=WARNING"]
    # One process that does nothing else: a correction waits for no file, no pack and no rebuild.
    corrections = [
        *_celery("corrections"),
        *worker,
        "--pool=solo",
        "--queues=corrections",
        f"--hostname={places.name}-c@%h",
    ]
    count = os.environ.get("WORKERS", "2")
    # One of several machines may take only some of them.
    queues = os.environ.get("QUEUES", "rebuilds,files,packs")
    others = [*_celery("celery"), *worker, f"--concurrency={count}", f"--queues={queues}"]
    others += [f"--hostname={places.name}@%h"]
    beat = [
        *_celery("beat"),
        "beat",
        f"--schedule={places.var / 'beat'}",
        f"--pidfile={places.var / 'beat.pid'}",
    ]
    return {"web": web, "corrections": corrections, "worker": others, "beat": beat}


def _celery(application: str) -> list[str]:
    return ["celery", "-A", f"jamsostek_monitor.{application}"]


def write_configuration(places: Places, host: str, port: int) -> Path:
    """Write supervisord's configuration; it holds no secrets, those come with the environment."""
    commands = programs(places, host, port)
    user = "root" if os.geteuid() == 0 else str(os.geteuid())
    parts = [HEAD.format(user=user, names=",".join(commands))]
    for name, command in commands.items():
        # Started through "bound", so that nothing lives on when supervisord itself is killed.
        nice = ["nice", "-n", str(NICENESS[name])] if name in NICENESS else []
        bound = [*nice, sys.executable, "-m", "jamsostek_monitor.embedded", "bound", "--"]
        # supervisord reads a percent sign as the start of a variable.
        line = shlex.join([*bound, sys.executable, "-m", *command]).replace("%", "%%")
        folder = str(CHECKOUT).replace("%", "%%")
        parts.append(PROGRAM.format(name=name, command=line, checkout=folder, stop=STOP_SECONDS))
    path = places.var / "supervisord.conf"
    path.write_text("".join(parts))
    return path
