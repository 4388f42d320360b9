from django import template

from regions.act_words import details_of
from regions.models import Act

register = template.Library()


@register.filter
def act_details(act: Act) -> list[tuple[str, str]]:
    """The details of an act as label and value, without the empty ones."""
    return details_of(act)
