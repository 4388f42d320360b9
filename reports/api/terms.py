"""What holds for all rows of a list, as programs send it: read by the form that officers fill in."""

from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import inline_serializer
from rest_framework import serializers
from rest_framework.exceptions import ValidationError

from participants.enums import Programme, Segment
from participants.forms.batch import BatchTermsForm
from participants.services.batches.batch import BatchTerms
from regions.access import require_of_some, scope_of
from regions.models import User
from regions.roles import Permission
from regions.selectors.institution import list_institutions
from regions.selectors.region import list_entry_regions

_MONTH = "YYYY-MM"
TERM_FIELDS: dict[str, Any] = {
    "region": serializers.CharField(),
    "category": serializers.CharField(),
    "funding": serializers.CharField(),
    "first_month": serializers.CharField(help_text=_MONTH),
    "last_month": serializers.CharField(required=False, help_text=f"{_MONTH}; open without it."),
    "segment": serializers.ChoiceField(Segment.choices, required=False),
    "programmes": serializers.ListField(child=serializers.ChoiceField(Programme.choices), required=False),
    "institution": serializers.CharField(required=False),
    "payer": serializers.CharField(required=False),
    "is_proposal": serializers.BooleanField(required=False),
    "source": serializers.CharField(max_length=250),
    "as_of": serializers.DateField(),
}
TERMS = inline_serializer("ListTerms", dict(TERM_FIELDS))


def read_terms(sent: Any, user: User, *, within: str = "terms") -> BatchTerms:
    """Raises NotPermitted, or ValidationError with a pointer into `within` for each wrong part."""
    require_of_some(user, Permission.ENTER_PERSONS)
    if not isinstance(sent, Mapping):
        raise ValidationError({within: "{…}"})
    told: dict[str, Any] = {"programmes": [Programme.JKK, Programme.JKM], **sent}
    form = BatchTermsForm(
        {name: value for name, value in told.items() if value is not None},
        regions=list_entry_regions(user, Permission.ENTER_PERSONS),
        institutions=list_institutions(user, Permission.ENTER_PERSONS),
        is_bound=not scope_of(user).holds_anywhere(Permission.ENTER_PERSONS),
    )
    unknown = {name: ", ".join(TERM_FIELDS) for name in set(told) - set(TERM_FIELDS)}
    if unknown or not form.is_valid():
        wrong: dict[str, Any] = {**form.errors, **unknown}
        raise ValidationError({within: wrong} if within else wrong)
    return form.terms()
