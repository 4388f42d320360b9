"""A newer list of publications never stops a start: closed months keep what they were closed with."""

from datetime import date

import pytest

from participants.models import Headcount, MembershipCount
from regions.models import ReferenceFile
from reports.models import PublishedFigure
from reports.services import published_figure
from reports.services.published_figure import load_published
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A
from tests.months import close

AUGUST = date(2024, 8, 1)


@pytest.fixture
def newer(tmp_path, monkeypatch):
    """The list with one other note and one other number, as a new version might bring them."""
    text = published_figure.DATA.read_text(encoding="utf-8")
    changed = text.replace("Sepuluh minggu setelah", "Dua bulan lebih setelah")
    changed = changed.replace(",76062,orang", ",76063,orang")
    assert changed.count("76063") == 1 and changed.count("Dua bulan lebih setelah") == 1
    path = tmp_path / "published_figures.csv"
    path.write_text(changed, encoding="utf-8")
    monkeypatch.setattr(published_figure, "DATA", path)


def test_what_is_closed_stays_and_the_rest_is_loaded(cast, system, request):
    load_published(by=system)
    recompute_stale()
    close(cast, AUGUST)
    before = {row.pk: (row.people, row.revision) for row in Headcount.objects.filter(month=AUGUST)}
    request.getfixturevalue("newer")
    assert load_published(by=system) > 0
    assert {row.pk: (row.people, row.revision) for row in Headcount.objects.filter(month=AUGUST)} == before
    july = MembershipCount.objects.get(region=KOTA_A, month=date(2025, 7, 1))
    assert (july.members, july.revision) == (76_063, 2)
    assert PublishedFigure.objects.filter(note__startswith="Dua bulan lebih setelah").exists()
    assert ReferenceFile.objects.get(name="published_figures").rows > 0
    assert load_published(by=system) == 0
