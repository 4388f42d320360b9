"""Programs of ours run apart, on what strangers sent: they know none of our secrets and end in time."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any


def run_alone(script: Path, head: Any, body: bytes, seconds: float) -> tuple[int, bytes]:
    """The code with which the program ended, and what it wrote.

    It reads `head` as a line of JSON and then `body`. No module of ours is on its path, and of the
    environment, where the keys are, it gets the path of programs only. Raises TimeoutError.
    """
    try:
        done = subprocess.run(
            [sys.executable, "-P", str(script)],
            input=json.dumps(head).encode() + b"\n" + body,
            capture_output=True,
            timeout=seconds,
            check=False,
            env={"PATH": os.environ.get("PATH", os.defpath)},
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError from error
    return done.returncode, done.stdout
