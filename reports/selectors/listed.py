"""What other systems read in long lists, as far as the user is told of it."""

from datetime import date

from django.db.models import QuerySet

from regions.access import within
from regions.models import ReportingMonth, User
from reports.models import MeasureValue, PublishedFigure, Run
from reports.selectors.standing import standing


def list_told_values(user: User, per: date | None = None) -> QuerySet[MeasureValue]:
    return MeasureValue.objects.filter(within(user, field="run__region"), standing(user, per, "run__"))


def list_told_runs(user: User, per: date | None = None) -> QuerySet[Run]:
    return Run.objects.filter(within(user), standing(user, per))


def list_published(user: User) -> QuerySet[PublishedFigure]:
    return PublishedFigure.objects.filter(within(user))


def list_months(user: User) -> QuerySet[ReportingMonth]:
    """Months of which a step was taken; of all others nothing has happened yet."""
    return ReportingMonth.objects.filter(within(user))
