"""Templates without the indentation of their lines, which says nothing in HTML and weighs on pages."""

import re
from typing import Any

from django.template.base import Origin, Template, TextNode
from django.template.loaders.cached import Loader as CachedLoader

_INDENTED = re.compile(r"\s*\n\s*")


class Loader(CachedLoader):
    """Loaded once. Line breaks stay between words; plain text (mails) stays as it is written."""

    def get_template(self, template_name: str, skip: list[Origin] | None = None) -> Template:
        known = self.get_template_cache.get(self.cache_key(template_name, skip))
        template: Template = super().get_template(template_name, skip)
        if template is not known and template_name.endswith(".html"):
            texts: list[Any] = template.nodelist.get_nodes_by_type(TextNode)
            for text in texts:
                text.s = _INDENTED.sub("\n", text.s)
        return template
