"""A year's dossier for the Paritrana award, from the same facts and figures as everything else.

Its criteria are those that regions report of the award: regulation, coverage, budget, innovation, each with
evidence. Nothing is entered for it but two texts; what is missing is named with the page that takes it.
"""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from regions.access import require
from regions.formats import rupiah, whole
from regions.models import Region, User
from regions.month import last_day
from regions.roles import Permission
from reports.dossier.section import Dossier, DossierSection, numbered
from reports.models import DossierText
from reports.pack.assembly import assembled
from reports.pack.content import PackContent, Table
from reports.pack.draft import open_months
from reports.pack.period import Period, PeriodKind
from reports.selectors.dossiers.evidence import evidence_section
from reports.selectors.dossiers.innovation import innovation_section
from reports.selectors.dossiers.regulation import regulation_section
from reports.selectors.packs.content import gather_pack
from reports.selectors.pledges import get_region_pledges
from reports.selectors.regulations.legal_basis import without_basis
from reports.selectors.run import periods_of

_COVERAGE = ("coverage", "targets", "segments", "trend", "rank", "categories")
_BUDGET = ("budget", "balance")


def get_dossier(user: User, region: Region, year: int, today: date) -> Dossier:
    """Of the whole year once its December is reported, before of its newest month. Raises OutsideScope or
    NotPermitted."""
    require(user, Permission.VIEW_DRAFTS, region.pk)
    period = _period(user, region, year)
    found = gather_pack(region, period) if period else None
    content = assembled(found) if found else None
    day = min(today, last_day(period.last)) if period else min(today, date(year, 12, 31))
    return Dossier(
        region.pk,
        region.full_label,
        year,
        date_format(day, "j F Y"),
        numbered(
            (
                regulation_section(user, region, year, today),
                _coverage(content, year),
                _budget(user, region, content, year, today),
                innovation_section(user, region, year, today, find_dossier_text(region, year)),
                evidence_section(user, region, year),
            )
        ),
        # A pack has required words of its own, which a dossier does not ask for.
        open_months(found.place, found.closings, found.labels) if found else "",
    )


def find_dossier_text(region: Region, year: int) -> DossierText | None:
    return DossierText.objects.filter(region=region, year=year).select_related("changed_by").first()


def _period(user: User, region: Region, year: int) -> Period | None:
    newest = next((month for month in periods_of(user, region) if month.year == year), None)
    if newest is None:
        return None
    if newest == date(year, 12, 1):
        return Period(PeriodKind.YEAR, date(year, 1, 1))
    return Period(PeriodKind.MONTH, newest)


def _tables(content: PackContent | None, keys: tuple[str, ...]) -> list[Table]:
    if content is None:
        return []
    return [table for table in content.tables if table.key in keys and table.rows]


def _coverage(content: PackContent | None, year: int) -> DossierSection:
    told = [sentence.text for sentence in content.narrative] if content else []
    missing = [] if content else [_("Belum ada angka cakupan tahun %s: isi laporan bulanannya.") % year]
    return DossierSection("coverage", _("Cakupan"), told, _tables(content, _COVERAGE), missing)


def _budget(
    user: User, region: Region, content: PackContent | None, year: int, today: date
) -> DossierSection:
    tables = _tables(content, _BUDGET)
    missing = []
    if not any(table.key == "budget" for table in tables):
        missing.append(_("Belum ada pagu atau realisasi iuran: catat di Anggaran."))
    told = _of_other_payers(user, region, year, today)
    month = min(today, date(year, 12, 1)).replace(day=1)
    bare = [row for row in without_basis(user, region, month).categories if row.basis is None and row.people]
    if bare:
        missing.append(
            _("%(count)s kategori dibayar tanpa dasar hukum: %(names)s.")
            % {"count": len(bare), "names": ", ".join(str(row.category) for row in bare[:5])}
        )
    return DossierSection("budget", _("Anggaran"), told, tables, missing)


def _of_other_payers(user: User, region: Region, year: int, today: date) -> list[str]:
    sums = get_region_pledges(user, region, today, year).sums
    if not sums.standing:
        return []
    return [
        _("Di luar APBD dijanjikan %(rupiah)s untuk %(people)s orang, sudah dibayar %(paid)s.")
        % {
            "rupiah": rupiah(sums.pledged_rupiah),
            "people": whole(sums.pledged_people),
            "paid": rupiah(sums.paid),
        }
    ]
