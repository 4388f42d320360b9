"""Plans by command: the same answer as on the page, and refusals in a sentence."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.cast import KOTA_A
from tests.reports.plans import RATE, people

__all__ = ["people"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("system")]
ASKED = ("--region", KOTA_A, "--year", "2026")


def told_by_command(*arguments):
    out = StringIO()
    call_command("plan", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_command_says_the_same_as_the_page(cast, people):
    told = told_by_command(
        "--region", KOTA_A, "--year", "2026", "--ceiling", "20160000", "--least-months", "12"
    )
    assert told["status"] == "optimal"
    assert (told["objective"], told["people"], told["rupiah"], told["gap"]) == (100, 100, 20_160_000, 0.0)
    assert told["lines"] == [
        {
            "region": KOTA_A,
            "category": told["lines"][0]["category"],
            "source": "apbd_kabkota",
            "first": 1,
            "months": 12,
            "people": 100,
            "rupiah": 20_160_000,
        }
    ]
    assert told["binding"] == ["ceiling:all"]
    assert told["one_million_more"] == {"all": 4}


def test_the_command_refuses_with_a_sentence(cast, system):
    told = told_by_command(*ASKED, "--ceiling", "1")
    assert told["status"] == "refused"
    assert "Catat jumlah pekerja per kategori" in told["why"]


def test_the_command_solves_several_years(cast, people):
    stages = ("--stage", str(100 * 12 * RATE), "--stage", str(300 * 12 * RATE))
    told = told_by_command(*ASKED, *stages, "--least-months", "12")
    years = [(one["year"], one["renewed"], one["people"], one["rupiah"]) for one in told["years"]]
    assert years == [(2026, 0, 100, 20_160_000), (2027, 100, 300, 60_480_000)]
    assert told["people"] == 100
    for wrong in (stages[:2], (*stages, "--ceiling", "1"), stages * 3):
        with pytest.raises(CommandError):
            told_by_command(*ASKED, *wrong)
