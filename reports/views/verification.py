"""Open to everybody: is this pack genuine, and does it still say what is so? Nothing about any person."""

import hashlib
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account.adapter import get_adapter
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from regions.head import signer_name, typed_head
from regions.practice import PRACTISED
from regions.selectors.ledger_check import check_head
from reports.head_words import verdict_words
from reports.pack.code import typed_code
from reports.selectors.packs.check import find_by_file, find_pack, verdict_on

MOST_BYTES = 25_000_000
MOST_A_MINUTE = 60


def limited(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Codes are not to be tried out by the thousand. Without the cache nobody is slowed down."""

    @wraps(view)
    def counted(request: HttpRequest, **arguments: str) -> HttpResponse:
        if _times(request) > MOST_A_MINUTE:
            return _page(request, {"problem": _too_often()}, status=429)
        return view(request, **arguments)

    return counted


def _page(request: HttpRequest, context: dict[str, Any], status: int = 200) -> HttpResponse:
    """With the name under which this installation signs: bundles of evidence are compared with it."""
    return render(request, "reports/verify.html", {"signer": signer_name(), **context}, status=status)


def _times(request: HttpRequest) -> int:
    """How often this address asked in this minute; it is kept as a digest, for as long."""
    minute = int(time.time() // 60)
    who = hashlib.sha256(f"{minute} {get_adapter().get_client_ip(request)}".encode()).hexdigest()
    key = f"verify:{who}"
    cache.add(key, 0, 120)
    try:
        return cache.incr(key) or 0
    except ValueError:
        return 0


@login_not_required
@never_cache
@limited
@require_http_methods(["GET", "HEAD", "POST"])
def verify_index(request: HttpRequest) -> HttpResponse:
    """Type the code, or drop the file: its fingerprint is taken and the file is let go."""
    file = request.FILES.get("berkas")
    if request.method == "POST" and file is not None:
        return _checked(request, file.read(MOST_BYTES + 1))
    if "kepala" in request.POST:
        return _head_checked(request, request.POST["kepala"])
    code = typed_code(request.POST.get("kode", ""))
    if request.method == "POST" and code:
        return redirect("verify", code)
    problem = _("Isi kodenya atau pilih berkasnya dahulu.") if request.method == "POST" else ""
    return _page(request, {"problem": problem}, status=422 if problem else 200)


@login_not_required
@never_cache
@limited
@require_safe
def verify(request: HttpRequest, code: str) -> HttpResponse:
    pack = find_pack(typed_code(code))
    context = {
        "asked": code[:40],
        "verdict": verdict_on(pack) if pack else None,
        "is_asked": True,
        "is_practised": PRACTISED in request.GET,
    }
    return _page(request, context, status=200 if pack else 404)


def _checked(request: HttpRequest, content: bytes) -> HttpResponse:
    if len(content) > MOST_BYTES:
        return _page(request, {"problem": _too_large()}, status=413)
    sha256 = hashlib.sha256(content).hexdigest()
    pack = find_by_file(sha256)
    context = {"sha256": sha256, "verdict": verdict_on(pack) if pack else None, "is_asked": True}
    return _page(request, context, status=200 if pack else 404)


def _head_checked(request: HttpRequest, text: str) -> HttpResponse:
    """Whether the ledger still begins as it did when this head was printed."""
    typed = typed_head(text)
    if typed is None:
        problem = _("Segel terdiri atas banyaknya catatan, tanda hubung, dan 16 huruf atau angka.")
        return _page(request, {"problem": problem, "head": text[:100]}, status=422)
    context = {"head_verdict": verdict_words(check_head(*typed)), "head": text[:100]}
    return _page(request, context)


def _too_often() -> str:
    return _("Terlalu sering memeriksa dari alamat ini. Tunggu satu menit, lalu coba lagi.")


def _too_large() -> str:
    return _("Berkas itu lebih besar dari %(most)s MB; paket tidak pernah sebesar itu.") % {
        "most": MOST_BYTES // 1_000_000
    }
