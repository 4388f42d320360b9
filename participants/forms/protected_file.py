from typing import Any

from django import forms
from django.core.files.base import ContentFile
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from participants.importers.protected import LONGEST_PASSWORD, WrongPassword, needs_password, unlocked
from participants.importers.workbook import MOST_BYTES


class ProtectedFileForm(forms.Form):
    """A form with files that may need a password, which is used once and kept nowhere."""

    password = forms.CharField(
        label=gettext_lazy("Kata sandi berkas"),
        required=False,
        strip=False,
        max_length=LONGEST_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Hanya bila berkasnya meminta kata sandi. Dipakai sekali, tidak disimpan."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            file = data.get(name)
            if isinstance(field, forms.FileField) and file:
                data[name] = self._opened(file, data.get("password", ""))
        return data

    def _opened(self, file: Any, password: str) -> Any:
        """The file, without its password; an error of the form where that does not open it."""
        if file.size > MOST_BYTES:
            # The service says that it is too large.
            return file
        content = file.read()
        file.seek(0)
        if not needs_password(content):
            return file
        try:
            return ContentFile(unlocked(content, password), name=file.name)
        except WrongPassword:
            self.add_error("password", _wrong() if password else _missing())
            return file


def _missing() -> str:
    return _("Berkas ini dilindungi kata sandi. Isi kata sandinya, lalu pilih berkasnya sekali lagi.")


def _wrong() -> str:
    return _(
        "Kata sandi ini tidak membuka berkasnya. Periksa huruf besar-kecilnya, lalu pilih berkasnya "
        "sekali lagi."
    )
