import argparse
import errno
import os
import sys
from collections.abc import Callable

from jamsostek_monitor.embedded import processes, running, serving
from jamsostek_monitor.embedded.places import Places
from jamsostek_monitor.embedded.problems import StartProblem, notice
from jamsostek_monitor.embedded.services import Services
from jamsostek_monitor.embedded.supervision import programs
from jamsostek_monitor.kept_settings import use_kept_settings


def run(command: list[str]) -> int:
    fleeting = bool(os.environ.get("JAMSOSTEK_FLEETING"))
    return running.run(Services(Places.from_environment(), fleeting=fleeting), command)


def serve(_command: list[str]) -> int:
    return serving.Server(Places.from_environment()).serve()


def bound(command: list[str]) -> int:
    """Become the command, but end when the parent does."""
    processes.die_with_parent()
    os.execvp(command[0], command)


def program(command: list[str]) -> int:
    """Become one process of the application, which systemd or the like keeps running on this machine."""
    places = Places.from_environment()
    port = serving.port_from(os.environ.get("PORT") or "8000")
    known = programs(places, os.environ.get("HOST") or "127.0.0.1", port)
    if len(command) != 1 or command[0] not in known:
        raise StartProblem(f"Sebut salah satu proses: {', '.join(known)}.")
    missing = [name for name in ("DATABASE_URL", "REDIS_URL") if not os.environ.get(name)]
    if missing:
        raise StartProblem(f"Setel {' dan '.join(missing)} untuk mesin ini, lalu ulangi.")
    # The owner's address is for commands: no process that serves people knows it.
    os.environ.pop("DATABASE_OWNER_URL", None)
    os.environ["JAMSOSTEK_VAR"] = str(places.var)
    # /metrics of a web machine tells of its own requests; those of others are asked there.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(places.fresh_metrics(command[0]))
    os.execv(sys.executable, [sys.executable, "-m", *known[command[0]]])


ACTIONS: dict[str, Callable[[list[str]], int]] = {
    "run": run,
    "serve": serve,
    "bound": bound,
    "program": program,
}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m jamsostek_monitor.embedded")
    parser.add_argument("action", choices=ACTIONS)
    parser.add_argument("command", nargs=argparse.REMAINDER)
    given = parser.parse_args()
    use_kept_settings()
    command = given.command[1:] if given.command[:1] == ["--"] else given.command
    try:
        return ACTIONS[given.action](command)
    except StartProblem as problem:
        notice(str(problem))
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENOSPC):
            raise
        notice(
            f"{error.filename or Places.from_environment().var} tidak dapat dipakai ({error.strerror}). "
            f"Jalankan sebagai pemilik folder itu, atau setel JAMSOSTEK_VAR ke folder lain yang longgar."
        )
    return 1


if __name__ == "__main__":
    sys.exit(main())
