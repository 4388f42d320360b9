"""Tables that had no file of their own: packs, users, institutions, computations, rates and rules."""

import csv
from io import StringIO

import pytest
from django.urls import reverse

from regions.enums import InstitutionKind
from regions.models import Act
from regions.services.institution import create_institution
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A
from tests.reports.packs import made

pytestmark = pytest.mark.django_db


def rows_of(client, name, query=""):
    answer = client.get(f"{reverse(name)}?unduh=csv{query}")
    assert answer.status_code == 200
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(StringIO(text), delimiter=";"))


def test_institutions_as_they_are_filtered(cast, client_of):
    for name in ("Dinas Tenaga Kerja", "=HYPERLINK(1)"):
        create_institution(region_code=KOTA_A, name=name, kind=InstitutionKind.OPD, by=cast.admin)
    head, row = rows_of(client_of(cast.admin), "institution_list", "&cari=dinas tenaga")
    assert (head[0], row[1:4]) == ("Kode", ["Dinas Tenaga Kerja", str(InstitutionKind.OPD.label), KOTA_A])
    assert "'=HYPERLINK(1)" in {row[1] for row in rows_of(client_of(cast.admin), "institution_list")}
    assert Act.objects.latest("pk").subject == "tabel lembaga"


def test_users_with_their_roles(cast, client_of):
    told = {row[0]: row[1:4] for row in rows_of(client_of(cast.admin), "user_list")}
    assert told["wayan"][0] == "Wayan"
    assert ("Operator" in told["wayan"][1], "Cilegon" in told["wayan"][1], told["wayan"][2]) == (
        *(True, True),
        "aktif",
    )


@pytest.mark.usefixtures("figures")
def test_packs_and_computations(cast, client_of):
    recompute_stale()
    pack = made(cast.siti)
    head, row = rows_of(client_of(cast.siti), "pack_list")
    assert (head[0], row[0], row[1], row[-1]) == ("Kode dokumen", pack.code, KOTA_A, pack.sha256)
    runs = rows_of(client_of(cast.siti), "jobs")
    assert {tuple(row[1:4:2]) for row in runs[1:]} == {(KOTA_A, "2025-07")}


def test_rates_benefits_and_rules_in_one_file(cast, client_of):
    head, *rows = rows_of(client_of(cast.dewi), "tariff_table")
    assert head[:3] == ["Tabel", "Uraian", "Besaran"]
    assert {row[0] for row in rows} == {"tarif iuran", "keringanan iuran", "manfaat", "aturan"}
    assert all(row[5] for row in rows)


def test_others_get_no_file(cast, client_of):
    for name in ("institution_list", "user_list", "jobs"):
        assert client_of(cast.wayan).get(f"{reverse(name)}?unduh=csv").status_code == 403
