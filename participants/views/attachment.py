"""Documents of a fact, a list, a reconciliation or a month: listed, attached, taken, removed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from participants.document_type import DocumentRefused, DocumentType
from participants.forms.attachment import AttachmentForm, RemovalForm
from participants.selectors.attachment import get_attachment, list_attachments, list_removed
from participants.selectors.attachment_subject import AttachmentSubject, find_subject
from participants.services.attachment import attach_document, remove_document, take_document
from regions.signed_in import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def attachment_list(request: SignedInRequest, kind: str, key: str) -> HttpResponse:
    subject = find_subject(request.user, kind, key)
    if request.method != "POST":
        return _page(request, subject, AttachmentForm())
    form = AttachmentForm(request.POST, request.FILES)
    if form.is_valid():
        file = form.cleaned_data["file"]
        told: dict[str, Any] = {"title": form.cleaned_data["title"], "file_name": file.name}
        try:
            attach_document(kind=kind, subject=key, content=file.read(), by=request.user, **told)
        except DocumentRefused as refused:
            form.add_error("file", refused.sentence)
        else:
            messages.success(request, _("Dokumen dilampirkan."), extra_tags="stored")
            return redirect("attachment_list", kind, subject.key)
    return _page(request, subject, form, status=422)


def _page(
    request: SignedInRequest, subject: AttachmentSubject, form: AttachmentForm, status: int = 200
) -> HttpResponse:
    context = {
        "subject": subject,
        "documents": list_attachments(subject),
        "removed": list_removed(subject),
        "form": form,
    }
    return render(request, "participants/attachment_list.html", context, status=status)


@require_GET
def attachment_file(request: SignedInRequest, pk: int) -> HttpResponse:
    row, content = take_document(pk=pk, by=request.user)
    return document_answer(row.file_name, row.media, content)


def document_answer(file_name: str, media: str, content: bytes) -> HttpResponse:
    """Never opened within the page, never kept on the way, never taken for something else."""
    response = HttpResponse(content, content_type=DocumentType(media).media_type)
    response["Content-Disposition"] = content_disposition_header(True, file_name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "no-store, private"
    return response


@require_POST
def attachment_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    _row, subject = get_attachment(request.user, pk)
    form = RemovalForm(request.POST)
    reason = form.cleaned_data["alasan"] if form.is_valid() else ""
    try:
        remove_document(pk=pk, reason=reason, by=request.user)
        messages.success(request, _("Dokumen dihapus. Riwayatnya tetap tersimpan."))
    except DocumentRefused as refused:
        messages.error(request, refused.sentence)
    return redirect("attachment_list", subject.kind, subject.key)
