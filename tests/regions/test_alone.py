"""Programs run apart: what they get, what they do not get, and when they end."""

import json
import os

import pytest

from regions.alone import run_alone

SHOW = """
import json, os, sys
head = json.loads(sys.stdin.buffer.readline())
body = sys.stdin.buffer.read()
json.dump({"head": head, "body": body.hex(), "environment": dict(os.environ), "path": sys.path}, sys.stdout)
sys.exit(head["code"])
"""


@pytest.fixture
def script(tmp_path):
    def make(text):
        path = tmp_path / "apart.py"
        path.write_text(text)
        return path

    return make


def test_it_gets_what_was_sent_and_none_of_our_keys(script, monkeypatch):
    for name in ("SECRET_KEY", "NIK_KEYS", "DATABASE_URL", "PYTHONPATH"):
        monkeypatch.setenv(name, "rahasia")
    code, text = run_alone(script(SHOW), {"code": 3, "kata": "é"}, b"\x00\xff\n", 30)
    told = json.loads(text)
    assert (code, told["head"], told["body"]) == (3, {"code": 3, "kata": "é"}, "00ff0a")
    assert "rahasia" not in text.decode()
    # Python itself may add the encoding of what it writes.
    assert set(told["environment"]) - {"LC_CTYPE"} == {"PATH"}
    assert told["environment"]["PATH"] == os.environ["PATH"]
    assert not any(os.path.exists(os.path.join(path, "manage.py")) for path in told["path"])


def test_it_is_ended_in_time(script):
    with pytest.raises(TimeoutError):
        run_alone(script("while True: pass"), {}, b"", 0.5)
