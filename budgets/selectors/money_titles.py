"""Column titles of files of money whose meaning somebody has explained before."""

from budgets.enums import MoneyKind
from budgets.models import MoneyTitle
from regions.models.region import ancestor_codes


def remembered_titles_of(region_code: str, kind: MoneyKind) -> dict[str, str]:
    """Title → field, as files of the region call them; what the province calls them otherwise."""
    codes = [*ancestor_codes(region_code), region_code]
    rows = MoneyTitle.objects.filter(region__in=codes, kind=kind).values_list("region_id", "title", "field")
    return {title: field for _region, title, field in sorted(rows, key=lambda row: codes.index(row[0]))}
