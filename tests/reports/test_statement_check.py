"""A text held against what is computed and published: by service, command and page."""

import json
from datetime import date
from io import BytesIO, StringIO, TextIOWrapper

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from regions.errors import NotPermitted, OutsideScope
from regions.models import Act, Region
from reports.models import StatementCheck
from reports.selectors.statements.check import check_text
from reports.selectors.statements.kept import get_check, list_checks
from reports.services.published_figure import load_published
from reports.services.recompute import recompute_stale
from reports.services.statement import keep_check
from tests.reports.statements.test_articles import CILEGON, article

DAY = date(2024, 8, 22)


@pytest.fixture
def published(system):
    load_published(by=system)
    recompute_stale()


def check(text, region="36.72", day=DAY):
    return check_text(text, Region.objects.get(pk=region), day)


def verdicts(answer):
    return [(one["value"], one["unit"], one["verdict"], one["ours"]) for one in answer["figures"]]


@pytest.mark.parametrize("source", ["own", "cilegon_2024-08-22.txt"])
def test_cilegon(published, source):
    answer = check(CILEGON if source == "own" else article(source))
    found = verdicts(answer)
    assert found[0] == (17_000, "orang", "tidak cocok", 19_185)
    counts = {1_528, 2_650, 11_658, 1_363, 332, 61, 1_593}
    assert [one for one in found if one[0] in counts] == [
        (count, "orang", "cocok", count) for count in (1_528, 2_650, 11_658, 1_363, 332, 61, 1_593)
    ]
    assert (53, "persen", "cocok", 53) in found
    assert (790_000_000, "rupiah", "cocok", 790_000_000) in found
    assert (480_457_660, "rupiah", "cocok", 480_457_660) in found
    assert (-200_000_000, "rupiah", "tidak cocok", -309_542_340) in found
    assert (6_207, "orang", "tidak cocok", 19_185) in found


def test_bengkulu(published):
    answer = check(article("bengkulu_2024-11-20.txt"), "17", date(2024, 11, 20))
    assert [one[:3] for one in verdicts(answer)] == [
        (37, "persen", "cocok"),
        (39, "persen", "cocok"),
        (9, "kabupaten", "cocok"),
        (1, "kota", "cocok"),
        (75, "persen", "cocok"),
        (17, "persen", "cocok"),
        (39_487, "orang", "cocok"),
    ]


def test_pandeglang_counts_officers_of_that_day(published):
    answer = check(article("pandeglang_2021.txt"), "36.01", date(2021, 7, 1))
    assert [one[:3] for one in verdicts(answer)][2:5] == [
        (34, "orang", "cocok"),
        (416, "orang", "cocok"),
        (98, "orang", "cocok"),
    ]


def test_bekasi(published):
    answer = check(article("bekasi_2024-12-16.txt"), "32.16", date(2024, 12, 16))
    assert [one["verdict"] for one in answer["figures"]] == ["cocok", "cocok", "tidak dapat diperiksa"]


def test_another_definition_is_named(published):
    """Members of all segments are asked for, those of wage earners were said."""
    answer = check("Pesertanya 24.286 orang yang sudah terdaftar.", "19.71", date(2025, 5, 31))
    (figure,) = answer["figures"]
    assert (figure["verdict"], figure["ours"]) == ("beda karena definisi", 29_040)
    assert "COV-02" in figure["why"]


def test_a_number_without_subject_is_not_false(published):
    (figure,) = check("Hadir 45 tamu.")["figures"]
    assert (figure["verdict"], figure["ours"]) == ("tidak dapat diperiksa", None)


def test_the_command_answers_in_the_promised_shape(published, tmp_path):
    file = tmp_path / "siaran.txt"
    file.write_text(CILEGON, encoding="utf-8")
    out = StringIO()
    call_command("check_statement", str(file), region="36.72", date="2024-08-22", as_json=True, stdout=out)
    told = json.loads(out.getvalue())
    assert set(told) == {"figures", "arithmetic"}
    assert {frozenset(one) for one in told["figures"]} == {
        frozenset({"text", "value", "unit", "what", "verdict", "ours", "why"})
    }
    assert {frozenset(one) for one in told["arithmetic"]} == {frozenset({"text", "verdict", "sum"})}


def test_the_command_reads_standard_input(published, monkeypatch):
    monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(b"Klaim Rp790.000.000.")))
    out = StringIO()
    call_command("check_statement", "-", region="36.72", date="2024-08-22", stdout=out)
    assert out.getvalue().startswith("cocok: Rp790.000.000 (klaim)")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ({"region": "99.99", "date": "2024-08-22"}, "tidak dikenal"),
        ({"region": "36.72", "date": "kemarin"}, "Contoh: --date"),
        ({"region": "36.72", "date": "2024-08-22"}, "tidak dapat dibaca"),
    ],
)
def test_the_command_says_what_is_wrong(db, system, tmp_path, arguments, words):
    with pytest.raises(CommandError, match=words):
        call_command("check_statement", str(tmp_path / "tidak-ada.txt"), **arguments)


def keep(by, **changes):
    given = {"statement": "Klaim Rp790.000.000.", "region_code": "36.72", "day": DAY, "source": "Koran"}
    return keep_check(**{**given, **changes}, by=by)


def test_a_check_is_kept_once_with_its_act(figures, cast):
    first, again = keep(cast.siti), keep(cast.siti)
    assert first.pk == again.pk
    assert StatementCheck.objects.count() == 1
    (act,) = Act.objects.filter(subject__contains=first.printed_code)
    assert (act.actor_name, act.region_code) == ("siti", "36.72")
    assert act.detail == {"figures": 1, "sums": 0}


def test_who_sees_a_check(figures, cast):
    row = keep(cast.siti)
    assert get_check(cast.wayan, row.pk) == row
    assert list(list_checks(cast.budi)) == []
    with pytest.raises(OutsideScope):
        get_check(cast.budi, row.pk)
    with pytest.raises(NotPermitted):
        get_check(cast.ratna, row.pk)
    with pytest.raises(NotPermitted):
        keep(cast.ratna)
    with pytest.raises(OutsideScope):
        keep(cast.budi)


def test_of_other_regions_only_what_was_published_is_told(figures, cast, system):
    """A check is read by whoever sees its region, so that it holds no figure of one that they do not."""
    here, there = (Region.objects.get(pk=code) for code in ("36.72", "36.73"))
    text = f"Peserta aktif {here.full_label} 1 orang."
    (inside,) = check_text(text, here, date(2025, 7, 31), cast.admin)["figures"]
    assert (inside["verdict"], inside["ours"]) == ("tidak cocok", 76_062)
    for person in (cast.budi, cast.admin):
        (outside,) = check_text(text, there, date(2025, 7, 31), person)["figures"]
        assert (outside["verdict"], outside["ours"]) == ("tidak dapat diperiksa", None)
    province = Region.objects.get(pk="36")
    (below,) = check_text(text, province, date(2025, 7, 31), cast.admin)["figures"]
    assert below["ours"] == inside["ours"]


LIST = reverse("statement_list")


def test_a_pasted_statement_becomes_a_document(figures, cast, client):
    client.force_login(cast.siti)
    told = {"statement": CILEGON, "region": "36.72", "day": "2024-08-22", "source": "Koran Uji"}
    answer = client.post(LIST, told, follow=True)
    (row,) = StatementCheck.objects.all()
    assert answer.redirect_chain == [(reverse("statement_detail", args=[row.pk]), 302)]
    page = answer.content.decode()
    assert "19.185; ≠ 17.000" in page
    assert row.printed_code in page
    assert row.printed_code in client.get(LIST).content.decode()


def test_a_file_is_as_good_and_numbers_of_persons_are_masked(figures, cast, client):
    client.force_login(cast.siti)
    text = b"Klaim Rp790.000.000 untuk ahli waris NIK 3672010704650051."
    file = SimpleUploadedFile("siaran.txt", text, "text/plain")
    answer = client.post(LIST, {"file": file, "region": "36.72", "day": "2024-08-22"}, follow=True)
    assert answer.status_code == 200
    (row,) = StatementCheck.objects.all()
    assert "3672010704650051" not in row.statement + json.dumps(row.answer)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Tempel teksnya atau pilih berkasnya dahulu."),
        ({"statement": "17.000 orang", "day": "2031-01-01"}, "Tulis hari antara"),
        ({"statement": "17.000 orang", "day": ""}, "Isi tanggalnya"),
        ({"statement": "12 orang, " * 600}, "terlalu banyak angka"),
        ({"file": SimpleUploadedFile("a.txt", b"\x00\x01")}, "bukan teks atau terlalu besar"),
    ],
)
def test_what_cannot_be_checked_is_refused_with_the_remedy(figures, cast, client, given, sentence):
    client.force_login(cast.siti)
    answer = client.post(LIST, {"region": "36.72", "day": "2024-08-22", **given})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert StatementCheck.objects.count() == 0
