"""Merged cells: what stands in the first belongs to every row of the merge, and is not each row's own."""

from participants.importers.merged import Spread, SpreadNumber, fill_merged


def filled(rows, ranges):
    return [(number, cells) for number, cells in fill_merged(iter(rows), ranges)]


def test_texts_and_numbers_reach_down_and_say_where_they_are_from():
    rows = [(1, ["Cibeber", 5, True]), (2, ["", "", ""]), (3, ["x"]), (4, ["", "", ""])]
    found = filled(rows, [((0, column), (2, column)) for column in range(3)])
    assert found == [
        (1, ["Cibeber", 5, True]),
        (2, ["Cibeber", 5, True]),
        (3, ["x", 5, True]),
        (4, ["", "", ""]),
    ]
    assert [[type(cell) for cell in cells] for _number, cells in found] == [
        [str, int, bool],
        [Spread, SpreadNumber, bool],
        [str, SpreadNumber, bool],
        [str, str, str],
    ]


def test_merges_within_a_row_empty_ones_and_endless_ones_change_nothing():
    rows = [(1, ["", "b"]), (2, ["", ""])]
    ranges = [((0, 0), (1, 0)), ((0, 1), (0, 2)), ((0, 1), (30_000, 1)), ((0, 9), (1, 9))]
    assert filled(rows, ranges) == rows
    assert filled(rows, []) == rows
