"""What counts as covered: proposed by one person, decided on by another; and the rows that must be there."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from participants.enums import Segment
from participants.programme_set import in_order
from regions.access import require
from regions.enums import Verb
from regions.formats import month_name
from regions.models import User
from regions.models.region import NATION
from regions.month import first_of
from regions.roles import Permission
from regions.services.act import counted_months, record_act
from regions.services.change import record_changes
from reports.enums import AlertKind, DefinitionState
from reports.models import AlertRule, CoverageDefinition


class DefinitionRefused(Exception):
    """A proposal or a decision that cannot be taken; `sentence` says why and what to do instead."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        super().__init__(sentence)


@dataclass(frozen=True)
class ProposedDefinition:
    """What a person proposes: which segments and programmes count, which balance is official, since when."""

    code: str
    label: str
    segments: tuple[str, ...]
    programmes: tuple[str, ...]
    balance_basis: str
    valid_from: date
    legal_source: str
    reason: str


@transaction.atomic
def propose_definition(proposed: ProposedDefinition, *, by: User) -> CoverageDefinition:
    """Raises DefinitionRefused where another definition already holds from that month or has that code."""
    require(by, Permission.MANAGE_REFERENCE, NATION)
    if proposed.valid_from != first_of(proposed.valid_from):
        raise DefinitionRefused(_("Definisi berlaku sejak awal sebuah bulan."))
    if CoverageDefinition.objects.filter(code=proposed.code).exists():
        raise DefinitionRefused(
            _("Definisi bernama serupa sudah pernah diusulkan sejak bulan itu. Beri nama lain.")
        )
    if not proposed.programmes:
        raise DefinitionRefused(_("Pilih sedikitnya satu program."))
    _require_free(proposed.valid_from)
    row = CoverageDefinition.objects.create(
        code=proposed.code,
        label=proposed.label,
        segments=list(proposed.segments),
        programmes=in_order(proposed.programmes),
        balance_basis=proposed.balance_basis,
        valid_from=proposed.valid_from,
        legal_source=proposed.legal_source,
        reason=proposed.reason,
        proposed_by=by,
        proposed_at=now(),
    )
    record_act(
        by=by,
        verb=Verb.DEFINITION_PROPOSED,
        subject=row.code,
        region_code=NATION,
        detail={**_told(row), "reason": row.reason},
    )
    return row


@transaction.atomic
def decide_definition(*, pk: int, by: User, grant: bool, answer: str = "") -> CoverageDefinition:
    """By somebody else than who proposed it. Figures from its month on are counted anew; those of closed
    months stay as they were closed. Raises DefinitionRefused."""
    require(by, Permission.MANAGE_REFERENCE, NATION)
    row = CoverageDefinition.objects.select_for_update().get(pk=pk)
    if not row.is_proposed:
        raise DefinitionRefused(_("Usulan ini sudah diputuskan. Muat ulang halaman."))
    if row.proposed_by_id == by.pk:
        raise DefinitionRefused(_("Usulan sendiri tidak boleh diputuskan sendiri; minta administrator lain."))
    if not grant and not answer.strip():
        raise DefinitionRefused(_("Tulis alasan penolakannya."))
    if grant:
        _require_free(row.valid_from)
    row.state = DefinitionState.IN_FORCE if grant else DefinitionState.REFUSED
    row.decided_by, row.decided_at, row.answer = by, now(), answer.strip()
    row.save()
    detail: dict[str, Any] = {**_told(row), "answer": row.answer}
    if grant:
        detail["counted_months"] = counted_months([(row.valid_from, None)])
        note_definition_change(since=row.valid_from)
    verb = Verb.DEFINITION_GRANTED if grant else Verb.DEFINITION_REFUSED
    record_act(by=by, verb=verb, subject=row.code, region_code=NATION, detail=detail)
    return row


def _told(row: CoverageDefinition) -> dict[str, Any]:
    return {
        "segments": sorted(row.segments),
        "programmes": list(row.programmes),
        "balance_basis": row.balance_basis,
        "valid_from": row.valid_from.isoformat(),
    }


def _require_free(month: date) -> None:
    if CoverageDefinition.objects.filter(valid_from=month, state=DefinitionState.IN_FORCE).exists():
        raise DefinitionRefused(
            _("Sejak %(month)s sudah berlaku definisi lain. Pilih bulan yang lain.")
            % {"month": month_name(month)}
        )


def note_definition_change(*, since: date) -> None:
    """Every figure of coverage from a month on is stale, everywhere."""
    record_changes([(NATION, (first_of(since), None))], report=None, reaches_down=True)


def ensure_coverage_definition() -> None:
    """The definition with which the application starts: all segments over the official denominator."""
    CoverageDefinition.objects.get_or_create(
        code="ucj-semua-segmen",
        defaults={
            "state": DefinitionState.IN_FORCE,
            "label": gettext_noop("UCJ: peserta aktif semua segmen dibagi penyebut resmi"),
            "segments": [segment.value for segment in Segment],
            "valid_from": date(2000, 1, 1),
            "legal_source": gettext_noop(
                "Inpres 2/2021 menyebut semua pekerja tanpa menetapkan rumus; "
                "penyebut resmi dipilih per wilayah dan tahun"
            ),
        },
    )


def ensure_alert_rules() -> None:
    """Thresholds with which the application starts; a newer row overrides them."""
    house = gettext_noop("Nilai awal aplikasi; tidak ditetapkan peraturan")
    starting = {
        AlertKind.CLAIM_RATIO: 100,
        AlertKind.COVERAGE_DROP: 2,
        AlertKind.ARREARS: 2,
        AlertKind.ENDING: 60,
        AlertKind.ENDING_NEAR: 30,
        AlertKind.COMMITMENT: 1,
        AlertKind.PLEDGE_DUE: 14,
        AlertKind.PLEDGE_OVERDUE: 1,
        AlertKind.DUPLICATES: 20,
        AlertKind.MOVED: 1,
        AlertKind.RECOUNT: 1,
        AlertKind.LOOK_UPS: 3,
        AlertKind.LEDGER: 1,
    }
    for kind, threshold in starting.items():
        AlertRule.objects.get_or_create(
            kind=kind,
            valid_from=date(2000, 1, 1),
            defaults={"threshold": threshold, "legal_source": house},
        )
