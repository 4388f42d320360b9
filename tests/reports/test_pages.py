"""What the pages show, as a person would read it."""

import json
import re
from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.timezone import now

from participants.models import MembershipCount
from participants.services.membership_count import correct_membership_count
from regions.models import Region
from reports.models import Heartbeat, MeasureValue
from reports.selectors.boards.board import get_board
from reports.selectors.boards.comparison import PublishedComparison
from reports.services.heartbeat import WORKER, beat
from reports.services.published_figure import load_published
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A

pytestmark = pytest.mark.usefixtures("cast_once")

JULY = "2025-07"


@pytest.fixture
def published(cast, system):
    load_published(by=system)
    recompute_stale()


def text_of(response):
    body = re.sub(r"<(script|style|svg).*?</\1>", " ", response.content.decode(), flags=re.S)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", body)).replace("\u00a0", " ")


def test_the_board_of_a_regency_shows_its_figures_and_where_they_lead(published, cast, client_of):
    response = client_of(cast.wayan).get(f"/wilayah/{KOTA_A}/?periode={JULY}")
    shown = text_of(response)
    for words in (
        "43,49%",
        "76.062 dari 174.897 orang angkatan kerja",
        "98.835",
        "Target daerah 2025",
        "20.132",
    ):
        assert words in shown
    assert f'href="/angka/{KOTA_A}/{JULY}/COV-01/"' in response.content.decode()


def test_published_figures_stand_beside_ours_with_the_difference_in_words(published, cast, client_of):
    shown = text_of(client_of(cast.wayan).get(f"/wilayah/{KOTA_A}/sumber/?periode=2024-08"))
    assert (
        "jumlah rinciannya 19.185 orang, yaitu 2.185 orang lebih banyak daripada angka yang dipublikasikan"
        in shown
    )
    assert (
        "jumlah rinciannya 6.164 orang, yaitu 43 orang lebih sedikit daripada angka yang dipublikasikan"
        in shown
    )
    bali = get_board(cast.dewi, Region.objects.get(code="51"), date(2025, 3, 1))
    (said,) = [row for row in bali.comparisons if row.published.figure == "ucj"]
    assert isinstance(said, PublishedComparison)
    assert said.agrees is False
    assert "935.079 dibagi 1.873.899 menghasilkan 49,90%" in said.verdict
    assert "\u22120,98" in said.verdict


def test_an_explanation_adds_up_to_its_figure_and_names_the_source(published, cast, client_of):
    client = client_of(cast.wayan)
    shown = text_of(client.get(f"/angka/{KOTA_A}/{JULY}/COV-01/"))
    for words in ("76.062 ÷ 174.897 × 100 = 43,49%", "Banpos, 4 Juli 2025", "angkatan kerja 2025"):
        assert words in shown


@pytest.mark.parametrize("period", ["2024-08", JULY, "2025-12"])
def test_every_figure_of_a_board_can_be_explained_and_its_rows_add_up(published, cast, client_of, period):
    client = client_of(cast.wayan)
    month = date(int(period[:4]), int(period[5:]), 1)
    values = MeasureValue.objects.filter(run__region_id=KOTA_A, run__period=month, run__is_current=True)
    links = set(
        re.findall(
            r'href="(/angka/[^"]+)"',
            client.get(f"/wilayah/{KOTA_A}/?periode={period}").content.decode(),
        )
    )
    assert links
    for link in links:
        response = client.get(link.replace("&amp;", "&"))
        assert response.status_code == 200, link
        explanation = response.context["explanation"]
        measure, value = explanation.value.measure, explanation.value
        if measure in {"CAT-01", "BAL-01", "BAL-02"}:
            assert sum(s.total for s in explanation.sections) == value.numerator
        if measure == "COV-01":
            members, workers = explanation.sections
            assert (members.total, workers.total) == (value.numerator, value.denominator)
        if measure == "BAL-03":
            received, paid = explanation.parts
            assert received.numerator - paid.numerator == value.numerator
        if measure == "CAT-02":
            assert sum(part.numerator for part in explanation.parts) == value.numerator
    assert values.count() > 0


def test_a_province_explains_itself_by_the_regencies_below(figures, cast, client_of):
    response = client_of(cast.lestari).get(f"/angka/36/{JULY}/COV-01/")
    below = response.context["explanation"].below
    assert len(below) == 8
    known = [row.value for row in below if row.value]
    assert sum(value.numerator for value in known) == response.context["explanation"].value.numerator
    assert "belum melapor" in text_of(response)


def test_a_figure_that_could_not_be_computed_says_what_is_needed(figures, cast, client_of):
    response = client_of(cast.wayan).get(f"/angka/{KOTA_A}/{JULY}/BAL-03/")
    assert response.status_code == 404
    assert "Angka ini belum dapat dihitung" in text_of(response)


def test_the_command_the_api_and_the_csv_say_the_same(published, cast, client_of, capsys):
    call_command("measures", region=KOTA_A, period="2024-08", as_json=True)
    printed = json.loads(capsys.readouterr().out)
    api = client_of(cast.wayan).get(reverse("api_measures", args=[KOTA_A, "2024-08"])).json()
    assert printed["run"] == api["run"]
    assert [v["numerator"] for v in printed["values"]] == [v["numerator"] for v in api["values"]]
    lines = (
        client_of(cast.wayan).get(f"/wilayah/{KOTA_A}/angka.csv?periode=2024-08").content.decode("utf-8-sig")
    )
    rows = [line.split(";") for line in lines.split("\r\n")[1:-1]]
    names = ("code", "segment", "category", "funding", "target", "variant")
    # Every dimension has its own column.
    assert sorted((*row[3:9], int(row[9])) for row in rows) == sorted(
        (*(v[name] or "" for name in names), v["numerator"]) for v in printed["values"]
    )
    assert set(printed["values"][0]) == {
        "code",
        "segment",
        "category",
        "funding",
        "target",
        "variant",
        "numerator",
        "denominator",
        "rate",
        "reported",
        "expected",
        "grade",
        "missing",
        "partial",
        "definition",
    }


def test_the_rank_table_orders_by_coverage_and_puts_the_silent_last(figures, cast, client_of):
    response = client_of(cast.lestari).get(f"/wilayah/36/?periode={JULY}")
    rank = response.context["board"].rank
    assert [row.region.code for row in rank[:2]] == [KOTA_A, "36.73"]
    assert [row.place for row in rank] == [1, 2, *[None] * 6]


@pytest.mark.parametrize(
    ("person", "words"),
    [
        ("wayan", "Apa yang harus diisi dan dinyatakan lengkap?"),
        ("siti", "Apa yang harus diperiksa dan diajukan?"),
        ("anton", "Bulan mana yang menunggu diverifikasi, ditutup, dan dilaporkan?"),
        ("lestari", "Apa yang berubah sejak bulan laporan diverifikasi atau ditutup?"),
        ("dewi", "Di mana kesenjangannya?"),
        ("ratna", "Lima angka untuk rapat"),
        ("nobody", "belum mendapat wilayah"),
    ],
)
def test_each_role_lands_on_its_own_question(figures, cast, client_of, person, words):
    assert words in text_of(client_of(getattr(cast, person)).get("/"))


def test_the_status_asks_for_a_new_page_only_when_a_newer_run_exists(figures, cast, client_of):
    client = client_of(cast.wayan)
    page = client.get(f"/wilayah/{KOTA_A}/?periode={JULY}")
    asked = page.context["status_url"]
    assert "HX-Refresh" not in client.get(asked).headers
    row = MembershipCount.objects.get(region_id=KOTA_A)
    form = {
        "members": "80.000",
        "source": "Surat 1",
        "as_of": "2025-07-31",
        "reason": "salah ketik",
        "revision": row.revision,
    }
    saved = client.post(reverse("membership_count_correct", args=[row.pk]), form)
    assert (saved.status_code, saved.url) == (302, f"/wilayah/{KOTA_A}/?periode={JULY}")
    waiting = client.get(asked)
    assert "HX-Refresh" not in waiting.headers
    assert "1 perubahan belum dihitung" in text_of(waiting)
    recompute_stale()
    assert client.get(asked).headers["HX-Refresh"] == "true"
    assert "45,74%" in text_of(client.get(f"/wilayah/{KOTA_A}/?periode={JULY}"))


def test_pages_send_their_security_headers_and_nothing_inline(figures, cast, client_of):
    response = client_of(cast.wayan).get(f"/wilayah/{KOTA_A}/?periode={JULY}")
    policy = response.headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    body = response.content.decode()
    assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=\"|\son[a-z]+=\"", body)
    assert not re.search(
        r'(src|href)="https?://(?!www\.w3)',
        re.sub(r'<a [^>]*rel="noreferrer external"[^>]*>', "", body),
    )


def test_without_a_worker_the_pages_say_so_and_with_one_they_do_not(figures, cast, client_of):
    client = client_of(cast.wayan)
    beat(WORKER)
    assert "Penghitungan otomatis berhenti" not in text_of(client.get("/definisi/"))
    Heartbeat.objects.update(at=now() - timedelta(minutes=2))
    assert "Penghitungan otomatis berhenti" in text_of(client.get("/definisi/"))


def test_the_ledger_tells_an_auditor_who_changed_what_and_why(figures, cast, client_of):
    row = MembershipCount.objects.get(region_id=KOTA_A)
    change = {"members": 80_000}
    correct_membership_count(pk=row.pk, revision=1, by=cast.wayan, reason="salah ketik", new=change)
    shown = text_of(client_of(cast.lestari).get("/catatan/"))
    for words in (
        "wayan",
        "mengoreksi jumlah peserta aktif",
        "Kota Cilegon",
        "salah ketik",
        "76.062 → 80.000",
    ):
        assert words in shown
