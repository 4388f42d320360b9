"""The four files of a region's pack, as a worker makes them."""

from regions.models import Region
from reports.pack.assembly import assembled
from reports.pack.faces.docx import render_docx
from reports.pack.faces.pdf import render_pdf
from reports.pack.faces.pptx import render_pptx
from reports.pack.faces.xlsx import render_xlsx
from reports.pack.period import PeriodKind, period_of
from reports.selectors.packs.content import gather_pack
from tests.benchmarks._nation import LAST

QUARTER = period_of(PeriodKind.QUARTER, LAST)


def four_files(code: str) -> int:
    content = assembled(gather_pack(Region.objects.get(code=code), QUARTER))
    return sum(len(render(content)) for render in (render_pdf, render_xlsx, render_docx, render_pptx))
