from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryFile

from participants.cipher import unseal_bytes
from participants.models import Batch, BatchFile


@contextmanager
def open_file(batch: Batch) -> Iterator[Path]:
    """The file of a batch as a path that no other process finds and that dies with this one."""
    content = unseal_bytes(BatchFile.objects.values_list("content_sealed", flat=True).get(pk=batch.pk))
    with TemporaryFile() as file:
        file.write(content)
        file.flush()
        del content
        yield Path(f"/dev/fd/{file.fileno()}")
