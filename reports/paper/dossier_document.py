"""The dossier for the Paritrana award as a Word document: cover, summary, a chapter for each criterion."""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from docx.document import Document
from docx.enum.text import WD_BREAK

from regions.formats import day_name
from regions.models import User
from regions.practice import data_warning
from reports.dossier.section import Dossier, DossierSection
from reports.pack.content import Table
from reports.pack.faces.word_layout import house_styles
from reports.pack.faces.word_table import Grid
from reports.pack.faces.written import cell_text
from reports.paper.word_letter import add_foot, new_document, saved


def dossier_document(dossier: Dossier, *, by: User) -> bytes:
    document = new_document(f"{dossier.title}, {dossier.region_label}")
    house_styles(document)
    _cover(document, dossier)
    _summary(document, dossier)
    for at, section in enumerate(dossier.sections, start=1):
        _chapter(document, at, section)
    told = {"who": by, "day": day_name(localdate())}
    foot = _("%(title)s · %(region)s") % {"title": dossier.title, "region": dossier.region_label}
    made = _("dibuat dengan Jamsostek Monitor oleh %(who)s pada %(day)s") % told
    warning = data_warning()
    add_foot(document, " · ".join(part for part in (foot, made, warning) if part))
    return saved(document)


def _cover(document: Document, dossier: Dossier) -> None:
    document.add_heading(dossier.title, level=0)
    document.add_paragraph(dossier.region_label, style="Subtitle")
    document.add_paragraph(_("Keadaan per %s") % dossier.as_of)
    if dossier.draft_reason:
        document.add_paragraph(f"{_('Draf')}: {dossier.draft_reason}", style="Draf")
    document.paragraphs[-1].add_run().add_break(WD_BREAK.PAGE)


def _summary(document: Document, dossier: Dossier) -> None:
    """The first sentence of each criterion; what is missing is for the page, not for the jury."""
    document.add_heading(_("Ringkasan"), level=1)
    for section in dossier.sections:
        if section.sentences:
            paragraph = document.add_paragraph(style="List Bullet")
            paragraph.add_run(f"{section.title}: ").bold = True
            paragraph.add_run(section.sentences[0])


def _chapter(document: Document, at: int, section: DossierSection) -> None:
    if not section.sentences and not section.tables:
        return
    document.add_heading(f"{at}. {section.title}", level=1)
    for sentence in section.sentences:
        document.add_paragraph(sentence)
    for table in section.tables:
        _table(document, table)


def _table(document: Document, table: Table) -> None:
    document.add_heading(table.heading, level=2)
    grid = Grid(
        [column.label for column in table.columns],
        [column.is_number for column in table.columns],
        [[cell_text(cell) for cell in row] for row in table.rows],
        [cell_text(cell) for cell in table.total],
    )
    # A paragraph after it keeps the next heading apart, whether there is a note or not.
    document.add_paragraph(table.note, style="Catatan")._p.addprevious(grid.to_xml())
