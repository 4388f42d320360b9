"""Asking for packs: once is enough, nothing is half made, others see nothing of it."""

import io
from datetime import date, timedelta
from zipfile import ZipFile

import docx
import pptx
import pytest
from django.core import mail
from django.utils.timezone import now
from pypdf import PdfReader

from budgets.services.contribution import record_contributions
from participants.models import MembershipCount
from participants.services.membership_count import correct_membership_count
from regions.enums import Verb
from regions.errors import ChangedMeanwhile, NotPermitted, OutsideScope
from regions.models import Act
from reports.models import Document, Mail, Pack, PackFile, PackJob, PackSchedule
from reports.models.pack_job import JobState
from reports.services import pack_work
from reports.services.pack import ask_pack, cancel_job, write_text
from reports.services.pack_schedule import ask_due_packs, set_schedule, tell_of_packs
from reports.services.pack_work import work_on_packs
from reports.services.recompute import recompute_stale
from tests.cast import KOTA_A, KOTA_B, PROVINCE
from tests.factories import ContributionFactory
from tests.house.test_query_budgets import BUDGET, queries_of
from tests.months import close
from tests.reports.packs import JULY_MONTH, THIRD_QUARTER, file_of, made, pdf_text, sheet_rows, word_text

pytestmark = pytest.mark.usefixtures("cast_once")

WORDS = {
    "overview": "Catatan uji penyusun.",
    "regulations": "Perda uji 3/2023 | berlaku | pekerja rentan",
    "projects": "",
    "obstacles": "Data terlambat | Surat ke OPD | Disnaker, 10 Oktober\nAnggaran kurang",
    "signed_at": "Cilegon, 10 Oktober 2025",
    "branch_head_acting": "Plt.",
    "branch_head_name": "Nama Uji Cabang",
    "office_head_acting": "",
    "office_head_name": "Nama Uji Dinas",
}


def correct_members(cast, members):
    row = MembershipCount.objects.get(region_id=KOTA_A)
    correct_membership_count(
        pk=row.pk, revision=row.revision, by=cast.wayan, reason="salah", new={"members": members}
    )
    recompute_stale()


def test_asking_twice_makes_one_pack(figures, cast):
    first, second = (
        ask_pack(region_code=KOTA_A, period=JULY_MONTH, by=by) for by in (cast.siti, cast.lestari)
    )
    assert first.pk == second.pk
    assert work_on_packs() == 1
    again = made(cast.lestari)
    assert (Pack.objects.count(), PackFile.objects.count()) == (1, 4)
    assert again.version == 1
    assert list(again.jobs.order_by("pk").values_list("asked_by__username", flat=True)) == ["siti", "lestari"]


def test_other_figures_are_another_version(figures, cast):
    one = made(cast.siti)
    correct_members(cast, 76_100)
    two = made(cast.siti)
    correct_members(cast, 76_062)
    assert (one.version, two.version, made(cast.siti).pk) == (1, 2, one.pk)
    assert one.code != two.code


def test_a_closed_month_is_final_only_with_all_that_a_report_needs(figures, cast, system):
    record_contributions([ContributionFactory(region_id=KOTA_A, paid_on=date(2025, 7, 10))], by=system)
    recompute_stale()
    assert "Laporan Kota Cilegon (Juli 2025) belum ditutup" in made(cast.siti).content["draft_reason"]
    close(cast)
    recompute_stale()
    lacking = made(cast.siti)
    assert (lacking.is_draft, lacking.content["draft_reason"]) == (
        True,
        "Bagian wajib yang masih kosong: Regulasi; Kendala dan tindak lanjut; nama penanda tangan (Kepala "
        "Cabang BPJS Ketenagakerjaan, Kepala Dinas Tenaga Kerja). Paket menjadi final setelah bagian itu "
        "terisi.",
    )
    write_text(region_code=KOTA_A, period=JULY_MONTH, words=WORDS, revision=0, by=cast.siti)
    final = made(cast.siti)
    assert (final.is_draft, final.content["draft_reason"]) == (False, "")
    text = pdf_text(file_of(final, "pdf"))
    assert "DRAF" not in text
    assert "KotaCilegon,Juli2025:penutupanke-1." in text


def test_made_up_figures_are_marked_on_every_face(figures, cast, settings):
    settings.EXAMPLE_DATA = True
    pack = made(cast.siti)
    words = "Data contoh, sebagian rekaan"
    pdf = PdfReader(io.BytesIO(file_of(pack, "pdf")))
    assert all(words in page.extract_text() for page in pdf.pages)
    document = docx.Document(io.BytesIO(file_of(pack, "docx")))
    assert f"DRAF · {words}" in document.sections[-1].header.paragraphs[0].text
    assert words in str(sheet_rows(file_of(pack, "xlsx"))["Ringkasan"])
    for slide in pptx.Presentation(io.BytesIO(file_of(pack, "pptx"))).slides:
        assert any(words in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)


def test_a_quarter_of_which_one_month_is_closed_is_a_draft(figures, cast):
    close(cast)
    recompute_stale()
    pack = made(cast.siti, THIRD_QUARTER)
    told = pack.content["draft_reason"]
    assert told.startswith("Laporan Kota Cilegon (Agustus–September 2025) belum ditutup sehingga angkanya ")


def test_who_may_not_ask_is_refused(figures, cast):
    with pytest.raises(NotPermitted):
        ask_pack(region_code=KOTA_A, period=JULY_MONTH, by=cast.wayan)
    with pytest.raises(OutsideScope):
        ask_pack(region_code=KOTA_A, period=JULY_MONTH, by=cast.budi)
    assert not PackJob.objects.exists()


def test_cancelled_while_it_waits_and_while_it_is_made(figures, cast, monkeypatch):
    job = ask_pack(region_code=KOTA_A, period=JULY_MONTH, by=cast.siti)
    cancel_job(pk=job.pk, by=cast.siti)
    assert work_on_packs() == 0
    second = ask_pack(region_code=KOTA_A, period=JULY_MONTH, by=cast.siti)
    whole = pack_work.render_xlsx

    def cancelled_meanwhile(content):
        cancel_job(pk=second.pk, by=cast.siti)
        return whole(content)

    monkeypatch.setattr(pack_work, "render_xlsx", cancelled_meanwhile)
    work_on_packs()
    assert set(PackJob.objects.values_list("state", flat=True)) == {JobState.CANCELLED}
    assert not Pack.objects.exists()


def test_a_face_that_fails_does_not_take_the_others_along(figures, cast, monkeypatch):
    def refused(content, template=None):
        raise RuntimeError("line 7: unknown")

    with monkeypatch.context() as patched:
        patched.setattr(pack_work, "render_pdf", refused)
        job = ask_pack(region_code=KOTA_A, period=JULY_MONTH, by=cast.siti)
        work_on_packs()
    job.refresh_from_db()
    assert (job.state, job.failure) == (
        JobState.READY,
        "Berkas PDF tidak dapat disusun dari templat atau isinya; berkas lain tidak terganggu. "
        "Sampaikan nomor pembuatan ini kepada administrator.",
    )
    pack = Pack.objects.get()
    assert sorted(pack.files.values_list("face", flat=True)) == ["docx", "pptx", "xlsx"]
    ask_pack(region_code=KOTA_A, period=JULY_MONTH, by=cast.siti)
    work_on_packs()
    assert sorted(pack.files.values_list("face", flat=True)) == ["docx", "pdf", "pptx", "xlsx"]
    assert Pack.objects.count() == 1


def test_a_document_of_which_nothing_can_be_made_has_failed_in_words(figures, cast, monkeypatch):
    def refused(*_arguments):
        raise ValueError("nothing works")

    for name in ("render_pdf", "render_xlsx", "render_docx", "render_pptx"):
        monkeypatch.setattr(pack_work, name, refused)
    job = ask_pack(region_code=KOTA_A, period=JULY_MONTH, by=cast.siti)
    work_on_packs()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert job.failure.startswith("Berkas PDF, ")
    assert "nothing" not in job.failure
    assert not Pack.objects.exists()


def test_what_no_font_shows_is_replaced_and_listed_in_every_file(figures, cast, monkeypatch):
    made = pack_work.assembled

    def assembled(*arguments):
        content = made(*arguments)
        content.remarks = (*content.remarks, "\uf0b7 satu\x0bdua \U0001f600\U0001f600")
        return content

    monkeypatch.setattr(pack_work, "assembled", assembled)
    job = ask_pack(region_code=KOTA_A, period=JULY_MONTH, by=cast.siti)
    work_on_packs()
    job.refresh_from_db()
    assert (job.state, job.failure) == (JobState.READY, "")
    pack = Pack.objects.get()
    assert pack.files.count() == 4
    assert pack.content["remarks"][-2:] == [
        "• satu\ndua ??",
        "Tanda yang tidak dapat ditampilkan dalam dokumen ini diganti: U+1F600 (2), U+F0B7 (1).",
    ]


def test_given_up_after_some_deaths(figures, cast):
    job = ask_pack(region_code=KOTA_A, period=JULY_MONTH, by=cast.siti)
    PackJob.objects.filter(pk=job.pk).update(
        attempts=pack_work.PackQueue.most_attempts, state=JobState.WORKING
    )
    work_on_packs()
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert "5 kali" in job.failure


def test_words_are_in_the_next_version_of_every_file(figures, cast):
    before = made(cast.siti)
    write_text(region_code=KOTA_A, period=JULY_MONTH, words=WORDS, revision=0, by=cast.siti)
    pack = made(cast.siti)
    assert pack.version == before.version + 1
    paper, word = pdf_text(file_of(pack, "pdf")), word_text(file_of(pack, "docx"))
    for text in ("Catatanujipenyusun.", "Perdauji3/2023", "SuratkeOPD", "Plt.KepalaCabang", "NamaUjiDinas"):
        assert text in paper
    assert "Catatan uji penyusun." in word
    sheets = sheet_rows(file_of(pack, "xlsx"))
    (obstacles,) = [name for name in sheets if "Kendala" in name]
    rows = [tuple(row) for row in sheets[obstacles]]
    assert ("Data terlambat", "Surat ke OPD", "Disnaker, 10 Oktober") in [row[:3] for row in rows]
    assert "Catatanujipenyusun." not in pdf_text(file_of(before, "pdf"))


def test_two_who_write_at_once_do_not_overwrite_each_other(figures, cast):
    row = write_text(region_code=KOTA_A, period=JULY_MONTH, words=WORDS, revision=0, by=cast.siti)
    with pytest.raises(ChangedMeanwhile):
        write_text(region_code=KOTA_A, period=JULY_MONTH, words=WORDS, revision=0, by=cast.ratna)
    row.refresh_from_db()
    assert (row.revision, row.changed_by) == (1, cast.siti)
    with pytest.raises(NotPermitted):
        write_text(region_code=KOTA_A, period=JULY_MONTH, words={}, revision=1, by=cast.wayan)


def test_a_bundle_has_every_region_below_and_one_archive(figures, cast, client_of):
    job = ask_pack(region_code=PROVINCE, period=JULY_MONTH, by=cast.lestari, document=Document.BUNDLE)
    work_on_packs()
    work_on_packs()
    job.refresh_from_db()
    assert (job.state, job.done, job.parts.count()) == (JobState.READY, 9, 9)
    response = client_of(cast.lestari).get(f"/paket/pembuatan/{job.pk}/zip/")
    with ZipFile(io.BytesIO(b"".join(response.streaming_content))) as archive:
        names = archive.namelist()
        assert len(names) == 36
        assert f"paket-{KOTA_A}-kota-cilegon-juli-2025-v1.pdf" in names
        assert f"paket-{PROVINCE}-provinsi-banten-juli-2025-v1.pdf" in names
        assert archive.testzip() is None
    assert Act.objects.filter(verb=Verb.EXPORTED, actor_name="lestari").count() == 36
    for stranger in (cast.wayan, cast.budi):
        assert client_of(stranger).get(f"/paket/pembuatan/{job.pk}/zip/").status_code == 404


def test_a_single_wish_does_not_wait_for_a_bundle_and_others_have_their_turn(figures, cast):
    ask_pack(region_code=PROVINCE, period=JULY_MONTH, by=cast.lestari, document=Document.BUNDLE)
    work_on_packs(seconds=0)
    single = ask_pack(region_code=KOTA_A, period=THIRD_QUARTER, by=cast.siti)
    assert work_on_packs(seconds=0.001) == 1
    single.refresh_from_db()
    assert single.state == JobState.READY
    assert PackJob.objects.filter(state=JobState.WAITING).count() == 9


def test_the_stranger_finds_nothing_of_it(figures, cast, client_of):
    pack = made(cast.siti)
    job, client = pack.jobs.get(), client_of(cast.budi)
    for address in (
        f"/paket/{pack.code}/",
        f"/paket/{pack.code}/unduh/pdf/",
        f"/paket/pembuatan/{job.pk}/",
        f"/paket/pembuatan/{job.pk}/zip/",
        f"/paket/teks/{KOTA_A}/{JULY_MONTH.key}/",
    ):
        assert client.get(address).status_code == 404, address
    assert client.post(f"/paket/pembuatan/{job.pk}/batal/").status_code == 404
    assert client.post(f"/bulan/{KOTA_A}/2025-07/berita-acara/").status_code == 404
    shown = client.get("/paket/").content.decode()
    assert pack.printed_code not in shown
    assert "Cilegon" not in shown


def test_the_stranger_cannot_slip_another_region_into_the_form(figures, cast, client_of):
    client = client_of(cast.siti)
    response = client.post("/paket/buat/", {"region": KOTA_B, "period": JULY_MONTH.key})
    assert response.status_code == 422
    assert not PackJob.objects.exists()


def test_asked_watched_taken_and_noted(figures, cast, client_of):
    client = client_of(cast.anton)
    asked = client.post("/paket/buat/", {"region": KOTA_A, "period": JULY_MONTH.key, "revision": 0})
    watched = client.get(asked.url).content.decode()
    assert "Dalam antrean" in watched
    work_on_packs()
    over = client.get(asked.url)
    pack = Pack.objects.get()
    assert over.url == f"/paket/{pack.code}/"
    for face in ("pdf", "xlsx", "docx", "pptx"):
        taken = client.get(f"{over.url}unduh/{face}/")
        assert taken.content == file_of(pack, face)
        assert taken["Content-Disposition"].endswith(f'paket-36.72-kota-cilegon-juli-2025-v1.{face}"')
    acts = Act.objects.filter(verb=Verb.EXPORTED, region_code=KOTA_A)
    assert [act.actor_name for act in acts] == ["anton"] * 4
    assert "Anton: PDF" in client.get(over.url).content.decode()


def test_pages_keep_their_budget_of_questions(figures, cast, client_of):
    client, pack = client_of(cast.siti), made(cast.siti)
    addresses = ("/paket/", f"/paket/{pack.code}/", f"/verifikasi/{pack.code}/", "/paket/jadwal/")
    few = [queries_of(client, address) for address in addresses]
    for members in range(76_063, 76_068):
        correct_members(cast, members)
        made(cast.siti)
    many = [queries_of(client, address) for address in addresses]
    assert max(many) <= BUDGET
    assert all(more <= less + 1 for less, more in zip(few, many, strict=True))


def test_a_record_of_closing_names_who_did_what(figures, cast, client_of):
    close(cast)
    recompute_stale()
    page = client_of(cast.siti).get(f"/bulan/{KOTA_A}/2025-07/").content.decode()
    assert "Buat berita acara penutupan" in page
    asked = client_of(cast.siti).post(f"/bulan/{KOTA_A}/2025-07/berita-acara/")
    work_on_packs()
    pack = Pack.objects.get(document=Document.CLOSING)
    assert asked.url == f"/paket/pembuatan/{pack.jobs.get().pk}/"
    assert [file.face for file in pack.files.all()] == ["pdf"]
    assert not pack.is_draft
    text = pdf_text(file_of(pack, "pdf"))
    for words in (
        "menyatakanlengkapOperator,VerifikatorWayan",
        "mengajukanVerifikatorSiti",
        "memverifikasiKepalaCabangAnton",
        "menutupKepalaCabangAnton",
        "76.062",
    ):
        assert words in text


@pytest.fixture
def scheduled(figures, cast, settings, time_machine):
    settings.EMAIL_HOST = "localhost"
    time_machine.move_to(now().replace(year=2026, month=8, day=3), tick=False)
    cast.ratna.email = "ratna@contoh.test"
    cast.ratna.save()
    set_schedule(region_code=PROVINCE, roles=["viewer"], by=cast.ratna)
    return time_machine


def test_on_the_tenth_after_a_quarter_a_pack_is_made_and_told(scheduled, cast):
    assert ask_due_packs() == 0
    scheduled.shift(timedelta(days=68))
    assert (ask_due_packs(), ask_due_packs()) == (1, 0)
    work_on_packs()
    assert tell_of_packs() == 1
    pack = Pack.objects.get()
    assert (pack.region_id, pack.kind, pack.first_month) == (PROVINCE, "quarter", date(2026, 7, 1))
    (message,) = mail.outbox
    assert (message.to, message.subject) == (
        ["ratna@contoh.test"],
        "Paket monev Provinsi Banten, Triwulan III Tahun 2026 siap",
    )
    assert f"/paket/{pack.code}/" in message.body
    assert tell_of_packs() == 0


def test_a_message_that_does_not_go_out_is_seen(scheduled, cast, client_of, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError("sambungan ditolak")

    monkeypatch.setattr("reports.services.pack_schedule.send_mail", broken)
    scheduled.shift(timedelta(days=68))
    ask_due_packs()
    work_on_packs()
    tell_of_packs()
    assert Mail.objects.get().failure == "OSError: sambungan ditolak"
    shown = client_of(cast.ratna).get("/paket/jadwal/").content.decode()
    assert "sambungan ditolak" in shown
    assert PackSchedule.objects.get().told_at is None
    assert "Banten" not in client_of(cast.siti).get("/paket/jadwal/").content.decode()


def test_a_draft_whose_figures_moved_says_so(figures, cast, client_of):
    pack = made(cast.siti)
    row = MembershipCount.objects.get(region_id=KOTA_A)
    correct_membership_count(pk=row.pk, revision=1, by=cast.wayan, reason="x", new={"members": 76_100})
    recompute_stale()
    shown = client_of(None).get(f"/verifikasi/{pack.code}/").content.decode()
    assert "Angkanya sudah berubah sejak paket ini dibuat." in shown
    assert "Ini draf, bukan laporan resmi." in shown
