from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from regions.enums import Happened
from regions.hook_target import LONGEST_ADDRESS, TargetRefused, find_target
from regions.models import Assignment
from regions.services.hook import WishedHook


class HookForm(forms.Form):
    name = forms.CharField(
        label=_("Untuk apa"), max_length=80, help_text=_("Misalnya: dasbor Bappeda, gudang data provinsi.")
    )
    url = forms.CharField(
        label=_("Alamat penerima"),
        max_length=LONGEST_ADDRESS,
        help_text=_("Diawali https://. Program Anda menerima POST di alamat ini."),
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )
    events = forms.MultipleChoiceField(
        label=_("Diberi tahu tentang"),
        choices=Happened.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih sedikitnya satu kejadian.")},
    )
    assignment = forms.TypedChoiceField(label=_("Peran yang dipakai"), coerce=int)
    region = forms.CharField(
        label=_("Kode wilayah"),
        max_length=13,
        required=False,
        help_text=_("Kosongkan untuk semua wilayah peran itu. Contoh: 36.72."),
    )

    def __init__(self, *args: Any, assignments: list[Assignment], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["assignment"]
        field.choices = [
            (one.pk, f"{one.get_role_display()}, {one.region or one.office}") for one in assignments
        ]

    def clean_url(self) -> str:
        url: str = self.cleaned_data["url"]
        try:
            find_target(url)
        except TargetRefused as refused:
            raise ValidationError(refused.sentence) from None
        return url

    def wish(self) -> WishedHook:
        given = self.cleaned_data
        return WishedHook(
            name=given["name"],
            url=given["url"],
            events=tuple(Happened(one) for one in given["events"]),
            assignment_id=given["assignment"],
            region_code=given["region"],
        )
