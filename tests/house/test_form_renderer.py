"""Choices are written faster than by Django's templates, and to the character alike."""

from datetime import date
from decimal import Decimal

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from jamsostek_monitor.form_renderer import FormRenderer

CHOICES = {
    "none": [],
    "words": [("", "Pilih"), ("a", "<b>Ani</b> & 'Budi' \"x\""), ('"><script>', "x")],
    "numbers": [(1, 1234), (2025, 2025), (Decimal("1.5"), Decimal("1234.5")), (None, None), (True, False)],
    "lazy": [("lahir", gettext_lazy("Bulan")), (gettext_lazy("Bulan"), date(2025, 7, 1))],
    "safe": [(mark_safe("<i>"), mark_safe("<i>x</i>"))],
    "groups": [("Jawa & Bali", [("36", "Banten"), ("51", "Bali")]), ("17", "Bengkulu"), ("Kosong", [])],
}
ATTRIBUTES = {"class": 'a"b', "required": True, "disabled": False, "data-n": 1234}


class Marked(forms.Select):
    """Options with attributes of their own."""

    def create_option(self, *arguments, **named):
        return super().create_option(*arguments, **named) | {"attrs": {"data-x": "<", "hidden": True}}


class Own(forms.Select):
    """Options of another template are left to Django."""

    option_template_name = "django/forms/widgets/radio_option.html"


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("value", [None, "", "a", 2025, "51"])
@pytest.mark.parametrize("kind", CHOICES)
@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple, forms.NullBooleanSelect, Marked, Own])
def test_it_is_what_django_writes(widget, kind, value, language):
    made = widget() if widget is forms.NullBooleanSelect else widget(choices=CHOICES[kind])
    given = [value] if widget is forms.SelectMultiple else value
    with translation.override(language):
        ours, theirs = (
            made.render("pilihan<", given, attrs=ATTRIBUTES, renderer=renderer())
            for renderer in (FormRenderer, DjangoTemplates)
        )
    assert ours == theirs
    assert ours.startswith('<select name="pilihan&lt;"')
    assert hasattr(ours, "__html__")


def test_forms_are_written_by_it():
    assert isinstance(forms.Form().renderer, FormRenderer)
