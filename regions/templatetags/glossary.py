from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from regions.glossary import terms

register = template.Library()


@register.simple_tag
def term(key: str, words: str = "") -> SafeString:
    """A word that leads to its entry; what it means shows at once to the mouse and the keyboard.

    No term is written otherwise than in Bahasa Indonesia, whatever the language of the page.
    """
    found = terms()[key]
    url = reverse("glossary_term", args=[key])
    said = format_html("{}", words) if words else format_html('<span lang="id">{}</span>', found.name)
    return format_html('<a class="term" href="{}" title="{}">{}</a>', url, found.short_meaning, said)
