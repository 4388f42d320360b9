"""The four files of a pack in English: no Indonesian but names, titles of laws and what people typed."""

import re
from io import BytesIO

import docx
import pptx
import pytest
from pypdf import PdfReader

from reports.models import Pack, PackJob
from reports.pack.reading import number_of
from reports.services.pack import ask_pack
from reports.services.pack_work import work_on_packs
from tests.cast import KOTA_A
from tests.conftest import make_figures
from tests.house.access_world import make_addresses
from tests.house.test_english_pages import is_indonesian
from tests.reports.packs import JULY_MONTH, file_of, made, sheet_rows

pytestmark = [pytest.mark.django_db, pytest.mark.ignore_template_errors]
# Stored with each figure, in the language in which definitions are set.
STORED = re.compile(r"Definition of UCJ: .*")


def of_pdf(content):
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).splitlines()


def of_word(content):
    document = docx.Document(BytesIO(content))
    yield from (paragraph.text for paragraph in document.paragraphs)
    yield from (cell.text for table in document.tables for row in table.rows for cell in row.cells)


def of_slides(content):
    for slide in pptx.Presentation(BytesIO(content)).slides:
        for shape in slide.shapes:
            if shape.has_text_frame:
                yield from (paragraph.text for paragraph in shape.text_frame.paragraphs)
            if shape.has_table:
                yield from (cell.text for row in shape.table.rows for cell in row.cells)


def of_workbook(content):
    for name, rows in sheet_rows(content).items():
        yield name
        yield from (str(cell) for row in rows for cell in row if isinstance(cell, str))


READ = {"pdf": of_pdf, "docx": of_word, "pptx": of_slides, "xlsx": of_workbook}


@pytest.fixture
def both(cast, system):
    """The same month in Indonesian and in English."""
    make_figures(system)
    make_addresses(cast, system)
    indonesian = made(cast.siti)
    job = ask_pack(region_code=KOTA_A, period=JULY_MONTH, by=cast.siti, language="en")
    work_on_packs()
    return indonesian, PackJob.objects.get(pk=job.pk).pack


def test_no_indonesian_is_left_in_the_four_files(both):
    _indonesian, english = both
    found = {}
    for face, read in READ.items():
        lines = [STORED.sub("", " ".join(line.split())) for line in read(file_of(english, face))]
        assert len(lines) > 30, face
        found[face] = sorted({line for line in lines if is_indonesian(line)})
    assert found == {face: [] for face in READ}


def test_each_language_has_versions_of_its_own_with_the_same_figures(both, cast):
    indonesian, english = both
    assert (indonesian.language, english.language) == ("id", "en")
    assert indonesian.pk != english.pk
    told = [(pack.version, len(pack.content["tables"])) for pack in both]
    assert told[0][1] == told[1][1]
    assert english.version == 1
    numbers = [[number_of(number).value for _label, number in pack.content["highlights"]] for pack in both]
    assert len(numbers[0]) > 3
    assert numbers[0] == numbers[1]
    # Asked for again, nothing new is made.
    again = ask_pack(region_code=KOTA_A, period=JULY_MONTH, by=cast.siti, language="en")
    work_on_packs()
    assert PackJob.objects.get(pk=again.pk).pack == english
    assert Pack.objects.filter(language="en").count() == 1
