"""When packs make themselves, and how they look."""

from io import BytesIO

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from regions.access import require_anywhere
from regions.errors import OutsideScope
from regions.roles import Permission
from regions.selectors.region import list_entry_regions
from regions.signed_in import SignedInRequest
from reports.forms.pack import ScheduleForm, TemplateForm
from reports.pack.faces.docx import BLOCKS, TEXTS
from reports.pack.faces.pdf import house_template
from reports.pack.faces.word_layout import house_layout
from reports.pack.template_check import TemplateRefused
from reports.selectors.packs.schedule import list_schedules
from reports.selectors.packs.template import get_template, list_templates
from reports.services.pack_schedule import set_schedule
from reports.services.pack_template import lay_out, store_template, use_template

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_http_methods(["GET", "HEAD", "POST"])
def pack_schedule_list(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.MAKE_PACK)
    regions = list_entry_regions(request.user, Permission.MAKE_PACK)
    form = ScheduleForm(request.POST or None, regions=regions)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data
        set_schedule(region_code=chosen["region"].code, roles=chosen["roles"], by=request.user)
        messages.success(request, _("Jadwal tersimpan: paket dibuat tanggal 10 sesudah tiap triwulan."))
        return redirect("pack_schedule_list")
    context = {"form": form, "rows": list_schedules(request.user)}
    return render(request, "reports/pack_schedule_list.html", context, status=422 if form.is_bound else 200)


@require_POST
def pack_schedule_end(request: SignedInRequest, code: str) -> HttpResponse:
    set_schedule(region_code=code, roles=[], by=request.user)
    messages.success(request, _("Jadwal dihentikan."))
    return redirect("pack_schedule_list")


@require_http_methods(["GET", "HEAD", "POST"])
def pack_template_list(request: SignedInRequest) -> HttpResponse:
    require_anywhere(request.user, Permission.MANAGE_REFERENCE)
    regions = list_entry_regions(request.user, Permission.MANAGE_REFERENCE)
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = TemplateForm(*bound, regions=regions)
    if form.is_bound and form.is_valid() and _stored(request, form):
        messages.success(request, _("Templat lulus pemeriksaan. Lihat pratinjaunya, lalu pakai."))
        return redirect("pack_template_list")
    known = {"rows": list_templates(request.user), "placeholders": [*TEXTS, *BLOCKS]}
    status = 422 if form.is_bound else 200
    return render(request, "reports/pack_template_list.html", {"form": form, **known}, status=status)


def _stored(request: SignedInRequest, form: TemplateForm) -> bool:
    chosen, file = form.cleaned_data, form.cleaned_data["file"]
    named = {"region_code": chosen["region"].code, "face": chosen["face"], "file_name": file.name}
    try:
        store_template(**named, template=file.read(), by=request.user)
    except TemplateRefused as refused:
        form.add_error("file", refused.sentence)
        return False
    return True


@require_POST
def pack_template_use(request: SignedInRequest, pk: int) -> HttpResponse:
    if get_template(request.user, pk) is None:
        raise OutsideScope(pk)
    use_template(pk=pk, in_use=request.POST.get("pakai") == "1", by=request.user)
    return redirect("pack_template_list")


@require_safe
def pack_template_preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """The last quarter of its region in this layout."""
    template = get_template(request.user, pk)
    if template is None:
        raise OutsideScope(pk)
    try:
        made = lay_out(region=template.region, face=template.face, template=bytes(template.content))
    except TemplateRefused as refused:
        messages.error(request, refused.sentence)
        return redirect("pack_template_list")
    return _file(made, template.face, f"pratinjau-{pk}")


@require_safe
def pack_template_house(request: SignedInRequest, face: str) -> HttpResponse:
    """The application's own layout, to begin with."""
    require_anywhere(request.user, Permission.MANAGE_REFERENCE)
    if face == "typ":
        return _file(house_template("pack"), "typ", "templat-paket")
    content = BytesIO()
    house_layout().save(content)
    return _file(content.getvalue(), "docx", "templat-paket")


def _file(content: bytes, ending: str, name: str) -> HttpResponse:
    types = {"pdf": "application/pdf", "docx": _WORD, "typ": "text/plain; charset=utf-8"}
    response = HttpResponse(content, content_type=types[ending])
    response["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response
