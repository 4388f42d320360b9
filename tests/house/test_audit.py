"""`.ci/run` tells a known fault of a package from a network that does not answer."""

import subprocess

import pytest

from tests.house.source import ROOT

FAULT = "Found 1 known vulnerability in 1 package\nuji 1.0 PYSEC-1 requests that cannot resolve timed out"
RUN = 'ROOT="$1"; source <(sed -n "/^audit()/,/^}/p" "$2"); audit'


@pytest.mark.parametrize(
    ("told", "code", "outcome"),
    [
        (FAULT, 1, (1, FAULT)),
        ("ServiceError: could not resolve host", 1, (0, "dilewati: jaringan tidak menjawab")),
        ("error: invalid requirements", 1, (1, "error: invalid requirements")),
        ("No known vulnerabilities found", 0, (0, "No known vulnerabilities found")),
    ],
)
def test_what_it_says_decides(tmp_path, told, code, outcome):
    command = tmp_path / ".venv" / "bin" / "pip-audit"
    command.parent.mkdir(parents=True)
    command.write_text(f"#!/bin/sh\ncat <<'END'\n{told}\nEND\nexit {code}\n")
    command.chmod(0o755)
    done = subprocess.run(
        ["bash", "-c", RUN, "audit", str(tmp_path), str(ROOT / ".ci/run")],
        capture_output=True,
        text=True,
        check=False,
    )
    shown = done.stdout.replace("tidak dapat diperiksa: 0 paket", "").strip()
    assert (done.returncode, shown) == outcome
