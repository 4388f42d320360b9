"""What counts as covered, and from which thresholds an alert is raised: the rows that must be there."""

from datetime import date

from participants.enums import Segment
from regions.models.region import NATION
from regions.month import first_of
from regions.services.change import record_changes
from reports.enums import AlertKind
from reports.models import AlertRule, CoverageDefinition


def note_definition_change(*, since: date) -> None:
    """Every figure of coverage from a month on is stale, everywhere."""
    record_changes([(NATION, (first_of(since), None))], report=None, reaches_down=True)


def ensure_coverage_definition() -> None:
    """The definition with which the application starts: all segments over the official denominator."""
    CoverageDefinition.objects.get_or_create(
        code="ucj-semua-segmen",
        defaults={
            "label": "UCJ: peserta aktif semua segmen dibagi penyebut resmi",
            "segments": [segment.value for segment in Segment],
            "valid_from": date(2000, 1, 1),
            "legal_source": (
                "Inpres 2/2021 menyebut semua pekerja tanpa menetapkan rumus; "
                "penyebut resmi dipilih per wilayah dan tahun"
            ),
        },
    )


def ensure_alert_rules() -> None:
    """Thresholds with which the application starts; a newer row overrides them."""
    house = "Nilai awal aplikasi; tidak ditetapkan peraturan"
    starting = {
        AlertKind.CLAIM_RATIO: 100,
        AlertKind.COVERAGE_DROP: 2,
        AlertKind.ARREARS: 2,
        AlertKind.ENDING: 60,
        AlertKind.DUPLICATES: 20,
        AlertKind.MOVED: 1,
        AlertKind.RECOUNT: 1,
        AlertKind.LOOK_UPS: 3,
    }
    for kind, threshold in starting.items():
        AlertRule.objects.get_or_create(
            kind=kind,
            valid_from=date(2000, 1, 1),
            defaults={"threshold": threshold, "legal_source": house},
        )
