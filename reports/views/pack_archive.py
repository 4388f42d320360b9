"""Several files as one, on disk as soon as they no longer fit well in memory."""

from collections.abc import Iterable
from tempfile import SpooledTemporaryFile
from typing import IO
from zipfile import ZIP_STORED, ZipFile

from reports.models import PackFile

_IN_MEMORY = 4_000_000


def zipped(files: Iterable[tuple[str, PackFile]]) -> IO[bytes]:
    """Stored, not squeezed: all of them are compressed already."""
    spool = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 (the answer closes it)
    with ZipFile(spool, "w", ZIP_STORED) as archive:
        for name, file in files:
            archive.writestr(name, bytes(file.content))
    spool.seek(0)
    return spool
