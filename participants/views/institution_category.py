from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from participants.forms.institution_category import InstitutionCategoriesForm
from participants.selectors.institution_category import categories_of
from participants.services.institution_category import set_categories
from regions.access import require_anywhere
from regions.roles import Permission
from regions.selectors.institution import get_managed_institution
from regions.signed_in import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def institution_categories(request: SignedInRequest, code: str) -> HttpResponse:
    """Which categories an institution reports."""
    require_anywhere(request.user, Permission.MANAGE_REFERENCE)
    row = get_managed_institution(request.user, code)
    # Nothing ticked is an answer, too.
    sent = request.POST if request.method == "POST" else None
    form = InstitutionCategoriesForm(sent, initial={"categories": categories_of(code)})
    if request.method == "POST" and form.is_valid():
        set_categories(code=code, categories=form.cleaned_data["categories"], by=request.user)
        messages.success(request, _("Tersimpan."))
        return redirect("institution_list")
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "title": row.name}
    return render(request, "regions/institution_form.html", context, status=status)
