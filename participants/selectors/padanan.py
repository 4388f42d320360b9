"""From proposed to covered: how many persons each step loses, and the list of those lost."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from participants.selectors.person import PersonFilters, list_persons
from regions.models import User


@dataclass(frozen=True)
class FunnelStep:
    """Persons who came this far; `lost` did not come to the next step and are listed by `lost_query`."""

    label: str
    count: int
    query: dict[str, str]
    lost_label: str = ""
    lost: int = 0
    lost_query: dict[str, str] | None = None


def padanan_funnel(user: User, region_code: str) -> list[FunnelStep]:
    """The steps of this month. Every count is the length of the list it leads to."""
    base = PersonFilters(wilayah=region_code, keadaan="berjalan")
    matched = replace(base, padanan="valid")
    single = replace(matched, lain="tidak")
    card = replace(single, kpj="ada")
    steps = [
        (_("Diusulkan atau aktif, NIK sah"), base, _("belum padan"), replace(base, padanan="bukan")),
        (_("Padan"), matched, _("dibayar pihak lain juga"), replace(matched, lain="ya")),
        (_("Belum dibayar pihak lain"), single, _("tanpa nomor KPJ"), replace(single, kpj="tanpa")),
        (
            _("Terdaftar di BPJS (nomor KPJ ada)"),
            card,
            _("baru diusulkan"),
            replace(card, keadaan="diusulkan"),
        ),
        (_("Aktif bulan ini"), replace(card, keadaan="aktif"), "", None),
    ]
    return [
        FunnelStep(
            label,
            list_persons(user, filters).count(),
            filters.as_query(),
            lost_label,
            list_persons(user, lost).count() if lost else 0,
            lost.as_query() if lost else None,
        )
        for label, filters, lost_label, lost in steps
    ]
