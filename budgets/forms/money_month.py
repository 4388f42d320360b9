from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from budgets.enums import ClaimKind, ProgrammeGroup
from budgets.money_line import MoneyLine
from budgets.services.money_month import MoneyMonthTerms, TypedMoney
from participants.forms.month_entry import REMOVE, MonthEntryTermsForm
from participants.month_entry_key import Section
from participants.nik import mask_digits
from participants.selectors.month_entry.cells import MonthEntryNames
from regions.forms.fields import DayField, RupiahField, WholeNumberField

RUPIAH, CASES = "value", "cases"
_FIELDS: dict[str, type[WholeNumberField]] = {RUPIAH: RupiahField, CASES: WholeNumberField}


class MoneyTermsForm(MonthEntryTermsForm):
    """Asked once above a grid, for all that is typed in it."""

    paid_on = DayField(label=gettext_lazy("Tanggal bayar"), help_text=gettext_lazy("Dalam bulan ini."))
    field_order = ["source", "paid_on"]

    def __init__(self, *args: Any, month: date, **kwargs: Any) -> None:
        super().__init__(*args, month=month, **kwargs)
        self.fields["source"].help_text = gettext_lazy(
            "Laporan atau bukti bayar tempat angka-angka ini tertulis, beserta nomornya."
        )
        self.initial["paid_on"] = self.initial["as_of"]

    def money_terms(self) -> MoneyMonthTerms:
        common = self.build()
        return MoneyMonthTerms(common.source, common.as_of, self.cleaned_data["paid_on"], common.reason)


class MoneyRowForm(forms.Form):
    """Which line is sent, the revision that the person saw, and why an odd amount is right."""

    enrolment = forms.CharField(max_length=200)
    revision = forms.IntegerField(min_value=0, required=False)
    because = forms.CharField(max_length=250, required=False)


def read_money(
    line: MoneyLine, data: Mapping[str, str], stored: Mapping[str, int | None], seen: MoneyRowForm
) -> tuple[TypedMoney, dict[str, str]]:
    """What was typed in a row, and a sentence for each cell that is no number; others stay as stored."""
    told, faults = dict(stored), {}
    for name in [RUPIAH, CASES] if line.section == Section.CLAIMS else [RUPIAH]:
        if name not in data:
            continue
        text = data[name].strip()
        try:
            told[name] = None if text.upper() == REMOVE else _FIELDS[name](required=False).clean(text)
        except ValidationError as error:
            faults[name] = " ".join(error.messages)
            continue
        if name == RUPIAH and not text:
            faults[name] = _(
                "Angka tersimpan tidak hilang dengan mengosongkan selnya. Ketik HAPUS bila salah tempat, "
                "atau 0 bila nol."
            )
    if told[RUPIAH] is None and told[CASES] is not None and not faults:
        if data.get(RUPIAH, "").strip().upper() != REMOVE:
            faults[CASES] = _("Isi dahulu rupiahnya; jumlah kasus menyertainya.")
        told[CASES] = None
    clean = seen.cleaned_data
    typed = TypedMoney(
        told[RUPIAH], told[CASES], clean["revision"] or 0, mask_digits(clean["because"].strip())
    )
    return typed, faults


class AddMoneyLineForm(forms.Form):
    """Another line: of contributions or claims, for a category and source of funds or without."""

    bagian = forms.ChoiceField(
        label=gettext_lazy("Bagian"),
        choices=[(Section.CONTRIBUTIONS, gettext_lazy("Iuran")), (Section.CLAIMS, gettext_lazy("Klaim"))],
    )
    kategori = forms.ChoiceField(label=gettext_lazy("Kategori"), required=False)
    sumber = forms.ChoiceField(label=gettext_lazy("Sumber dana"), required=False)
    program = forms.ChoiceField(label=gettext_lazy("Program"), choices=ProgrammeGroup.choices)
    wujud = forms.ChoiceField(label=gettext_lazy("Bentuk manfaat"), choices=ClaimKind.choices, required=False)

    def __init__(self, *args: Any, names: MonthEntryNames, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Fields of choices; typed as the plain fields they are declared as.
        categories: Any = self.fields["kategori"]
        fundings: Any = self.fields["sumber"]
        categories.choices = [("", _("Tidak dirinci")), *names.categories.items()]
        fundings.choices = [("", _("Tidak dirinci")), *names.fundings.items()]

    def line(self) -> MoneyLine:
        data = self.cleaned_data
        section = Section(data["bagian"])
        kind = (data["wujud"] or ClaimKind.CASH) if section == Section.CLAIMS else ""
        return MoneyLine(section, data["kategori"], data["sumber"], data["program"], kind)
