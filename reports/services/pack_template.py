"""A region's own layouts: stored only when a pack can be laid out with them, used only when said so."""

from django.conf import settings
from django.db import transaction
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import override

from regions.access import get_region
from regions.enums import Level, Verb
from regions.errors import OutsideScope
from regions.models import Region, User
from regions.personal_numbers import masked_file_name
from regions.roles import Permission
from regions.services.act import record_act
from reports.models import PackTemplate
from reports.pack.assembly import assembled
from reports.pack.period import Period, PeriodKind
from reports.pack.template_check import check_template
from reports.quarter import quarter_before
from reports.selectors.packs.content import gather_pack


def lay_out(*, region: Region, face: str, template: bytes) -> bytes:
    """The last quarter's pack in this layout. Raises TemplateRefused."""
    period = Period(PeriodKind.QUARTER, quarter_before(localdate()).first)
    with override(settings.LANGUAGE_CODE):
        return check_template(face, template, assembled(gather_pack(region, period)))


def store_template(*, region_code: str, face: str, file_name: str, template: bytes, by: User) -> PackTemplate:
    """Kept for its preview, not yet in use. Raises OutsideScope, NotPermitted or TemplateRefused."""
    region = get_region(by, region_code, Permission.MANAGE_REFERENCE)
    if region.level > Level.REGENCY:
        raise OutsideScope(region_code)
    lay_out(region=region, face=face, template=template)
    with transaction.atomic():
        row = PackTemplate.objects.create(
            region=region,
            face=face,
            file_name=masked_file_name(file_name, 150),
            content=template,
            by=by,
            at=now(),
        )
        _record(row, _("diunggah"), by)
    return row


@transaction.atomic
def use_template(*, pk: int, in_use: bool, by: User) -> PackTemplate:
    """From the next pack on; the one before steps aside. Raises OutsideScope or NotPermitted."""
    row = PackTemplate.objects.select_for_update().get(pk=pk)
    get_region(by, row.region_id, Permission.MANAGE_REFERENCE)
    if in_use:
        PackTemplate.objects.filter(region=row.region_id, face=row.face, in_use=True).update(in_use=False)
    row.in_use = in_use
    row.save(update_fields=["in_use"])
    _record(row, _("dipakai") if in_use else _("tidak dipakai lagi"), by)
    return row


def _record(row: PackTemplate, what: str, by: User) -> None:
    record_act(
        by=by,
        verb=Verb.CORRECTED,
        subject=_("templat paket monev (%s)") % row.get_face_display(),
        region_code=row.region_id,
        detail={"changed": what, "file": row.file_name},
    )
