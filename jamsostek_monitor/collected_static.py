"""Static files collected, hashed and compressed anew only where a file, or what makes them, has changed.

Compressing all of them takes half a minute of a core, which every start would wait for.
"""

from collections.abc import Iterable
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder, get_finders
from django.core.management import call_command

_MADE_BY = ("django", "whitenoise", "brotli")


def collect_once() -> None:
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
