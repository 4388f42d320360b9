"""Where the documents of a fact, a list or a month stand."""

from typing import Any

from django import template
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.urls import reverse

from participants.models import Attachment
from participants.selectors.attachment import list_attachments
from participants.selectors.attachment_subject import find_subject
from regions.models import SourcedFact

register = template.Library()


@register.filter
def documents_url(row: SourcedFact) -> str:
    """The page of a fact's documents."""
    return reverse("attachment_list", args=[vars(type(row))["fact"].name, row.pk])


@register.simple_tag
def documents_of(user: Any, kind: str, key: object) -> list[Attachment] | None:
    """Those of one subject; None for whom the page tells less than they tell."""
    try:
        return list(list_attachments(find_subject(user, kind, str(key))))
    except (PermissionDenied, Http404):
        return None
