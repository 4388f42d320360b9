"""Coverage rests where Django does its own work, and sees the next line of ours again."""

import sys

import pytest
from coverage import Coverage

from tests.resting import LONG_WORK, resting


@pytest.fixture
def seen():
    """Names of functions and, of `ours`, the lines that a tracer is shown."""
    found, before = [], sys.gettrace()

    def trace(frame, event, _arg):
        name = frame.f_code.co_name
        if event == "call":
            found.append(name)
        elif name == "ours" and event == "line":
            found.append(frame.f_lineno - frame.f_code.co_firstlineno)
        return trace

    def traced(function):
        sys.settrace(trace)
        try:
            return function()
        finally:
            sys.settrace(before)

    return found, traced


def inner():
    return 1


def work(fails=False):
    inner()
    if fails:
        raise LookupError
    return 2


def test_what_rests_is_unseen_and_what_follows_is_seen(seen):
    found, traced = seen
    rested = resting(work)

    def ours():
        first = rested()
        second = first + 1
        return inner() + second

    assert traced(ours) == 4
    assert [one for one in found if one in {"work", "inner", "ours"} or isinstance(one, int)] == [
        *("ours", 1, 2, 3),
        "inner",
    ]


def test_a_failure_is_followed_by_seeing_too(seen):
    found, traced = seen
    rested = resting(work)

    def ours():
        try:
            rested(fails=True)
        except LookupError:
            return inner()

    assert traced(ours) == 1
    assert [one for one in found if one in {"work", "inner", "ours"}] == ["ours", "inner"]


def test_coverage_sees_lines_that_call_nothing(tmp_path):
    path = tmp_path / "ours.py"
    path.write_text("def ours():\n    one = rested()\n    two = one\n    return two\n")
    names = {"rested": resting(work)}
    exec(compile(path.read_text(), str(path), "exec"), names)  # noqa: S102
    measuring = Coverage(data_file=None, config_file=False, include=[str(path)])
    measuring.start()
    try:
        assert names["ours"]() == 2
    finally:
        measuring.stop()
    assert sorted(measuring.get_data().lines(str(path))) == [2, 3, 4]


def test_without_a_tracer_nothing_changes():
    before = sys.gettrace()
    sys.settrace(None)
    try:
        assert resting(work)() == 2
        assert sys.gettrace() is None
    finally:
        sys.settrace(before)


def test_what_rests_is_there():
    assert [name for owner, name in LONG_WORK if not callable(getattr(owner, name, None))] == []
