"""Documents of facts, lists and months: who sees and attaches them, what is kept of a removed one."""

import hashlib
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from budgets.models import Allocation
from budgets.services.allocation import record_allocations
from budgets.services.contribution import record_contributions
from participants.document_type import DocumentRefused
from participants.models import Attachment
from participants.selectors.attachment_subject import find_subject
from participants.services.attachment import attach_document, remove_document, take_document
from participants.services.headcount import record_headcounts
from participants.services.key import rotate_keys
from regions.cipher import unseal_bytes
from regions.errors import NotPermitted, OutsideScope
from regions.models import Act
from regions.services.fact import store_of
from tests.cast import KOTA_A
from tests.factories import AllocationFactory, ContributionFactory, HeadcountFactory
from tests.months import close, submit
from tests.participants.batches import people, store
from tests.participants.documents import docx, pdf

pytestmark = pytest.mark.django_db


@pytest.fixture
def line(cast):
    return record_allocations([AllocationFactory()], by=cast.wayan).rows[0]


def attach(by, subject, kind="allocation", **changes):
    told = {"title": "SK Wali Kota 800/12", "file_name": "sk.exe", "content": pdf(), **changes}
    return attach_document(kind=kind, subject=str(subject), by=by, **told)


def test_a_document_is_kept_sealed_and_noted(cast, line):
    content = pdf()
    row = attach(cast.wayan, line.pk, file_name="C:\\x\\SK 3672010704650001.pdf.exe", content=content)
    assert (row.region_id, row.kind, row.subject, row.media, row.size) == (
        *(KOTA_A, "allocation", str(line.pk), "pdf"),
        len(content),
    )
    assert row.file_name == "SK 367201******0001.pdf.pdf"
    assert row.sha256 == hashlib.sha256(content).hexdigest()
    stored = bytes(Attachment.objects.get().content_sealed)
    assert content not in stored
    assert unseal_bytes(stored) == content
    act = Act.objects.filter(verb="recorded").latest("pk")
    assert (act.actor_name, act.region_code, act.subject) == (
        *("wayan", KOTA_A),
        f"dokumen #{row.pk}: SK Wali Kota 800/12",
    )
    assert {act.detail["file"], act.detail["sha256"]} == {row.file_name, row.sha256}
    taken, again = take_document(pk=row.pk, by=cast.lestari)
    assert (taken, again) == (row, content)
    assert Act.objects.get(verb="exported").actor_name == "lestari"


def test_who_writes_the_fact_attaches_and_who_reads_it_reads(cast, line):
    row = attach(cast.dewi, line.pk)
    for user in (cast.siti, cast.lestari, cast.dewi, cast.anton):
        assert find_subject(user, "allocation", str(line.pk)).label.startswith(f"pagu #{line.pk}")
    with pytest.raises(NotPermitted):
        attach(cast.lestari, line.pk, content=docx())
    with pytest.raises(OutsideScope):
        attach(cast.budi, line.pk, content=docx())
    with pytest.raises(OutsideScope):
        take_document(pk=row.pk, by=cast.budi)
    with pytest.raises(NotPermitted):
        take_document(pk=row.pk, by=cast.nobody)
    with pytest.raises(NotPermitted):
        remove_document(pk=row.pk, reason="salah", by=cast.lestari)
    for kind, key in (("allocation", "x"), ("allocation", "9" * 30), ("tidak-ada", "1"), ("month", "x")):
        with pytest.raises(OutsideScope):
            find_subject(cast.wayan, kind, key)


def test_the_same_document_stands_once(cast, line):
    content = pdf()
    attach(cast.wayan, line.pk, content=content)
    with pytest.raises(DocumentRefused, match="sudah dilampirkan"):
        attach(cast.wayan, line.pk, content=content, title="Lain")
    with pytest.raises(DocumentRefused, match="judul"):
        attach(cast.wayan, line.pk, content=docx(), title=" ")
    assert Attachment.objects.count() == 1


def test_what_was_removed_is_told_with_its_reason(cast, line, client_of):
    row = attach(cast.wayan, line.pk)
    with pytest.raises(DocumentRefused, match="alasan"):
        remove_document(pk=row.pk, reason="  ", by=cast.siti)
    remove_document(pk=row.pk, reason="salah berkas", by=cast.siti)
    assert not Attachment.objects.exists()
    event = Attachment.pgh_event_model.objects.get()
    assert (event.sha256, event.title) == (row.sha256, row.title)
    assert not hasattr(event, "content_sealed")
    act = Act.objects.get(verb="undone")
    assert (act.detail["reason"], act.subject) == ("salah berkas", f"dokumen #{row.pk}: {row.title}")
    page = client_of(cast.lestari).get(reverse("attachment_list", args=["allocation", line.pk]))
    text = " ".join(page.content.decode().split())
    assert "Belum ada dokumen." in text
    assert "dihapus Siti" in text
    assert "alasan: salah berkas" in text
    assert "Lampirkan dokumen" not in text


def test_a_locked_month_takes_documents_and_keeps_them(cast):
    paid = record_contributions([ContributionFactory(paid_on=date(2025, 7, 5))], by=cast.wayan).rows[0]
    before = attach(cast.wayan, paid.pk, kind="contribution")
    submit(cast)
    later = attach(cast.wayan, paid.pk, kind="contribution", content=docx())
    of_month = attach(cast.siti, f"{KOTA_A}_2025-07", kind="month")
    for row in (before, later, of_month):
        with pytest.raises(DocumentRefused):
            remove_document(pk=row.pk, reason="keliru", by=cast.siti)
    assert Attachment.objects.count() == 3


def test_lists_and_months_have_documents_too(cast):
    batch = store(people(1), cast.wayan)
    row = attach(cast.wayan, batch.pk, kind="batch")
    assert take_document(pk=row.pk, by=cast.siti)[0] == row
    with pytest.raises(NotPermitted):
        take_document(pk=row.pk, by=cast.dewi)
    with pytest.raises(OutsideScope):
        take_document(pk=row.pk, by=cast.budi)
    of_month = attach(cast.wayan, f"{KOTA_A}_2025-07", kind="month")
    # Leaders are told of closed months.
    with pytest.raises(NotPermitted):
        take_document(pk=of_month.pk, by=cast.ratna)
    close(cast)
    assert take_document(pk=of_month.pk, by=cast.ratna)[0] == of_month


def test_the_page_attaches_takes_and_removes(cast, client_of):
    fact = record_headcounts([HeadcountFactory()], by=cast.wayan).rows[0]
    page = reverse("attachment_list", args=["headcount", fact.pk])
    client = client_of(cast.wayan)
    wrong = client.post(page, {"title": "SK", "file": SimpleUploadedFile("a.pdf", b"MZ")})
    assert wrong.status_code == 422
    assert "bukan PDF" in wrong.content.decode()
    content = pdf()
    done = client.post(page, {"title": "SK 1", "file": SimpleUploadedFile("sk.pdf", content)})
    assert (done.status_code, done.url) == (302, page)
    row = Attachment.objects.get()
    for place in (page, reverse("headcount_correct", args=[fact.pk])):
        shown = client.get(place).content.decode()
        assert f'href="{reverse("attachment_file", args=[row.pk])}"' in shown
    assert row.sha256 in client.get(page).content.decode()
    assert f'href="{page}"' in client.get(reverse("headcount_list")).content.decode()
    file = client.get(reverse("attachment_file", args=[row.pk]))
    assert file.content == content
    assert {
        name: file.headers[name] for name in ("Content-Type", "Content-Disposition", "Cache-Control")
    } == {
        "Content-Type": "application/pdf",
        "Content-Disposition": 'attachment; filename="sk.pdf"',
        "Cache-Control": "no-store, private",
    }
    assert file.headers["X-Content-Type-Options"] == "nosniff"
    gone = client.post(reverse("attachment_remove", args=[row.pk]), {"alasan": "dobel"})
    assert (gone.status_code, gone.url, Attachment.objects.count()) == (302, page, 0)


def test_new_keys_seal_documents_anew(cast, line, settings):
    row = attach(cast.wayan, line.pk)
    settings.NIK_KEYS = f"{settings.NIK_KEYS},9:{'A' * 43}="
    rotate_keys(by=cast.admin)
    assert bytes(Attachment.objects.get().content_sealed)[:1] == b"\x09"
    assert take_document(pk=row.pk, by=cast.wayan)[1].startswith(b"%PDF-")


class TestRemovedFacts:
    @pytest.fixture
    def removed(self, cast, line):
        document = attach(cast.wayan, line.pk)
        store_of(Allocation.fact).remove(pk=line.pk, revision=1, by=cast.wayan, reason="salah input")
        return line.pk, document

    def test_their_documents_are_read_by_who_could_see_the_fact(self, cast, removed, client_of):
        pk, document = removed
        address = reverse("attachment_list", args=["allocation", pk])
        page = client_of(cast.wayan).get(address).content.decode()
        assert (f"#{pk}, dihapus" in page, document.title in page) == (True, True)
        assert take_document(pk=document.pk, by=cast.lestari)[0] == document
        assert client_of(cast.budi).get(address).status_code == 404
        assert client_of(cast.nobody).get(address).status_code == 403

    def test_the_ledger_leads_to_them(self, cast, removed, client_of):
        pk, _document = removed
        page = client_of(cast.siti).get(reverse("ledger")).content.decode()
        assert f'href="{reverse("attachment_list", args=["allocation", pk])}"' in page

    def test_nothing_is_added_or_removed_there(self, cast, removed):
        pk, document = removed
        with pytest.raises(NotPermitted):
            attach(cast.wayan, pk, content=docx())
        with pytest.raises(NotPermitted):
            remove_document(pk=document.pk, reason="salah", by=cast.wayan)
