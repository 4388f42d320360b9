"""What people do with a batch: send a file, name its columns, confirm, cancel."""

import hashlib
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.timezone import now
from django.utils.translation import gettext as _

from participants.enums import BatchState
from participants.errors import BatchRefused
from participants.importers.extra import cell_named
from participants.importers.header import label_of
from participants.importers.workbook import MOST_BYTES
from participants.models import Batch, BatchFile, TitleMemory
from participants.selectors.key import keys_are_settled
from participants.selectors.reach import require_batch
from regions.access import require_of
from regions.cipher import seal_bytes
from regions.enums import Level, Origin, ReportKind
from regions.models import User
from regions.models.region import level_of
from regions.month_rules import EARLIEST
from regions.personal_numbers import masked_file_name
from regions.roles import Permission
from regions.services.month_lock import demand_open

_LATEST = date(2100, 1, 1)


@dataclass(frozen=True)
class BatchTerms:
    """What holds for all rows of a batch. Without a last month the spells stay open."""

    region_code: str
    category: str
    funding: str
    segment: str
    programmes: tuple[str, ...]
    first_month: date
    source: str
    as_of: date
    last_month: date | None = None
    institution: str | None = None
    payer: str | None = None
    is_proposal: bool = False


@transaction.atomic
def send_file(
    *, terms: BatchTerms, file_name: str, content: bytes, by: User, origin: Origin = Origin.FILE
) -> Batch:
    """Take in a file; a worker reads it. Raises OutsideScope, NotPermitted, BatchRefused or MonthLocked."""
    demand_size(content)
    batch = new_batch(terms=terms, origin=origin, state=BatchState.WAITING, by=by)
    batch.file_name, batch.size = masked_file_name(file_name, 150), len(content)
    batch.sha256 = hashlib.sha256(content).hexdigest()
    batch.save(force_insert=True)
    BatchFile.objects.create(batch=batch, content_sealed=seal_bytes(content))
    return batch


def demand_size(content: bytes) -> None:
    """Raises BatchRefused for what no reader would take."""
    if len(content) > MOST_BYTES:
        raise BatchRefused(
            _("Berkas lebih besar dari %(most)s MB. Bagi daftarnya menjadi beberapa berkas.")
            % {"most": MOST_BYTES // 2**20}
        )


def new_batch(*, terms: BatchTerms, origin: Origin, state: BatchState, by: User) -> Batch:
    """An unsaved batch, its terms checked. Raises OutsideScope, NotPermitted, BatchRefused or MonthLocked."""
    require_of(by, Permission.ENTER_PERSONS, terms.region_code, terms.institution, terms.payer)
    if not keys_are_settled():
        raise BatchRefused(
            _("Kunci penyandian sedang diganti; orang yang sama belum dapat dikenali. Coba lagi nanti.")
        )
    if level_of(terms.region_code) != Level.REGENCY:
        raise BatchRefused(_("Pilih kabupaten atau kota tempat orang-orang ini terdaftar."))
    if terms.first_month < EARLIEST or (terms.last_month or terms.first_month) > _LATEST:
        raise BatchRefused(
            _("Bulan di luar masa BPJS Ketenagakerjaan (sejak Januari 2014). Periksa tahunnya.")
        )
    if terms.last_month and terms.last_month < terms.first_month:
        raise BatchRefused(_("Bulan terakhir mendahului bulan pertama. Tukar keduanya."))
    demand_open([(terms.region_code, (terms.first_month, terms.last_month))], ReportKind.PERSONS)
    return Batch(
        region_id=terms.region_code,
        category_id=terms.category,
        funding_id=terms.funding,
        segment=terms.segment,
        programmes=sorted(terms.programmes),
        institution_id=terms.institution,
        payer_id=terms.payer,
        first_month=terms.first_month,
        last_month=terms.last_month,
        is_proposal=terms.is_proposal,
        source=terms.source,
        as_of=terms.as_of,
        origin=origin,
        state=state,
        entered_by=by,
    )


@transaction.atomic
def confirm_batch(*, pk: int, by: User) -> Batch:
    """Ask for the good rows to be stored; confirming twice is one confirmation."""
    batch = _locked(pk, by)
    if batch.state in {BatchState.CONFIRMED, BatchState.STORING, BatchState.STORED}:
        return batch
    _demand(batch, BatchState.CHECKED)
    batch.state, batch.confirmed_by, batch.attempts = BatchState.CONFIRMED, by, 0
    batch.began_at, batch.refusal = now(), ""
    batch.save(update_fields=["state", "confirmed_by", "attempts", "began_at", "refusal"])
    return batch


@transaction.atomic
def cancel_batch(*, pk: int, by: User) -> Batch:
    """Stop reading, or throw the dry run away. What is being stored is stored; undo it afterwards."""
    batch = _locked(pk, by)
    if batch.state == BatchState.READING:
        batch.cancel_asked = True
    elif batch.state in {BatchState.WAITING, BatchState.CHECKED, BatchState.CONFIRMED}:
        batch.state = BatchState.CANCELLED
        batch.rows.all().delete()
    elif batch.state != BatchState.CANCELLED:
        raise BatchRefused(
            _("Unggahan ini sudah disimpan atau sedang disimpan. Tarik kembali sesudah tersimpan.")
        )
    batch.save(update_fields=["state", "cancel_asked"])
    return batch


@transaction.atomic
def name_columns(*, pk: int, titles: dict[str, str], sheets: list[str], by: User) -> Batch:
    """Say what the columns are and read the file anew; remembered for the institution's next list."""
    batch = _locked(pk, by)
    _demand(batch, BatchState.CHECKED, BatchState.REFUSED)
    if not BatchFile.objects.filter(batch=batch).exists():
        raise BatchRefused(_("Berkas unggahan ini sudah dihapus. Kirim lagi daftarnya."))
    batch.titles = {title[:60]: cell_named(field).value for title, field in titles.items() if label_of(title)}
    batch.chosen_sheets = [sheet[:60] for sheet in sheets]
    batch.state, batch.attempts, batch.refusal, batch.counts = BatchState.WAITING, 0, "", {}
    batch.save(update_fields=["titles", "chosen_sheets", "state", "attempts", "refusal", "counts"])
    for title, field in batch.titles.items():
        TitleMemory.objects.update_or_create(
            region_id=batch.region_id,
            institution=batch.institution,
            title=title,
            defaults={"field": field, "entered_by": by},
        )
    return batch


def _locked(pk: int, by: User) -> Batch:
    """Raises OutsideScope or NotPermitted."""
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=pk)
    require_batch(by, batch)
    return batch


def _demand(batch: Batch, *states: BatchState) -> None:
    if batch.state not in states:
        raise BatchRefused(
            _("Status unggahan ini sudah berubah (%(state)s). Muat ulang halamannya.")
            % {"state": batch.get_state_display()}
        )
