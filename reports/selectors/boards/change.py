"""Whether two figures of a region are of the same, so that their difference says something."""

from django.utils.translation import gettext as _

from regions.formats import month_name
from reports.models import MeasureValue


def why_not_compared(now: MeasureValue | None, then: MeasureValue | None) -> str:
    """Empty where the two are compared. What is missing in one of them would look like a change."""
    if now is None or then is None:
        return ""
    if now.rate is None:
        return _("tidak dihitung karena UCJ bulan ini belum utuh")
    if then.rate is None:
        return _("tidak dihitung karena UCJ bulan pembanding belum utuh")
    if now.reported == then.reported:
        return ""
    words = {
        "now": _regions(now),
        "month": month_name(now.run.period),
        "then": _regions(then),
        "before": month_name(then.run.period),
    }
    return (
        _("tidak dihitung karena yang melapor berbeda: %(now)s pada %(month)s, %(then)s pada %(before)s")
        % words
    )


def _regions(value: MeasureValue) -> str:
    if value.reported is None:
        return _("wilayah ini sendiri")
    return _("%(reported)s wilayah") % {"reported": value.reported}
