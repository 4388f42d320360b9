"""What stands behind a dossier: closed months, packs that were issued, documents that were attached."""

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from participants.models import Attachment
from participants.selectors.attachment import attachments_of_region
from participants.selectors.attachment_subject import AttachmentSubject, find_subject
from regions.enums import MonthState
from regions.errors import NotPermitted, OutsideScope
from regions.formats import day_name, month_name, whole
from regions.models import Region, User
from regions.month import add_months
from regions.selectors.reporting_month import list_reporting_months
from reports.dossier.section import DossierSection, plain_table
from reports.pack.code import grouped_code
from reports.pack.content import Table
from reports.selectors.packs.pack import list_packs

# Documents and packs that are listed, the newest first.
_MOST = 100
_SHORT_HASH = 16


def evidence_section(user: User, region: Region, year: int) -> DossierSection:
    months = [add_months(date(year, 1, 1), ahead) for ahead in range(12)]
    states = list_reporting_months([region.pk], months)
    closed = [row for row in states.values() if row.state == MonthState.CLOSED]
    rows = list_packs(user).filter(region=region, first_month__year=year)
    packs = list(rows[:_MOST])
    documents = _documents(user, region)
    tables: list[Table] = []
    if closed:
        tables.append(
            plain_table(
                "closings",
                _("Bulan laporan yang ditutup"),
                [_("Bulan"), _("Penutupan ke"), _("Ditutup oleh"), _("Pada")],
                [
                    [month_name(row.month), whole(row.closing), str(row.changed_by), day_name(row.changed_at)]
                    for row in sorted(closed, key=lambda row: row.month)
                ],
            )
        )
    if packs:
        tables.append(
            plain_table(
                "packs",
                _("Paket monev yang terbit"),
                [_("Kode dokumen"), _("Periode"), _("Status"), _("Alamat verifikasi")],
                [
                    [
                        grouped_code(pack.code),
                        pack.period.label,
                        _("draf") if pack.is_draft else _("final"),
                        f"{settings.PUBLIC_URL}{reverse('verify', args=[pack.code])}",
                    ]
                    for pack in packs
                ],
            )
        )
    if documents:
        tables.append(_document_table(documents))
    missing = []
    still = len([month for month in months if month <= localdate()]) - len(closed)
    if still:
        missing.append(_("%s bulan laporan tahun ini belum ditutup.") % whole(still))
    if not documents:
        missing.append(
            _("Belum ada dokumen terlampir: lampirkan lewat “Dokumen” pada regulasi, rapat, atau pagunya.")
        )
    return DossierSection("evidence", _("Bukti"), [], tables, missing)


def _documents(user: User, region: Region) -> list[tuple[Attachment, AttachmentSubject]]:
    """Those whose subject the person may see."""
    found = []
    for row in attachments_of_region(region.pk)[:_MOST]:
        try:
            found.append((row, find_subject(user, row.kind, row.subject)))
        except (OutsideScope, NotPermitted):
            continue
    return found


def _document_table(documents: list[tuple[Attachment, AttachmentSubject]]) -> Table:
    return plain_table(
        "documents",
        _("Dokumen terlampir"),
        [_("Dokumen"), _("Milik"), _("Dilampirkan"), "SHA-256"],
        [
            [row.title, subject.label, day_name(row.added_at), f"{row.sha256[:_SHORT_HASH]}…"]
            for row, subject in documents
        ],
    )
