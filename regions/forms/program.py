from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regions.forms.people import GrantForm
from regions.models import User
from regions.roles import PROGRAM_ROLES
from regions.selectors.program import list_keepers
from regions.services.api_token import LONGEST_DAYS


def _purpose() -> forms.CharField:
    return forms.CharField(
        label=_("Kegunaan"),
        max_length=250,
        help_text=_("Misalnya: mengirim data peserta dari aplikasi desa setiap malam."),
        error_messages={"required": _("Tulis kegunaannya.")},
    )


def _keeper() -> Any:
    return forms.ModelChoiceField(
        label=_("Penanggung jawab"),
        queryset=User.objects.none(),
        help_text=_("Bila akun orang ini nonaktif, program berhenti."),
        error_messages={"required": _("Pilih penanggung jawabnya.")},
    )


class KeeperForm(forms.Form):
    """Who answers for a program, and what it is for."""

    purpose = _purpose()
    keeper = _keeper()

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["keeper"]
        field.queryset = list_keepers(by)


class ProgramForm(GrantForm):
    full_name = forms.CharField(
        label=_("Nama program"),
        max_length=150,
        error_messages={"required": _("Tulis nama programnya.")},
    )
    purpose = _purpose()
    keeper = _keeper()
    # Offices are held by persons.
    title = None  # type: ignore[assignment]
    acting = None  # type: ignore[assignment]
    field_order = ["full_name", "purpose", "keeper"]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        fields: Any = self.fields
        fields["keeper"].queryset = list_keepers(by)
        fields["role"].choices = [(role.value, role.label) for role in PROGRAM_ROLES]


class ProgramTokenForm(forms.Form):
    name = forms.CharField(
        label=_("Untuk apa"), max_length=80, help_text=_("Misalnya: server produksi, percobaan.")
    )
    may_write = forms.BooleanField(
        label=_("Boleh menulis juga"),
        required=False,
        help_text=_("Tanpa centang, token hanya membaca. Centang bila programnya mengirim data."),
    )
    days = forms.IntegerField(label=_("Berlaku berapa hari"), min_value=1, max_value=LONGEST_DAYS, initial=90)
