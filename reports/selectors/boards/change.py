"""Whether two figures of a region are of the same, so that their difference says something."""

from django.utils.translation import gettext as _

from reports.models import MeasureValue


def why_not_compared(now: MeasureValue | None, then: MeasureValue | None) -> str:
    """Empty where the two are compared. What is missing in one of them would look like a change."""
    if now is None or then is None:
        return ""
    if now.rate is None:
        return _("tidak dibandingkan karena bulan ini belum utuh")
    if then.rate is None:
        return _("tidak dibandingkan karena bulan itu belum utuh")
    if now.reported == then.reported:
        return ""
    words = {"now": _regions(now), "then": _regions(then)}
    return _("tidak dibandingkan karena sekarang %(now)s, sedangkan waktu itu %(then)s") % words


def _regions(value: MeasureValue) -> str:
    if value.reported is None:
        return _("wilayah ini sendiri yang melapor")
    return _("%(reported)s wilayah yang melapor") % {"reported": value.reported}
