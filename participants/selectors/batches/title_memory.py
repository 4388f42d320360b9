"""Column titles whose meaning an office has explained before."""

from django.db.models import Q

from participants.models import TitleMemory


def remembered_titles(region_code: str, institution_code: str | None) -> dict[str, str]:
    """Title → field, as an institution's lists call them; what the region calls them otherwise."""
    rows = TitleMemory.objects.filter(
        Q(institution=None) | Q(institution=institution_code), region_id=region_code
    )
    found = rows.values_list("institution_id", "title", "field")
    return {title: field for _institution, title, field in sorted(found, key=lambda row: bool(row[0]))}
