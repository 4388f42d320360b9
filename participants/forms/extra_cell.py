"""A field that an office added, in a form: typed as in a list, judged by the service."""

from django import forms
from django.utils.translation import gettext as _

from participants.enums import ExtraKind
from participants.importers.extra import LONGEST, ExtraSpec
from participants.importers.faults import Reason, sentence_of


def extra_form_field(
    spec: ExtraSpec, text: str = "", place: str = "", *, demanded: bool = False
) -> forms.CharField:
    """`place`: the region whose field it is, where a form serves several. `demanded`: not to stay blank."""
    helps = [] if not place else [_("Hanya untuk %(place)s.") % {"place": place}]
    widget: forms.Widget = forms.TextInput(attrs={"autocomplete": "off"})
    if spec.kind == ExtraKind.CHOICE:
        known = [text] if text and text not in spec.choices else []
        widget = forms.Select(choices=[("", "–"), *((one, one) for one in (*known, *spec.choices))])
    elif spec.kind == ExtraKind.NUMBER:
        widget.attrs["inputmode"] = "numeric"
    elif spec.kind == ExtraKind.DAY:
        helps.append(_("Hari/bulan/tahun, misalnya 28/02/1980."))
    if spec.is_required and not demanded:
        helps.append(_("Wajib diisi."))
    return forms.CharField(
        label=spec.name,
        required=spec.is_required and demanded,
        max_length=LONGEST + 50,
        initial=text,
        widget=widget,
        help_text=" ".join(helps),
        error_messages={"required": sentence_of(Reason.EXTRA_MISSING)},
    )
