"""A board passed on: one picture and three sentences, of computed figures, drafts named drafts."""

from datetime import date
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from regions.access import get_region
from regions.month_steps import CLOSE, COMPLETE, SUBMIT, VERIFY
from regions.roles import Permission
from regions.services.reporting_month import move_month
from reports.selectors.boards.board import get_board
from reports.selectors.boards.share import share_of
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A
from tests.conftest import make_figures
from tests.pages import page_of

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.ignore_template_errors,
    pytest.mark.usefixtures("plain_rendering"),
]
JULY = date(2025, 7, 1)
PAGE = f"/wilayah/{KOTA_A}/bagikan/?periode=2025-07"
CARD = f"/wilayah/{KOTA_A}/kartu.png?periode=2025-07"


def shared(user):
    return share_of(get_board(user, get_region(user, KOTA_A, Permission.VIEW_COVERAGE), JULY))


def close_july(cast):
    for step, by in ((COMPLETE, cast.wayan), (SUBMIT, cast.siti), (VERIFY, cast.anton), (CLOSE, cast.anton)):
        move_month(step, region_code=KOTA_A, month=JULY, by=by)
    recompute_stale()


def test_a_draft_says_so_before_its_figures(cast, system, client_of):
    make_figures(system)
    share = shared(cast.siti)
    assert (share.title, share.is_draft) == ("Kota A, Juli 2025", True) or share.title.endswith("Juli 2025")
    lines = share.message("https://contoh.go.id/x").split("\n")
    assert lines[0] == f"*{share.title}* (angka sementara, bulan belum ditutup)"
    assert lines[1:-2] == list(share.sentences)
    assert 1 <= len(share.sentences) <= 3
    assert lines[-2].startswith("Sumber: Jamsostek Monitor, dihitung ")
    assert lines[-1] == "https://contoh.go.id/x"
    page = page_of(client_of(cast.siti).get(PAGE))
    assert "Bulan ini belum ditutup." in page
    assert share.sentences[0] in page


def test_every_number_of_the_message_stands_on_the_board(cast, system):
    make_figures(system)
    board = get_board(cast.siti, get_region(cast.siti, KOTA_A, Permission.VIEW_COVERAGE), JULY)
    share = share_of(board)
    told = {figure.label: figure.value for figure in share.figures}
    ucj = board.coverage
    assert told[
        "Universal Coverage Jamsostek (UCJ)"
    ] == f"{round(100 * ucj.numerator / ucj.denominator, 2):.2f}%".replace(".", ",")
    uncovered = ucj.denominator - ucj.numerator
    assert told["Belum terlindungi"] == f"{uncovered:,}".replace(",", ".")


def test_leaders_are_given_closed_months_only(cast, system, client_of):
    make_figures(system)
    leader = client_of(cast.ratna)
    assert leader.get(CARD).status_code in {403, 404}
    text = page_of(leader.get(f"/wilayah/{KOTA_A}/bagikan/"))
    assert "<textarea" not in text
    close_july(cast)
    assert "bulan sudah ditutup" in page_of(leader.get(PAGE))
    assert leader.get(CARD).headers["Content-Type"] == "image/png"
    assert shared(cast.siti).is_draft is False


def test_the_card_is_a_picture_for_a_telephone(cast, system, client_of):
    make_figures(system)
    response = client_of(cast.siti).get(CARD)
    with Image.open(BytesIO(response.content)) as card:
        assert (card.format, card.width) == ("PNG", 1080)
        assert card.height > 600
    assert client_of(cast.budi).get(CARD).status_code == 404
    assert client_of(cast.siti).get("/wilayah/36.72.01/kartu.png").status_code == 404


def test_a_board_leads_to_what_is_passed_on(cast, system, client_of):
    make_figures(system)
    page = page_of(client_of(cast.siti).get(f"/wilayah/{KOTA_A}/?periode=2025-07"))
    assert f'href="{reverse("region_share", args=[KOTA_A])}?periode=2025-07"' in page
