"""What a region did of its own: written down by it, and what its outreach came to."""

from datetime import date

from django.utils.translation import gettext as _

from regions.formats import day_name, signed, whole
from regions.models import Region, User
from reports.dossier.section import DossierSection, plain_table
from reports.models import DossierText
from reports.outreach_words import conclusion_of
from reports.pack.content import Table
from reports.pack.tables import cells_of
from reports.selectors.outreach.board import OutreachBoard, get_outreach_board

_CELLS = 3


def innovation_section(
    user: User, region: Region, year: int, today: date, text: DossierText | None
) -> DossierSection:
    board = get_outreach_board(user, region, year, today)
    lines = [line for line in (text.innovations if text else "").splitlines() if line.strip()]
    written = (text.commitment if text else "").replace("\r", "")
    told = [part.strip() for part in written.split("\n") if part.strip()]
    told += [*_outreach(board), *_agents(board)]
    tables = []
    if lines:
        heads = [_("Inovasi"), _("Sejak"), _("Hasilnya")]
        rows = [cells_of(line, _CELLS) for line in lines]
        tables.append(plain_table("innovations", _("Inovasi daerah"), heads, rows))
    if board.held:
        tables.append(_events(board))
    missing = []
    if not lines:
        missing.append(_("Inovasi daerah belum ditulis: isi di bawah halaman ini."))
    if text is None or not text.commitment.strip():
        missing.append(_("Komitmen kepala daerah belum ditulis: isi di bawah halaman ini."))
    return DossierSection("innovation", _("Inovasi dan komitmen"), told, tables, missing)


def _outreach(board: OutreachBoard) -> list[str]:
    return conclusion_of(board) if board.held else []


def _agents(board: OutreachBoard) -> list[str]:
    agents = board.agents
    if not agents.rows:
        return []
    return [
        _(
            "%(now)s agen Perisai bertugas (%(more)s dari setahun sebelumnya) dan mendaftarkan %(people)s "
            "peserta baru."
        )
        % {
            "now": whole(agents.at_work),
            "more": signed(agents.more),
            "people": whole(agents.recruited),
        }
    ]


def _events(board: OutreachBoard) -> Table:
    return plain_table(
        "events",
        _("Kegiatan sosialisasi"),
        [_("Pelaksanaan"), _("Kegiatan"), _("Tempat"), _("Hadir")],
        [
            [
                day_name(event.held_on),
                event.title,
                event.place or event.region.full_label,
                whole(event.attended),
            ]
            for event in board.held
        ],
    )
