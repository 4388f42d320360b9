"""Fields that an administrator adds to persons and months of the own regions."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from participants.enums import ExtraAbout
from participants.forms.extra_field import (
    ExtraFieldAddForm,
    ExtraFieldEndForm,
    ExtraFieldForm,
    ExtraFieldMendForm,
    stored_terms,
)
from participants.selectors.extra_field import (
    get_managed_field,
    list_inherited_fields,
    list_managed_fields,
    values_stand,
)
from participants.services.extra_field import change_field, create_field, end_field
from regions.access import require_anywhere
from regions.errors import ChangedMeanwhile, FactRefused
from regions.month import first_of, iso_month
from regions.roles import Permission, Role
from regions.selectors.month_rule import list_ruled_regions
from regions.signed_in import SignedInRequest

# Who works with persons and months: what a new field shows to, unless somebody says otherwise.
_USUAL_ROLES = (Role.OPERATOR, Role.SUPERVISOR, Role.BRANCH_HEAD, Role.AUDITOR, Role.ADMINISTRATOR)


@require_safe
def extra_field_list(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.MANAGE_REFERENCE)
    context = {
        "rows": list_managed_fields(request.user),
        "inherited": list_inherited_fields(request.user),
        "this_month": first_of(localdate()),
    }
    return render(request, "participants/extra_field_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def extra_field_create(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.MANAGE_REFERENCE)
    form = ExtraFieldAddForm(
        request.POST or None,
        regions=list_ruled_regions(request.user),
        initial={"seen_by": [*_USUAL_ROLES], "first_month": first_of(localdate())},
    )
    if request.method == "POST" and form.is_valid():
        try:
            row = create_field(
                region_code=form.cleaned_data["region"].pk,
                about=ExtraAbout(form.cleaned_data["about"]),
                terms=form.terms(),
                by=request.user,
            )
        except FactRefused as refused:
            _refuse(form, refused)
        else:
            messages.success(request, _("Isian “%s” ditambahkan.") % row.name)
            return redirect("extra_field_list")
    return _page(request, form, _("Tambah isian"))


@require_http_methods(["GET", "HEAD", "POST"])
def extra_field_change(request: SignedInRequest, pk: int) -> HttpResponse:
    require_anywhere(request.user, Permission.MANAGE_REFERENCE)
    row = get_managed_field(request.user, pk)
    form = ExtraFieldMendForm(request.POST or None, initial=stored_terms(row))
    if request.method == "POST" and form.is_valid():
        try:
            change_field(pk=pk, revision=form.cleaned_data["revision"], terms=form.terms(), by=request.user)
        except FactRefused as refused:
            _refuse(form, refused)
        except ChangedMeanwhile:
            return _changed(request, pk)
        else:
            messages.success(request, _("Tersimpan."))
            return redirect("extra_field_list")
    more = {"row": row, "is_settled": values_stand(row)}
    return _page(request, form, row.name, **more)


@require_http_methods(["GET", "HEAD", "POST"])
def extra_field_end(request: SignedInRequest, pk: int) -> HttpResponse:
    require_anywhere(request.user, Permission.MANAGE_REFERENCE)
    row = get_managed_field(request.user, pk)
    last = iso_month(row.last_month or max(row.first_month, first_of(localdate())))
    form = ExtraFieldEndForm(request.POST or None, initial={"last_month": last, "revision": row.revision})
    if request.method == "POST" and form.is_valid():
        try:
            end_field(pk=pk, by=request.user, **form.cleaned_data)
        except FactRefused as refused:
            _refuse(form, refused)
        except ChangedMeanwhile:
            return _changed(request, pk)
        else:
            messages.success(request, _("Tersimpan."))
            return redirect("extra_field_list")
    return _page(request, form, _("Akhiri “%s”") % row.name, row=row)


def _refuse(form: ExtraFieldForm | ExtraFieldEndForm, refused: FactRefused) -> None:
    for problem in refused.problems:
        if isinstance(form, ExtraFieldForm):
            form.refuse(problem.field, problem.message)
        else:
            form.add_error(problem.field, problem.message)


def _changed(request: SignedInRequest, pk: int) -> HttpResponse:
    messages.warning(request, _("Isian ini baru saja diubah orang lain. Periksa, lalu ulangi."))
    return redirect("extra_field_change", pk)


def _page(
    request: SignedInRequest, form: ExtraFieldForm | ExtraFieldEndForm, title: str, **more: object
) -> HttpResponse:
    status = 422 if form.is_bound and form.errors else 200
    context = {"form": form, "title": title, "row": None, "is_settled": False, **more}
    return render(request, "participants/extra_field_form.html", context, status=status)
