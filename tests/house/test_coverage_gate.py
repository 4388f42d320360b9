"""The gate of coverage says which room lacks tests, and by how much."""

import json

import pytest

from tests.coverage_gate import LEAST, main, percent_by_room, rooms_of, shortfalls


def file(lines, branches, *, of):
    return {
        "summary": {
            "covered_lines": lines,
            "covered_branches": branches,
            "num_statements": of[0],
            "num_branches": of[1],
        }
    }


FILES = {
    "reports/services/run.py": file(95, 0, of=(100, 0)),
    "regions/services/act.py": file(90, 5, of=(90, 10)),
    "reports/selectors/boards/board.py": file(10, 10, of=(10, 10)),
    "reports/measures/budget.py": file(10, 0, of=(10, 0)),
    "reports/management/commands/measures.py": file(0, 0, of=(10, 0)),
    "budgets/importers/money_row.py": file(47, 1, of=(49, 1)),
    "regions/access.py": file(19, 0, of=(20, 0)),
    "manage.py": file(0, 0, of=(9, 0)),
}
EXACT = {
    "services": 95.0,
    "selectors": 100.0,
    "measures": 100.0,
    "importers": 96.0,
    "access": 95.0,
    "all": 100 * 287 / 319,
}


@pytest.mark.parametrize(
    ("path", "rooms"),
    [
        ("reports/services/run.py", {"all", "services"}),
        ("reports/selectors/boards/board.py", {"all", "selectors"}),
        ("reports/management/commands/measures.py", {"all"}),
        ("regions/access.py", {"all", "access"}),
        ("manage.py", {"all"}),
    ],
)
def test_a_file_counts_for_its_rooms(path, rooms):
    assert rooms_of(path) == rooms


def test_lines_and_branches_are_summed_by_room():
    assert percent_by_room(FILES) == EXACT


def test_exactly_enough_is_enough():
    assert shortfalls(dict(LEAST)) == []


def test_the_smallest_lack_is_said():
    assert shortfalls({**EXACT, "services": 94.99}) == [
        "services: 94.99 %, at least 95 % wanted",
        "all: 89.97 %, at least 90 % wanted",
    ]


def test_a_room_that_is_gone_does_not_pass():
    left = {path: file for path, file in FILES.items() if "/importers/" not in path}
    assert shortfalls(percent_by_room(left) | {"all": 100.0}) == [
        "importers: nothing was measured, at least 95 % wanted"
    ]


@pytest.mark.parametrize(("reached", "code"), [(9, 0), (8, 1)])
def test_the_program_ends_as_the_build_needs_it(tmp_path, capsys, reached, code):
    rooms = [room for room in LEAST if room not in {"access", "all"}]
    files = {f"regions/{room}/one.py": file(10, 10, of=(10, 10)) for room in rooms}
    # With these 100 lines and branches in all.
    files |= {
        "regions/access.py": file(1, 0, of=(1, 0)),
        "regions/views/rest.py": file(reached, 0, of=(19, 0)),
    }
    report = tmp_path / "report.json"
    report.write_text(json.dumps({"files": files}))
    assert main(report) == code
    said = capsys.readouterr()
    assert said.out.splitlines()[0] == "services   100.00 %"
    assert bool(said.err) == bool(code)
