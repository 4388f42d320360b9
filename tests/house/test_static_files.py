"""Static files are collected anew whenever any of them has changed."""

import pytest
from django.contrib.staticfiles.finders import FileSystemFinder, get_finders

from jamsostek_monitor.collected_static import collect_once, digest_of


@pytest.fixture
def folder(tmp_path, settings):
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "a.css").write_text("a {}")
    settings.STATICFILES_DIRS = [tmp_path]
    return tmp_path


def digest():
    return digest_of([FileSystemFinder()])


@pytest.mark.parametrize(
    "change",
    [
        lambda folder: (folder / "css" / "a.css").write_text("b {}"),
        lambda folder: (folder / "css" / "a.css").rename(folder / "a.css"),
        lambda folder: (folder / "new.js").touch(),
        lambda folder: (folder / "css" / "a.css").unlink(),
    ],
    ids=["another byte", "another name", "one more", "one less"],
)
def test_any_change_of_a_file_is_noticed(folder, change):
    before = digest()
    assert digest() == before
    change(folder)
    assert digest() != before


def test_all_files_of_the_application_are_looked_at():
    paths = {path for finder in get_finders() for path, _storage in finder.list([])}
    assert {"css/tokens.css", "admin/css/base.css"} <= paths


def test_a_second_start_collects_nothing(folder, tmp_path_factory, settings):
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    root = tmp_path_factory.mktemp("collected") / "static"
    settings.STATIC_ROOT = str(root)
    collect_once()
    made = root / "staticfiles.json"
    made.write_text(f"{made.read_text()} ")
    collect_once()
    assert made.read_text().endswith(" ")
    (folder / "css" / "a.css").write_text("c {}")
    collect_once()
    assert not made.read_text().endswith(" ")
