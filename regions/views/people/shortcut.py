"""A person's own keys: whether "/" alone leads into the search (WCAG 2.1.4)."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from regions.forms.shortcut import ShortcutForm
from regions.services.shortcut import set_search_key
from regions.signed_in import SignedInRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def account_shortcuts(request: SignedInRequest) -> HttpResponse:
    initial = {"search_key": request.user.search_key}
    form = ShortcutForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        set_search_key(by=request.user, is_on=form.cleaned_data["search_key"])
        messages.success(request, _("Tersimpan."))
        return redirect("account_shortcuts")
    return render(request, "regions/account_shortcuts.html", {"form": form})
