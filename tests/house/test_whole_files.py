"""Two processes share the tests by whole files."""

from tests.house.source import ROOT
from tests.whole_files import LONGEST, UNMEASURED, units_of


def test_a_unit_is_what_stands_together_of_one_file():
    tests = ["a.py::x", "a.py::TestOne::y[b::c]", "b.py::z", "a.py::commits", "c.py::w"]
    assert units_of(tests) == {
        "a.py::x": "a.py 0",
        "a.py::TestOne::y[b::c]": "a.py 0",
        "b.py::z": "b.py 1",
        "a.py::commits": "a.py 2",
        "c.py::w": "c.py 3",
    }


def test_the_files_are_there():
    assert [name for name in UNMEASURED if not (ROOT / name).is_file()] == []
    assert len(set(LONGEST)) == len(LONGEST)
    assert [name for name in LONGEST if not (ROOT / "tests" / name).is_file()] == []
