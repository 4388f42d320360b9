"""Between two months every change is told step by step, and the steps are the whole change."""

import re
from collections import Counter
from datetime import date
from fractions import Fraction
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budgets.services.claim import record_claims
from budgets.services.contribution import record_contributions
from participants.enums import EnrolmentState, Occurrence
from participants.services.headcount import record_headcounts
from participants.services.membership_count import record_membership_counts
from participants.services.workforce import record_workforces
from regions.models import Region
from reports.selectors.moves.page import moved_figures, moves_of
from reports.selectors.moves.persons import Entry, MoveCause, TwoMonths, causes_of
from reports.selectors.moves.step import MoveStep, counted, rated
from reports.services.recompute import recompute_stale
from reports.views.moved_pictures import moved_charts
from tests.cast import KOTA_A, KOTA_B, NATION, PROVINCE
from tests.factories import (
    ClaimFactory,
    ContributionFactory,
    EnrolmentFactory,
    HeadcountFactory,
    MembershipCountFactory,
    ParticipantFactory,
    WorkforceFactory,
)
from tests.reports.packs import pdf_text, squeezed
from tests.reports.test_board_files import shown_words
from tests.reports.test_pages import text_of

DECEMBER, JANUARY = date(2024, 12, 1), date(2025, 1, 1)
MONTHS = (DECEMBER, JANUARY)


def members(month, code=KOTA_A, **segments):
    return [
        MembershipCountFactory(region_id=code, month=month, segment=segment, members=count)
        for segment, count in segments.items()
    ]


def spell(person, by, first, last=None, ended="", **more):
    state = EnrolmentState.ENDED if ended else EnrolmentState.ACTIVE
    EnrolmentFactory(
        participant=person,
        entered_by=by,
        first_month=first,
        last_month=last,
        state=state,
        ended_by=ended,
        **more,
    )


@pytest.fixture
def history(cast, system):
    """Kota A from 47 % to 53 % with another denominator; people by name who came, went and changed."""
    workers = [
        WorkforceFactory(region_id=code, year=year, workers=count)
        for code, year, count in ((KOTA_A, 2024, 1000), (KOTA_A, 2025, 1100), (KOTA_B, 2024, 500))
    ]
    record_workforces(workers, by=system)
    counts = members(DECEMBER, pu=300, bpu=170) + members(JANUARY, pu=310, bpu=200, jakon=73)
    counts += members(DECEMBER, KOTA_B, all=200)
    record_membership_counts(counts, by=system)
    stays, joins, ends, lapses, pays, moves = (ParticipantFactory(entered_by=system) for _ in range(6))
    spell(stays, system, DECEMBER)
    spell(joins, system, JANUARY)
    spell(ends, system, DECEMBER, DECEMBER, Occurrence.DIED)
    spell(lapses, system, DECEMBER, DECEMBER)
    spell(pays, system, DECEMBER, DECEMBER)
    spell(pays, system, JANUARY, funding_id="dbh_cht")
    spell(moves, system, DECEMBER, DECEMBER)
    spell(moves, system, JANUARY, category_id="kader")
    people = [
        HeadcountFactory(month=month, category_id="nelayan", people=count)
        for month, count in ((DECEMBER, 40), (JANUARY, 55))
    ]
    people += [HeadcountFactory(month=JANUARY, category_id="marbot", people=7)]
    record_headcounts(people, by=system)
    for month, received, paid in ((DECEMBER, 5_000, 1_000), (JANUARY, 900, 300)):
        months = {"first_month": month, "last_month": month, "paid_on": month.replace(day=9)}
        record_contributions([ContributionFactory(amount=received, **months)], by=system)
        record_claims([ClaimFactory(paid_on=month.replace(day=3), amount=paid)], by=system)
    recompute_stale()


def told(move):
    return [(step.kind, step.people, step.workers, step.region, str(step.effect)) for step in move.steps]


def test_coverage_of_a_regency_moves_by_names_reports_segments_and_workers(history):
    move = moves_of(Region.objects.get(pk=KOTA_A), MONTHS)[0]
    assert (move.code, move.before, move.after, move.change) == ("COV-01", 47, 53, 6)
    assert told(move) == [
        ("joined", 1, 0, "", "1/10"),
        ("ended", -1, 0, "", "-1/10"),
        ("lapsed", -1, 0, "", "-1/10"),
        ("other_payer", 0, 0, "", "0"),
        ("other_category", 0, 0, "", "0"),
        ("reported", 10, 0, "", "1"),
        ("reported", 31, 0, "", "31/10"),
        ("segment", 73, 0, "", "73/10"),
        ("workers", 0, 100, "", "-53/10"),
    ]
    assert move.adds_up


def test_a_month_without_segments_is_compared_as_a_whole(history, system):
    """That one month tells segments and the other does not is neither a collapse nor a miracle."""
    february = date(2025, 2, 1)
    record_membership_counts(members(february, all=600), by=system)
    recompute_stale()
    for months in ((JANUARY, february), (february, JANUARY)):
        move = moves_of(Region.objects.get(pk=KOTA_A), months)[0]
        assert [kind for kind, *_rest in told(move)] == [*MoveCause, "reported", "workers"]
        assert move.adds_up
    assert move.change == Fraction(583 - 600) / 11


def test_people_move_cell_by_cell_and_person_by_person(history):
    move = moves_of(Region.objects.get(pk=KOTA_A), MONTHS)[1]
    assert (move.code, move.before, move.after) == ("CAT-02", 45, 66)
    assert told(move) == [
        ("joined", 1, 0, "", "1"),
        ("ended", -1, 0, "", "-1"),
        ("lapsed", -1, 0, "", "-1"),
        ("other_payer", 0, 0, "", "0"),
        ("other_category", 0, 0, "", "0"),
        ("came", 7, 0, "", "7"),
        ("reported", 15, 0, "", "15"),
    ]
    assert move.adds_up


def test_the_balance_begins_anew_with_the_year(history):
    move = moves_of(Region.objects.get(pk=KOTA_A), MONTHS)[2]
    assert (move.code, move.before, move.after, move.change) == ("BAL-03", 4_000, 600, -3_400)
    assert told(move) == [
        ("year", -4_000, 0, "", "-4000"),
        ("contributions", 900, 0, "", "900"),
        ("claims", -300, 0, "", "-300"),
    ]


def test_of_a_sum_each_region_below_is_a_step(history):
    coverage, people, _balance = moves_of(Region.objects.get(pk=PROVINCE), MONTHS)
    assert (coverage.before, coverage.after) == (Fraction(67_000, 1_500), 53)
    assert told(coverage) == [
        ("left", -200, -500, KOTA_B, "7/3"),
        ("members", 113, 0, KOTA_A, "113/10"),
        ("workers", 0, 100, "", "-53/10"),
    ]
    assert coverage.adds_up
    assert told(people) == [("members", 21, 0, KOTA_A, "21")]
    assert [step.region for step in moves_of(Region.objects.get(pk=NATION), MONTHS)[0].steps] == [
        PROVINCE,
        "",
    ]


def test_what_is_no_whole_is_not_taken_apart(history, system):
    record_membership_counts(members(date(2025, 2, 1), pu=320), by=system)
    recompute_stale()
    move = moves_of(Region.objects.get(pk=KOTA_A), (JANUARY, date(2025, 2, 1)))[0]
    assert (move.steps, move.change) == ((), None)
    assert move.why_not == "salah satu bulan belum utuh, jadi tidak dibandingkan"


def test_page_file_and_api_say_the_same(history, cast, client_of):
    client = client_of(cast.wayan)
    shown = text_of(client.get(f"/wilayah/{KOTA_A}/perubahan/?dari=2024-12&sampai=2025-01"))
    for words in (
        "Desember 2024: 47,00% → Januari 2025: 53,00%",
        "Orang baru dalam daftar nama +1 0 +0,10 poin persentase",
        "Jasa Konstruksi (Jakon) mulai dilaporkan +73 0 +7,30 poin persentase",
        "Jumlah pekerja (penyebut) 0 +100 −5,30 poin persentase",
        "Seluruh perubahan +6,00 poin persentase",
        "Januari 2025: Peserta aktif yang dilaporkan",
        "Surat uji nomor 1",
    ):
        assert words in shown, words
    lines = (
        client.get(f"/wilayah/{KOTA_A}/perubahan.csv?dari=2024-12&sampai=2025-01")
        .content.decode("utf-8-sig")
        .splitlines()
    )
    assert lines[9] == f"{KOTA_A};COV-01;2024-12;2025-01;9;Jumlah pekerja (penyebut);;0;100;-5,3;-53;10"
    answer = client.get(f"/api/v1/changes/{KOTA_A}/2024-12/2025-01/").json()
    assert [one["change"] for one in answer["changes"]] == ["6", "21", "-3400"]
    assert answer["changes"][0]["steps"][-1] == {
        "kind": "workers",
        "label": "Jumlah pekerja (penyebut)",
        "region": None,
        "numerator": 0,
        "denominator": 100,
        "effect": "-53/10",
    }
    board = client.get(f"/wilayah/{KOTA_A}/?periode=2025-01").content.decode()
    assert f"/wilayah/{KOTA_A}/perubahan/?dari=2024-12&amp;sampai=2025-01" in board
    assert client.get(f"/wilayah/{KOTA_A}/perubahan/?sampai=kapan").status_code == 404


def test_its_files_say_what_the_page_says(history, cast, client_of):
    client, asked = client_of(cast.siti), "dari=2024-12&sampai=2025-01"
    page = client.get(f"/wilayah/{KOTA_A}/perubahan/?{asked}").content.decode()
    assert f'href="/wilayah/{KOTA_A}/perubahan.pdf?{asked.replace("&", "&amp;")}"' in page
    answer = client.get(f"/wilayah/{KOTA_A}/perubahan.pdf?{asked}")
    assert answer["Content-Disposition"] == 'attachment; filename="perubahan-36.72-2024-12-2025-01.pdf"'
    said = pdf_text(answer.content)
    words = shown_words(page[page.index('<section class="section">') : page.index("</main>")])
    assert len(words) > 100
    assert [word for word in words if squeezed(word) not in said] == []
    # What opens a table on the screen is its heading on paper.
    assert squeezed("Januari 2025: Peserta aktif yang dilaporkan") in said
    for name in ("ucj", "ditanggung", "saldo"):
        (address,) = re.findall(rf'href="(/wilayah/{KOTA_A}/perubahan-{name}\.png[^"]*)"', page)
        image = client.get(unescape(address))
        told = f'attachment; filename="perubahan-36.72-2024-12-2025-01-{name}.png"'
        assert image["Content-Disposition"] == told
        assert image.content.startswith(b"\x89PNG")
    assert client.get(f"/wilayah/{KOTA_A}/perubahan-ucj.png?dari=2019-01&sampai=2019-02").status_code == 404
    for name in ("perubahan.pdf", "perubahan-ucj.png"):
        assert client_of(cast.budi).get(f"/wilayah/{KOTA_A}/{name}?{asked}").status_code == 404


def test_a_drawing_names_each_step_apart(history):
    """Sentences that begin alike would be cut to the same words."""
    charts = moved_charts(KOTA_A, moved_figures(Region.objects.get(pk=KOTA_A), MONTHS), "")
    drawn = [label for chart in charts for label in re.findall(r'aria-label="([^":]*): ', chart.wide)]
    assert {"Laporan PU", "Laporan BPU"} <= set(drawn)
    for chart in charts:
        told = re.findall(r"<text[^>]*>([^<]*)</text>", chart.wide)
        assert [words for words in told if words.endswith("…")] == []


steps = st.builds(MoveStep, st.just("x"), st.just("x"), st.integers(-50, 50), st.integers(-50, 50))


@given(st.integers(1, 1000), st.integers(2000, 5000), st.lists(steps, max_size=12))
def test_steps_add_up_exactly_whatever_they_are(people, workers, told):
    move = rated("COV-01", people, workers, told)
    assert move.adds_up
    whole = people + sum(step.people for step in told)
    assert move.after == Fraction(whole * 100, workers + sum(step.workers for step in told))
    assert counted("CAT-02", people, told).after == whole


entries = st.sets(
    st.tuples(st.integers(1, 5), st.sampled_from("ab"), st.sampled_from("xy")), max_size=12
).map(lambda found: tuple(Entry(p, c, f, "bpu", p % 2 == 0) for p, c, f in sorted(found)))


@given(entries, entries)
def test_causes_are_the_whole_change_of_entries(before, after):
    causes = causes_of(TwoMonths(before, after))
    assert sum(causes.values()) == len(after) - len(before)
    assert causes[MoveCause.JOINED] >= 0
    assert causes[MoveCause.ENDED] <= 0
    assert causes_of(TwoMonths(before, before)) == Counter()
