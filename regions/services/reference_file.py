"""Loading a reference file once for each of its versions."""

from collections.abc import Callable, Sequence
from pathlib import Path

from django.db import transaction

from regions.importers.reference_csv import sha256_of
from regions.models import ReferenceFile


@transaction.atomic
def load_once(name: str, paths: Sequence[Path], load: Callable[[], int], *, force: bool = False) -> int:
    """Run `load` when the files differ from those loaded last; rows stored, 0 when nothing was to do."""
    sha256 = sha256_of(paths)
    known = ReferenceFile.objects.filter(name=name, sha256=sha256).exists()
    if known and not force:
        return 0
    rows = load()
    ReferenceFile.objects.update_or_create(name=name, defaults={"sha256": sha256, "rows": rows})
    return rows
