"""Whatever an act notes is called by a word of the language when the ledger is read."""

import ast

from regions.act_words import told_names
from tests.house.source import CODE, name_of, text_of


def noted_names(source):
    """The names directly under `detail` where an act is recorded."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "record_act":
            for given in node.keywords:
                if given.arg == "detail" and isinstance(given.value, ast.Dict):
                    keys = given.value.keys
                    yield from (key.value for key in keys if isinstance(key, ast.Constant))


def test_every_name_in_an_act_has_a_word():
    found = {
        (name_of(path), name)
        for path in CODE
        for name in noted_names(text_of(path))
        if name not in told_names()
    }
    assert found == set()


def test_the_reader_of_sources_sees_what_is_noted():
    source = 'record_act(by=by, detail={"scenario": 1, "told": {"inside": 2}})\nother(detail={"no": 1})'
    assert list(noted_names(source)) == ["scenario", "told"]
