"""Documents by program: attached, listed, taken and removed as by hand; explained figures name them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from participants.models import Attachment
from participants.services.attachment import attach_document
from participants.services.membership_count import record_membership_counts
from reports.explanations.fact_row import FactSection
from reports.models import MeasureValue
from reports.selectors.explanation import explain_value
from tests.cast import KOTA_A
from tests.factories import MembershipCountFactory
from tests.participants.documents import docx, pdf
from tests.reports.test_api_persons import program_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("system")]
PLACE = reverse("api_attachments")


@pytest.fixture
def fact(cast):
    return record_membership_counts([MembershipCountFactory()], by=cast.wayan).rows[0]


def send(user, fact, content, key="", **changes):
    told = {"kind": "membership_count", "subject": str(fact.pk), "title": "Surat 7", **changes}
    headers = {"idempotency-key": key} if key else {}
    file = SimpleUploadedFile("surat.docx.pdf", content)
    return program_of(user).post(PLACE, {**told, "file": file}, headers=headers)


def test_a_document_goes_in_and_comes_out_by_program(cast, fact):
    content = pdf()
    answer = send(cast.wayan, fact, content, key="satu")
    assert answer.status_code == 201, answer.content
    row = Attachment.objects.get()
    told = answer.json()
    assert told == {
        **{"id": row.pk, "kind": "membership_count", "subject": str(fact.pk), "region": KOTA_A},
        **{"title": "Surat 7", "file_name": "surat.docx.pdf", "media": "pdf", "size": len(content)},
        **{"sha256": row.sha256, "added_by": "wayan", "added_at": told["added_at"]},
    }
    again = send(cast.wayan, fact, content, key="satu")
    assert (again.json(), again.headers["Idempotency-Replayed"]) == (told, "true")
    asked = {"kind": "membership_count", "subject": fact.pk}
    listed = program_of(cast.siti).get(PLACE, asked)
    assert listed.json() == {"data": [told], "next": None}
    place = reverse("api_attachment_file", args=[row.pk])
    file = program_of(cast.siti).get(place)
    assert (file.content, file.headers["Content-Type"]) == (content, "application/pdf")
    removal = reverse("api_attachment_removal", args=[row.pk])
    client = program_of(cast.siti)
    assert client.post(removal, {}, content_type="application/json").status_code == 422
    gone = client.post(removal, {"reason": "salah"}, content_type="application/json")
    assert (gone.status_code, Attachment.objects.count()) == (204, 0)


def test_what_is_refused_says_why_and_to_whom(cast, fact):
    refused = send(cast.wayan, fact, b"MZ")
    assert refused.status_code in (400, 422)
    assert "bukan PDF" in refused.content.decode()
    assert send(cast.budi, fact, pdf()).status_code == 404
    assert send(cast.lestari, fact, pdf()).status_code == 403
    assert send(cast.wayan, fact, pdf(), subject="0").status_code == 404
    assert send(cast.wayan, fact, pdf(), title="").status_code in (400, 422)
    assert program_of(cast.wayan).get(PLACE).status_code in (400, 422)
    row = attach_document(
        kind="membership_count", subject=str(fact.pk), title="x", file_name="x", content=docx(), by=cast.wayan
    )
    for name in ("api_attachment_file", "api_attachment_removal"):
        client = program_of(cast.budi)
        method = client.get if name.endswith("file") else client.post
        assert method(reverse(name, args=[row.pk])).status_code == 404


def test_an_explained_figure_names_the_documents_of_its_rows(cast, figures):
    value = MeasureValue.objects.filter(measure="COV-01", run__region=KOTA_A, segment="").first()

    def documents(user):
        sections: list[FactSection] = explain_value(user, value).sections
        return [one for section in sections for row in section.rows for one in row.documents]

    assert documents(cast.siti) == []
    fact = next(
        row.fact
        for section in explain_value(cast.siti, value).sections
        for row in section.rows
        if row.kind.name == "membership_count"
    )
    row = attach_document(
        kind="membership_count",
        subject=str(fact.pk),
        title="Surat 7",
        file_name="x.pdf",
        content=pdf(),
        by=cast.siti,
    )
    assert documents(cast.siti) == [row]
    # Who may not read the rows one by one is not led to their documents.
    assert documents(cast.ratna) == []
