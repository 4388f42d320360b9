from django import forms
from django.utils.translation import gettext_lazy as _

from reports.services.figure_question import LONGEST


class MessageForm(forms.Form):
    """A question about a figure, or an answer; judged by the service."""

    text = forms.CharField(
        label=_("Pesan"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "maxlength": LONGEST}),
        help_text=_("Sebut orang dengan @namapengguna; pesan ini muncul di Tugas mereka."),
        error_messages={"required": _("Tulis pertanyaan atau jawabannya.")},
    )

    def __init__(self, *args: object, label: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if label:
            self.fields["text"].label = label
