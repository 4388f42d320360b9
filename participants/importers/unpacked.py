"""The lists inside an archive: their contents, and their sheets as if they were of one workbook."""

import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile
from typing import BinaryIO

from django.utils.translation import gettext as _

from participants.importers.refusal import ListRefused, Protected, ZipOfLists
from participants.importers.workbook import MOST_BYTES, Sheet, open_workbook, own_name
from participants.nik import mask_digits

MOST_LISTS = 50
_MOST_UNPACKED = 4 * MOST_BYTES
_LONGEST_FILE, _LONGEST_SHEET = 16, 28


def contents_of(file: Path | BinaryIO, names: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """Each list by its own name. Raises ListRefused.

    Sizes that an archive declares can lie, so reading stops by itself.
    """
    if len(names) > MOST_LISTS:
        raise ListRefused(
            _("Berkas ZIP berisi lebih dari %(most)s daftar. Bagi menjadi beberapa berkas.")
            % {"most": MOST_LISTS}
        )
    left = _MOST_UNPACKED
    try:
        with zipfile.ZipFile(file) as archive:
            for name in names:
                with archive.open(name) as entry:
                    content = entry.read(min(left, MOST_BYTES) + 1)
                left -= len(content)
                if len(content) > MOST_BYTES or left < 0:
                    raise ListRefused(
                        _("Isi berkas ZIP terlalu besar. Kirim daftarnya satu per satu, paling besar 25 MB.")
                    )
                yield PurePosixPath(name).name, content
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, OSError) as error:
        raise ListRefused(
            _("Berkas ZIP rusak atau terkunci. Buka sendiri, lalu kirim daftarnya satu per satu.")
        ) from error


def open_sheets(path: Path, name: str = "") -> Iterator[Sheet]:
    """The sheets of a file; of an archive those of each list in it, which bear its name too.

    A sheet can be read until the next one is asked for. Raises ListRefused.
    """
    try:
        yield from open_workbook(path, name)
    except ZipOfLists as found:
        taken: set[str] = set()
        for number, (inner, content) in enumerate(contents_of(path, found.names), start=1):
            with TemporaryFile() as file:
                file.write(content)
                file.flush()
                stem = mask_digits(Path(inner).stem)[:_LONGEST_FILE]
                for sheet in _inside(Path(f"/dev/fd/{file.fileno()}"), inner):
                    title = f"{number} {stem} {sheet.name[:_LONGEST_SHEET]}"
                    yield replace(sheet, name=own_name(title, taken))


def _inside(path: Path, name: str) -> list[Sheet]:
    try:
        return open_workbook(path, Path(name).stem)
    except Protected as error:
        raise ListRefused(
            _('Berkas "%(name)s" di dalam ZIP dilindungi kata sandi. Keluarkan dari ZIP, lalu kirim sendiri.')
            % {"name": mask_digits(name)[:60]}
        ) from error
    except ZipOfLists as error:
        raise ListRefused(
            _('Di dalam ZIP ada ZIP lain: "%(name)s". Keluarkan isinya, lalu kirim lagi.')
            % {"name": mask_digits(name)[:60]}
        ) from error
