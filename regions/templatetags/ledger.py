from django import template
from django.urls import reverse

from regions.act_words import details_of
from regions.models import Act

register = template.Library()


@register.filter
def act_details(act: Act) -> list[tuple[str, str]]:
    """The details of an act as label and value, without the empty ones."""
    return details_of(act)


@register.filter
def removed_documents_url(act: Act) -> str:
    """Where the documents stand of a fact that the act took away; empty for any other act."""
    fact, row = act.detail.get("fact"), act.detail.get("row")
    return reverse("attachment_list", args=[fact, row]) if fact and row else ""
