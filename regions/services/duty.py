"""Recording what rules ask, filing that it was done, and checking it by a second person."""

from dataclasses import dataclass, field
from datetime import date

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _

from regions.access import get_region, require, require_of
from regions.duty import AddresseeKind, DueKind, DutyRule, EvidenceState
from regions.enums import Verb
from regions.errors import NotPermitted, OutsideScope, RegulationRefused
from regions.models import Duty, DutyEvidence, Institution, User
from regions.personal_numbers import masked_numbers
from regions.roles import Permission
from regions.selectors.duty import get_duty, get_evidence
from regions.selectors.regulation import get_regulation
from regions.services.act import record_act
from regions.services.fact_act import pairs_in_act

_COLUMNS = ("clause", "title", "addressees", "due_kind", "due_on", "rule", "argument", "source", "ended_on")


@dataclass(frozen=True)
class DutyGiven:
    """What somebody says of a duty."""

    title: str
    addressees: list[str]
    source: str
    clause: str = ""
    due_kind: str = DueKind.NONE
    due_on: date | None = None
    rule: str = ""
    argument: str = ""
    ended_on: date | None = None
    source_url: str = field(default="", kw_only=True)


def duty_reference(rule: int, title: str) -> str:
    return f"{rule}:{' '.join(title.casefold().split())}"[:160]


@transaction.atomic
def record_duty(*, regulation: int, given: DutyGiven, by: User) -> Duty:
    """Raises OutsideScope, NotPermitted or RegulationRefused."""
    rule = get_regulation(by, regulation, localdate())
    require(by, Permission.ENTER_REGULATION, rule.region_id)
    _demand_whole(given)
    row = Duty(regulation=rule, changed_by=by)
    return _stored(row, given, Verb.RECORDED, by)


@transaction.atomic
def change_duty(*, pk: int, given: DutyGiven, by: User) -> Duty:
    """Raises like `record_duty`. What was filed for it stays."""
    row = get_duty(by, pk, localdate())
    require(by, Permission.ENTER_REGULATION, row.regulation.region_id)
    _demand_whole(given)
    row.changed_by = by
    return _stored(row, given, Verb.CORRECTED, by)


def _stored(row: Duty, given: DutyGiven, verb: Verb, by: User) -> Duty:
    before = {column: getattr(row, column) for column in _COLUMNS} if row.pk else {}
    for column in _COLUMNS:
        setattr(row, column, getattr(given, column))
    row.title, row.clause = masked_numbers(given.title.strip()), masked_numbers(given.clause.strip())
    row.reference = duty_reference(row.regulation_id, row.title)
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        raise RegulationRefused(
            _("Regulasi ini sudah memuat kewajiban dengan nama itu. Ubah yang sudah ada.")
        ) from error
    pairs = ((column, before.get(column), getattr(row, column)) for column in _COLUMNS)
    record_act(
        by=by,
        verb=verb,
        subject=f"{Duty._meta.verbose_name} #{row.pk}: {row}",
        region_code=row.regulation.region_id,
        detail={"changed": pairs_in_act(pairs)},
    )
    return row


def _demand_whole(given: DutyGiven) -> None:
    if not given.title.strip():
        raise RegulationRefused(_("Tulis apa yang wajib dilakukan."))
    if not given.addressees or set(given.addressees) - set(AddresseeKind.values):
        raise RegulationRefused(_("Pilih kepada siapa kewajiban ini ditujukan."))
    asks_day = given.due_kind in {DueKind.ONCE, DueKind.YEARLY}
    if asks_day != (given.due_on is not None):
        raise RegulationRefused(
            _("Isi tanggal tenggatnya.") if asks_day else _("Tenggat ini tidak memakai tanggal. Kosongkan.")
        )
    asks_category = bool(given.rule) and DutyRule(given.rule).asks_category
    if asks_category != bool(given.argument):
        raise RegulationRefused(
            _("Pilih kategori yang dilihat.") if asks_category else _("Status ini tidak memakai kategori.")
        )
    below = any(not AddresseeKind(one).is_head for one in given.addressees)
    if given.rule and below:
        raise RegulationRefused(
            _("Status dari data hanya untuk gubernur, bupati, dan wali kota. Kosongkan bagi yang lain.")
        )


@transaction.atomic
def file_evidence(
    *, duty: int, region_code: str, institution: str = "", period: date | None, statement: str, by: User
) -> DutyEvidence:
    """Say that an addressee did its duty. Raises OutsideScope, NotPermitted or RegulationRefused."""
    row = get_duty(by, duty, localdate())
    if row.rule:
        raise RegulationRefused(_("Status kewajiban ini mengikuti data; tidak perlu bukti."))
    body = Institution.objects.filter(pk=institution, region__code__startswith=region_code).first()
    if institution and body is None:
        raise OutsideScope(institution)
    require_of(by, Permission.ENTER_REGULATION, region_code, institution or None)
    words = masked_numbers(statement.strip())[:1000]
    if not words:
        raise RegulationRefused(_("Tulis apa yang dilakukan dan kapan; lampirkan dokumennya sesudah itu."))
    found = DutyEvidence(
        duty=row, region_id=region_code, institution=body, period=period, statement=words, filed_by=by
    )
    try:
        with transaction.atomic():
            found.save(force_insert=True)
    except IntegrityError as error:
        raise RegulationRefused(
            _("Bukti untuk kewajiban dan periode ini sudah diajukan. Lengkapi dokumennya di sana.")
        ) from error
    _note(found, Verb.RECORDED, by)
    return found


@transaction.atomic
def check_evidence(*, pk: int, accept: bool, reason: str, by: User) -> DutyEvidence:
    """By another person than who filed it. Raises OutsideScope, NotPermitted or RegulationRefused."""
    get_evidence(by, pk)
    row = DutyEvidence.objects.select_for_update(of=("self",)).select_related("duty").get(pk=pk)
    get_region(by, row.region_id, Permission.CHECK_EVIDENCE)
    if row.filed_by_id == by.pk:
        raise NotPermitted(pk)
    if row.state != EvidenceState.FILED:
        raise RegulationRefused(_("Bukti ini sudah diperiksa."))
    words = masked_numbers(reason.strip())[:250]
    if not accept and not words:
        raise RegulationRefused(_("Tulis alasan bukti ini dikembalikan."))
    row.state = EvidenceState.ACCEPTED if accept else EvidenceState.RETURNED
    row.checked_by, row.checked_at, row.reason = by, now(), words
    row.save(update_fields=["state", "checked_by", "checked_at", "reason"])
    _note(row, Verb.APPROVED if accept else Verb.RETURNED, by, words)
    return row


def _note(row: DutyEvidence, verb: Verb, by: User, reason: str = "") -> None:
    detail = {"reason": reason, "belongs_to": str(row.duty)}
    record_act(
        by=by,
        verb=verb,
        subject=f"{DutyEvidence._meta.verbose_name} #{row.pk}",
        region_code=row.region_id,
        detail={name: said for name, said in detail.items() if said},
    )
