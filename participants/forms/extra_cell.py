"""A field that an office added, in a form: typed as in a list, judged by the service."""

from django import forms
from django.utils.translation import gettext as _

from participants.enums import ExtraKind
from participants.importers.extra import LONGEST, ExtraSpec


def extra_form_field(spec: ExtraSpec, text: str = "", place: str = "") -> forms.CharField:
    """`place`: the region whose field it is, where a form serves several."""
    helps = [] if not place else [_("Hanya untuk %(place)s.") % {"place": place}]
    widget: forms.Widget = forms.TextInput(attrs={"autocomplete": "off"})
    if spec.kind == ExtraKind.CHOICE:
        known = [text] if text and text not in spec.choices else []
        widget = forms.Select(choices=[("", "–"), *((one, one) for one in (*known, *spec.choices))])
    elif spec.kind == ExtraKind.NUMBER:
        widget.attrs["inputmode"] = "numeric"
    elif spec.kind == ExtraKind.DAY:
        helps.append(_("Hari/bulan/tahun, misalnya 28/02/1980."))
    if spec.is_required:
        helps.append(_("Wajib diisi."))
    return forms.CharField(
        label=spec.name,
        required=False,
        max_length=LONGEST + 50,
        initial=text,
        widget=widget,
        help_text=" ".join(helps),
    )
