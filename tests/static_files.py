"""Static files as in production, looked through once."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from whitenoise.base import WhiteNoise


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
