from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regions.models import Assignment
from regions.services.api_token import LONGEST_DAYS


class ApiTokenForm(forms.Form):
    name = forms.CharField(
        label=_("Untuk apa"),
        max_length=80,
        help_text=_("Misalnya: dasbor Bappeda, Power Query di laptop kantor."),
    )
    assignment = forms.TypedChoiceField(label=_("Peran yang dipakai"), coerce=int)
    may_write = forms.BooleanField(
        label=_("Boleh menulis juga"),
        required=False,
        help_text=_("Tanpa centang, token hanya membaca. Centang bila programnya mengirim data."),
    )
    days = forms.IntegerField(label=_("Berlaku berapa hari"), min_value=1, max_value=LONGEST_DAYS, initial=90)

    def __init__(self, *args: Any, assignments: list[Assignment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["assignment"]
        field.choices = [
            (one.pk, f"{one.get_role_display()}, {one.region or one.office}") for one in assignments
        ]
