from typing import Any

from django import template

from regions.act_words import details_of

register = template.Library()


@register.filter
def act_details(detail: dict[str, Any]) -> list[tuple[str, str]]:
    """The details of an act as label and value, without the empty ones."""
    return details_of(detail)
