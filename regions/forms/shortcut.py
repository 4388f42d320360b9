from django import forms
from django.utils.translation import gettext_lazy as _


class ShortcutForm(forms.Form):
    search_key = forms.BooleanField(
        label=_("Tombol / membuka pencarian"),
        required=False,
        help_text=_(
            "Matikan bila tombol ini mengganggu, misalnya saat memakai masukan suara. Kotak "
            "pencarian tetap ada."
        ),
    )
