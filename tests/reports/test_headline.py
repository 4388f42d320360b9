"""What a board concludes: only from computed figures, and nothing where they are not whole."""

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from participants.services.category_target import record_category_targets
from participants.services.headcount import record_headcounts
from participants.services.membership_count import record_membership_counts
from participants.services.target import record_targets
from participants.services.workforce import record_workforces
from regions.enums import MonthState, Verb
from regions.models import Region
from regions.services.reporting_month import locked_row, step
from reports.selectors.boards.board import get_board
from reports.selectors.boards.headline import headline_of
from reports.selectors.boards.sentences import sentences_of
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import (
    CategoryTargetFactory,
    HeadcountFactory,
    MembershipCountFactory,
    TargetFactory,
    WorkforceFactory,
)
from tests.reports.test_pages import text_of

pytestmark = pytest.mark.usefixtures("cast_once")

HALF = Decimal("52.5")
JUNE, JULY = date(2025, 6, 1), date(2025, 7, 1)


def board_of(user, code=KOTA_A, month=JULY):
    return get_board(user, Region.objects.get(pk=code), month)


def counted(system, *rows):
    record_membership_counts([MembershipCountFactory(**row) for row in rows], by=system)
    recompute_stale()


@pytest.fixture
def workers(cast, system):
    record_workforces(
        [WorkforceFactory(region_id=code, workers=1_000) for code in (KOTA_A, KOTA_B)], by=system
    )


@pytest.mark.parametrize(
    ("members", "percent", "claim"),
    [
        (500, None, "50,00% angkatan kerja terlindungi; 500 orang belum terlindungi."),
        (500, 55, "50,00% angkatan kerja terlindungi; kurang 50 orang dari target daerah 2025 (55%)."),
        (500, 50, "50,00% angkatan kerja terlindungi; target daerah 2025 (50%) tepat tercapai."),
        (503, 50, "50,30% angkatan kerja terlindungi; target daerah 2025 (50%) terlampaui 3 orang."),
        (
            500,
            Decimal("52.5"),
            "50,00% angkatan kerja terlindungi; kurang 25 orang dari target daerah 2025 (52,50%).",
        ),
    ],
)
def test_the_claim_compares_with_the_own_target(workers, cast, system, members, percent, claim):
    if percent is not None:
        record_targets([TargetFactory(region_id=KOTA_A, year=2025, percent=percent)], by=system)
    counted(system, {"region_id": KOTA_A, "month": JULY, "members": members})
    assert headline_of(board_of(cast.wayan)).claim == claim


def test_nothing_is_concluded_where_nothing_is_known(cast, system, workers):
    counted(system, {"region_id": KOTA_A, "month": JUNE, "members": 400})
    told = headline_of(board_of(cast.wayan, month=JULY))
    assert told.claim == (
        "UCJ Juli 2025 belum dapat dihitung karena peserta aktif atau jumlah pekerja belum dilaporkan."
    )
    assert told.changes == ()


def test_changes_are_told_with_their_direction(workers, cast, system):
    for before, now, words in (
        (400, 500, "Naik 10,00 poin persentase dari Juni 2025 (+100 peserta aktif)."),
        (500, 450, "Turun 5,00 poin persentase dari Juni 2025 (\u221250 peserta aktif)."),
        (450, 450, "Tidak berubah dari Juni 2025 (0 peserta aktif)."),
    ):
        rows = [
            MembershipCountFactory(region_id=KOTA_A, month=m, members=n)
            for m, n in ((JUNE, before), (JULY, now))
        ]
        record_membership_counts(rows, by=system, overwrite=True)
        recompute_stale()
        assert [one.replace("\u00a0", " ") for one in headline_of(board_of(cast.wayan)).changes] == [words]


def test_what_is_not_compared_is_said_with_its_reason_and_where_to_look(workers, cast, system):
    """In June one region reported, in July two."""
    counted(
        system,
        {"region_id": KOTA_A, "month": JUNE, "members": 400},
        {"region_id": KOTA_A, "month": JULY, "members": 500},
        {"region_id": KOTA_B, "month": JULY, "members": 100},
    )
    told = headline_of(board_of(cast.dewi, PROVINCE))
    assert told.changes == (
        "Perubahan sejak Juni 2025 tidak dihitung karena yang melapor berbeda: 2 wilayah pada Juli 2025, "
        "1 wilayah pada Juni 2025.",
    )
    assert (told.steps[-1].words, told.steps[-1].url) == (
        "Melihat apa yang mengubah UCJ sejak Juni 2025, juga karena wilayah yang melapor berbeda.",
        f"/wilayah/{PROVINCE}/perubahan/?dari=2025-06&sampai=2025-07",
    )


def test_of_some_regions_no_target_is_called_reached(workers, cast, system, client_of):
    record_targets([TargetFactory(region_id=PROVINCE, year=2025, percent=40)], by=system)
    counted(system, {"region_id": KOTA_A, "month": JULY, "members": 500})
    told = headline_of(board_of(cast.dewi, PROVINCE))
    assert told.claim == (
        "Baru 1 dari 8 wilayah yang melapor; di 1 wilayah itu, 50,00% angkatan kerja terlindungi, "
        "sedangkan target daerah 2025 adalah 40%."
    )
    assert told.changes == ()
    page = client_of(cast.dewi).get(f"/wilayah/{PROVINCE}/?periode=2025-07").content.decode()
    assert "target terlampaui" not in page
    assert re.search(r">belum dinilai</a>\s*<span class=\"muted\">baru 1 dari 8 wilayah melapor<", page)


def test_steps_name_what_is_missing_and_where_most_people_are(workers, cast, system, client_of):
    counted(
        system,
        *({"region_id": code, "month": JULY, "members": n} for code, n in ((KOTA_A, 500), (KOTA_B, 300))),
    )
    record_headcounts(
        [HeadcountFactory(region_id=KOTA_A, month=JULY, category_id="kader", people=20)], by=system
    )
    record_category_targets(
        [CategoryTargetFactory(region_id=KOTA_A, year=2025, category_id="kader", people=50)], by=system
    )
    recompute_stale()
    below = headline_of(board_of(cast.dewi, PROVINCE)).steps
    name = Region.objects.get(pk=KOTA_B).label
    assert below[-1].words == f"Mendahulukan {name}: 700 orang belum terlindungi, terbanyak di Banten."
    assert below[-1].url == f"/wilayah/{KOTA_B}/?periode=2025-07"
    own = headline_of(board_of(cast.wayan)).steps
    assert [step.words for step in own] == [
        "Melengkapi laporan: 2 dari 5 laporan belum masuk.",
        "Menindaklanjuti target kategori yang belum tercapai: Kader kurang 30 orang.",
        "Memeriksa selisih iuran: Rp336.000 sejak Januari 2025 belum diterima.",
    ]
    client = client_of(cast.wayan)
    for one in (*own, below[-1]):
        person = client if one in own else client_of(cast.dewi)
        assert person.get(one.url).status_code == 200


def test_a_page_says_the_sentences_of_the_report(workers, cast, system, client_of):
    record_targets([TargetFactory(region_id=KOTA_A, year=2025, percent=55)], by=system)
    counted(system, *({"region_id": KOTA_A, "month": m, "members": n} for m, n in ((JUNE, 400), (JULY, 500))))
    board = board_of(cast.wayan)
    told = [one.replace("\u00a0", " ") for one in sentences_of(board)]
    assert told[1:3] == [
        "Dibandingkan dengan Juni 2025 (40,00%), UCJ naik 10,00 poin persentase; "
        "peserta aktif bertambah 100 orang.",
        "Untuk mencapai target daerah tahun 2025 (55,00%) masih diperlukan 50 peserta.",
    ]
    for month in (JUNE, JULY):
        step(locked_row(KOTA_A, month), Verb.CLOSED, MonthState.CLOSED, by=system)
    recompute_stale()
    shown = text_of(client_of(cast.ratna).get(f"/?periode=2025-07&wilayah={KOTA_A}"))
    assert all(sentence in shown for sentence in told[:5])
    assert sentences_of(replace(board, values={})) == [
        one for one in sentences_of(replace(board, values={})) if "belum dapat dihitung" in one
    ]


def test_every_tab_has_its_address_and_all_stand_on_one_to_be_printed(workers, cast, system, client_of):
    counted(system, {"region_id": KOTA_A, "month": JULY, "members": 500})
    client, query = client_of(cast.wayan), "?periode=2025-07"
    ids = {"": 'id="tren"', "kategori/": "empty-title", "uang/": "empty-title", "sumber/": 'id="publikasi"'}
    pages = {tab: client.get(f"/wilayah/{KOTA_A}/{tab}{query}").content.decode() for tab in (*ids, "semua/")}
    for tab, mark in ids.items():
        assert mark in pages[tab]
        assert (mark in pages["semua/"]) and 'aria-current="page"' in pages[tab]
        assert all(f"/wilayah/{KOTA_A}/{other}{query}" in pages[tab] for other in ids)
    assert 'id="publikasi"' not in pages[""]
    assert client.get(f"/wilayah/{KOTA_A}/lain/").status_code == 404
