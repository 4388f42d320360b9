"""The annex as LibreOffice opens it: its formulas come to our sums."""

import csv
import shutil
import subprocess

import pytest

from budgets.annex import Annex, AnnexLine
from budgets.exporters.annex_xlsx import annex_workbook

OFFICE = shutil.which("soffice")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice (soffice) is not installed")
def test_totals_computed_by_libreoffice_equal_ours(tmp_path):
    told = {"region": "Kota A", "sub_activity": "", "account": "", "source": "APBD", "first": "Januari"}
    rates = {"rate": 16_800, "price": 16_800 * 12, "months": 12, "legal_basis": "Uji"}
    lines = [
        AnnexLine(category=name, people=people, **told, **rates) for name, people in (("a", 15_000), ("b", 7))
    ]
    annex = Annex(title="Lampiran", subtitle="Uji", lines=lines, notes=[])
    (tmp_path / "lampiran.xlsx").write_bytes(annex_workbook(annex))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    asked = [
        OFFICE,
        "--headless",
        home,
        "--convert-to",
        "csv",
        "--outdir",
        tmp_path,
        tmp_path / "lampiran.xlsx",
    ]
    subprocess.run(asked, check=True, capture_output=True, timeout=120)
    rows = list(csv.reader((tmp_path / "lampiran.csv").read_text().splitlines()))
    (total,) = [row for row in rows if "Jumlah" in row]
    numbers = [
        cell.replace(",", "").replace(".", "") for cell in total if cell.strip("0123456789,.") == "" and cell
    ]
    assert numbers == ["15007", str(annex.total)]
    assert annex.total == 3_024_000_000 + 7 * 16_800 * 12
