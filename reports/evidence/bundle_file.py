"""Writing a bundle: rows chained one to another, and a manifest that names every file."""

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from reports.evidence.check_bundle import canonical, first_link, link

PROGRAM = Path(__file__).with_name("check_bundle.py")


class BundleFile:
    """A zip that remembers what stands in it; written in one go, never held whole in memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._zip = ZipFile(file, "w", ZIP_DEFLATED)
        self.files: dict[str, dict[str, Any]] = {}
        self.chains: dict[str, dict[str, Any]] = {}

    def add(self, name: str, content: bytes) -> None:
        self._zip.writestr(_entry(name), content)
        self.files[name] = {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}

    def add_rows(self, name: str, rows: Iterable[dict[str, Any]]) -> int:
        """One line of JSON for each row, chained; how many."""
        digest, chain, number, size = hashlib.sha256(), first_link(name), 0, 0
        with self._zip.open(_entry(name), "w", force_zip64=True) as stream:
            for number, row in enumerate(rows, 1):
                chain = link(chain, row)
                line = f"{canonical({'number': number, 'row': row, 'chain': chain})}\n".encode()
                stream.write(line)
                digest.update(line)
                size += len(line)
        self.files[name] = {"sha256": digest.hexdigest(), "bytes": size}
        self.chains[name] = {"rows": number, "chain": chain}
        return number

    def add_unlisted(self, name: str, content: bytes) -> None:
        """The manifest itself and what is made of it."""
        self._zip.writestr(_entry(name), content)

    def close(self) -> None:
        self._zip.close()


def _entry(name: str) -> ZipInfo:
    info = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    info.compress_type = ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    return info
