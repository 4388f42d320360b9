"""supervisord killed, or not able to start."""

import os

import pytest

from jamsostek_monitor.embedded import supervised
from jamsostek_monitor.embedded.places import Places
from jamsostek_monitor.embedded.problems import StartProblem
from jamsostek_monitor.embedded.supervised import MOST_ENDS, Supervised

_CONFIGURATION = "[supervisord]\nnodaemon=true\nlogfile={folder}/supervisord.log\npidfile={folder}/pid\n"


@pytest.fixture
def begun(tmp_path, monkeypatch):
    """With a supervisord that has nothing to look after."""
    places = Places(tmp_path)
    places.log.mkdir(parents=True)

    def begin(text=_CONFIGURATION):
        file = tmp_path / "supervisord.conf"
        file.write_text(text.format(folder=places.log))
        monkeypatch.setattr(supervised, "write_configuration", lambda *_given: file)
        made.append(Supervised(places, dict(os.environ), "127.0.0.1", 1))
        return made[-1]

    made = []
    yield begin
    for one in made:
        one.end()


def ended(one, *, kill):
    if kill:
        one.process.kill()
    one.process.wait(30)
    one.mend()


def test_one_that_worked_is_started_again_however_often_it_is_killed(begun, monkeypatch):
    monkeypatch.setattr(supervised, "LIVED_SECONDS", 0)
    one = begun()
    for _each in range(MOST_ENDS + 3):
        ended(one, kill=True)
    assert one.process.poll() is None


def test_one_that_cannot_start_is_given_up(begun):
    one = begun("[supervisord]\nnodaemon=perhaps\n")
    for _each in range(MOST_ENDS):
        ended(one, kill=False)
    with pytest.raises(StartProblem, match="supervisord berhenti"):
        ended(one, kill=False)
