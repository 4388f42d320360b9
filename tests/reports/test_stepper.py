"""Every board says how far its month is: the steps taken, the one reached, and what came back."""

import re

import pytest

from regions.enums import MonthState
from regions.month_way import USUAL_WAY
from tests.cast import KOTA_A
from tests.months import close, submit
from tests.pages import page_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("state", "labels", "taken"),
    [
        (MonthState.OPEN, ["Draf", "Lengkap", "Diajukan", "Terverifikasi", "Ditutup"], 1),
        (MonthState.SUBMITTED, ["Draf", "Lengkap", "Diajukan", "Terverifikasi", "Ditutup"], 3),
        (MonthState.CLOSED, ["Draf", "Lengkap", "Diajukan", "Terverifikasi", "Ditutup"], 5),
        (MonthState.RETURNED, ["Dikembalikan", "Lengkap", "Diajukan", "Terverifikasi", "Ditutup"], 1),
        (MonthState.REOPENED, ["Dibuka kembali", "Lengkap", "Diajukan", "Terverifikasi", "Ditutup"], 1),
    ],
)
def test_the_way_of_a_month(state, labels, taken):
    stages = USUAL_WAY.stages(state)
    assert [str(step.label) for step, _is_taken in stages] == labels
    assert [is_taken for _step, is_taken in stages] == [True] * taken + [False] * (5 - taken)


def steps_of(client, tab=""):
    page = page_of(client.get(f"/wilayah/{KOTA_A}/{tab}?periode=2025-07"))
    (stepper,) = re.findall(r'<ol class="way stepper".*?</ol>', page)
    told = re.findall(r"<li[^>]*>(.*?)</li>", stepper)
    reached = re.findall(r'aria-current="step"><a href="([^"]*)">([^<]*)</a>', stepper)
    return [re.sub(r"<[^>]*>", "", step) for step in told], reached


def test_each_tab_shows_it_and_leads_to_the_month(figures, cast, client_of):
    client, address = client_of(cast.siti), f"/bulan/{KOTA_A}/2025-07/"
    draft = ["Draf: sudah", "Lengkap: belum", "Diajukan: belum", "Terverifikasi: belum", "Ditutup: belum"]
    for tab in ("", "kategori/", "uang/", "sumber/", "semua/"):
        assert steps_of(client, tab) == (draft, [(address, "Draf")]), tab
    submit(cast)
    submitted = ["Draf: sudah", "Lengkap: sudah", "Diajukan: sudah", *draft[3:]]
    assert steps_of(client) == (submitted, [(address, "Diajukan")])


def test_a_closed_month_has_taken_all_of_them(figures, cast, client_of):
    close(cast)
    steps, reached = steps_of(client_of(cast.siti))
    assert [step.endswith(": sudah") for step in steps] == [True] * 5
    assert reached == [(f"/bulan/{KOTA_A}/2025-07/", "Ditutup")]
