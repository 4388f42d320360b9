"""A list of persons paid for twice leaves: noted with who, why and how many, and only by those who may."""

from datetime import date

import pytest

from budgets.services.double_funding_export import start_doubled_export
from participants.errors import PersonRefused
from regions.errors import NotPermitted, OutsideScope
from regions.models import Act
from tests.cast import KOTA_A

pytestmark = pytest.mark.django_db
JULY = date(2025, 7, 1)
REASON = "rekonsiliasi dengan provinsi, surat 12/2025"


def take(by, reason=None):
    return start_doubled_export(region_code=KOTA_A, month=JULY, count=3, kind="csv", by=by, reason=reason)


def test_masked_it_is_noted_without_a_reason(cast):
    export = take(cast.wayan)
    assert (export.whole, export.watermark) == (False, "")
    (act,) = Act.objects.filter(verb="exported")
    assert (act.actor_id, act.region_code, act.subject) == (
        cast.wayan.pk,
        KOTA_A,
        "daftar pendanaan ganda 2025-07",
    )
    told = {name: act.detail[name] for name in ("count", "format", "whole_nik", "reason")}
    assert told == {"count": 3, "format": "csv", "whole_nik": False, "reason": ""}


def test_whole_it_carries_who_took_it_and_why(cast):
    export = take(cast.siti, REASON)
    assert export.whole
    assert "Siti" in export.watermark
    assert REASON in export.watermark
    act = Act.objects.get(verb="exported")
    assert (act.detail["whole_nik"], act.detail["reason"]) == (True, REASON)


@pytest.mark.parametrize(
    ("name", "reason", "error"),
    [
        ("budi", None, OutsideScope),
        ("nobody", None, OutsideScope),
        ("ratna", None, NotPermitted),
        ("wayan", REASON, NotPermitted),
        ("siti", "", PersonRefused),
    ],
)
def test_who_may_not_or_says_no_reason_takes_nothing(cast, name, reason, error):
    with pytest.raises(error):
        take(getattr(cast, name), reason)
    assert not Act.objects.filter(verb="exported").exists()
