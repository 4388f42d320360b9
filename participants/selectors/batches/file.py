"""The sent file of a batch: opened for the reader, and compared with files sent before."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryFile

from participants.enums import BatchState
from participants.models import Batch, BatchFile, Enrolment, LifeEvent, Participant
from regions.cipher import unseal_bytes


@contextmanager
def open_file(batch: Batch) -> Iterator[Path]:
    with unsealed_file(
        BatchFile.objects.values_list("content_sealed", flat=True).get(pk=batch.file_batch)
    ) as path:
        yield path


@contextmanager
def unsealed_file(sealed: bytes | memoryview) -> Iterator[Path]:
    """What was sealed as a path that no other process finds and that dies with this one."""
    with TemporaryFile() as file:
        file.write(unseal_bytes(sealed))
        file.flush()
        yield Path(f"/dev/fd/{file.fileno()}")


def find_twin(batch: Batch, reader: int) -> Batch | None:
    """A batch whose rows are those of the same file, read by this reader for the same region."""
    same = Batch.objects.filter(
        region=batch.region_id,
        sha256=batch.sha256,
        titles=batch.titles,
        chosen_sheets=batch.chosen_sheets,
        reader=reader,
        state__in=[BatchState.CHECKED, BatchState.STORED, BatchState.UNDONE],
    )
    return same.exclude(pk=batch.pk).order_by("-pk").first()


def changed_since(batch: Batch) -> bool:
    """Whether persons of the region, or what happened to them, changed since the batch was compared.

    A transaction may take up to a minute from its changes to their being seen.
    """
    seen = (batch.heartbeat_at or batch.entered_at) - timedelta(minutes=1)
    region = {"region": batch.region_id}
    return (
        Participant.objects.filter(changed_at__gt=seen, **region).exists()
        or Enrolment.objects.filter(changed_at__gt=seen, **region).exists()
        or LifeEvent.objects.filter(changed_at__gt=seen, **region).exists()
    )
