"""The record of a reconciliation: both sides' people and rupiah, what was agreed, who approved it when."""

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from budgets.enums import Match, ReconciliationState
from budgets.models import Reconciliation
from budgets.selectors.reconciliation import rupiah_lines
from budgets.terbilang import terbilang
from regions.formats import moment
from regions.month import last_day
from reports.pack.content import Cell, Column, Kind, Number, PackContent, Sentence, Signatory, Table
from reports.pack.period import Period, PeriodKind
from reports.pack.sentence import sentence


def gather_reconciliation(made: Reconciliation) -> PackContent:
    period = Period(PeriodKind.MONTH, made.month)
    return PackContent(
        document="reconciliation",
        title=_("Berita Acara Rekonsiliasi"),
        region_code=made.region_id,
        region_label=made.region.full_label,
        period_key=period.key,
        period_label=period.label,
        as_of=date_format(last_day(made.month), "j F Y"),
        draft_reason=_draft_reason(made),
        highlights=tuple(
            (label, number) for label, number, _words in _lines(made) if number.value is not None
        ),
        narrative=tuple(_narrative(made)),
        tables=(_people(made), _rupiah(made), _payments(made), _agreement(made), _files(made)),
        signed_at=_signed_at(made),
        signatories=(
            Signatory(_("Pemerintah daerah"), str(made.pemda_signer or "")),
            Signatory(_("BPJS Ketenagakerjaan"), str(made.bpjs_signer or "")),
        ),
    )


def _draft_reason(made: Reconciliation) -> str:
    if made.state == ReconciliationState.AGREED:
        return ""
    if made.state == ReconciliationState.SUPERSEDED:
        return _("Rekonsiliasi ini sudah digantikan yang lebih baru.")
    return _("Belum disetujui kedua pihak.")


def _narrative(made: Reconciliation) -> Iterator[Sentence]:
    yield sentence(
        _(
            "Kedua pihak membandingkan daftar peserta Pemerintah Daerah dengan daftar peserta aktif BPJS "
            "Ketenagakerjaan untuk {month} ({category}, {funding}), seluruhnya {people} orang, dan "
            "membandingkan iuran terutang dengan yang dibukukan dan yang dibayar."
        ),
        month=date_format(made.month, "F Y"),
        category=str(made.category or _("semua kategori")),
        funding=str(made.funding or _("semua sumber dana")),
        people=Number(sum(made.counts.values()), Kind.COUNT),
    )
    for signer, at, side in (
        (made.pemda_signer, made.pemda_signed_at, _("Pemerintah daerah")),
        (made.bpjs_signer, made.bpjs_signed_at, _("BPJS Ketenagakerjaan")),
    ):
        if signer and at:
            yield sentence(
                _("{side} menyetujuinya secara elektronik: {who}, {when}."),
                side=side,
                who=str(signer),
                when=moment(at),
            )


def _people(made: Reconciliation) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (capfirst(str(label)), Number(made.counts.get(value, 0), Kind.COUNT))
        for value, label in Match.choices
    ]
    total = (_("Jumlah"), Number(sum(made.counts.values()), Kind.COUNT))
    columns = (Column(_("Hasil")), Column(_("Orang"), is_number=True))
    return Table("people", "1", _("Orang menurut kedua daftar"), columns, tuple(rows), total)


def _lines(made: Reconciliation) -> list[tuple[str, Number, str]]:
    """Each sum and difference with its rupiah in words."""
    labels = {
        "due": _("Terutang menurut daftar Pemda"),
        "billed": _("Ditagih atau dibukukan BPJS"),
        "paid": _("Dibayar lewat bank"),
        "due_billed": _("Selisih terutang dan BPJS"),
        "billed_paid": _("Selisih BPJS dan bank"),
        "due_paid": _("Selisih terutang dan bank"),
    }
    found = []
    for name, amount in rupiah_lines(made).items():
        words = _("tidak disebut") if amount is None else f"{terbilang(amount)} rupiah"
        found.append((labels[name], Number(amount, Kind.RUPIAH), words))
    return found


def _rupiah(made: Reconciliation) -> Table:
    rows = _lines(made)
    columns = (Column(_("Uraian")), Column(_("Rupiah"), is_number=True), Column(_("Terbilang")))
    unpriced = made.sums.get("unpriced", 0)
    note = _("Terutang belum termasuk %(people)s orang tanpa tarif.") % {"people": unpriced}
    title = _("Iuran menurut ketiga catatan")
    return Table("rupiah", "2", title, columns, tuple(rows), note=note if unpriced else "")


def _payments(made: Reconciliation) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for one in made.payments.all():
        paid_on = date_format(one.paid_on, "j F Y") if one.paid_on else ""
        rows.append((one.number, paid_on, one.note, Number(one.amount, Kind.RUPIAH)))
    words = [Column(label) for label in (_("Nomor"), _("Tanggal"), _("Asal"))]
    columns = (*words, Column(_("Rupiah"), is_number=True))
    note = "" if rows else _("Tidak ada pembayaran yang disebut.")
    return Table("payments", "3", _("Pembayaran"), columns, tuple(rows), note=note)


def _agreement(made: Reconciliation) -> Table:
    lines = [line.strip() for line in made.agreement.splitlines() if line.strip()]
    note = "" if lines else _("Belum ada kesepakatan yang ditulis.")
    rows = tuple((line,) for line in lines)
    return Table("agreement", "4", _("Yang disepakati"), (Column(_("Kesepakatan")),), rows, note=note)


def _files(made: Reconciliation) -> Table:
    files = made.files.defer("content_sealed").order_by("side")
    rows: list[tuple[Cell, ...]] = [
        (
            file.get_side_display(),
            file.file_name,
            f"{file.sha256[:32]} {file.sha256[32:]}",
            Number(file.rows, Kind.COUNT),
            Number(file.unread, Kind.COUNT),
        )
        for file in files
    ]
    words = [Column(label) for label in (_("Pihak"), _("Berkas"), "SHA-256")]
    numbers = [Column(label, is_number=True) for label in (_("Baris terbaca"), _("Tak terbaca"))]
    note = _("Kode dokumen %(code)s, dibuat oleh %(who)s, %(when)s.") % {
        "code": made.short_code,
        "who": made.made_by,
        "when": moment(made.made_at),
    }
    return Table("files", "5", _("Lampiran"), (*words, *numbers), tuple(rows), note=note)


def _signed_at(made: Reconciliation) -> str:
    moments = [at for at in (made.pemda_signed_at, made.bpjs_signed_at) if at]
    if made.state != ReconciliationState.AGREED or not moments:
        return ""
    return f"{made.region.name}, {date_format(localtime(max(moments)), 'j F Y')}"
