"""Writes the same HTML for choices as Django does, without a template for each of hundreds of options."""

from collections.abc import Iterator
from html import escape
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.template import Context
from django.template.base import render_value_in_context
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

_SELECT = "django/forms/widgets/select.html"
_OPTION = "django/forms/widgets/select_option.html"


class FormRenderer(DjangoTemplates):
    """A form may let one choose among hundreds of regions, each option of them two templates in Django."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        if template_name == _SELECT and _is_plain(context["widget"]):
            return mark_safe("".join(_select(context["widget"])))  # noqa: S308 (each part is escaped)
        return super().render(template_name, context, request)


def _is_plain(widget: dict[str, Any]) -> bool:
    """Whether every option is written as Django writes options."""
    return all(
        option["template_name"] == _OPTION for _name, group, _at in widget["optgroups"] for option in group
    )


def _select(widget: dict[str, Any]) -> Iterator[str]:
    shown = Context()
    yield f'<select name="{conditional_escape(widget["name"])}"{_attributes(widget["attrs"])}>'
    for name, group, _at in widget["optgroups"]:
        if name:
            yield f'\n  <optgroup label="{render_value_in_context(name, shown)}">'
        for option in group:
            value, label, attributes = _escaped(str(option["value"])), option["label"], option["attrs"]
            words = _escaped(label) if isinstance(label, str) else render_value_in_context(label, shown)
            told = _attributes(attributes) if attributes else ""
            yield f'\n  <option value="{value}"{told}>{words}</option>\n'
        if name:
            yield "\n  </optgroup>"
    yield "\n</select>"


def _escaped(text: str) -> str:
    """What is certainly no markup needs no asking, as for most of hundreds of options."""
    return escape(text) if type(text) is str else conditional_escape(text)


def _attributes(given: dict[str, Any]) -> SafeString:
    """`selected` and the like stand alone; what is False is left out."""
    told = (
        f" {conditional_escape(name)}" + ("" if value is True else f'="{conditional_escape(str(value))}"')
        for name, value in given.items()
        if value is not False
    )
    return mark_safe("".join(told))  # noqa: S308 (each part is escaped)
