"""Sources of funds that a plan may draw on."""

from django.db.models import QuerySet

from participants.models import FundingSource
from regions.enums import Level

_USUAL = {Level.NATION: "apbn", Level.PROVINCE: "apbd_provinsi"}


def usual_source(level: int) -> str:
    """What a region of that level pays from where it names nothing else."""
    return _USUAL.get(Level(level), "apbd_kabkota")


def list_plan_sources() -> QuerySet[FundingSource]:
    """All in whose name somebody else may pay; people who pay for themselves are no plan."""
    return FundingSource.objects.exclude(code__in=("mandiri", "pemberi_kerja", "kontraktor")).order_by("name")
