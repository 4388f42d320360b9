"""Unit files of systemd, read as far as a drill needs them: what is tried is what is shipped."""

import re
import shlex
from pathlib import Path

from tests.drills.machines import ROOT, Machine

DEPLOY = ROOT / "deploy"


class Unit:
    def __init__(self, path: Path) -> None:
        self.path, self.said = path, settings_of(path)

    def one(self, name: str, default: str = "") -> str:
        return self.said.get(name, [default])[-1]

    def environment(self, machine: Machine) -> dict[str, str]:
        """Of its files in order, as systemd reads them on this machine."""
        found: dict[str, str] = {}
        for line in self.said.get("Environment", []):
            found |= dict(part.split("=", 1) for part in shlex.split(line))
        for path in self.said.get("EnvironmentFile", []):
            try:
                text = machine.run("cat", path.removeprefix("-"))
            except AssertionError:
                if not path.startswith("-"):
                    raise
            else:
                found |= variables_of(text)
        return found

    def start(self, machine: Machine, *, wait: bool = False) -> None:
        """Its ExecStartPre and ExecStart lines as its user, with nothing in the environment but its files."""
        user, env = self.one("User", "root"), self.environment(machine)
        for name in self.said.get("StateDirectory", []):
            machine.run("install", "-d", f"--owner={user}", f"--group={user}", "-m700", f"/var/lib/{name}")
        for line in self.said.get("ExecStartPre", []):
            machine.run(*command_of(line, env), user=user, env=env)
        command = command_of(self.one("ExecStart"), env)
        if wait:
            machine.run(*command, user=user, env=env, seconds=1200)
            for line in self.said.get("ExecStopPost", []):
                machine.run(*command_of(line, env), user=user, env={**env, "SERVICE_RESULT": "success"})
        else:
            folder = self.one("WorkingDirectory", "/")
            machine.start(self.path.stem, *command, user=user, env=env, folder=folder)

    def script(self, machine: Machine) -> str:
        """Its ExecStart as a script for `sh`, for a machine on which nobody reads units."""
        env = self.environment(machine)
        given = " ".join(shlex.quote(f"{name}={value}") for name, value in env.items())
        path = "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin LANG=C.UTF-8"
        user, command = self.one("User", "root"), shlex.join(command_of(self.one("ExecStart"), env))
        become = f"setpriv --reuid={user} --regid={user} --init-groups"
        folder = self.one("WorkingDirectory", "/")
        return f"#!/bin/sh\ncd {folder}\nexec env -i {path} {given} {become} {command}\n"


def settings_of(path: Path) -> dict[str, list[str]]:
    """Names and values in the order of the file; an empty value forgets the earlier ones, as in systemd."""
    found: dict[str, list[str]] = {}
    text = re.sub(r"\\\n\s*", " ", path.read_text(encoding="utf-8"))
    for line in text.splitlines():
        name, sign, value = line.partition("=")
        if not sign or line.startswith(("#", ";", "[")):
            continue
        found[name.strip()] = [*found.get(name.strip(), []), value.strip()] if value.strip() else []
    return found


def command_of(line: str, env: dict[str, str]) -> list[str]:
    """${NAME} stands for one word, as in systemd."""
    return [re.sub(r"\$\{(\w+)\}", lambda name: env.get(name[1], ""), part) for part in shlex.split(line)]


def variables_of(text: str) -> dict[str, str]:
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return dict(line.split("=", 1) for line in lines)


def filled(path: Path, **values: str) -> str:
    """An environment file of `deploy/` with these variables given; one that it does not name is a fault."""
    text = path.read_text(encoding="utf-8")
    for name, value in values.items():
        text, found = re.subn(rf"^{name}=.*$", lambda _old, n=name, v=value: f"{n}={v}", text, flags=re.M)
        assert found, f"{path} does not name {name}"
    return text


def check_units(machine: Machine, *folders: Path) -> str:
    """`systemd-analyze verify`, on a machine where the programs lie where the units say."""
    paths = sorted(path for folder in folders for path in folder.glob("*.[st][ei][rm]*"))
    units = [f"/opt/jamsostek/{path.relative_to(ROOT)}" for path in paths]
    told = machine.run("sh", "-c", f"systemd-analyze verify --man=no {' '.join(units)} 2>&1")
    assert not told.strip(), told
    return f"{len(units)} units verified"
