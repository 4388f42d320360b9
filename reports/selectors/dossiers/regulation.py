"""First criterion of the dossier: rules of the region, drafts on their way, duties done."""

from datetime import date

from django.utils.translation import gettext as _

from regions.duty import DutyState
from regions.formats import day_name, whole
from regions.models import Region, Regulation, User
from regions.regulation import RegulationStanding
from regions.selectors.regulation import list_regulations
from regions.stored_text import shown
from reports.dossier.section import DossierSection, plain_table
from reports.pack.content import Table
from reports.selectors.regulations.duty_board import PlaceDuties, place_duties


def regulation_section(user: User, region: Region, year: int, today: date) -> DossierSection:
    """As the register stands at the year's end, or today."""
    day = min(today, date(year, 12, 31))
    own = [row for row in list_regulations(user, day, region_code=region.pk) if row.region_id == region.pk]
    in_force = [row for row in own if row.standing == RegulationStanding.IN_FORCE]  # type: ignore[attr-defined]
    drafts = [row for row in own if row.is_draft]
    duties = place_duties(user, region, day)
    tables = []
    if in_force:
        tables.append(_rules("rules", _("Regulasi daerah yang berlaku"), in_force))
    if drafts:
        tables.append(_rules("drafts", _("Rancangan regulasi daerah"), drafts))
    if duties.own:
        tables.append(_duties(duties))
    missing = []
    if not in_force:
        missing.append(_("Belum ada regulasi daerah yang berlaku: catat di Regulasi."))
    missing += [
        _("Kewajiban belum dipenuhi: %s.") % shown(cell.duty.title)
        for cell in duties.own
        if cell.state in {DutyState.LATE, DutyState.OPEN}
    ]
    return DossierSection("regulation", _("Regulasi"), _told(in_force, drafts, duties), tables, missing)


def _told(in_force: list[Regulation], drafts: list[Regulation], duties: PlaceDuties) -> list[str]:
    told = [
        _("%(count)s regulasi daerah berlaku dan %(drafts)s rancangan sedang disusun.")
        % {"count": whole(len(in_force)), "drafts": whole(len(drafts))}
    ]
    if duties.own:
        done = sum(cell.is_done for cell in duties.own)
        told.append(
            _("%(done)s dari %(all)s kewajiban kepala daerah terpenuhi.")
            % {"done": whole(done), "all": whole(len(duties.own))}
        )
    return told


def _rules(key: str, title: str, rows: list[Regulation]) -> Table:
    return plain_table(
        key,
        title,
        [_("Regulasi"), _("Tentang"), _("Berlaku sejak"), _("Sumber")],
        [
            [row.cited, row.title, day_name(row.begins_on) if row.begins_on else "–", row.source]
            for row in rows
        ],
    )


def _duties(duties: PlaceDuties) -> Table:
    return plain_table(
        "duties",
        _("Kewajiban kepala daerah"),
        [_("Kewajiban"), _("Menurut"), _("Keadaan"), _("Sebab")],
        [
            [shown(cell.duty.title), cell.duty.regulation.cited, str(cell.state.label), cell.why]
            for cell in duties.own
        ],
    )
