from django import forms
from django.utils.translation import gettext_lazy as _


class AttachmentForm(forms.Form):
    title = forms.CharField(
        label=_("Judul atau nomor dokumen"),
        max_length=150,
        help_text=_("Misalnya SK Wali Kota 800/12/2025 atau bukti setor Juli."),
    )
    file = forms.FileField(
        label=_("Berkas"),
        help_text=_("PDF, JPG, PNG, DOCX, atau XLSX, paling besar 10 MB, tanpa makro dan tanpa kata sandi."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png,.docx,.xlsx"}),
        error_messages={"required": _("Pilih berkasnya.")},
    )


class RemovalForm(forms.Form):
    alasan = forms.CharField(label=_("Alasan"), max_length=250)
