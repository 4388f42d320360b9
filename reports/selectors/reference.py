"""Reference tables as other systems read them, whole."""

from django.db.models import QuerySet

from participants.models import Category, FundingSource


def list_categories() -> QuerySet[Category]:
    return Category.objects.all()


def list_funding_sources() -> QuerySet[FundingSource]:
    return FundingSource.objects.all()
