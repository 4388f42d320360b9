from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from regions.models import Regulation


class NamedRuleForm(forms.Form):
    """Which rule, of what is ticked in the table above it."""

    rule = forms.ModelChoiceField(
        label=_("Dasar hukum"),
        queryset=Regulation.objects.none(),
        empty_label=_("Pilih regulasi"),
        error_messages={"required": _("Pilih regulasinya.")},
    )

    def __init__(self, *args: Any, rules: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rule: Any = self.fields["rule"]
        rule.queryset = rules
