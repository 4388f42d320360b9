"""Names of categories and payers by their codes."""

from participants.models import Category, FundingSource


def names_of() -> dict[str, str]:
    found = {one.pk: str(one) for one in Category.objects.all()}
    return found | {one.pk: str(one) for one in FundingSource.objects.all()}
