"""Static files as in production, with their manifest, at the cost of one look at them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder, get_finders
from django.core.management import call_command
from whitenoise.base import WhiteNoise

_MADE_BY = ("django", "whitenoise", "brotli")


def collect_once() -> None:
    """Collected, hashed and compressed anew only where a file, or what makes them, has changed since."""
    root = Path(settings.STATIC_ROOT)
    stamp, wanted = root.with_suffix(".sha256"), digest_of(get_finders())
    if (root / "staticfiles.json").is_file() and stamp.is_file() and stamp.read_text() == wanted:
        return
    stamp.unlink(missing_ok=True)
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(wanted)


def digest_of(finders: Iterable[BaseFinder]) -> str:
    """Of every name and every byte that would be collected, and of what makes the rest out of them."""
    told = sha256("".join(f"{name} {version(name)}\n" for name in _MADE_BY).encode())
    for finder in finders:
        for path, storage in finder.list([]):
            told.update(f"{getattr(storage, 'prefix', None) or ''}/{path}\n".encode())
            with storage.open(path) as file:
                told.update(file.read())
    return told.hexdigest()


@contextmanager
def looked_through_once() -> Iterator[None]:
    """A new client makes the middleware anew, which would look through the same files each time."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    look_through = WhiteNoise.update_files_dictionary

    def look_once(self: WhiteNoise, root: str, prefix: str) -> None:
        if (root, prefix) not in found:
            before = set(self.files)
            look_through(self, root, prefix)
            found[root, prefix] = {url: file for url, file in self.files.items() if url not in before}
        self.files.update(found[root, prefix])

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(WhiteNoise, "update_files_dictionary", look_once)
        yield
