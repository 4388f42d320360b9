"""Static files are collected anew whenever any of them has changed."""

import pytest
from django.contrib.staticfiles.finders import FileSystemFinder, get_finders

from tests.static_files import digest_of


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
