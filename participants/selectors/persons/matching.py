"""From proposed to covered: how many persons each step loses, and the list of those lost."""

from dataclasses import dataclass, replace
from itertools import pairwise

from django.db.models import Q
from django.utils.translation import gettext as _

from participants.enums import BatchState, RowState
from participants.models import BatchRow
from participants.nik import NikReason
from participants.selectors.persons.person import PersonFilters, list_persons
from regions.access import within
from regions.models import User
from regions.models.region import NATION
from regions.roles import Permission


@dataclass(frozen=True)
class FunnelStep:
    """Persons who came this far; the `lost` did not come to the next step. The filters lead to the lists."""

    label: str
    count: int
    filters: PersonFilters | None
    lost: int = 0
    lost_label: str = ""
    lost_filters: PersonFilters | None = None


def matching_funnel(user: User, region_code: str) -> list[FunnelStep]:
    """The steps of this month; each is part of the one before, so that what is lost is their difference."""
    base = PersonFilters(region_code=region_code, state="berjalan")
    matched = replace(base, match_result="valid")
    single = replace(matched, elsewhere="tidak")
    card = replace(single, kpj="ada")
    proposed = replace(card, state="diusulkan")
    double = replace(matched, elsewhere="ya")
    other, without = replace(base, match_result="bukan"), replace(single, kpj="tanpa")
    parked = count_without_nik(user, region_code)
    reached = [
        (_("NIK sah, diusulkan atau aktif"), base, _("belum padan"), other),
        (_("Padan"), matched, _("dibayar pihak lain juga"), double),
        (_("Belum dibayar pihak lain"), single, _("tanpa nomor KPJ"), without),
        (_("Terdaftar di BPJS (nomor KPJ ada)"), card, _("baru diusulkan"), proposed),
    ]
    active = replace(card, state="aktif")
    counts = [list_persons(user, each[1]).order_by().count() for each in reached]
    counts.append(list_persons(user, active).order_by().count())
    return [
        FunnelStep(_("Diajukan"), counts[0] + parked, None, parked, _("baris dengan NIK tidak sah")),
        *(
            FunnelStep(label, count, filters, count - following, lost_label, left)
            for (label, filters, lost_label, left), (count, following) in zip(
                reached, pairwise(counts), strict=True
            )
        ),
        FunnelStep(_("Aktif bulan ini"), counts[-1], active),
    ]


def count_without_nik(user: User, region_code: str) -> int:
    """Rows of lists that wait because their NIK cannot be one: nobody can be told by them yet."""
    rows = BatchRow.objects.filter(
        within(user, field="batch__region", permission=Permission.VIEW_PERSONS),
        state=RowState.REFUSED,
        reasons__overlap=[reason.value for reason in NikReason],
        batch__state__in=[BatchState.CHECKED, BatchState.STORED],
    )
    if region_code != NATION:
        below = Q(batch__region_id=region_code) | Q(batch__region__code__startswith=f"{region_code}.")
        rows = rows.filter(below)
    return rows.count()
