"""Pages and their drawings as files: what each says of itself, and what is done where none can be made."""

from collections.abc import Callable, Sequence
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from regions.formats import moment
from regions.practice import data_warning
from regions.signed_in import SignedInRequest
from reports.paper.blocks import Block
from reports.paper.setting import PaperNotSet

_KINDS = {"pdf": "application/pdf", "png": "image/png"}


def origin_of(address: str) -> dict[str, Any]:
    """What every file says: where its page stands, when it was made, whether its figures are real."""
    return {
        "lang": get_language(),
        "url": f"{settings.PUBLIC_URL}{address}",
        "made": _("dibuat pada %(moment)s") % {"moment": moment(now())},
        "warning": data_warning(),
    }


def drawn_of(blocks: Sequence[Block], table: str) -> dict[str, Any]:
    """The drawing of that table with its title and caption; not found where the page does not draw it."""
    drawn = next((one for one in blocks if one["kind"] == "picture" and one["table"] == table), None)
    if drawn is None:
        raise Http404(table)
    return {name: drawn[name] for name in ("svg", "width", "caption")} | {"title": drawn["alt"]}


def paper_file(request: SignedInRequest, make: Callable[[], bytes], name: str, address: str) -> HttpResponse:
    """The file; where it could not be made, the page again with the sentence that says so."""
    try:
        content = make()
    except PaperNotSet as failed:
        messages.error(request, failed.sentence)
        return redirect(address)
    response = HttpResponse(content, content_type=_KINDS[name.rpartition(".")[2]])
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
