"""The dossier for the Paritrana award: the figures of the pages, what is missing, the Word document."""

from datetime import date

import pytest
from django.urls import reverse

from participants.services.outreach_event import record_outreach_events
from regions.errors import ChangedMeanwhile, NotPermitted, OutsideScope
from regions.models import Act, Region
from regions.services.regulation import record_regulations
from reports.models import DossierText
from reports.pack.content import to_json
from reports.pack.period import Period, PeriodKind
from reports.selectors.dossiers.dossier import get_dossier
from reports.services.dossier import write_dossier_text
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import OutreachEventFactory, RegulationFactory
from tests.reports.packs import made, word_tables, word_text

TODAY = date(2026, 1, 20)
WORDS = {
    "commitment": "Wali Kota memimpin rapat tiap triwulan.",
    "innovations": "GEMET SEKUL | 2023 | 1.200 pekerja ditanggung perusahaan",
}


def dossier_of(user, code=KOTA_A, year=2025):
    return get_dossier(user, Region.objects.get(pk=code), year, TODAY)


def section(dossier, key):
    return next(one for one in dossier.sections if one.key == key)


def test_its_figures_are_those_of_the_pack(figures, cast):
    """Every table of figures is the pack's own of the newest month of that year."""
    dossier = dossier_of(cast.siti)
    pack = made(cast.siti, Period(PeriodKind.MONTH, date(2025, 7, 1)))
    printed = {table["key"]: table["rows"] for table in pack.content["tables"]}
    tables = [table for key in ("coverage", "budget") for table in section(dossier, key).tables]
    assert {table.key: to_json(table.rows) for table in tables} == {
        table.key: printed[table.key] for table in tables
    }
    assert {"coverage", "categories", "trend"} <= {table.key for table in tables}
    assert "UCJ" in section(dossier, "coverage").sentences[0]
    assert "belum ditutup" in dossier.draft_reason


def test_what_is_missing_is_named_until_it_is_there(figures, cast):
    empty = dossier_of(cast.wayan)
    assert "Belum ada regulasi daerah yang berlaku: catat di Regulasi." in empty.missing
    assert "Inovasi daerah belum ditulis: isi di bawah halaman ini." in empty.missing
    assert "12 bulan laporan tahun ini belum ditutup." in empty.missing
    record_regulations([RegulationFactory()], by=cast.wayan)
    write_dossier_text(region_code=KOTA_A, year=2025, words=WORDS, revision=0, by=cast.wayan)
    event = OutreachEventFactory(held_on=date(2025, 7, 15), attended=61, cost=0)
    record_outreach_events([event], by=cast.wayan)
    told = dossier_of(cast.wayan)
    assert not [words for words in told.missing if "Regulasi" in words or "ditulis" in words]
    (rules,) = [table for table in section(told, "regulation").tables if table.key == "rules"]
    assert rules.rows[0][:3] == (
        "Perwal Cilegon 7/2025",
        "Jaminan Sosial Ketenagakerjaan Uji",
        "3 Maret 2025",
    )
    innovation = section(told, "innovation")
    assert innovation.sentences[0] == WORDS["commitment"]
    assert "1 kegiatan terlaksana dalam 2025, dihadiri 61 orang, biayanya Rp0." in innovation.sentences
    assert [table.rows[0] for table in innovation.tables] == [
        ("GEMET SEKUL", "2023", "1.200 pekerja ditanggung perusahaan"),
        ("15 Juli 2025", "Sosialisasi nelayan", "Kota Cilegon", "61"),
    ]
    numbers = [table.number for one in told.sections for table in one.tables]
    assert numbers == [str(at) for at in range(1, len(numbers) + 1)]


def test_a_year_without_figures_has_no_tables_of_them(cast):
    told = dossier_of(cast.wayan, year=2019)
    assert section(told, "coverage").tables == []
    assert "Belum ada angka cakupan tahun 2019: isi laporan bulanannya." in told.missing


def test_the_word_document_tells_what_the_page_tells(figures, cast, client_of):
    write_dossier_text(region_code=KOTA_A, year=2025, words=WORDS, revision=0, by=cast.wayan)
    address = reverse("dossier_file", args=[KOTA_A])
    answer = client_of(cast.wayan).get(address, {"tahun": "2025"})
    assert answer.status_code == 200
    assert answer["Content-Disposition"] == 'attachment; filename="paritrana-36.72-2025.docx"'
    content = b"".join(answer) if answer.streaming else answer.content
    dossier, text = dossier_of(cast.wayan), word_text(content)
    for one in dossier.sections:
        assert not one.tables or f". {one.title}" in text
        assert all(sentence in text for sentence in one.sentences)
    tables = [table for one in dossier.sections for table in one.tables]
    assert [
        [[cell if isinstance(cell, str) else cell.text for cell in row] for row in table.all_rows]
        for table in tables
    ] == [table[1:] for table in word_tables(content)]
    page = client_of(cast.wayan).get(reverse("dossier", args=[KOTA_A]), {"tahun": "2025"}).content.decode()
    assert all(f"<h3>{table.heading}</h3>" in page for table in tables)
    assert Act.objects.filter(verb="exported", subject="berkas Paritrana 2025").exists()


def test_two_who_write_at_once_lose_nothing(cast, client_of):
    address = f"{reverse('dossier', args=[KOTA_A])}?tahun=2025"
    first, second = client_of(cast.wayan), client_of(cast.siti)
    typed = {"commitment": "Pertama", "innovations-0-0": "Satu", "revision": "0"}
    assert first.post(address, typed).status_code == 302
    late = second.post(address, {**typed, "commitment": "Kedua"})
    assert late.status_code == 422
    assert "diubah orang lain" in late.content.decode()
    assert "Kedua" in late.content.decode()
    row = DossierText.objects.get()
    assert (row.commitment, row.innovations, row.revision) == ("Pertama", "Satu |  |", 1)


def test_it_is_written_by_whom_the_region_is(cast):
    told = {"region_code": KOTA_A, "year": 2025, "words": WORDS, "revision": 0}
    with pytest.raises(OutsideScope):
        write_dossier_text(**told, by=cast.budi)
    for reader in (cast.ratna, cast.lestari):
        with pytest.raises(NotPermitted):
            write_dossier_text(**told, by=reader)
    assert write_dossier_text(**told, by=cast.dewi).revision == 1
    with pytest.raises(ChangedMeanwhile):
        write_dossier_text(**told, by=cast.wayan)
    with pytest.raises(OutsideScope):
        dossier_of(cast.wayan, code=KOTA_B)
    with pytest.raises(NotPermitted):
        dossier_of(cast.ratna)


def test_numbers_of_persons_are_masked_in_its_texts(cast):
    words = {"commitment": "NIK 3672010704650001 terdaftar", "innovations": ""}
    row = write_dossier_text(region_code=KOTA_A, year=2025, words=words, revision=0, by=cast.wayan)
    assert row.commitment == "NIK 367201******0001 terdaftar"


def test_the_nation_chooses_a_province_and_a_district_has_none(figures, cast, client_of):
    national = client_of(cast.dewi)
    page = national.get(reverse("dossier", args=["ID"]))
    assert reverse("dossier", args=[PROVINCE]) in page.content.decode()
    assert national.get(reverse("dossier_file", args=["ID"])).status_code == 404
    province = national.get(reverse("dossier", args=[PROVINCE])).content.decode()
    assert f"{reverse('dossier', args=[KOTA_A])}?tahun=" in province
    district = Region.objects.filter(parent=KOTA_A).first()
    assert national.get(reverse("dossier", args=[district.pk])).status_code == 404
