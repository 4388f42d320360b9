from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from regions.enums import Acting
from regions.forms.fields import DayField
from regions.models import Institution, Office, Region, User
from regions.personal_numbers import has_personal_number
from regions.roles import Role
from regions.selectors.reach import (
    list_grantable_institutions,
    list_grantable_offices,
    list_grantable_regions,
)
from regions.selectors.user import is_username_taken
from regions.services.assignment import Grant
from regions.services.invitation import Acceptance

_REGION, _OFFICE = "w", "k"
_ELSEWHERE = _("Tempat ini di luar wilayah yang Anda kelola. Pilih salah satu dalam daftar.")


class GrantForm(forms.Form):
    """A role at a place, from a day until a day; only the administrator's own places can be chosen."""

    role = forms.ChoiceField(label=_("Peran"), choices=Role.choices)
    place = forms.ChoiceField(
        label=_("Tempat"),
        help_text=_("Wilayah, atau kantor cabang dengan semua wilayah kerjanya."),
        error_messages={"required": _("Pilih tempatnya."), "invalid_choice": _ELSEWHERE},
    )
    title = forms.CharField(label=_("Jabatan"), max_length=120, required=False)
    institution = forms.ModelChoiceField(
        label=_("Lembaga"),
        queryset=Institution.objects.none(),
        required=False,
        empty_label=_("Tidak disebut"),
        help_text=_("Tempat orang ini bekerja."),
    )
    only_institution = forms.BooleanField(
        label=_("Hanya melihat dan mengisi daftar dan peserta lembaga ini"),
        required=False,
        help_text=_("Untuk operator OPD, desa, KPU, atau perusahaan yang mengirim daftarnya sendiri."),
    )
    acting = forms.ChoiceField(
        label=_("Sebagai"), choices=[("", _("pejabat definitif")), *Acting.choices], required=False
    )
    valid_from = DayField(label=_("Berlaku sejak"), required=False)
    last_day = DayField(
        label=_("Hari terakhir"),
        required=False,
        help_text=_("Wajib bagi Plt., Plh., dan Pj.; kosongkan bila belum diketahui."),
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=250,
        help_text=_("Misalnya nomor SK atau surat tugas; terbaca di log aktivitas."),
        error_messages={"required": _("Tulis alasannya, misalnya nomor SK.")},
    )

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places: dict[str, Region | Office] = {
            **{f"{_REGION}:{region.pk}": region for region in list_grantable_regions(by)},
            **{f"{_OFFICE}:{office.pk}": office for office in list_grantable_offices(by)},
        }
        fields: Any = self.fields
        fields["place"].choices = [
            ("", _("Pilih tempat")),
            (_("Wilayah"), _labels(self.places, _REGION)),
            (_("Kantor BPJS Ketenagakerjaan"), _labels(self.places, _OFFICE)),
        ]
        fields["institution"].queryset = list_grantable_institutions(by)
        fields["institution"].label_from_instance = lambda one: f"{one.name}, {one.region.full_label}"
        if "valid_from" in fields:
            fields["valid_from"].initial = localdate()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("acting") and not cleaned.get("last_day") and "last_day" not in self.errors:
            self.add_error("last_day", _("Plt., Plh., dan Pj. memerlukan hari terakhir."))
        if cleaned.get("only_institution") and not (
            cleaned.get("institution") and cleaned.get("role") == Role.OPERATOR
        ):
            self.add_error(
                "only_institution",
                _("Hanya operator yang dapat dibatasi pada satu lembaga. Pilih lembaganya."),
            )
        return cleaned

    def grant(self) -> Grant:
        given = self.cleaned_data
        place = self.places[given["place"]]
        last_day: date | None = given["last_day"]
        return Grant(
            role=Role(given["role"]),
            region=place if isinstance(place, Region) else None,
            office=place if isinstance(place, Office) else None,
            institution=given["institution"],
            is_bound=given["only_institution"],
            title=given.get("title", ""),
            acting=given.get("acting", ""),
            reason=given["reason"],
            valid_from=given.get("valid_from"),
            valid_until=last_day + timedelta(days=1) if last_day else None,
        )


class InviteForm(GrantForm):
    full_name = forms.CharField(
        label=_("Nama lengkap"),
        max_length=150,
        error_messages={"required": _("Tulis nama orang yang diundang.")},
    )
    email = forms.EmailField(
        label=_("Surel"),
        required=False,
        help_text=_("Tautan dikirim ke sana bila surel sudah disetel; selalu dapat disalin juga."),
        error_messages={"invalid": _("Ini bukan alamat surel. Contoh: nama@contoh.go.id.")},
    )
    # From the day of acceptance on.
    valid_from = None  # type: ignore[assignment]

    field_order = ["full_name", "email"]


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=250,
        error_messages={"required": _("Tulis alasannya, misalnya nomor SK mutasi.")},
    )


class EndForm(ReasonForm):
    until = DayField(
        label=_("Tidak berlaku lagi sejak"), help_text=_("Hari sebelumnya adalah hari terakhir peran ini.")
    )
    field_order = ["until", "reason"]


class NewPasswordForm(forms.Form):
    """A password typed twice, judged by the rules of the application."""

    password = forms.CharField(
        label=_("Kata sandi"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Pilih kata sandi.")},
    )
    again = forms.CharField(
        label=_("Kata sandi sekali lagi"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("Tulis kata sandinya sekali lagi.")},
    )

    def __init__(self, *args: Any, owner: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.owner = owner
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        password = cleaned.get("password")
        if password and cleaned.get("again") and password != cleaned["again"]:
            self.add_error("again", _("Kedua kata sandi tidak sama."))
        if password:
            try:
                validate_password(password, self._owner(cleaned))
            except ValidationError as refused:
                self.add_error("password", refused)
        return cleaned

    def _owner(self, cleaned: dict[str, Any]) -> User:
        return self.owner


class AcceptanceForm(NewPasswordForm):
    full_name = forms.CharField(
        label=_("Nama lengkap"), max_length=150, error_messages={"required": _("Tulis nama Anda.")}
    )
    username = forms.CharField(
        label=_("Nama pengguna"),
        max_length=150,
        validators=[User.username_validator],
        help_text=_("Dipakai untuk masuk: huruf, angka, titik, garis; tanpa spasi."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none"}),
        error_messages={"required": _("Pilih nama pengguna.")},
    )
    field_order = ["full_name", "username", "password", "again"]

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if has_personal_number(username):
            # It stands in every act of this person.
            raise ValidationError(_("Jangan memakai NIK sebagai nama pengguna. Pilih yang lain."))
        if is_username_taken(username):
            raise ValidationError(_("Nama pengguna ini sudah dipakai. Pilih yang lain."))
        return username

    def acceptance(self) -> Acceptance:
        given = self.cleaned_data
        return Acceptance(given["full_name"], given["username"], given["password"])

    def _owner(self, cleaned: dict[str, Any]) -> User:
        return User(
            username=cleaned.get("username", ""),
            full_name=cleaned.get("full_name", ""),
            email=self.owner.email,
        )


def _labels(places: dict[str, Any], kind: str) -> Iterable[tuple[str, str]]:
    return [
        (value, f"{place.full_label} ({place.pk})" if isinstance(place, Region) else place.name)
        for value, place in places.items()
        if value.startswith(f"{kind}:")
    ]
